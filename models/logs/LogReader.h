// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/EventBuilder.h"
#include "models/logs/LogInput.h"
#include "models/logs/RuleBook.h"

#include <memory>

namespace mailward {

/// One file, read and parsed in blocks. With threads several blocks are parsed at once, and the reading goes on meanwhile;
/// the result is the same, in the same order. Threads start with the second block, so that files which wait for their turn
/// cost one block each.
class LogReader
{
public:
    /// `threads`: beside the caller's, which helps while it waits; 0: none. `totalsOnly`: see LineParser.
    LogReader(LogInput input, std::shared_ptr<const RuleBook> rules, const StreamOptions& options, FileId file, int threads,
              bool totalsOnly = false);
    ~LogReader();
    LogReader(LogReader&&) noexcept;
    LogReader& operator=(LogReader&&) noexcept;

    /// The next block, settled; null when there is none. It lives until it is given back, at most as long as the reader.
    [[nodiscard]] std::unique_ptr<LogBlock> next();
    void giveBack(std::unique_ptr<LogBlock> block);
    /// Events of the last block with a stamp in the future.
    [[nodiscard]] std::uint64_t future() const;
    /// Why the reading stopped before the end of the file.
    [[nodiscard]] const std::optional<Error>& problem() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace mailward
