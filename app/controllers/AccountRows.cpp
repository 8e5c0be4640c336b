// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/AccountRows.h"

#include "app/controllers/ViewWords.h"
#include "models/tables/Format.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

namespace mailward {

namespace {

constexpr double kUnusualScore = 30; // one sign alone (a traveller, a new carrier) is every day's
constexpr double kFarFromUsual = 3;      // times a usual day
constexpr std::uint32_t kEnoughToTell = 20; // fewer a day are no burst
constexpr std::size_t kReasonsAtMost = 6;

Meaning meaningOf(RiskLevel level)
{
    switch (level) {
    case RiskLevel::Lost: return Meaning::Critical;
    case RiskLevel::Unusual: return Meaning::High;
    case RiskLevel::Attacked: return Meaning::Warning;
    case RiskLevel::TakenBack: return Meaning::Good;
    case RiskLevel::OldPassword:
    case RiskLevel::None: break;
    }
    return Meaning::Muted;
}

QString wordOf(RiskLevel level)
{
    switch (level) {
    case RiskLevel::Lost: return tr("lost");
    case RiskLevel::Unusual: return tr("unusual");
    case RiskLevel::Attacked: return tr("attacked");
    case RiskLevel::OldPassword: return tr("old password");
    case RiskLevel::TakenBack: return tr("taken back");
    case RiskLevel::None: break;
    }
    return {};
}

/// Gathers what the incidents say about each account, the worst level first.
class RiskBook
{
public:
    explicit RiskBook(const Naming& naming) : m_naming(naming) {}

    void add(const Incident& incident)
    {
        const bool serious = isSerious(incident);
        for (const OpenedAccount& opened : incident.opened) {
            QString reason = (serious ? tr("opened %1 from %2") : tr("log-in %1 from %2")).arg(formatMoment(opened.at, m_naming.zone, incident.end), ascii(opened.ip.toString()));
            if (!opened.reason.isEmpty()) {
                reason += QStringLiteral(": ") + opened.reason;
            }
            note(opened.name, serious ? RiskLevel::Lost : incident.falseAlarm ? RiskLevel::None : RiskLevel::Unusual,
                 incident.falseAlarm ? tr("a person called it a false alarm: %1").arg(reason) : reason);
            Instant& until = m_notes[opened.name.raw()].until;
            until = std::max(until, incident.end);
        }
        for (const IncidentAccount& account : incident.accounts) {
            addTarget(incident, account, serious);
        }
    }

    void add(const AccountScore& score)
    {
        AccountRiskNote& note = m_notes[score.name.raw()];
        note.score = score.score;
        if (note.level < RiskLevel::Unusual && note.level != RiskLevel::None) {
            note.level = score.score >= kUnusualScore ? RiskLevel::Unusual : note.level;
        } else if (note.level == RiskLevel::None && note.reasons.isEmpty() && score.score >= kUnusualScore) {
            note.level = RiskLevel::Unusual;
        }
        const bool told = std::any_of(note.reasons.begin(), note.reasons.end(), [&](const QString& r) { return !score.signs.empty() && r.contains(score.signs.front()); });
        for (const QString& sign : score.signs) {
            if (!told && note.reasons.size() < static_cast<qsizetype>(kReasonsAtMost)) {
                note.level == RiskLevel::Unusual ? note.reasons.prepend(sign) : note.reasons.append(sign);
            }
        }
    }

    AccountRiskNotes take() { return std::move(m_notes); }

private:
    void addTarget(const Incident& incident, const IncidentAccount& account, bool serious)
    {
        if (incident.kind == IncidentKind::StalePassword) {
            note(account.name, RiskLevel::OldPassword, tr("a device of its owner tries it"));
        } else if (serious && account.sources > 0) {
            note(account.name, RiskLevel::Attacked, tr("guessed at by %1 until %2")
                                                        .arg(counted(account.sources, tr("%1 address"), tr("%1 addresses")), formatMoment(incident.end, m_naming.zone, incident.end)));
        } else if (serious && incident.kind == IncidentKind::OutboundSpam && incident.opened.empty()) {
            note(account.name, RiskLevel::Unusual, tr("a burst of mail"));
        }
    }

    void note(const UntrustedText& name, RiskLevel level, const QString& reason)
    {
        AccountRiskNote& note = m_notes[name.raw()];
        if (level > note.level) {
            note.reasons.prepend(reason);
        } else if (note.reasons.size() < static_cast<qsizetype>(kReasonsAtMost) && !note.reasons.contains(reason)) {
            note.reasons.append(reason);
        }
        note.level = std::max(note.level, level);
    }

    const Naming& m_naming;
    AccountRiskNotes m_notes;
};

struct Measure {
    const std::array<std::uint32_t, kActivityDays>& days;
    QString burst; ///< "mail × %1"
    std::uint32_t last = 0;
    std::optional<double> usual;
    double ratio = 1;
};

Measure measure(const std::array<std::uint32_t, kActivityDays>& days, const QString& burst)
{
    const std::optional<double> usual = usualDay(days);
    return {days, burst, days.back(), usual, usual ? days.back() / std::max(*usual, 1.0) : 1};
}

QString ratioText(double ratio)
{
    return ratio >= 10 ? formatCount(static_cast<std::uint64_t>(std::llround(ratio))) : QString::number(ratio, 'f', 1);
}

/// Mail is what spam is seen by: it is shown for whoever sends; for others their log-ins.
AccountTrend trendOf(const AccountActivity& activity)
{
    const Measure mail = measure(activity.mailsByDay, tr("mail × %1"));
    const Measure logins = measure(activity.loginsByDay, tr("log-ins × %1"));
    const auto isBurst = [](const Measure& m) { return m.usual && m.ratio >= kFarFromUsual && m.last >= kEnoughToTell; };
    const Measure& shown = isBurst(mail) || (activity.mails > 0 && !isBurst(logins)) ? mail : logins;
    AccountTrend trend;
    trend.days.assign(shown.days.begin(), shown.days.end());
    trend.ratio = shown.ratio;
    if (isBurst(shown)) {
        trend.text = shown.burst.arg(ratioText(shown.ratio));
        trend.meaning = shown.ratio >= 10 ? Meaning::High : Meaning::Warning;
    } else if (shown.last == 0) {
        trend.text = tr("quiet");
    } else if (!shown.usual && shown.last >= kEnoughToTell) {
        trend.text = &shown == &mail ? tr("%1 mails, no past").arg(formatCount(shown.last)) : tr("no past yet");
        trend.meaning = &shown == &mail ? Meaning::Warning : Meaning::Muted;
    } else {
        trend.text = shown.usual ? tr("as usual") : tr("no past yet");
    }
    const auto words = [](const Measure& m) {
        return m.usual ? tr("%1 in the last 24 h, %2 on a usual day").arg(formatCount(m.last), formatCount(static_cast<std::uint64_t>(std::llround(*m.usual))))
                       : tr("%1 in the last 24 h, too few days before to compare").arg(formatCount(m.last));
    };
    trend.tip = tr("Mails: %1. Log-ins: %2.").arg(words(mail), words(logins));
    return trend;
}

QString protocolsOf(std::uint32_t services)
{
    QStringList words;
    for (int i = 0; i < kServiceCount; ++i) {
        if ((services & (1U << static_cast<unsigned>(i))) != 0) {
            words << ascii(serviceName(static_cast<Service>(i)));
        }
    }
    return words.join(QStringLiteral(", "));
}

void tellPlaces(AccountOverviewRow& row, const AccountActivity& activity, const ColumnsSnapshot& data, const Naming& naming)
{
    for (const CountryCode country : activity.countries) {
        row.countries << naming.countryName(country);
    }
    row.networks = activity.networks;
    if (!activity.lastGood) {
        return;
    }
    row.lastGood = activity.lastGood->at;
    if (!activity.lastGood->from.isValid()) {
        return;
    }
    const AddressEntry& entry = data.address(activity.lastGood->from);
    row.country = entry.facts.country;
    row.countryName = naming.countryName(row.country);
    const std::string name = naming.networkName(entry.facts.asn);
    row.network = UntrustedText(name.empty() ? entry.ip.toString() : name);
    row.networkTarget = name.empty() ? Target{TargetKind::Address, entry.ip.toString(), {}} : Target{TargetKind::Asn, std::to_string(entry.facts.asn), {}};
}

void tellPassword(AccountItem& item, const std::vector<std::pair<QString, AccountFacts>>& rows, const std::optional<Instant>& logsSince)
{
    QStringList places;
    for (const auto& [server, facts] : rows) {
        const BackendRow& row = facts.row;
        QStringList words{QStringLiteral("%1: %2").arg(server, row.backend)};
        if (!row.scheme.isEmpty()) {
            words << row.scheme + (row.cost > 0 ? QStringLiteral(" %1").arg(row.cost) : QString());
        }
        if (row.changed) {
            words << tr("set %1").arg(ascii(formatRfc3339(*row.changed)).left(10));
        }
        if (row.state == AccountRowState::Locked || row.state == AccountRowState::Disabled) {
            item.row.state = row.state == AccountRowState::Locked ? tr("locked by us") : tr("disabled");
            words << item.row.state;
        }
        if (facts.secondFactor) {
            words << (*facts.secondFactor ? tr("second factor") : tr("no second factor"));
            item.oneFactor |= !*facts.secondFactor;
        }
        if (facts.appPasswords) {
            words << counted(*facts.appPasswords, tr("%1 app password"), tr("%1 app passwords"));
        }
        if (!facts.lastLogin && !item.row.lastGood) {
            // Logs that begin later than the account know only their own days.
            item.neverUsed = facts.keepsLastLogin || (row.created && logsSince && *row.created >= *logsSince);
            const auto day = [](Instant at) { return ascii(formatRfc3339(at)).left(10); };
            if (item.neverUsed) {
                words << (row.created ? tr("never used since %1").arg(day(*row.created)) : tr("never used"));
            } else if (logsSince) {
                words << tr("not used since %1, when the logs begin").arg(day(*logsSince));
            }
        }
        item.password << words.join(QStringLiteral(" · "));
        places << row.backend;
        if (row.changed && (!item.row.passwordSince || *row.changed < *item.row.passwordSince)) {
            item.row.passwordSince = row.changed;
        }
        if (facts.lastLogin && (!item.row.lastGood || *facts.lastLogin > *item.row.lastGood)) {
            item.row.lastGood = facts.lastLogin;
        }
    }
    places.removeDuplicates();
    item.row.backend = places.join(QStringLiteral(", "));
}

/// What the owner of one account goes on trying after its reset, from all places.
struct Wave {
    std::uint64_t attempts = 0;
    std::uint64_t places = 0;
    Instant last{};
};

std::map<std::string_view, Wave> wavesOf(const std::vector<HonestFailures>& failures)
{
    std::map<std::string_view, Wave> waves;
    for (const HonestFailures& one : failures) {
        Wave& wave = waves[one.account];
        wave.attempts += one.attempts;
        ++wave.places;
        wave.last = std::max(wave.last, one.last);
    }
    return waves;
}

QString waveText(const Wave& wave, Instant reset, const Naming& naming, Instant now)
{
    const auto moment = [&](Instant at) { return formatMoment(at, naming.zone, now); };
    const QString tries = tr("its owner's devices go on with the old password: %1 from %2 since %3, the last %4")
                              .arg(counted(wave.attempts, tr("%1 try"), tr("%1 tries")), counted(wave.places, tr("%1 place"), tr("%1 places")), moment(reset), moment(wave.last));
    const Instant spared = reset + kResetWave;
    return now < spared ? tr("%1; nothing is banned there until %2").arg(tries, moment(spared)) : tries;
}

bool contains(const AccountOverviewRow& row, const QString& search)
{
    return row.account.plain(0).contains(search, Qt::CaseInsensitive) || row.network.plain(0).contains(search, Qt::CaseInsensitive) ||
           row.reasons.join(QLatin1Char(' ')).contains(search, Qt::CaseInsensitive) || row.countries.join(QLatin1Char(' ')).contains(search, Qt::CaseInsensitive);
}

bool belongs(const AccountItem& item, AccountScope scope)
{
    switch (scope) {
    case AccountScope::InUse: return item.inUse;
    case AccountScope::AtRisk: return item.inUse && item.level > RiskLevel::None;
    case AccountScope::Idle: return item.idle;
    case AccountScope::Never: return item.neverUsed;
    case AccountScope::OneFactor: return item.oneFactor;
    case AccountScope::Strangers: return !item.inUse;
    }
    return false;
}

using Order = std::function<double(const AccountItem&)>;

/// What a column is sorted by; nothing for the name.
Order orderOf(const QString& key)
{
    static const std::map<QString, Order> kOrders{
        {QStringLiteral("risk"), [](const AccountItem& i) { return 1000.0 * static_cast<double>(i.level) + std::min(i.row.score, 999.0); }},
        {QStringLiteral("score"), [](const AccountItem& i) { return i.row.score; }},
        {QStringLiteral("last"), [](const AccountItem& i) { return i.row.lastGood ? static_cast<double>(toMicros(*i.row.lastGood)) : -1e18; }},
        {QStringLiteral("countries"), [](const AccountItem& i) { return static_cast<double>(i.row.countries.size()); }},
        {QStringLiteral("networks"), [](const AccountItem& i) { return static_cast<double>(i.row.networks); }},
        {QStringLiteral("letIn"), [](const AccountItem& i) { return static_cast<double>(i.row.letIn); }},
        {QStringLiteral("failed"), [](const AccountItem& i) { return static_cast<double>(i.row.failed); }},
        {QStringLiteral("mails"), [](const AccountItem& i) { return static_cast<double>(i.row.mails); }},
        {QStringLiteral("bounced"), [](const AccountItem& i) { return static_cast<double>(i.row.bounced); }},
        {QStringLiteral("trend"), [](const AccountItem& i) { return i.row.trend.ratio; }},
        {QStringLiteral("password"), [](const AccountItem& i) { return i.row.passwordSince ? static_cast<double>(toMicros(*i.row.passwordSince)) : 1e18; }}};
    const auto found = kOrders.find(key);
    return found == kOrders.end() ? Order() : found->second;
}

} // namespace

AccountRiskNotes accountRiskNotes(const std::vector<Incident>& incidents, const std::vector<AccountScore>& scores, const Naming& naming)
{
    RiskBook book(naming);
    for (const Incident& incident : incidents) {
        book.add(incident);
    }
    for (const AccountScore& score : scores) {
        book.add(score);
    }
    return book.take();
}

std::vector<AccountItem> accountItems(const std::vector<AccountActivity>& activities, const ColumnsSnapshot& data, const AccountRiskNotes& risks, const Naming& naming)
{
    std::vector<AccountItem> items;
    items.reserve(activities.size());
    for (const AccountActivity& activity : activities) {
        AccountItem item;
        item.row.account = UntrustedText(data.account(activity.account));
        item.inUse = activity.isUsed();
        item.idle = item.inUse && activity.letIn == 0 && activity.mails == 0;
        item.row.letIn = activity.letIn;
        item.row.failed = activity.failed;
        item.row.mails = activity.mails;
        item.row.bounced = activity.bounced;
        item.row.protocols = protocolsOf(activity.services);
        item.row.trend = trendOf(activity);
        tellPlaces(item.row, activity, data, naming);
        if (const auto risk = risks.find(item.row.account.raw()); risk != risks.end()) {
            item.level = risk->second.level;
            item.row.score = risk->second.score;
            item.row.reasons = risk->second.reasons;
            item.until = risk->second.until;
        }
        item.row.risk = meaningOf(item.level);
        item.row.riskText = wordOf(item.level);
        items.push_back(std::move(item));
    }
    return items;
}

void addServerFacts(std::vector<AccountItem>& items, const AccountFactsByName& facts, const std::optional<Instant>& logsSince)
{
    std::set<std::string_view> named;
    for (AccountItem& item : items) {
        named.insert(item.row.account.raw());
        if (const auto found = facts.find(item.row.account.raw()); found != facts.end()) {
            tellPassword(item, found->second, logsSince);
            item.inUse = true; // it is there, whatever the logs know of it
            item.idle = item.row.letIn == 0 && item.row.mails == 0;
        }
    }
    std::vector<AccountItem> silent;
    for (const auto& [name, rows] : facts) {
        if (!named.contains(name)) {
            AccountItem item;
            item.row.account = UntrustedText(name);
            item.inUse = item.idle = true;
            item.row.trend.text = tr("quiet");
            item.row.trend.days.assign(kActivityDays, 0);
            tellPassword(item, rows, logsSince);
            silent.push_back(std::move(item));
        }
    }
    items.insert(items.end(), std::make_move_iterator(silent.begin()), std::make_move_iterator(silent.end()));
}

void addResets(std::vector<AccountItem>& items, const ResetTimes& resets, const std::vector<HonestFailures>& wave, const Naming& naming, Instant now)
{
    const auto waves = wavesOf(wave);
    for (AccountItem& item : items) {
        const auto reset = resets.find(item.row.account.raw());
        if (reset == resets.end()) {
            continue;
        }
        const QString when = formatMoment(reset->second, naming.zone, now);
        item.row.passwordSince = std::max(item.row.passwordSince.value_or(reset->second), reset->second);
        if (item.row.state.isEmpty()) {
            item.row.state = tr("reset %1").arg(when);
        }
        if (item.level == RiskLevel::Lost && reset->second >= item.until) {
            item.level = RiskLevel::TakenBack;
            item.row.reasons.prepend(tr("new password since %1").arg(when));
        }
        if (const auto honest = waves.find(item.row.account.raw()); honest != waves.end()) {
            if (item.level == RiskLevel::OldPassword) {
                item.row.reasons.clear(); // it says the same, with less
            }
            item.row.reasons.append(waveText(honest->second, reset->second, naming, now));
            item.level = item.level == RiskLevel::None ? RiskLevel::OldPassword : item.level;
        } else if (item.level == RiskLevel::OldPassword) {
            item.row.reasons = {tr("new password since %1: devices that were not told of it fail, and that is honest; their places are not banned meanwhile").arg(when)};
        }
        item.row.risk = meaningOf(item.level);
        item.row.riskText = wordOf(item.level);
    }
}

AccountsSummary accountsSummary(const std::vector<AccountItem>& items)
{
    AccountsSummary summary;
    for (const AccountItem& item : items) {
        summary.inUse += item.inUse ? 1U : 0U;
        summary.strangers += item.inUse ? 0U : 1U;
        summary.idle += item.idle ? 1U : 0U;
        summary.lost += item.inUse && item.level == RiskLevel::Lost ? 1U : 0U;
        summary.unusual += item.inUse && item.level == RiskLevel::Unusual ? 1U : 0U;
        summary.attacked += item.inUse && item.level == RiskLevel::Attacked ? 1U : 0U;
    }
    summary.known = true;
    return summary;
}

std::vector<AccountOverviewRow> chooseAccounts(const std::vector<AccountItem>& items, AccountScope scope, const QString& search, const QString& key, bool ascending)
{
    std::vector<const AccountItem*> chosen;
    for (const AccountItem& item : items) {
        if (belongs(item, scope) && (search.isEmpty() || contains(item.row, search))) {
            chosen.push_back(&item);
        }
    }
    const Order order = orderOf(key);
    std::sort(chosen.begin(), chosen.end(), [&](const AccountItem* a, const AccountItem* b) {
        if (order) {
            const double left = order(*a), right = order(*b);
            if (left != right) {
                return ascending ? left < right : left > right;
            }
        }
        const int names = a->row.account.raw().compare(b->row.account.raw());
        return !order && !ascending && !key.isEmpty() ? names > 0 : names < 0;
    });
    std::vector<AccountOverviewRow> rows;
    rows.reserve(chosen.size());
    for (const AccountItem* item : chosen) {
        rows.push_back(item->row);
    }
    return rows;
}

std::vector<Fact> accountFacts(const AccountItem& item)
{
    const auto words = [](const QString& text) { return std::vector<FactPart>{{UntrustedText(text.toStdString()), {}}}; };
    const AccountOverviewRow& row = item.row;
    std::vector<Fact> facts;
    if (item.level > RiskLevel::None) {
        const QString score = row.score > 0 ? tr("%1 · %2 points").arg(row.riskText).arg(std::llround(row.score)) : row.riskText;
        facts.push_back({tr("Risk"), words(score), row.risk});
    } else {
        facts.push_back({tr("Risk"), words(tr("no sign of wrong hands")), Meaning::Good});
    }
    for (qsizetype i = 0; i < row.reasons.size(); ++i) {
        facts.push_back({i == 0 ? tr("Why") : QString(), words(row.reasons[i]), Meaning::Plain});
    }
    facts.push_back({tr("Own past"), words(row.trend.tip), row.trend.meaning == Meaning::Muted ? Meaning::Plain : row.trend.meaning});
    for (qsizetype i = 0; i < item.password.size(); ++i) {
        facts.push_back({i == 0 ? tr("Password") : QString(), words(item.password[i]), Meaning::Plain});
    }
    const QString countries = row.countries.isEmpty() ? tr("no known country") : row.countries.join(QStringLiteral(", "));
    facts.push_back({tr("30 days"), words(tr("%1 · %2").arg(countries, counted(row.networks, tr("%1 network"), tr("%1 networks")))), Meaning::Plain});
    return facts;
}

} // namespace mailward
