// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ReplayCommand.h"

#include "app/cli/DetectInput.h"
#include "app/cli/ReplayPrinter.h"
#include "models/detect/ReplayJail.h"

namespace mailward::cli {

namespace {

tl::expected<JailSpec, QString> readJail(const Arguments& arguments)
{
    constexpr qint64 kYear = 366 * 86'400;
    const auto maxretry = arguments.number(QStringLiteral("--maxretry"), 5, 1, 1'000'000);
    const auto findtime = arguments.number(QStringLiteral("--findtime"), 600, 1, kYear);
    const auto bantime = arguments.number(QStringLiteral("--bantime"), 600, 1, kYear);
    for (const auto* value : {&maxretry, &findtime, &bantime}) {
        if (!*value) {
            return tl::unexpected(value->error());
        }
    }
    JailSpec jail;
    jail.maxretry = static_cast<std::uint32_t>(*maxretry);
    jail.findtime = std::chrono::seconds(*findtime);
    jail.bantime = std::chrono::seconds(*bantime);
    jail.increment = arguments.has(QStringLiteral("--increment"));
    return jail;
}

} // namespace

int runReplay(const Context& context)
{
    const QStringList own{QStringLiteral("--maxretry"), QStringLiteral("--findtime"), QStringLiteral("--bantime")};
    const auto arguments = readArguments(context.words, {logOptionsWithValue() + own, logSwitches() + QStringList{QStringLiteral("--increment")}});
    if (!arguments) {
        return wrongUse(arguments.error());
    }
    const auto options = readLogOptions(*arguments);
    if (!options) {
        return wrongUse(options.error());
    }
    const auto jail = readJail(*arguments);
    if (!jail) {
        return wrongUse(jail.error());
    }
    const auto input = readDetectInput(context, *options);
    if (!input) {
        return printError(input.error());
    }
    const auto incidents = incidentsOf(*input);
    printResult(context, replayJail(*input->data, incidents, *jail));
    return printProblems(input->totals) ? kFailed : kDone;
}

} // namespace mailward::cli
