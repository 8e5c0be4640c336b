// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/EventBuilder.h"
#include "models/logs/LogInput.h"

#include <memory>
#include <optional>

namespace mailward {

/// A stretch of a file: whole lines, and what each of them says. The views of `lines` point into `bytes` and `scratch`.
struct LogBlock {
    std::string bytes;
    std::uint64_t offset = 0;
    std::uint64_t skipped = 0; ///< bytes of the first line that were dropped, because no line may fill the memory
    std::vector<ParsedLine> lines; ///< without the boring ones
    std::uint64_t boringAtEnd = 0;
    std::uint64_t lineCount = 0;
    Scratch scratch;
    bool isLast = false;
    std::optional<Error> problem;
};

/// One file, read and parsed in blocks. With threads several blocks are parsed at once, and the reading goes on meanwhile;
/// the result is the same, in the same order.
class LogSource
{
public:
    /// `threads` 0: everything in the caller's thread.
    LogSource(LogInput input, std::shared_ptr<const RuleBook> rules, const StreamOptions& options, FileId file, int threads);
    ~LogSource();
    LogSource(LogSource&&) noexcept;
    LogSource& operator=(LogSource&&) noexcept;

    /// Appends what the next block says; false when there is none.
    [[nodiscard]] bool next(ParsedBatch& out);
    /// Why the reading stopped before the end of the file.
    [[nodiscard]] const std::optional<Error>& problem() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace mailward
