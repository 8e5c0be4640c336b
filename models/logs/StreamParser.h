// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Time.h"
#include "models/logs/ParsedBatch.h"
#include "models/logs/RuleBook.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mailward {

struct LogBlock;

/// What the caller knows about a log and the log itself does not say.
struct StreamOptions {
    std::string server;              ///< name for Event::server; empty: the host named in the line
    std::optional<int> year;         ///< year of the first stamp that has none; default: inferred from `fileTime`
    std::string timezone = "UTC";    ///< IANA name or "+hh:mm", for stamps without an offset
    std::optional<Instant> fileTime; ///< the file's modification time: no line is younger (anchor of the year)
};

/// Whether a name can be used as timezone in StreamOptions.
[[nodiscard]] bool isKnownTimezone(const std::string& name);

/// One log file from bytes to events, in any split. Not thread-safe; one object a file.
class StreamParser
{
public:
    /// `startOffset` and `startLineNumber` (1-based number of the first line fed) let a reader resume.
    StreamParser(std::shared_ptr<const RuleBook> rules, StreamOptions options, FileId file,
                 std::uint64_t startOffset = 0, std::uint64_t startLineNumber = 1);
    ~StreamParser();
    StreamParser(StreamParser&&) noexcept;
    StreamParser& operator=(StreamParser&&) noexcept;

    /// Appends to `out` what the complete lines in `bytes` (and the rest kept from before) say.
    void feed(std::string_view bytes, ParsedBatch& out);
    /// The same without a copy of each event: `sink` gets block after block of what the lines say, to change and to read. All that a
    /// block points to lives until the sink returns.
    using BlockSink = std::function<void(LogBlock& block)>;
    void feed(std::string_view bytes, const BlockSink& sink);
    /// The stream is over: an unterminated last line counts too.
    void finish(ParsedBatch& out);
    /// Offset just after the last complete line.
    [[nodiscard]] std::uint64_t consumed() const;
    /// Number of the next line.
    [[nodiscard]] std::uint64_t nextLineNumber() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace mailward
