// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/AuditCommand.h"

#include "app/cli/Arguments.h"
#include "app/cli/ServerTargets.h"
#include "app/controllers/PlanViews.h"
#include "models/core/Clock.h"
#include "models/respond/AuditAnchors.h"
#include "models/servers/ProfileStore.h"

#include <algorithm>
#include <cstdio>

namespace mailward::cli {

namespace {

/// The servers to be asked: those named, or all that the inventory has; a console without any checks its own log alone.
Result<std::vector<ExecutorTarget>> askedServers(const Context& context, const QStringList& named)
{
    if (named.isEmpty()) {
        const auto profiles = ProfileStore(context.paths.config).load();
        if (profiles && profiles->empty()) {
            return std::vector<ExecutorTarget>{};
        }
    }
    return targetsFor(context, named);
}

void printJson(const AnchorReport& report)
{
    JsonLine line;
    line.text("server", report.server).flag("compared", !report.error.has_value()).flag("agrees", !report.error && report.problem.isEmpty());
    for (const auto fate : {AnchorFate::Found, AnchorFate::Missing, AnchorFate::Replaced, AnchorFate::Others, AnchorFate::Unsigned}) {
        line.number(qUtf8Printable(anchorFateName(fate)), qint64(report.count(fate)));
    }
    line.flag("cut", report.cut).text("problem", report.error ? report.error->toString() : report.problem).print();
    for (const JudgedAnchor& one : report.anchors) {
        JsonLine anchor;
        anchor.text("server", report.server).text("anchor", QString::fromLatin1(one.anchor.head)).text("fate", anchorFateName(one.fate));
        if (one.anchor.written) {
            anchor.text("time", QString::fromStdString(formatRfc3339(*one.anchor.written)));
        } else {
            anchor.null("time");
        }
        if (one.entry > 0) {
            anchor.number("entry", qint64(one.entry));
        } else {
            anchor.null("entry");
        }
        anchor.print();
    }
}

void printText(const std::vector<AnchorReport>& reports)
{
    for (const AnchorReport& report : reports) {
        for (const JudgedAnchor& one : report.anchors) {
            const QString time = one.anchor.written ? QString::fromStdString(formatRfc3339(*one.anchor.written)) : QStringLiteral("-");
            std::printf("%-16s %s  %s  %s\n", qUtf8Printable(report.server), one.anchor.head.left(16).constData(), qUtf8Printable(time),
                        qUtf8Printable(one.entry > 0 ? QStringLiteral("entry %1").arg(one.entry) : anchorFateName(one.fate)));
        }
    }
}

void printFound(const Context& context, const AuditLog::Chain& chain, const std::vector<AnchorReport>& reports, bool compared)
{
    const QString problem = auditProblem(chain, reports);
    if (context.json) {
        JsonLine().flag("sound", problem.isEmpty()).number("entries", qint64(chain.verification.entries)).text("problem", problem).flag("compared", compared).print();
        for (const AnchorReport& report : reports) {
            printJson(report);
        }
        return;
    }
    printText(reports);
    const AuditCheckView view = auditCheckView(chain, reports);
    std::printf("%s\n", qUtf8Printable(view.text));
    for (const QString& line : view.details) {
        std::printf("  %s\n", qUtf8Printable(line));
    }
}

int verify(const Context& context, const QStringList& named)
{
    const auto targets = askedServers(context, named);
    if (!targets) {
        return printError(targets.error());
    }
    const auto asked = askAnchors(*targets, NftablesBackend());
    const auto chain = AuditLog::read(context.paths.state); // after the servers: what is anchored meanwhile is in it
    if (!chain) {
        return printError(chain.error());
    }
    std::vector<AnchorReport> reports;
    for (const AskedAnchors& one : asked) {
        reports.push_back(judgeAnchors(one, *chain));
    }
    const bool compared = std::none_of(reports.begin(), reports.end(), [](const AnchorReport& report) { return report.error.has_value(); });
    printFound(context, *chain, reports, compared);
    for (const AnchorReport& report : reports) {
        if (report.error) {
            printError({report.error->code, QStringLiteral("%1 was not compared: %2").arg(report.server, report.error->text), report.error->hint});
        }
    }
    if (const QString problem = auditProblem(*chain, reports); !problem.isEmpty()) {
        return printError({ErrorCode::Corrupt, QStringLiteral("the audit log was changed: ") + problem,
                           QStringLiteral("the first %1 entries are sound by themselves; keep a copy of it, and look who had access to this console").arg(chain->verification.entries)});
    }
    return compared ? kDone : kFailed;
}

void print(const Context& context, const AuditEntry& entry)
{
    const QString time = QString::fromStdString(formatRfc3339(entry.time));
    if (context.json) {
        JsonLine()
            .number("sequence", static_cast<qint64>(entry.sequence))
            .text("time", time)
            .text("who", entry.who)
            .text("action", entry.action)
            .text("server", entry.server)
            .text("plan", entry.planId)
            .text("detail", entry.detail)
            .text("mac", QString::fromLatin1(entry.mac))
            .print();
        return;
    }
    std::printf("%6llu  %s  %-10s %-12s %-12s %s\n", static_cast<unsigned long long>(entry.sequence), qUtf8Printable(time),
                qUtf8Printable(entry.who), qUtf8Printable(entry.action), qUtf8Printable(entry.server), qUtf8Printable(entry.detail));
}

} // namespace

int runAudit(const Context& context)
{
    const auto arguments = readArguments(context.words, {{QStringLiteral("--server")}, {QStringLiteral("--verify")}});
    if (!arguments || !arguments->positional.isEmpty() || (arguments->has(QStringLiteral("--server")) && !arguments->has(QStringLiteral("--verify")))) {
        return wrongUse(arguments ? QStringLiteral("audit takes --verify [--server NAME]... or nothing") : arguments.error());
    }
    if (arguments->has(QStringLiteral("--verify"))) {
        return verify(context, arguments->all(QStringLiteral("--server")));
    }
    const SystemClock clock;
    const auto log = AuditLog::open(context.paths.state, clock);
    if (!log) {
        return printError(log.error());
    }
    for (const AuditEntry& entry : (*log)->entries()) {
        print(context, entry);
    }
    return kDone;
}

} // namespace mailward::cli
