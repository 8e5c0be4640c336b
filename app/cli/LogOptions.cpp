// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/LogOptions.h"

#include "app/cli/Arguments.h"
#include "models/core/UntrustedText.h"

#include <cstdio>

namespace mailward::cli {

QStringList logOptionsWithValue()
{
    return {QStringLiteral("--year"), QStringLiteral("--timezone"), QStringLiteral("--server"), QStringLiteral("--allow"),
            QStringLiteral("--country-db"), QStringLiteral("--asn-db")};
}

QStringList logSwitches() { return {QStringLiteral("--count")}; }

tl::expected<LogOptions, QString> readLogOptions(const Arguments& arguments)
{
    LogOptions options;
    for (const QString& file : arguments.positional) {
        options.files.push_back(file);
    }
    if (options.files.empty()) {
        return tl::unexpected(QStringLiteral("no log file was named ('-' is standard input)"));
    }
    options.countOnly = arguments.has(QStringLiteral("--count"));
    if (arguments.has(QStringLiteral("--year"))) {
        const auto year = arguments.number(QStringLiteral("--year"), 0, 1970, 9998);
        if (!year) {
            return tl::unexpected(year.error());
        }
        options.stream.year = static_cast<int>(*year);
    }
    options.stream.timezone = arguments.value(QStringLiteral("--timezone"), QStringLiteral("UTC")).toStdString();
    if (!isKnownTimezone(options.stream.timezone)) {
        return tl::unexpected(QStringLiteral("--timezone does not know '%1' (names such as Europe/Berlin, or +02:00)")
                                  .arg(arguments.value(QStringLiteral("--timezone"))));
    }
    options.stream.server = arguments.value(QStringLiteral("--server")).toStdString();
    for (const QString& text : arguments.all(QStringLiteral("--allow"))) {
        const auto prefix = Prefix::parse(text.toStdString());
        if (!prefix) {
            return tl::unexpected(QStringLiteral("--allow takes an address or a network, not '%1'").arg(text));
        }
        options.allow.push_back(*prefix);
    }
    options.countryDb = arguments.value(QStringLiteral("--country-db"));
    options.asnDb = arguments.value(QStringLiteral("--asn-db"));
    return options;
}

Result<std::shared_ptr<const RuleBook>> loadRules(const Context& context)
{
    auto book = RuleBook::load(context.paths.config + QStringLiteral("/rules"));
    if (book) {
        for (const auto& problem : (*book)->problems()) {
            std::fprintf(stderr, "mailward-cli: rule %s/%s was left out: %s\n", problem.pack.c_str(), problem.rule.c_str(),
                         qUtf8Printable(UntrustedText(problem.text).plain(400)));
        }
    }
    return book;
}

bool printProblems(const LogTotals& totals)
{
    for (const Error& problem : totals.problems) {
        printError(problem);
    }
    return !totals.problems.empty();
}

} // namespace mailward::cli
