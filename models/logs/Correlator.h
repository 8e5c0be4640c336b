// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/Envelope.h"
#include "models/logs/EventView.h"
#include "models/logs/ParsedBatch.h"

#include <memory>
#include <span>

namespace mailward {

/// What belongs together, over all files of one server. One guess that two daemons report counts once (the later line
/// gets 0 attempts), names missing from one line come from its partner, queue ids tie mail to the account that sent it.
/// Events of the batch are changed in place; events handed out earlier are corrected by Amendments in the batch.
/// Memory is bounded: the newest 65,536 guesses and queue ids are kept.
/// Restart: feed the last stored stretch again and throw the result away; no other state is kept.
class Correlator
{
public:
    enum class Scope : std::uint8_t {
        Everything,
        Attempts ///< only what decides how many attempts count; names and kinds of mail stay as the lines have them
    };

    explicit Correlator(Scope scope = Scope::Everything);
    ~Correlator();
    Correlator(Correlator&&) noexcept;
    Correlator& operator=(Correlator&&) noexcept;

    void process(ParsedBatch& batch);
    /// The same for events whose texts live elsewhere: what they are given is kept in `texts`. One link for each event.
    void process(std::span<EventView> events, std::span<const LinkView> links, std::span<const NoteView> notes, Scratch& texts,
                 std::vector<Amendment>& amendments);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace mailward
