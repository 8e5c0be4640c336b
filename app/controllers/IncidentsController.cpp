// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/IncidentsController.h"

#include "app/controllers/IncidentEvents.h"
#include "app/controllers/MemberFacts.h"
#include "app/controllers/Response.h"
#include "app/controllers/SetApart.h"
#include "models/detect/IncidentContinuity.h"
#include "models/detect/Tape.h"
#include "models/detect/Tripwire.h"
#include "models/tables/Format.h"

#include <QElapsedTimer>
#include <QFile>
#include <algorithm>
#include <unordered_set>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr qint64 kJailEvery = 60'000;      ///< ms between comparisons with the jail while nothing new appears

} // namespace

/// What one look is asked.
struct IncidentsController::Look {
    SiteThresholds thresholds;
    Instant now{};
    DataPaths paths;
};

/// What it found.
struct IncidentsController::Answer {
    std::vector<Incident> incidents;
    std::vector<AccountScore> scores;
    std::optional<JailComparison> jail; ///< nothing: as before
    quint64 version = 0;
    std::chrono::milliseconds took{0};
};

/// What the detect thread keeps from one look to the next.
class IncidentsController::Watcher
{
public:
    explicit Watcher(LocalEventStore& store) : m_store(store) {}

    [[nodiscard]] Answer look(const Look& asked)
    {
        QElapsedTimer timer;
        timer.start();
        Answer answer;
        const auto data = m_store.snapshot();
        const detect::Tape& tape = m_tape.update(data);
        DetectRequest request;
        request.now = std::max(asked.now, fromMicros(tape.end));
        request.allowed = setApart(asked.paths, asked.now).prefixes; // a broken list is the response's to complain of
        Findings found = findAll(tape, asked.thresholds.effective(), request);
        answer.incidents = std::move(found.incidents);
        answer.scores = std::move(found.accounts);
        keepIds(m_before, answer.incidents);
        asked.thresholds.apply(answer.incidents);
        if (isNewForJail(answer.incidents, asked.thresholds.jail)) {
            answer.jail = compareJail(tape, answer.incidents, asked.thresholds.jail);
        }
        m_before = answer.incidents;
        m_tripwire.looked(*data);
        answer.version = data->version();
        answer.took = std::chrono::milliseconds(timer.elapsed());
        return answer;
    }

    /// Did something begin that should not wait for the next look?
    [[nodiscard]] bool glance() { return m_tripwire.isTripped(*m_store.snapshot()); }

    [[nodiscard]] DetailView detail(const Incident& incident, const std::optional<JailNote>& jail, const Naming& naming) const
    {
        DetailView view = incidentFacts(incident, jail, naming);
        addIncidentEvents(view, incident, m_tape.tape(), m_store);
        return view;
    }

private:
    /// The comparison runs over the whole log: again when other incidents are there, else once in a while.
    bool isNewForJail(const std::vector<Incident>& incidents, const JailSpec& jail)
    {
        std::vector<std::string> ids;
        for (const Incident& incident : incidents) {
            ids.push_back(incident.id);
        }
        const bool same = ids == m_compared && jail == m_jail && m_sinceJail.isValid() && m_sinceJail.elapsed() < kJailEvery;
        if (!same) {
            m_compared = std::move(ids);
            m_jail = jail;
            m_sinceJail.start();
        }
        return !same;
    }

    LocalEventStore& m_store;
    detect::GrowingTape m_tape;
    detect::Tripwire m_tripwire;
    std::vector<Incident> m_before;
    std::vector<std::string> m_compared;
    JailSpec m_jail;
    QElapsedTimer m_sinceJail;
};

IncidentsController::IncidentsController(DataPaths paths, LocalEventStore& store, Naming naming, const Clock& clock, QObject* parent)
    : QObject(parent), m_paths(std::move(paths)), m_store(store), m_naming(std::move(naming)), m_clock(clock),
      m_watcher(std::make_unique<Watcher>(store)), m_jobs(QStringLiteral("detect"))
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_again) {
            look();
        }
    });
}

IncidentsController::~IncidentsController() = default;

void IncidentsController::start()
{
    auto read = SiteThresholds::load(thresholdsPath());
    if (read) {
        m_thresholds = std::move(*read);
    } else {
        m_broken = true;
        emit noticed(Notice::of(read.error()));
    }
    storeChanged();
}

void IncidentsController::storeChanged()
{
    m_again = true;
    if (!m_looking && !m_pause.isActive()) {
        look();
    } else if (!m_looking && !m_glancing) {
        glance();
    }
}

void IncidentsController::glance()
{
    if (m_sinceEarly.isValid() && !detect::LookPace::mayBeEarly(std::chrono::milliseconds(m_sinceEarly.elapsed()), m_took)) {
        return;
    }
    m_glancing = true;
    m_jobs.post([this] {
        const bool tripped = m_watcher->glance();
        QMetaObject::invokeMethod(this, [this, tripped] {
            m_glancing = false;
            if (tripped && !m_looking) {
                m_sinceEarly.start();
                m_pause.stop();
                look();
            }
        }, Qt::QueuedConnection);
    });
}

void IncidentsController::look()
{
    m_again = false;
    m_looking = true;
    const quint64 generation = m_generation;
    m_jobs.post([this, generation, asked = Look{m_thresholds, m_clock.now(), m_paths}] {
        auto answer = std::make_shared<const Answer>(m_watcher->look(asked));
        QMetaObject::invokeMethod(this, [this, generation, answer] {
            m_looking = false;
            if (generation == m_generation) {
                take(*answer);
            } else {
                m_again = true; // asked with thresholds of yesterday
            }
            m_took = answer->took;
            if (std::exchange(m_hurry, false)) {
                look();
            } else {
                m_pause.start(detect::LookPace::pauseAfter(m_took));
            }
        }, Qt::QueuedConnection);
    });
}

void IncidentsController::take(const Answer& answer)
{
    m_incidents = answer.incidents;
    m_scores = answer.scores;
    m_seen = answer.version;
    if (answer.jail) {
        m_jailTotals = *answer.jail;
        m_effects = answer.jail->effects;
    }
    m_named.clear();
    for (const Incident& incident : m_incidents) {
        if (incident.severity == Severity::Info) {
            continue;
        }
        for (const IncidentSource& source : incident.sources) {
            m_named.try_emplace(source.ip, false);
        }
        for (const OpenedAccount& opened : incident.opened) {
            m_named[opened.ip] = m_named[opened.ip] || isSerious(incident);
        }
    }
    publish();
    if (m_open.isValid()) {
        askDetail();
    }
}

AddressState IncidentsController::stateOf(const IpAddress& address) const
{
    const auto found = m_named.find(address);
    if (found == m_named.end()) {
        return {};
    }
    return found->second ? AddressState{tr("opened an account"), Meaning::Critical} : AddressState{tr("takes part"), Meaning::Failure};
}

std::vector<Fact> IncidentsController::factsOf(const Target& target) const
{
    const auto ip = target.kind == TargetKind::Address ? IpAddress::parse(target.key) : std::nullopt;
    return ip ? memberFacts(m_incidents, *ip) : std::vector<Fact>();
}

void IncidentsController::publish()
{
    std::vector<IncidentCard> cards;
    for (std::size_t i = 0; i < m_incidents.size(); ++i) {
        cards.push_back(incidentCard(m_incidents[i], jailNote(i), m_naming));
        tellReset(cards.back(), m_incidents[i]);
    }
    m_cards = std::move(cards);
    m_marks = incidentMarks(m_incidents);
    emit incidentsChanged(m_cards, incidentsCaption(m_incidents));
    emit marksChanged();
}

void IncidentsController::tellReset(IncidentCard& card, const Incident& incident) const
{
    if (!m_resets || incident.kind != IncidentKind::StalePassword || incident.accounts.empty()) {
        return;
    }
    const auto reset = m_resets->find(incident.accounts.front().name.raw());
    if (reset != m_resets->end() && reset->second <= incident.end) {
        card.evidence = tr("Its password is new since %1: a device that was not told of it fails, and that is honest. Its places are not banned for 3 days.")
                            .arg(formatMoment(reset->second, m_naming.zone, incident.end));
    }
}

void IncidentsController::setResets(std::shared_ptr<const std::map<std::string, Instant, std::less<>>> resets)
{
    m_resets = std::move(resets);
    publish();
}

std::optional<JailNote> IncidentsController::jailNote(std::size_t index) const
{
    if (index >= m_effects.size()) {
        return std::nullopt;
    }
    return JailNote{m_thresholds.jail, m_effects[index], m_jailTotals.goodLoginsCut, m_jailTotals.accountsCut};
}

const Incident* IncidentsController::incident(const Target& target) const
{
    const auto found = std::find_if(m_incidents.begin(), m_incidents.end(), [&](const Incident& i) { return i.id == target.key; });
    return target.kind != TargetKind::Incident || found == m_incidents.end() ? nullptr : &*found;
}

void IncidentsController::setZone(const QTimeZone& zone)
{
    m_naming.zone = zone;
    publish();
    if (m_open.isValid()) {
        askDetail();
    }
}

void IncidentsController::open(const Target& target)
{
    const Incident* found = incident(target);
    m_open = found ? target : Target{};
    if (found) {
        emit incidentOpened(*found);
        emit filterRequested(incidentFilter(*found));
        askDetail();
    }
}

void IncidentsController::filterTo(const Target& target)
{
    if (const Incident* found = incident(target)) {
        emit filterRequested(incidentFilter(*found));
    }
}

void IncidentsController::propose(const Target& target)
{
    if (const Incident* found = incident(target)) {
        emit answerRequested(*found);
    }
}

void IncidentsController::contain(const Target& target)
{
    if (const Incident* found = incident(target)) {
        emit containRequested(*found);
    }
}

void IncidentsController::askDetail()
{
    const Incident* found = incident(m_open);
    if (!found) {
        return; // it is no longer told of: what the drawer says of it stays
    }
    const auto index = static_cast<std::size_t>(found - m_incidents.data());
    m_jobs.post([this, target = m_open, asked = *found, jail = jailNote(index), naming = m_naming] {
        auto view = std::make_shared<const DetailView>(m_watcher->detail(asked, jail, naming));
        QMetaObject::invokeMethod(this, [this, target, view] {
            if (target == m_open) {
                emit detailChanged(*view);
            }
        }, Qt::QueuedConnection);
    });
}

void IncidentsController::keepThresholds(SiteThresholds next)
{
    if (m_broken) {
        m_broken = !QFile::rename(thresholdsPath(), thresholdsPath() + QStringLiteral(".broken")); // somebody may want to mend it
    }
    if (const auto saved = next.save(thresholdsPath()); !saved) {
        emit noticed(Notice::of(saved.error()));
        return;
    }
    m_thresholds = std::move(next);
    ++m_generation;
    emit thresholdsChanged();
    lookNow();
}

void IncidentsController::lookNow()
{
    m_again = true;
    if (m_looking) {
        m_hurry = true;
        return;
    }
    m_pause.stop();
    look();
}

void IncidentsController::markFalseAlarm(const Target& target, bool wrong)
{
    const Incident* found = incident(target);
    if (!found) {
        return;
    }
    SiteThresholds next = m_thresholds;
    if (wrong) {
        next.markFalseAlarm(*found, m_clock.now(), whoIsHere());
        const FalseAlarm* mark = next.markOf(*found);
        if (mark) {
            emit noticed({Meaning::Good, tr("Marked as a false alarm; %1 is now %2 here").arg(QString::fromStdString(mark->threshold)).arg(mark->to),
                          tr("Take it back in the menu of the card. All thresholds: Detectors … in the menu of any card.")});
        }
    } else {
        next.unmarkFalseAlarm(*found, m_clock.now(), whoIsHere());
    }
    keepThresholds(std::move(next));
}

void IncidentsController::editThresholds(const ThresholdEdit& edit)
{
    SiteThresholds next = m_thresholds;
    const Instant now = m_clock.now();
    JailSpec jail = next.jail;
    jail.maxretry = static_cast<std::uint32_t>(std::max(edit.jail.maxretry, 1));
    jail.findtime = std::chrono::seconds(edit.jail.findtime);
    jail.bantime = std::chrono::seconds(edit.jail.bantime);
    jail.increment = edit.jail.increment;
    Result<void> done = next.setJail(jail, now, whoIsHere());
    for (const auto& [name, value] : edit.values) {
        if (done) {
            done = next.set(name.toStdString(), value, now, whoIsHere());
        }
    }
    if (!done) {
        emit noticed(Notice::of(done.error()));
        return;
    }
    keepThresholds(std::move(next));
}

ThresholdView IncidentsController::thresholds() const
{
    ThresholdView view;
    const DetectSettings usual, effective = m_thresholds.effective();
    for (const SettingDescription& d : settingDescriptions()) {
        const double value = m_thresholds.byHand.*(d.value), raised = effective.*(d.value);
        view.rows.push_back({QString::fromLatin1(d.name), QString::fromUtf8(d.meaning), QString::fromUtf8(d.unit), QString::fromUtf8(d.source), value,
                             usual.*(d.value), d.least, d.most, raised > value ? raised : 0});
    }
    const JailSpec& jail = m_thresholds.jail;
    view.jail = {static_cast<int>(jail.maxretry), static_cast<int>(jail.findtime.count()), static_cast<int>(jail.bantime.count()), jail.increment};
    for (auto change = m_thresholds.changes.rbegin(); change != m_thresholds.changes.rend(); ++change) {
        view.history.push_back(QStringLiteral("%1 · %2 · %3: %4 → %5 · %6")
                                   .arg(formatMoment(change->at, m_naming.zone, m_clock.now()), UntrustedText(change->by.toStdString()).plain(40),
                                        QString::fromStdString(change->what), change->from, change->to, UntrustedText(change->why.toStdString()).plain(120)));
    }
    view.file = thresholdsPath();
    return view;
}

} // namespace mailward
