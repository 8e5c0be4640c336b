// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/FindingsCommand.h"

#include "app/cli/DetectInput.h"

#include <QJsonDocument>
#include <cstdio>

namespace mailward::cli {

namespace {

void printIncident(const Context& context, const Incident& incident)
{
    if (context.json) {
        std::printf("%s\n", QJsonDocument(toJson(incident)).toJson(QJsonDocument::Compact).constData());
        return;
    }
    const std::string severity(severityName(incident.severity));
    std::printf("%-8s  %s  %s%s\n", severity.c_str(), formatRfc3339(incident.start).substr(0, 19).c_str(), qUtf8Printable(incident.title),
                incident.running ? "  (running)" : "");
    for (const QString& reason : incident.reasons) {
        std::printf("          %s\n", qUtf8Printable(reason));
    }
}

void printTotals(const Context& context, const std::vector<Incident>& incidents)
{
    std::map<Severity, qint64> counts;
    for (const Incident& incident : incidents) {
        ++counts[incident.severity];
    }
    JsonLine line;
    line.number("incidents", static_cast<qint64>(incidents.size()));
    for (const Severity severity : {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info}) {
        if (context.json) {
            line.number(std::string(severityName(severity)).c_str(), counts[severity]);
        } else {
            std::printf("%-8s %lld\n", std::string(severityName(severity)).c_str(), static_cast<long long>(counts[severity]));
        }
    }
    if (context.json) {
        line.print();
    }
}

} // namespace

int runFindings(const Context& context)
{
    const QString ownStore = QStringLiteral("--stored");
    const auto arguments = readArguments(context.words, {logOptionsWithValue(), logSwitches() + QStringList{ownStore}});
    if (!arguments) {
        return wrongUse(arguments.error());
    }
    if (arguments->has(ownStore) && !arguments->positional.isEmpty()) {
        return wrongUse(QStringLiteral("--stored looks at what was pulled; it takes no files"));
    }
    LogOptions options;
    options.countOnly = arguments->has(QStringLiteral("--count"));
    if (!arguments->has(ownStore)) {
        const auto read = readLogOptions(*arguments);
        if (!read) {
            return wrongUse(read.error());
        }
        options = *read;
    }
    const auto input = arguments->has(ownStore) ? readStoredInput(context) : readDetectInput(context, options);
    if (!input) {
        return printError(input.error());
    }
    const auto incidents = incidentsOf(*input);
    if (options.countOnly) {
        printTotals(context, incidents);
    } else {
        for (const Incident& incident : incidents) {
            printIncident(context, incident);
        }
    }
    return printProblems(input->totals) ? kFailed : kDone;
}

} // namespace mailward::cli
