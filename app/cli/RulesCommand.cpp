// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/RulesCommand.h"

#include "models/core/UntrustedText.h"
#include "models/logs/RuleBook.h"

#include <cstdio>
#include <map>

namespace mailward::cli {

namespace {

void printProblem(const Context& context, const RuleProblem& problem)
{
    const auto text = [](const std::string& raw) { return UntrustedText(raw).json(); };
    if (context.json) {
        JsonLine().text("pack", text(problem.pack)).text("rule", text(problem.rule)).text("problem", text(problem.text)).print();
    } else {
        std::printf("%s/%s: %s\n", problem.pack.c_str(), problem.rule.c_str(), qUtf8Printable(UntrustedText(problem.text).plain(600)));
    }
}

void printPack(const Context& context, const std::string& pack, std::size_t rules, std::size_t samples)
{
    if (context.json) {
        JsonLine()
            .text("pack", UntrustedText(pack).json())
            .number("rules", static_cast<qint64>(rules))
            .number("samples", static_cast<qint64>(samples))
            .print();
    } else {
        std::printf("%-24s %4zu rules %5zu samples\n", pack.c_str(), rules, samples);
    }
}

int testRules(const Context& context)
{
    const auto book = RuleBook::load(context.paths.config + QStringLiteral("/rules"));
    if (!book) {
        return printError(book.error());
    }
    std::map<std::string, std::pair<std::size_t, std::size_t>> packs;
    for (const auto& rule : (*book)->rules()) {
        packs[rule.pack].first += 1;
        packs[rule.pack].second += rule.samples.size();
    }
    for (const auto& [pack, counts] : packs) {
        printPack(context, pack, counts.first, counts.second);
    }
    for (const auto& problem : (*book)->problems()) {
        printProblem(context, problem);
    }
    return (*book)->problems().empty() ? kDone : kFailed;
}

} // namespace

int runRules(const Context& context)
{
    if (context.words.value(0) == QLatin1String("test") && context.words.size() == 1) {
        return testRules(context);
    }
    return wrongUse(QStringLiteral("rules takes 'test' or 'import-fail2ban FILE'"));
}

} // namespace mailward::cli
