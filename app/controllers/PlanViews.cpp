// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/PlanViews.h"

#include "app/controllers/ViewWords.h"
#include "models/tables/Format.h"

#include <algorithm>
#include <map>

namespace mailward {

namespace {

/// What enforces there, beside whom, and what stays open all the same.
void addGateNotes(const GateInfo& gate, std::vector<QString>& notes)
{
    if (!gate.backend.isEmpty()) {
        notes.push_back(tr("enforced by %1, with objects of our own").arg(gate.backend));
    }
    for (const QString& other : gate.beside) {
        if (other == u"docker") {
            notes.push_back(tr("Docker is there: our rules stand before its redirections, so that its published ports are closed, too"));
        } else if (other == u"firewalld" || other == u"ufw") {
            notes.push_back(tr("%1 is there: our rules stand before its own; a reload of it that takes them away is shown as drift").arg(other));
        } else {
            notes.push_back(tr("%1 is there: its bans stay as they are").arg(other));
        }
    }
    if (!gate.noEffect.isEmpty()) {
        notes.push_back(tr("no effect there on: %1").arg(gate.noEffect.join(QStringLiteral(", "))));
    }
}

/// "14 prefixes · ports 465 587 · 24 h", or what is lifted.
QString titleOf(const Plan& plan)
{
    if (plan.bans.empty()) {
        return counted(plan.unbans.size(), tr("%1 ban is lifted"), tr("%1 bans are lifted"));
    }
    const BanEntry& first = plan.bans.front();
    const auto same = [&](auto member) { return std::all_of(plan.bans.begin(), plan.bans.end(), [&](const BanEntry& ban) { return ban.*member == first.*member; }); };
    return QStringLiteral("%1 · %2 · %3").arg(counted(plan.bans.size(), tr("%1 prefix"), tr("%1 prefixes")),
                                              same(&BanEntry::ports) ? tr("ports %1").arg(portsText(first.ports)) : tr("ports as they are"),
                                              same(&BanEntry::ttl) ? tr("for %1 from now").arg(formatDuration(first.ttl)) : tr("each for as long as it has left"));
}

using Place = std::pair<Prefix, Ports>;

std::map<Place, LiveBan> placesOf(const std::vector<LiveBan>& bans)
{
    std::map<Place, LiveBan> places;
    for (const LiveBan& ban : bans) {
        places.emplace(Place{ban.prefix, ban.ports}, ban);
    }
    return places;
}

/// "2 came (198.51.100.0/24, 203.0.113.7)"; nothing when there is none.
void addPlaces(QStringList& parts, const QString& words, const std::vector<Prefix>& prefixes)
{
    constexpr std::size_t kMostPlaces = 5;
    if (prefixes.empty()) {
        return;
    }
    QStringList names;
    for (std::size_t i = 0; i < std::min(kMostPlaces, prefixes.size()); ++i) {
        names << QString::fromStdString(prefixes[i].toString());
    }
    if (prefixes.size() > kMostPlaces) {
        names << QStringLiteral("...");
    }
    parts << words.arg(prefixes.size()) + QStringLiteral(" (%1)").arg(names.join(QStringLiteral(", ")));
}

/// What came to a server, what went and why, and whose rules it has.
QStringList differencesOf(const ServerPreview& before, const ServerPreview& now)
{
    std::vector<Prefix> came, ranOut, lifted, otherEnd;
    const auto old = placesOf(before.standing), standing = placesOf(now.standing);
    for (const auto& [place, ban] : standing) {
        const auto was = old.find(place);
        if (was == old.end()) {
            came.push_back(place.first);
        } else if (was->second != ban) {
            otherEnd.push_back(place.first);
        }
    }
    for (const auto& [place, ban] : old) {
        if (!standing.contains(place)) {
            (ban.isOurs() && ban.expires <= now.read ? ranOut : lifted).push_back(place.first);
        }
    }
    QStringList parts;
    addPlaces(parts, tr("bans that came: %1"), came);
    addPlaces(parts, tr("that ran out: %1"), ranOut);
    addPlaces(parts, tr("that were lifted: %1"), lifted);
    addPlaces(parts, tr("that have another end or plan: %1"), otherEnd);
    if (now.restores != before.restores) {
        parts << (now.restores ? tr("somebody else changed our rules there") : tr("our rules are whole again"));
    }
    return parts.isEmpty() ? QStringList{tr("its rules were written anew")} : parts;
}

/// "mx1: 12 anchors of this log, the last at entry 40; 3 of other consoles"
QString anchorsLine(const AnchorReport& report)
{
    if (report.error) {
        return tr("%1 was not compared: %2").arg(report.server, UntrustedText(report.error->text.toStdString()).plain());
    }
    if (!report.problem.isEmpty()) {
        return report.problem;
    }
    std::uint64_t last = 0;
    for (const JudgedAnchor& anchor : report.anchors) {
        last = std::max(last, anchor.entry);
    }
    QStringList parts{last == 0 ? tr("no anchor of this log") : tr("%n anchor(s) of this log, the last at entry %1", static_cast<int>(report.count(AnchorFate::Found))).arg(last)};
    if (const auto others = report.count(AnchorFate::Others); others > 0) {
        parts << tr("%n of other consoles", static_cast<int>(others));
    }
    if (const auto old = report.count(AnchorFate::Unsigned); old > 0) {
        parts << tr("%n old one(s) that do not say whose they are", static_cast<int>(old));
    }
    if (report.cut) {
        parts << tr("older ones were not read");
    }
    return QStringLiteral("%1: %2").arg(report.server, parts.join(QStringLiteral("; ")));
}

} // namespace

Result<std::vector<Prefix>> prefixesOf(const Target& target, const Naming& naming)
{
    std::vector<Prefix> prefixes;
    if (target.kind == TargetKind::Address || target.kind == TargetKind::Network) {
        if (const auto prefix = Prefix::parse(target.key)) {
            prefixes = {*prefix};
        }
    } else if (target.kind == TargetKind::Asn && naming.geo) {
        prefixes = naming.geo->asnPrefixes(static_cast<std::uint32_t>(std::strtoul(target.key.c_str(), nullptr, 10)));
    } else if (target.kind == TargetKind::Country && naming.geo) {
        prefixes = naming.geo->countryPrefixes(countryCodeOf(target.key));
    }
    if (prefixes.empty()) {
        return failure(ErrorCode::NotFound, tr("No address range is known for %1.").arg(UntrustedText(target.key).plain()),
                       tr("The geography data may be missing: run installer/start once more."));
    }
    return prefixes;
}

PreviewView previewView(const PlanPreview& preview, std::uint64_t confirmSeconds)
{
    PreviewView view;
    view.title = titleOf(preview.plan);
    view.liftsOnly = preview.plan.bans.empty() && !preview.plan.unbans.empty();
    bool first = true;
    for (const ServerPreview& server : preview.servers) {
        PreviewServer shown;
        shown.name = server.server;
        shown.commands = UntrustedText(server.command.toStdString() + "\n\n" + server.batch.toStdString() + "\n" + server.rules.toStdString());
        if (first && preview.servers.size() > 1) {
            shown.notes.push_back(tr("goes first: the others follow when it is still reachable"));
        }
        if (server.restores) {
            shown.notes.push_back(tr("somebody else changed our rules there: all of them are written anew"));
        } else if (server.delta.isEmpty()) {
            shown.notes.push_back(tr("enforced already, nothing to do"));
        }
        addGateNotes(server.gate, shown.notes);
        if (server.strangers > 0) {
            shown.notes.push_back(tr("%n entry(ies) that somebody else put into our table will go", server.strangers));
        }
        first = false;
        view.servers.push_back(std::move(shown));
    }
    for (const RefusedBan& refused : preview.plan.refused) {
        view.refusals.push_back({UntrustedText(refused.prefix.toString()), refused.why});
    }
    for (const Objection& objection : preview.verdict.objections) {
        view.refusals.push_back({UntrustedText(objection.prefix.toString()), objection.why});
    }
    const Collateral& collateral = preview.verdict.collateral;
    view.addressesHit = preview.attackersCovered;
    view.failuresHit = preview.attemptsCovered;
    view.loginsCut = collateral.goodLogins;
    view.peopleCut = collateral.accounts.size();
    view.peopleCutOnlyHere = collateral.onlyHere.size();
    view.confirmSeconds = confirmSeconds;
    view.typeToApply = collateral.onlyHere.size();
    const bool restores = std::any_of(preview.servers.begin(), preview.servers.end(), [](const ServerPreview& server) { return server.restores; });
    view.mayApply = preview.verdict.isAllowed() && (!preview.plan.bans.empty() || view.liftsOnly || restores) && !preview.servers.empty();
    return view;
}

std::vector<QString> changesSince(const PlanPreview& before, const PlanPreview& now)
{
    std::vector<QString> changes;
    for (const ServerPreview& server : now.servers) {
        const auto was = std::find_if(before.servers.begin(), before.servers.end(), [&](const ServerPreview& one) { return one.server == server.server; });
        if (was == before.servers.end() || was->stateHash == server.stateHash) {
            continue;
        }
        const QString what = tr("%1 changed since the preview: %2.").arg(server.server, differencesOf(*was, server).join(QStringLiteral("; ")));
        changes.push_back(what + QLatin1Char(' ') + (was->batch == server.batch ? tr("What is sent stays the same.")
                                                                               : tr("Now %1 bans are sent and %2 lifted; before it was %3 and %4.").arg(server.delta.bans.size()).arg(server.delta.unbans.size())
                                                                                     .arg(was->delta.bans.size()).arg(was->delta.unbans.size())));
    }
    return changes;
}

std::vector<CutOffRow> cutOffRows(const std::vector<CutOffPerson>& people)
{
    std::vector<CutOffRow> rows;
    rows.reserve(people.size());
    for (const CutOffPerson& person : people) {
        std::string servers;
        for (const std::string& server : person.servers) {
            servers += (servers.empty() ? "" : ", ") + server;
        }
        rows.push_back({UntrustedText(person.account), UntrustedText(person.place.toString()), person.logins, person.last, person.onlyHere,
                        static_cast<std::uint64_t>(person.colleagues), UntrustedText(servers)});
    }
    return rows;
}

std::vector<PlanOffer> planOffers(const std::vector<Proposal>& proposals)
{
    std::vector<PlanOffer> offers;
    for (const Proposal& proposal : proposals) {
        const PlanExpectation& expected = proposal.plan.expected;
        offers.push_back({offerName(proposal.kind), proposal.plan.bans.size(), expected.sourcesCoveredPct, expected.nextSourcesCoveredPct, expected.accountsCut,
                          expected.accountsCutOnlyHere});
    }
    return offers;
}

std::vector<AuditRow> auditRows(const std::vector<AuditEntry>& entries)
{
    std::vector<AuditRow> rows;
    rows.reserve(entries.size());
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        AuditRow row;
        row.number = entry->sequence;
        row.time = entry->time;
        row.who = entry->who;
        row.server = entry->server;
        row.action = entry->action;
        row.summary = UntrustedText(entry->detail.toStdString());
        row.hash = QString::fromLatin1(entry->mac);
        rows.push_back(std::move(row));
    }
    return rows;
}

AuditCheckView auditCheckView(const AuditLog::Chain& chain, const std::vector<AnchorReport>& reports)
{
    AuditCheckView view;
    QStringList wrong, missing, fine;
    for (const AnchorReport& report : reports) {
        (report.error ? missing : report.problem.isEmpty() ? fine : wrong) << anchorsLine(report);
    }
    view.details = wrong + missing + fine;
    if (!chain.verification.sound) {
        view.meaning = Meaning::Critical;
        view.text = chain.verification.problem;
    } else if (!wrong.isEmpty()) {
        view.meaning = Meaning::Critical;
        view.text = tr("The chain is whole, but it is not the one that %n server(s) know", static_cast<int>(wrong.size()));
    } else {
        view.meaning = missing.isEmpty() ? Meaning::Good : Meaning::Warning;
        view.text = tr("The chain is whole: %n entries", static_cast<int>(chain.verification.entries));
        if (!reports.empty()) {
            view.text += missing.isEmpty() ? tr("; every server agrees") : tr("; %1 of %2 servers compared").arg(fine.size()).arg(reports.size());
        }
    }
    return view;
}

} // namespace mailward
