// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mailward {

/// What the parser could not name, counted by program, with the first such line.
struct UnknownSample {
    std::string program; ///< empty: a line without a tag
    std::uint64_t count = 0;
    std::string sample; ///< raw bytes of the line, at most 512
    LineRef line;
};

/// A later line that says more about an event that was handed out before. Only what is set changes.
struct Amendment {
    LineRef line; ///< which event
    std::optional<Outcome> outcome;
    std::optional<EventKind> kind;
    std::optional<std::uint32_t> attempts;
    std::optional<Service> service;
    std::optional<std::string> account;
    std::optional<std::string> detail;
};

/// LinkView with a text of its own.
struct Link {
    std::uint64_t session = 0;
    std::uint32_t voice = 0;
    bool passdb = false;
    bool nullSender = false;
    std::string newQid;
};

/// NoteView with texts of its own; `before` is an index in ParsedBatch::events.
struct Note {
    std::size_t before = 0;
    Instant time{};
    std::string qid;
    std::string from;
    bool nullSender = false;
};

/// What a stretch of a log says. Counts cover complete lines only; lines = events + boring + unknown, where a repeated line
/// ("message repeated 3 times") is one line.
struct ParsedBatch {
    std::vector<Event> events;
    std::vector<Link> links; ///< one for each event, until the Correlator has used them
    std::vector<Note> notes;
    std::vector<Amendment> amendments;
    std::uint64_t lines = 0;
    std::uint64_t boring = 0;
    std::uint64_t unknown = 0;
    std::uint64_t limited = 0; ///< unknown because a pattern hit its match limit
    std::uint64_t cut = 0;     ///< lines longer than the framer keeps
    std::uint64_t future = 0;  ///< events whose stamp lies more than a day after the file's own date
    std::vector<UnknownSample> samples;
};

} // namespace mailward
