// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/logs/LogInput.h"
#include "models/logs/ParsedBatch.h"
#include "models/logs/RuleBook.h"
#include "models/logs/StreamParser.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace mailward {

/// What a reading of files came to.
struct LogTotals {
    std::uint64_t lines = 0;
    std::uint64_t events = 0;
    std::uint64_t boring = 0;
    std::uint64_t unknown = 0;
    std::uint64_t limited = 0;
    std::uint64_t cut = 0;
    std::uint64_t future = 0;
    std::uint64_t failures = 0;  ///< attempts of events with outcome failure
    std::uint64_t successes = 0; ///< attempts of events with outcome success
    std::vector<UnknownSample> samples; ///< most frequent program first
    std::vector<Error> problems; ///< files that could be read in part only
};

/// Several log files as one stream of events, merged by time and correlated. An event is handed out once nothing that is
/// read within the next minute of log time (or 20,000 events) can change it any more. Memory does not grow with the files.
class LogFiles
{
public:
    /// Event::line.file is the index into the paths of read(). False stops the reading. Empty: the totals are all that is wanted.
    using Sink = std::function<bool(const Event&)>;

    LogFiles(std::shared_ptr<const RuleBook> rules, StreamOptions options);

    /// Error when a file cannot be opened; damage further in is told in LogTotals::problems, after all that could be read.
    [[nodiscard]] Result<LogTotals> read(const std::vector<QString>& paths, const Sink& sink) const;

private:
    std::shared_ptr<const RuleBook> m_rules;
    StreamOptions m_options;
};

} // namespace mailward
