// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/BanViews.h"

#include "app/controllers/ViewWords.h"
#include "models/respond/BackendTraits.h"
#include "models/tables/Format.h"

#include <QRegularExpression>
#include <algorithm>
#include <set>

namespace mailward {

namespace {

using namespace std::chrono_literals;

QString text(const Prefix& prefix) { return QString::fromStdString(prefix.toString()); }

/// Which plan made a ban, and why: looked up for every ban of every server.
class Reasons
{
public:
    explicit Reasons(const std::vector<PastPlan>& plans)
    {
        for (const PastPlan& past : plans) {
            Known& known = m_plans[past.plan.id];
            known.past = &past;
            for (const BanEntry& ban : past.plan.bans) {
                known.reasons.emplace(ban.prefix, ban.reason);
            }
        }
    }

    [[nodiscard]] const PastPlan* plan(const QString& id) const
    {
        const auto it = m_plans.find(id);
        return it == m_plans.end() ? nullptr : it->second.past;
    }

    /// What the plan was made from, and the reason of that very ban where it says more.
    [[nodiscard]] QString of(const QString& id, const Prefix& prefix) const
    {
        const auto it = m_plans.find(id);
        if (it == m_plans.end()) {
            return {};
        }
        const QString& from = it->second.past->plan.from;
        const auto reason = it->second.reasons.find(prefix);
        return reason == it->second.reasons.end() || reason->second.isEmpty() || reason->second == from ? from : from + QStringLiteral(" · ") + reason->second;
    }

private:
    struct Known {
        const PastPlan* past = nullptr;
        std::map<Prefix, QString> reasons;
    };
    std::map<QString, Known> m_plans;
};

Plan newPlan(const QString& from, Instant now)
{
    Plan plan;
    plan.id = newPlanId();
    plan.made = now;
    plan.from = from;
    return plan;
}

tl::unexpected<Error> nothingOfOurs(const std::vector<BanRow>& rows)
{
    const QString command = rows.empty() ? QString() : liftCommand(rows.front());
    return failure(ErrorCode::InvalidInput, tr("Others made these bans, and Mailward changes nothing of theirs."),
                   command.isEmpty() ? tr("Lift them with the tool that made them.") : tr("On %1: %2").arg(rows.front().server, command));
}

std::vector<BanRow> ours(const std::vector<BanRow>& rows)
{
    std::vector<BanRow> mine;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(mine), [](const BanRow& row) { return row.ours; });
    return mine;
}

/// What all rows have been banned for, or that it was several things.
QString commonReason(const std::vector<BanRow>& rows)
{
    const auto differs = [&](const BanRow& row) { return row.reason.raw() != rows.front().reason.raw(); };
    return std::any_of(rows.begin(), rows.end(), differs) ? QStringLiteral("changed by hand") : QString::fromUtf8(QByteArray::fromStdString(rows.front().reason.raw()));
}

BanRow rowOf(const ServerBans& server, const LiveBan& ban, BanDrift drift, const Reasons& reasons)
{
    BanRow row;
    row.prefix = ban.prefix;
    row.server = server.server;
    row.backend = server.gate.backend;
    row.ports = ban.ports;
    row.drift = drift;
    row.ours = true; // also what a stranger put into our rules: it goes with them
    if (ban.expires != Instant{}) {
        row.until = ban.expires;
    }
    for (const DropCount& drop : server.state.drops) {
        if (drop.ports == ban.ports && drop.v4 == ban.prefix.isV4()) {
            row.packets = drop.packets;
            row.bytes = drop.bytes;
        }
    }
    row.planId = ban.planId;
    const PastPlan* past = reasons.plan(ban.planId);
    if (past != nullptr) {
        row.who = past->who;
        row.since = past->applied ? past->applied : std::optional(past->plan.made);
        row.reason = UntrustedText(reasons.of(ban.planId, ban.prefix).toStdString());
    }
    const QString who = past == nullptr || past->who.isEmpty() ? QString() : tr(", %1").arg(past->who);
    row.by = UntrustedText((ban.isOurs() ? past != nullptr ? tr("Mailward") + who : tr("another Mailward") : tr("somebody in our rules")).toStdString());
    return row;
}

} // namespace

std::vector<PastPlan> pastPlans(const Journal& journal, const std::vector<AuditEntry>& audit)
{
    std::vector<PastPlan> plans;
    for (Plan& plan : journal.plans()) {
        PastPlan past{std::move(plan), {}, {}, {}};
        for (const JournalEntry& entry : journal.lastOf(past.plan.id)) {
            past.states[entry.server] = entry.state;
        }
        plans.push_back(std::move(past));
    }
    std::map<QString, PastPlan*> byId;
    for (PastPlan& past : plans) {
        byId[past.plan.id] = &past;
    }
    for (const AuditEntry& entry : audit) {
        const auto it = byId.find(entry.planId);
        if (it != byId.end() && (entry.action == u"applied" || entry.action == u"unban") && !it->second->applied) {
            it->second->applied = entry.time;
            it->second->who = entry.who;
        }
    }
    return plans;
}

std::vector<BanRow> banRows(const BanFacts& facts)
{
    const Reasons reasons(facts.plans);
    std::vector<BanRow> rows;
    for (const ServerBans& server : facts.servers) {
        for (const LiveBan& ban : server.state.bans) {
            rows.push_back(rowOf(server, ban, ban.isOurs() ? BanDrift::None : BanDrift::NotOurs, reasons));
        }
        for (const LiveBan& ban : server.missing) {
            rows.push_back(rowOf(server, ban, BanDrift::MissingOnServer, reasons));
        }
        for (const OtherBan& other : server.others) {
            BanRow row;
            row.prefix = other.prefix;
            row.server = server.server;
            row.since = other.since;
            row.until = other.until;
            row.drift = BanDrift::NotOurs;
            row.backend = QString::fromLatin1(QByteArray::fromStdString(other.who.raw()));
            row.by = other.who.raw() == "hand" ? UntrustedText(tr("a rule written by hand").toStdString()) : other.who;
            row.reason = other.where;
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

std::vector<BanServerView> serverViews(const BanFacts& facts)
{
    std::vector<BanServerView> views;
    for (const ServerBans& server : facts.servers) {
        BanServerView view;
        view.name = server.server;
        view.backend = server.gate.backend;
        view.beside = server.gate.beside;
        view.noEffect = server.gate.noEffect;
        view.ours = server.state.bans.size() - server.foreign.size();
        view.others = server.others.size() + static_cast<std::uint64_t>(std::count_if(server.foreign.begin(), server.foreign.end(), [](const LiveBan& ban) { return ban.isOurs(); }));
        const auto most = mostBans(view.backend);
        view.room = most - std::min(most, server.state.bans.size());
        if (!countsDrops(view.backend)) {
            view.packets.reset();
        }
        for (const DropCount& drop : server.state.drops) {
            view.packets = view.packets.value_or(0) + drop.packets;
            view.bytes += drop.bytes;
        }
        view.missing = server.missing.size();
        view.foreign = static_cast<std::uint64_t>(std::count_if(server.foreign.begin(), server.foreign.end(), [](const LiveBan& ban) { return !ban.isOurs(); }));
        view.rulesChanged = server.rulesChanged;
        view.survivesReboot = server.gate.boots;
        views.push_back(std::move(view));
    }
    for (const auto& [name, why] : facts.silent) {
        BanServerView view;
        view.name = name;
        view.problem = UntrustedText(why.toStdString());
        views.push_back(std::move(view));
    }
    return views;
}

std::vector<AllowRow> allowRows(const BanFacts& facts, Instant now)
{
    std::vector<AllowRow> rows;
    for (const AllowEntry& entry : facts.allow.entries()) {
        AllowRow row{entry.prefix, entry.comment, entry.expires, 0};
        const bool inForce = !entry.expires || *entry.expires > now;
        for (const ServerBans& server : facts.servers) {
            const auto meets = [&](const auto& ban) { return inForce && ban.prefix.overlaps(entry.prefix); };
            row.banned += static_cast<std::uint64_t>(std::count_if(server.state.bans.begin(), server.state.bans.end(), meets) +
                                                     std::count_if(server.others.begin(), server.others.end(), meets));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

bool concerns(const BanRow& row, const QString& query)
{
    const QString wanted = query.trimmed();
    if (wanted.isEmpty()) {
        return true;
    }
    if (const auto prefix = Prefix::parse(wanted.toStdString())) {
        return row.prefix.overlaps(*prefix);
    }
    const auto has = [&](const QString& words) { return words.contains(wanted, Qt::CaseInsensitive); };
    return has(text(row.prefix)) || has(row.server) || has(row.reason.plain(0)) || has(row.by.plain(0)) || has(row.backend);
}

BanAnswer answerTo(const QString& query, const BanFacts& facts, const std::vector<BanRow>& rows, const Naming& naming, Instant now)
{
    const auto wanted = Prefix::parse(query.trimmed().toStdString());
    if (!wanted) {
        return {counted(rows.size(), tr("%1 ban"), tr("%1 bans")), Meaning::Muted};
    }
    const auto moment = [&](Instant at) { return formatMoment(at, naming.zone, now); };
    QStringList said;
    for (const BanRow& row : rows) {
        if (said.size() == 3) {
            said << tr("and %1 more below").arg(formatCount(rows.size() - 3));
            break;
        }
        if (row.drift == BanDrift::MissingOnServer) {
            said << tr("%1 should ban %2, but does not: its rules were changed").arg(row.server, text(row.prefix));
            continue;
        }
        QString one = tr("%1 bans %2 (%3)").arg(row.server, text(row.prefix), row.by.plain(40));
        one += row.reason.raw().empty() ? QString() : tr(", because of: %1").arg(row.reason.plain(120));
        one += row.since ? tr(", since %1").arg(moment(*row.since)) : QString();
        one += row.until ? tr(", until %1").arg(moment(*row.until)) : QString();
        said << one;
    }
    const bool banned = !said.isEmpty();
    if (!banned) {
        said << tr("Nobody bans %1 now").arg(text(*wanted));
        for (auto past = facts.plans.rbegin(); past != facts.plans.rend() && said.size() < 3; ++past) {
            const auto it = std::find_if(past->plan.bans.begin(), past->plan.bans.end(), [&](const BanEntry& ban) { return ban.prefix.overlaps(*wanted); });
            if (it != past->plan.bans.end() && past->applied) {
                said << tr("it was banned as %1 on %2 by %3, because of: %4").arg(text(it->prefix), moment(*past->applied), past->who, past->plan.from.left(120));
            }
        }
    }
    const AllowEntry* allowed = facts.allow.meets(*wanted, now);
    if (allowed != nullptr) {
        said << tr("%1 is on the allow-list%2").arg(text(allowed->prefix), allowed->comment.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(UntrustedText(allowed->comment.toStdString()).plain(80)));
    }
    return {said.join(QStringLiteral("; ")) + u'.', banned && allowed != nullptr ? Meaning::Critical : banned ? Meaning::Plain : Meaning::Good};
}

QString liftCommand(const BanRow& row)
{
    static const QRegularExpression kPlainWord(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"));
    const QString where = QString::fromLatin1(QByteArray::fromStdString(row.reason.raw()));
    if (row.ours) {
        return {};
    }
    if (row.backend == u"fail2ban" && kPlainWord.match(where).hasMatch()) {
        return QStringLiteral("fail2ban-client set %1 unbanip %2").arg(where, text(row.prefix));
    }
    if (row.backend == u"crowdsec") {
        return row.prefix.isHost() ? QStringLiteral("cscli decisions delete --ip %1").arg(text(row.prefix)) : QStringLiteral("cscli decisions delete --range %1").arg(text(row.prefix));
    }
    return {};
}

Result<Plan> planToLift(const std::vector<BanRow>& rows, Instant now)
{
    const auto mine = ours(rows);
    if (mine.empty()) {
        return nothingOfOurs(rows);
    }
    Plan plan = newPlan(QStringLiteral("lifted by hand"), now);
    std::set<std::pair<Prefix, Ports>> seen;
    for (const BanRow& row : mine) {
        if (seen.emplace(row.prefix, row.ports).second) {
            plan.unbans.push_back({row.prefix, row.ports});
        }
        if (!plan.servers.contains(row.server)) {
            plan.servers << row.server;
        }
    }
    return plan;
}

Result<Plan> planToEnd(const std::vector<BanRow>& rows, std::chrono::seconds left, Instant now)
{
    const auto mine = ours(rows);
    if (mine.empty()) {
        return nothingOfOurs(rows);
    }
    std::map<std::pair<Prefix, Ports>, std::set<QString>> places;
    for (const BanRow& row : mine) {
        places[{row.prefix, row.ports}].insert(row.server);
    }
    const auto& servers = places.begin()->second;
    if (std::any_of(places.begin(), places.end(), [&](const auto& place) { return place.second != servers; })) {
        return failure(ErrorCode::InvalidInput, tr("These bans do not stand on the same servers."), tr("Change those of one server at a time: search for its name."));
    }
    Plan plan = newPlan(commonReason(mine), now);
    for (const auto& [place, names] : places) {
        plan.unbans.push_back({place.first, place.second});
        BanEntry ban;
        ban.prefix = place.first;
        ban.ports = place.second;
        ban.ttl = left;
        ban.reason = plan.from;
        plan.bans.push_back(std::move(ban));
    }
    for (const QString& name : servers) {
        plan.servers << name;
    }
    return plan;
}

Result<Plan> planToRestore(const ServerBans& server, const std::vector<PastPlan>& plans, Instant now)
{
    if (!server.hasDrifted()) {
        return failure(ErrorCode::InvalidInput, tr("%1 enforces what was planned.").arg(server.server));
    }
    Plan plan = newPlan(tr("put back on %1").arg(server.server), now);
    plan.servers = QStringList{server.server};
    const Reasons reasons(plans);
    for (const LiveBan& ban : server.missing) {
        BanEntry entry;
        entry.prefix = ban.prefix;
        entry.ports = ban.ports;
        entry.ttl = std::max<std::chrono::seconds>(std::chrono::floor<std::chrono::seconds>(ban.expires - now), 1s);
        entry.reason = reasons.of(ban.planId, ban.prefix);
        plan.bans.push_back(std::move(entry));
    }
    if (plan.bans.size() == 1 || (!plan.bans.empty() && std::all_of(plan.bans.begin(), plan.bans.end(), [&](const BanEntry& ban) { return ban.reason == plan.bans.front().reason; }))) {
        plan.from = plan.bans.front().reason.isEmpty() ? plan.from : plan.bans.front().reason;
    }
    for (const LiveBan& ban : server.foreign) {
        if (!ban.isOurs()) {
            plan.unbans.push_back({ban.prefix, ban.ports});
        }
    }
    return plan;
}

Result<Plan> planOfList(const BanListView& list, const BanListTerms& terms, Instant now)
{
    auto ports = normalPorts(terms.ports.empty() ? bannablePorts() : terms.ports);
    if (!ports) {
        return tl::unexpected(ports.error());
    }
    Plan plan = newPlan(tr("list: %1").arg(list.name), now);
    plan.servers = terms.servers;
    for (const Prefix& prefix : list.prefixes) {
        BanEntry ban;
        ban.prefix = prefix;
        ban.ports = *ports;
        ban.ttl = terms.ttl;
        ban.reason = plan.from;
        plan.bans.push_back(std::move(ban));
    }
    return plan;
}

std::vector<ListedBan> listedBans(const std::vector<BanRow>& rows)
{
    std::vector<ListedBan> bans;
    for (const BanRow& row : rows) {
        bans.push_back({row.prefix, row.ports, row.until});
    }
    return bans;
}

} // namespace mailward
