// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/PlanViews.h"

#include "models/tables/Format.h"

#include <QCoreApplication>
#include <algorithm>

namespace mailward {

namespace {

QString tr(const char* text, int count = -1) { return QCoreApplication::translate("Plan", text, nullptr, count); }

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

PreviewView previewView(const PlanPreview& preview, const PlanView& plan, std::uint64_t confirmSeconds)
{
    PreviewView view;
    view.title = tr("%1 prefixes · ports %2 · %3").arg(formatCount(preview.plan.bans.size()), portsText(plan.ports), formatDuration(plan.ttl));
    bool first = true;
    for (const ServerPreview& server : preview.servers) {
        PreviewServer shown;
        shown.name = server.server;
        shown.commands = UntrustedText(server.command.toStdString() + "\n\n" + server.batch.toStdString() + "\n" + server.rules.toStdString());
        if (first && preview.servers.size() > 1) {
            shown.notes.push_back(tr("goes first: the others follow when it is still reachable"));
        }
        if (server.delta.isEmpty()) {
            shown.notes.push_back(tr("enforced already, nothing to do"));
        }
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
    view.mayApply = preview.verdict.isAllowed() && !preview.plan.bans.empty() && !preview.servers.empty();
    return view;
}

std::vector<CutOffRow> cutOffRows(const Collateral& collateral)
{
    std::vector<CutOffRow> rows;
    for (const std::string& account : collateral.accounts) {
        CutOffRow row;
        row.account = UntrustedText(account);
        row.onlyHere = std::binary_search(collateral.onlyHere.begin(), collateral.onlyHere.end(), account);
        rows.push_back(std::move(row));
    }
    std::stable_partition(rows.begin(), rows.end(), [](const CutOffRow& row) { return row.onlyHere; });
    return rows;
}

std::vector<BanRow> banRows(const std::vector<ServerBans>& servers, const std::vector<Plan>& plans)
{
    std::vector<BanRow> rows;
    const auto add = [&](const QString& server, const LiveBan& ban, BanDrift drift) {
        BanRow row;
        row.prefix = ban.prefix;
        row.server = server;
        row.backend = QStringLiteral("nftables");
        row.ports = ban.ports;
        row.drift = drift;
        if (ban.expires != Instant{}) {
            row.until = ban.expires;
        }
        const auto plan = std::find_if(plans.begin(), plans.end(), [&](const Plan& p) { return p.id == ban.planId; });
        if (plan != plans.end()) {
            row.since = plan->made;
            row.reason = UntrustedText(plan->from.toStdString());
        }
        row.by = UntrustedText(ban.isOurs() ? tr("Mailward").toStdString() : tr("somebody else").toStdString());
        rows.push_back(std::move(row));
    };
    for (const ServerBans& server : servers) {
        for (const LiveBan& ban : server.state.bans) {
            add(server.server, ban, ban.isOurs() ? BanDrift::None : BanDrift::NotOurs);
        }
        for (const LiveBan& ban : server.missing) {
            add(server.server, ban, BanDrift::MissingOnServer);
        }
    }
    return rows;
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

} // namespace mailward
