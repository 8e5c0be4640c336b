// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/BansCommand.h"

#include "app/cli/Arguments.h"
#include "app/cli/ServerTargets.h"
#include "app/controllers/BanViews.h"
#include "app/controllers/PlanViews.h"
#include "app/controllers/Response.h"
#include "models/tables/Format.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <cstdio>

namespace mailward::cli {

namespace {

constexpr qint64 kMostListBytes = 64LL * 1024 * 1024 + 1; ///< one more than importBans() takes, so that it says so

JsonLine& timeOrNull(JsonLine& line, const char* key, const std::optional<Instant>& at)
{
    return at ? line.text(key, QString::fromStdString(formatRfc3339(*at))) : line.null(key);
}

QString driftName(const BanRow& row)
{
    return row.drift == BanDrift::MissingOnServer ? QStringLiteral("missing") : row.drift == BanDrift::NotOurs && row.ours ? QStringLiteral("not-ours") : QString();
}

void printRow(const Context& context, const BanRow& row)
{
    const QString by = row.ours ? row.planId.isEmpty() ? QStringLiteral("somebody else") : QStringLiteral("mailward") : row.backend;
    const QString why = row.reason.plain(0);
    if (!context.json) {
        const std::string until = row.until ? formatRfc3339(*row.until) : std::string("no end");
        std::printf("%-16s %-40s until %-27s %-10s %s %s\n", qUtf8Printable(row.server), row.prefix.toString().c_str(), until.c_str(), qUtf8Printable(by), qUtf8Printable(driftName(row)), qUtf8Printable(why));
        return;
    }
    QByteArray ports = "[";
    for (const std::uint16_t port : row.ports) {
        ports += (ports.size() > 1 ? "," : "") + QByteArray::number(port);
    }
    JsonLine line;
    line.text("server", row.server).text("prefix", QString::fromStdString(row.prefix.toString())).json("ports", ports + "]");
    timeOrNull(line, "until", row.until).text("by", by).text("who", row.who).text("why", why);
    timeOrNull(line, "since", row.since).text("plan", row.planId).text("backend", row.backend).text("drift", driftName(row));
    if (row.packets) {
        line.number("set_dropped_packets", static_cast<qint64>(*row.packets)).number("set_dropped_bytes", static_cast<qint64>(row.bytes));
    } else {
        line.null("set_dropped_packets").null("set_dropped_bytes");
    }
    line.print();
}

/// A plan for `apply`: a list of somebody else's, or a whole country.
int printPlan(const Context& context, const Arguments& arguments)
{
    BanListView list;
    if (arguments.has(QStringLiteral("--country"))) {
        const QString code = arguments.value(QStringLiteral("--country")).toUpper();
        Naming naming;
        naming.geo = geography(context);
        auto prefixes = prefixesOf({TargetKind::Country, code.toStdString(), {}}, naming);
        if (!prefixes) {
            return printError(prefixes.error());
        }
        list = {code, std::move(*prefixes), 0, 0, {}};
    } else {
        const QString path = arguments.value(QStringLiteral("--import"));
        QFile file(path);
        if (!(path == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly))) {
            return printError({ErrorCode::Io, QStringLiteral("cannot read %1: %2").arg(path, file.errorString()), {}});
        }
        auto read = importBans(file.read(kMostListBytes));
        if (!read) {
            return printError(read.error());
        }
        if (read->unreadable > 0) {
            std::fprintf(stderr, "%llu lines were not understood and left out; the first is line %llu\n", static_cast<unsigned long long>(read->unreadable), static_cast<unsigned long long>(read->firstUnreadable));
        }
        list = {QFileInfo(path).fileName(), std::move(read->prefixes), 0, 0, {}};
    }
    const auto ttl = arguments.number(QStringLiteral("--ttl"), 7 * 86400, 60, 31 * 86400);
    if (!ttl) {
        return wrongUse(ttl.error());
    }
    const auto plan = planOfList(list, {authPorts(), std::chrono::seconds(*ttl), {}}, SystemClock().now());
    if (!plan) {
        return printError(plan.error());
    }
    std::printf("%s\n", QJsonDocument(toJson(*plan)).toJson(context.json ? QJsonDocument::Compact : QJsonDocument::Indented).trimmed().constData());
    return kDone;
}

/// Lifts, then reads every server; what cannot be read is said on stderr.
int readServers(Response& response, const std::vector<ExecutorTarget>& targets, const std::vector<UnbanEntry>& unbans, BanFacts& facts)
{
    int code = kDone;
    for (const ExecutorTarget& target : targets) {
        if (!unbans.empty()) {
            if (const auto lifted = response.executor().unban(unbans, target, whoIsHere()); !lifted) {
                code = printError(lifted.error());
                continue;
            }
        }
        if (auto bans = response.executor().bans(target)) {
            facts.servers.push_back(std::move(*bans));
        } else {
            code = printError(bans.error());
        }
    }
    facts.plans = pastPlans(response.journal(), response.audit().entries());
    return code;
}

/// What a console that died left behind: the servers say where its plans stand, and the journal learns it.
void tellUnfinished(Response& response, const std::vector<ExecutorTarget>& targets)
{
    const auto reports = response.executor().recover(targets);
    for (const ApplyReport& report : reports.value_or(std::vector<ApplyReport>{})) {
        for (const ServerOutcome& outcome : report.servers) {
            std::fprintf(stderr, "%s: the unfinished plan %s stands at '%s'\n", qUtf8Printable(outcome.server), qUtf8Printable(report.planId), qUtf8Printable(applyStateName(outcome.state)));
        }
    }
}

} // namespace

int runBans(const Context& context)
{
    const auto arguments = readArguments(context.words, {{QStringLiteral("--server"), QStringLiteral("--unban"), QStringLiteral("--who"), QStringLiteral("--export"), QStringLiteral("--import"), QStringLiteral("--country"), QStringLiteral("--ttl")}, {}});
    if (!arguments || !arguments->positional.isEmpty()) {
        return wrongUse(arguments ? QStringLiteral("bans takes [--server NAME] [--who ADDRESS] [--unban PREFIX] [--export FORMAT], or --import FILE, or --country CC") : arguments.error());
    }
    if (arguments->has(QStringLiteral("--import")) || arguments->has(QStringLiteral("--country"))) {
        return printPlan(context, *arguments);
    }
    std::vector<UnbanEntry> unbans;
    for (const QString& text : arguments->all(QStringLiteral("--unban"))) {
        const auto prefix = Prefix::parse(text.toStdString());
        if (!prefix) {
            return wrongUse(QStringLiteral("'%1' is neither an address nor a prefix").arg(text));
        }
        unbans.push_back({*prefix, {}});
    }
    const auto format = banListFormat(arguments->value(QStringLiteral("--export")));
    if (arguments->has(QStringLiteral("--export")) && !format) {
        QStringList names;
        for (const BanListFormat known : kBanListFormats) {
            names << banListFormatName(known);
        }
        return wrongUse(QStringLiteral("--export takes one of: %1").arg(names.join(QStringLiteral(", "))));
    }
    const auto targets = targetsFor(context, arguments->all(QStringLiteral("--server")));
    if (!targets) {
        return printError(targets.error());
    }
    SystemClock clock;
    const auto response = Response::open(context.paths, clock);
    if (!response) {
        return printError(response.error());
    }
    tellUnfinished(**response, *targets);
    BanFacts facts;
    const int code = readServers(**response, *targets, unbans, facts);
    auto rows = banRows(facts);
    const QString query = arguments->value(QStringLiteral("--who"));
    std::erase_if(rows, [&](const BanRow& row) { return !concerns(row, query); });
    if (format) {
        std::printf("%s", exportBans(listedBans(rows), *format, clock.now()).constData());
        return code;
    }
    for (const BanRow& row : rows) {
        printRow(context, row);
    }
    if (!query.isEmpty() && !context.json) {
        if (auto allow = AllowList::load(Response::allowListPath(context.paths))) {
            facts.allow = std::move(*allow);
        }
        std::printf("%s\n", qUtf8Printable(answerTo(query, facts, rows, Naming(), clock.now()).text));
    }
    return code;
}

} // namespace mailward::cli
