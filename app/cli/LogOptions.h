// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"
#include "models/core/IpAddress.h"
#include "models/logs/LogFiles.h"

#include <memory>
#include <vector>

namespace mailward::cli {

/// The options that every verb shares that reads log files (contract: "Options of every verb that reads logs").
struct LogOptions {
    std::vector<QString> files;
    StreamOptions stream;
    bool countOnly = false;
    std::vector<Prefix> allow;
    QString countryDb; ///< empty: ours
    QString asnDb;
};

/// Names of those options, for verbs that add their own: with a value, and switches.
[[nodiscard]] QStringList logOptionsWithValue();
[[nodiscard]] QStringList logSwitches();

struct Arguments;

/// Reads them from a verb's arguments; the positional words are the files. The error is a sentence about wrong use.
[[nodiscard]] tl::expected<LogOptions, QString> readLogOptions(const Arguments& arguments);

/// Rules of this run: ours and those in the user's rules/ folder. What did not load is told on stderr.
[[nodiscard]] Result<std::shared_ptr<const RuleBook>> loadRules(const Context& context);

/// Tells on stderr which files could be read in part only; true when there was one.
bool printProblems(const LogTotals& totals);

} // namespace mailward::cli
