// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/LogBlock.h"
#include "models/logs/StreamParser.h"
#include "models/logs/TimeResolver.h"

namespace mailward {

/// The blocks of one file, in their order: adds what needs the lines before (time, zone folds, "last message repeated") and what
/// only the reader of the file knows.
class EventBuilder
{
public:
    EventBuilder(const StreamOptions& options, FileId file, std::uint64_t startLineNumber = 1);

    void settle(LogBlock& block);
    [[nodiscard]] std::uint64_t nextLineNumber() const { return m_nextLine; }
    /// Events of the last block whose stamp lies more than a day after the file's own date.
    [[nodiscard]] std::uint64_t future() const { return m_future; }

private:
    void settleRepeats(LogBlock& block, const std::vector<Instant>& times);

    StreamOptions m_options;
    FileId m_file;
    TimeResolver m_times;
    std::uint64_t m_nextLine;
    std::uint64_t m_future = 0;
    std::vector<Instant> m_stampTimes;
    LogBlock::Last m_last = LogBlock::Last::Unknown; ///< what the last line so far was
    Event m_lastEvent;
    std::uint32_t m_lastAttempts = 0;
    Outcome m_lastOutcome = Outcome::None;
    Link m_lastLink;
};

/// Appends all that the block says to `out`, as copies.
void append(const LogBlock& block, ParsedBatch& out);

} // namespace mailward
