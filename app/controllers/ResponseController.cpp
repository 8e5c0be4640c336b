// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ResponseController.h"

#include "app/controllers/History.h"
#include "app/controllers/PlanViews.h"
#include "models/respond/PlanJudge.h"
#include "models/tables/Format.h"

#include <algorithm>
#include <utility>

namespace mailward {

using namespace std::chrono_literals;

/// What a plan is made from: a copy for the response thread.
struct ResponseController::Draft {
    std::vector<PlanItem> items;
    Ports ports;
    std::chrono::seconds ttl{};
    QStringList servers;
    std::optional<Plan> base; ///< the offer, when the draft answers an incident
    bool portsChosen = false;
    std::vector<AttackSource> attackers; ///< empty: whoever failed in the judged range
    std::shared_ptr<const std::vector<Incident>> incidents;

    [[nodiscard]] std::vector<AttackSource> against(const ColumnsSnapshot& history, TimeRange range) const { return attackers.empty() ? failingSources(history, range) : attackers; }
};

/// The three offers.
struct ResponseController::Answer {
    quint64 generation = 0;
    Incident incident;
    std::vector<Proposal> proposals;
    std::optional<Error> error;
};

/// A preview, and whom it concerns by name.
struct ResponseController::Previewed {
    PlanPreview preview;
    std::vector<CutOffPerson> people;
};

/// The meter of a draft.
struct ResponseController::Judged {
    std::optional<double> covered;
    std::optional<std::uint64_t> cutOff;
    QStringList refused;
};

ResponseController::ResponseController(ResponseDesk& desk, QObject* parent) : QObject(parent), m_desk(desk)
{
    m_plan.ports = authPorts();
    m_plan.ttl = 24h;
    setConfirmWindow(m_window);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        setState(PlanState::Working, tr("Not confirmed in time. Asking the servers whether they took it back ..."));
        askAfterWindow(kMaxAsks);
    });
    connect(&desk, &ResponseDesk::closed, this, [this](const Notice& why) { setState(PlanState::Failed, why.text, why.hint); });
}

ResponseController::~ResponseController() = default;

void ResponseController::setConfirmWindow(std::chrono::seconds window)
{
    m_window = window;
    m_plan.windowSeconds = static_cast<std::uint64_t>(window.count());
}

void ResponseController::start()
{
    m_desk.run([targets = m_desk.targets({})](Response& response) { return targets.empty() ? Result<std::vector<ApplyReport>>{} : response.executor().recover(targets); },
        [this](const Result<std::vector<ApplyReport>>& reports) {
            if (!reports) {
                emit noticed(Notice::of(reports.error()));
            } else {
                takeUnfinished(*reports);
            }
            m_desk.publishAudit();
        });
    serversChanged();
}

void ResponseController::setJudgedRange(const std::optional<TimeRange>& range)
{
    if (range != m_range) {
        m_range = range;
        judge();
    }
}

void ResponseController::setIncidents(const std::vector<Incident>& all)
{
    m_incidents = std::make_shared<const std::vector<Incident>>(all);
}

void ResponseController::serversChanged()
{
    m_plan.servers.clear();
    for (const QString& name : m_desk.serverNames()) {
        m_plan.servers.push_back({name, !m_leftOut.contains(name), true, {}});
    }
    emit planChanged(m_plan);
}

bool ResponseController::isUnderWay()
{
    const bool busy = m_plan.state == PlanState::Working || m_plan.state == PlanState::AwaitingConfirm;
    if (busy) {
        emit noticed({Meaning::Warning, tr("A plan is under way: confirm it or undo it first."), {}});
    }
    return busy;
}

void ResponseController::addToDraft(const Targets& targets)
{
    if (isUnderWay()) {
        return;
    }
    if (m_plan.state == PlanState::Confirmed || m_plan.state == PlanState::Lifted) { // that plan is done: this is another one
        m_plan.items.clear();
        dropAnswer();
    }
    for (const Target& target : targets) {
        const bool there = std::any_of(m_plan.items.begin(), m_plan.items.end(), [&](const PlanItem& item) { return item.target == target; });
        if (target.isBannable() && !there) {
            m_plan.items.push_back({target, UntrustedText(target.key)});
        }
    }
    setState(m_plan.items.empty() ? PlanState::Empty : PlanState::Draft);
    judge();
}

void ResponseController::removeFromDraft(const Target& target)
{
    std::erase_if(m_plan.items, [&](const PlanItem& item) { return item.target == target; });
    setState(m_plan.items.empty() ? PlanState::Empty : PlanState::Draft);
    judge();
}

/// From here on the draft is what the person puts together, and answers no incident.
void ResponseController::dropAnswer()
{
    m_offers.clear();
    m_attackers.clear();
    m_portsChosen = false;
    m_plan.offers.clear();
    m_plan.chosenOffer = -1;
    m_plan.answers.clear();
}

void ResponseController::planFor(const Incident& incident, const std::vector<Incident>& all)
{
    if (isUnderWay()) {
        return;
    }
    m_plan.items.clear();
    dropAnswer();
    setIncidents(all);
    setState(PlanState::Working, tr("Looking for the smallest block that ends it ..."));
    const quint64 generation = ++m_asked;
    m_desk.run([&desk = m_desk, generation, incident, most = m_room.of(m_plan.servers), incidents = m_incidents, geo = m_desk.naming().geo](Response& response) {
            Answer answer{generation, incident, {}, {}};
            const auto history = desk.store().snapshot();
            auto guards = response.guards(*history, *incidents);
            if (!guards) {
                answer.error = guards.error();
                return answer;
            }
            const Instant end = history->range().isEmpty() ? desk.clock().now() : history->range().end;
            answer.proposals = proposePlans(*history, {incident}, *incidents, {geo, std::move(*guards), end, most});
            return answer;
        },
        [this](const Answer& answer) { takeAnswer(answer); });
}

void ResponseController::takeAnswer(const Answer& answer)
{
    if (answer.generation != m_asked || m_plan.state != PlanState::Working) {
        return;
    }
    const bool any = std::any_of(answer.proposals.begin(), answer.proposals.end(), [](const Proposal& proposal) { return !proposal.plan.bans.empty(); });
    if (answer.error || !any) {
        setState(PlanState::Empty);
        emit noticed(answer.error ? Notice::of(*answer.error)
                                  : Notice{Meaning::Warning, tr("No block helps against this without cutting off your own people."), tr("Contain the accounts, or choose addresses by hand.")});
        return;
    }
    m_offers = answer.proposals;
    m_plan.offers = planOffers(m_offers);
    m_plan.answers = answer.incident.title;
    for (const IncidentSource& source : answer.incident.sources) {
        m_attackers.push_back({source.ip, source.attempts});
    }
    m_plan.chosenOffer = m_offers[1].plan.bans.empty() ? 2 : 1;
    fillFromOffer();
}

void ResponseController::chooseOffer(int index)
{
    if (index >= 0 && index < static_cast<int>(m_offers.size()) && m_plan.state == PlanState::Draft) {
        m_plan.chosenOffer = index;
        fillFromOffer();
    }
}

void ResponseController::fillFromOffer()
{
    const Plan& plan = m_offers[static_cast<std::size_t>(m_plan.chosenOffer)].plan;
    m_plan.items.clear();
    for (const BanEntry& ban : plan.bans) {
        const std::string text = ban.prefix.toString();
        const Target target{ban.prefix.isHost() ? TargetKind::Address : TargetKind::Network, text, {}};
        m_plan.items.push_back({target, UntrustedText(text)});
    }
    if (!plan.bans.empty()) {
        m_plan.ports = plan.bans.front().ports;
        m_plan.ttl = plan.bans.front().ttl;
    }
    m_portsChosen = false;
    setState(PlanState::Draft);
    judge();
}

void ResponseController::clearDraft()
{
    dropAnswer();
    m_plan.items.clear();
    m_plan.id.clear();
    setState(PlanState::Empty);
}

void ResponseController::setPorts(const std::vector<std::uint16_t>& ports)
{
    m_plan.ports = ports;
    m_portsChosen = true;
    m_preview.reset();
    emit planChanged(m_plan);
}

void ResponseController::setTtl(std::chrono::seconds ttl)
{
    m_plan.ttl = ttl;
    m_preview.reset();
    emit planChanged(m_plan);
}

void ResponseController::toggleServer(const QString& server, bool chosen)
{
    chosen ? void(m_leftOut.erase(server)) : void(m_leftOut.insert(server));
    m_preview.reset();
    serversChanged();
}

ResponseController::Draft ResponseController::draft() const
{
    Draft draft{m_plan.items, m_plan.ports, m_plan.ttl, {}, {}, m_portsChosen, m_attackers, m_incidents};
    if (m_plan.chosenOffer >= 0) {
        draft.base = m_offers[static_cast<std::size_t>(m_plan.chosenOffer)].plan;
    }
    for (const PlanServer& server : m_plan.servers) {
        if (server.chosen) {
            draft.servers << server.name;
        }
    }
    return draft;
}

Result<Plan> ResponseController::planOf(const Draft& draft, const Naming& naming, Instant now)
{
    Plan plan;
    plan.id = newPlanId();
    plan.made = now;
    plan.from = QStringLiteral("chosen by hand");
    plan.servers = draft.servers;
    auto ports = normalPorts(draft.ports.empty() ? bannablePorts() : draft.ports);
    if (!ports) {
        return tl::unexpected(ports.error());
    }
    std::map<Prefix, BanEntry> offered;
    if (draft.base) {
        plan.from = draft.base->from;
        plan.resets = draft.base->resets;
        plan.holds = draft.base->holds;
        plan.expected = draft.base->expected;
        plan.refused = draft.base->refused;
        for (const BanEntry& ban : draft.base->bans) {
            offered.emplace(ban.prefix, ban);
        }
    }
    for (const PlanItem& item : draft.items) {
        const auto prefixes = prefixesOf(item.target, naming);
        if (!prefixes) {
            return tl::unexpected(prefixes.error());
        }
        for (const Prefix& prefix : *prefixes) {
            BanEntry ban;
            if (const auto known = offered.find(prefix); known != offered.end()) {
                ban = known->second; // its reason, and its ports: an attack on SSH is answered at other ports than one on mailboxes
            } else {
                ban.prefix = prefix;
                ban.ports = *ports;
                ban.reason = plan.from;
            }
            ban.ports = draft.portsChosen ? *ports : ban.ports;
            ban.ttl = draft.ttl;
            plan.bans.push_back(std::move(ban));
        }
    }
    return plan;
}

/// The meter of the tray: what the draft would stop and whom it would cut off, without asking a server.
void ResponseController::judge()
{
    m_preview.reset();
    if (m_plan.items.empty()) {
        return;
    }
    const quint64 generation = ++m_judged;
    m_desk.run([&desk = m_desk, draft = draft(), range = m_range](Response& response) {
            Judged judged;
            const auto history = desk.store().snapshot();
            const auto guards = response.guards(*history, *draft.incidents);
            const auto plan = planOf(draft, desk.naming(), desk.clock().now());
            if (guards && plan) {
                const auto attackers = draft.against(*history, range.value_or(judgedPeriod(*history, desk.clock().now())));
                const PlanPreview preview = mailward::previewPlan(*plan, attackers, *guards, {}, NftablesBackend());
                judged.covered = preview.coveredPct();
                judged.cutOff = preview.verdict.collateral.onlyHere.size();
            }
            return judged;
        },
        [this, generation](const Judged& judged) {
            if (generation == m_judged) {
                m_plan.coveredPercent = judged.covered;
                m_plan.peopleCutOff = judged.cutOff;
                emit planChanged(m_plan);
            }
        });
}

void ResponseController::preview()
{
    const Draft now = draft();
    if (now.items.empty()) {
        return;
    }
    if (now.servers.isEmpty()) {
        setState(PlanState::Draft, tr("No server is chosen."), tr("Add a server on the page Servers, or choose one in the tray."));
        return;
    }
    readAndPreview(now, {});
}

void ResponseController::previewPlan(const Plan& plan)
{
    if (isUnderWay()) {
        return;
    }
    Draft given;
    given.servers = plan.servers;
    given.incidents = m_incidents;
    readAndPreview(given, plan);
}

/// Asks the servers, and shows what would be sent: of `given` when there is one, else of the draft.
void ResponseController::readAndPreview(const Draft& draft, const std::optional<Plan>& given)
{
    setState(PlanState::Working, m_outdated ? tr("A server changed since the preview: nothing was applied. Reading it anew ...") : tr("Reading what the servers enforce now ..."));
    m_desk.run([&desk = m_desk, draft, given, range = m_range, targets = m_desk.targets(draft.servers)](Response& response) -> Result<Previewed> {
            const auto history = desk.store().snapshot();
            const Instant now = desk.clock().now();
            auto guards = response.guards(*history, *draft.incidents);
            if (!guards) {
                return tl::unexpected(guards.error());
            }
            auto plan = given ? Result<Plan>(*given) : planOf(draft, desk.naming(), now);
            if (!plan) {
                return tl::unexpected(plan.error());
            }
            refuseUnsafe(*plan, *guards);
            const TimeRange judged = judgedPeriod(*history, now);
            const auto attackers = draft.against(*history, range.value_or(judged));
            auto suspects = participantsOf(*draft.incidents);
            for (const GoodLogin& login : guards->goodLogins) {
                suspects.erase(login.address); // let in before they failed: people, as for the guards
            }
            return response.executor().preview(*plan, targets, attackers, *guards).map([&](PlanPreview&& preview) {
                auto people = peopleCutOff(*history, judged, preview.plan, suspects);
                return Previewed{std::move(preview), std::move(people)};
            });
        },
        [this](const Result<Previewed>& previewed) { takePreview(previewed); });
}

/// The same plan beside what the servers are now. It goes nowhere before the person has seen it: Apply counts for what was shown.
void ResponseController::previewAgain(const PlanPreview& before)
{
    m_outdated = before;
    Draft again = draft();
    again.servers = before.plan.servers;
    readAndPreview(again, before.plan);
}

void ResponseController::takePreview(const Result<Previewed>& previewed)
{
    const auto outdated = std::exchange(m_outdated, std::nullopt);
    if (!previewed) {
        m_preview.reset();
        setState(m_plan.items.empty() ? PlanState::Failed : PlanState::Draft, previewed.error().text, previewed.error().hint);
        return;
    }
    const PlanPreview* preview = &previewed->preview;
    m_preview = *preview;
    m_plan.coveredPercent = preview->coveredPct();
    m_plan.peopleCutOff = preview->verdict.collateral.onlyHere.size();
    setState(m_plan.items.empty() ? PlanState::Empty : PlanState::Draft, outdated ? tr("Nothing was applied: a server changed in between. Look at the new preview, and apply again.") : QString());
    m_cutOff.setRows(cutOffRows(previewed->people));
    PreviewView view = previewView(*preview, static_cast<std::uint64_t>(m_window.count()));
    if (outdated) {
        view.warnings = changesSince(*outdated, *preview);
        view.warnings.insert(view.warnings.begin(), tr("Nothing was applied yet. This is the plan as it is now:"));
    }
    emit this->previewed(view);
}

void ResponseController::apply(const QString& typed)
{
    if (!m_preview || !m_preview->verdict.isAllowed()) {
        return;
    }
    if (!m_preview->verdict.isAgreed(typed)) {
        setState(PlanState::Draft, tr("%1 people would lose their only way in: the preview asks for that number.").arg(m_preview->verdict.collateral.onlyHere.size()));
        return;
    }
    m_plan.id = m_preview->plan.id;
    if (m_preview->plan.bans.empty() && !m_preview->plan.unbans.empty()) {
        lift(m_preview->plan);
        return;
    }
    ApplyOptions options;
    options.window = m_window;
    options.who = whoIsHere();
    options.override = typed;
    for (const ServerPreview& server : m_preview->servers) {
        options.previewed[server.server] = server.stateHash;
    }
    setState(PlanState::Working, tr("Applying, one server after the other ..."));
    m_desk.run([&desk = m_desk, plan = m_preview->plan, options, incidents = m_incidents, targets = m_desk.targets(m_preview->plan.servers)](Response& response) -> Result<ApplyReport> {
            auto guards = response.guards(*desk.store().snapshot(), *incidents);
            if (!guards) {
                return tl::unexpected(guards.error());
            }
            return response.executor().apply(plan, targets, *guards, options);
        },
        [this](const Result<ApplyReport>& report) { takeReport(report, PlanState::AwaitingConfirm); });
}

/// Letting somebody in locks nobody out: done at once, nothing to confirm.
void ResponseController::lift(const Plan& plan)
{
    setState(PlanState::Working, tr("Lifting ..."));
    m_desk.run([plan, targets = m_desk.targets(plan.servers)](Response& response) -> Result<ApplyReport> {
            ApplyReport report{plan.id, {}};
            for (const ExecutorTarget& target : targets) {
                ServerOutcome outcome;
                outcome.server = target.server;
                outcome.state = ApplyState::Confirmed;
                if (const auto done = response.executor().unban(plan.unbans, target, whoIsHere()); !done) {
                    outcome.error = done.error();
                }
                report.servers.push_back(std::move(outcome));
            }
            return report;
        },
        [this](const Result<ApplyReport>& report) { takeReport(report, PlanState::Lifted); });
}

void ResponseController::confirm(const QString& planId)
{
    m_deadline.stop();
    setState(PlanState::Working, tr("Confirming over a new connection ..."));
    m_desk.run([planId, targets = m_desk.targets({})](Response& response) { return response.executor().confirm(planId, targets, whoIsHere()); },
        [this](const Result<ApplyReport>& report) { takeReport(report, PlanState::Confirmed); });
}

void ResponseController::undo(const QString& planId)
{
    m_deadline.stop();
    setState(PlanState::Working, tr("Taking it back ..."));
    m_desk.run([planId, targets = m_desk.targets({})](Response& response) { return response.executor().revert(planId, targets, whoIsHere()); },
        [this](const Result<ApplyReport>& report) { takeReport(report, PlanState::Reverted); });
}

void ResponseController::takeReport(const Result<ApplyReport>& report, PlanState good)
{
    const auto before = std::exchange(m_preview, std::nullopt);
    m_desk.publishAudit();
    emit enforcedChanged();
    if (report && before && report->isOutdated()) {
        previewAgain(*before);
        return;
    }
    if (!report) {
        setState(PlanState::Failed, report.error().text, report.error().hint);
        return;
    }
    if (good == PlanState::AwaitingConfirm) {
        awaitConfirm(*report);
        return;
    }
    QStringList names, forgetful;
    for (const ServerOutcome& outcome : report->servers) {
        if (outcome.error) {
            setState(PlanState::Failed, tr("%1: %2").arg(outcome.server, outcome.error->text), outcome.error->hint);
            return;
        }
        names << outcome.server;
        if (outcome.survivesReboot == false) {
            forgetful << outcome.server;
        }
    }
    const QString servers = names.join(QStringLiteral(", "));
    if (good == PlanState::Confirmed) {
        setState(good, tr("Kept on %1.").arg(servers),
                 forgetful.isEmpty() ? QString() : tr("A reboot of %1 would forget it: the page Bans says how to keep it.").arg(forgetful.join(QStringLiteral(", "))));
    } else {
        setState(good, good == PlanState::Lifted ? tr("Lifted on %1.").arg(servers) : tr("Taken back on %1.").arg(servers));
    }
}

void ResponseController::setState(PlanState state, const QString& message, const QString& hint)
{
    m_plan.state = state;
    m_plan.message = UntrustedText(message.toStdString());
    m_plan.hint = hint;
    if (state != PlanState::AwaitingConfirm) {
        m_plan.deadline.reset();
    }
    emit planChanged(m_plan);
}

} // namespace mailward
