// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/logs/ByteBuffer.h"
#include "models/logs/Envelope.h"
#include "models/logs/EventView.h"
#include "models/logs/ParsedBatch.h"

#include <vector>

namespace mailward {

/// A stretch of a log, whole lines, and all that can be said of them without those before. Times come later, from `stamps`.
/// The views point into `bytes` and `texts`, and into the rules and the parser that filled it.
struct LogBlock {
    ByteBuffer bytes;
    std::uint64_t offset = 0;  ///< of the first byte in the stream
    std::uint64_t skipped = 0; ///< bytes of the first line that were dropped, because no line may fill the memory
    bool isLast = false;
    std::optional<Error> problem;

    static constexpr std::uint32_t kNoStamp = UINT32_MAX;
    /// The stamps of the lines that say something, each once where it stands in several lines one after the other.
    std::vector<Stamp> stamps;
    std::vector<EventView> events; ///< line numbers are counted from 0 here
    std::vector<LinkView> links;   ///< one for each event
    std::vector<std::uint32_t> eventStamps; ///< index into `stamps`, or kNoStamp: the line has none, and no line before it in the block
    /// Where only totals are wanted: events that no other line can change are counted, not made.
    struct Counted {
        std::uint64_t events = 0;
        std::uint64_t failures = 0;  ///< attempts
        std::uint64_t successes = 0; ///< attempts
        std::vector<std::uint32_t> stamps; ///< one for each event
    };
    Counted counted;
    std::vector<NoteView> notes;
    std::vector<std::uint32_t> noteStamps;

    /// "last message repeated" before any other line: what it repeats stands in the block before.
    struct Repeat {
        LineRef line;
        std::uint32_t times = 0;
        std::uint32_t stamp = kNoStamp;
        std::string_view text;
    };
    std::vector<Repeat> repeatsOfBefore;
    /// What the last line was, for such a repeat in the block after. Before: the block has no other lines.
    enum class Last : std::uint8_t { Before, Unknown, Boring, Event, Counted };
    Last last = Last::Before;
    std::uint32_t lastAttempts = 0; ///< of the last event's own line
    Outcome lastOutcome = Outcome::None;

    void count(Outcome outcome, std::uint32_t attempts, std::uint32_t stamp)
    {
        ++counted.events;
        counted.failures += outcome == Outcome::Failure ? attempts : 0;
        counted.successes += outcome == Outcome::Success ? attempts : 0;
        counted.stamps.push_back(stamp);
    }

    std::uint64_t lines = 0;
    std::uint64_t boring = 0;
    std::uint64_t unknown = 0;
    std::uint64_t limited = 0;
    std::uint64_t cut = 0;
    std::vector<UnknownSample> samples;
    Scratch texts;

    /// Ready for other bytes; the memory stays.
    void clear()
    {
        bytes.clear();
        skipped = 0;
        isLast = false;
        problem.reset();
        stamps.clear();
        events.clear();
        links.clear();
        eventStamps.clear();
        counted.events = counted.failures = counted.successes = 0;
        counted.stamps.clear();
        notes.clear();
        noteStamps.clear();
        repeatsOfBefore.clear();
        last = Last::Before;
        lines = boring = unknown = limited = cut = 0;
        samples.clear();
        texts.clear();
    }
};

} // namespace mailward
