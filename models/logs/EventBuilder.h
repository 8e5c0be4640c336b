// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/Envelope.h"
#include "models/logs/ParsedBatch.h"
#include "models/logs/RuleMatcher.h"
#include "models/logs/StreamParser.h"
#include "models/logs/TimeResolver.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace mailward {

/// One line with all that can be said of it without its neighbours. Views point into the text and the Scratch.
struct ParsedLine {
    LineRef ref;
    std::string_view text;
    bool isCut = false;
    std::uint64_t boringBefore = 0; ///< boring lines right before it that were left out
    Envelope envelope;
    RuleMatch match;
};

/// Envelope and rule of `line.text`. A cut line is never matched: what was cut may be what tells the address from a forgery.
void parseLine(RuleMatcher& matcher, Scratch& scratch, ParsedLine& line);

/// Lines of one file, in their order, to events: what needs the neighbours (year, zone folds, "last message repeated") and
/// the counting of what was not understood.
class EventBuilder
{
public:
    EventBuilder(const StreamOptions& options, FileId file);

    void add(const ParsedLine& line, ParsedBatch& out);
    /// `count` lines that were boring.
    void addBoring(std::uint64_t count, ParsedBatch& out);
    /// The caller is going to take `out` away: remembers what a "last message repeated" in the next one would mean.
    void endBatch(const ParsedBatch& out);
    [[nodiscard]] FileId file() const { return m_file; }

private:
    void addUnknown(const ParsedLine& line, ParsedBatch& out);
    void addRepeatOfLast(const ParsedLine& line, Instant at, ParsedBatch& out);
    void fill(const ParsedLine& line, Instant at, Event& event, Link& link) const;

    enum class Last { Nothing, Boring, Event };

    StreamOptions m_options;
    FileId m_file;
    TimeResolver m_times;
    Last m_last = Last::Nothing; ///< what the line before was
    std::size_t m_sinceBatch = 0; ///< events added since endBatch()
    Event m_lastEvent; ///< of the batches before; within a batch it stands at its end
    Link m_lastLink;
};

} // namespace mailward
