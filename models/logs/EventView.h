// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"

#include <cstdint>
#include <string_view>

namespace mailward {

/// An Event whose texts stand in the line that it came from (or in the rule): costs no memory of its own.
struct EventView {
    Instant time{};
    Service service = Service::Other;
    EventKind kind = EventKind::Probe;
    Outcome outcome = Outcome::None;
    std::uint32_t attempts = 0;
    std::optional<IpAddress> ip;
    std::string_view account;
    std::string_view server;
    std::string_view program;
    std::string_view detail;
    std::string_view qid;
    std::string_view from;
    std::string_view to;
    std::string_view status;
    std::string_view dsn;
    std::string_view session;
    LineRef line;
};

/// Copies into `out`, whose texts keep their room: one Event that is filled again and again costs no allocation.
inline void assign(Event& out, const EventView& view)
{
    out.time = view.time;
    out.service = view.service;
    out.kind = view.kind;
    out.outcome = view.outcome;
    out.attempts = view.attempts;
    out.ip = view.ip;
    out.account = view.account;
    out.server = view.server;
    out.program = view.program;
    out.detail = view.detail;
    out.qid = view.qid;
    out.from = view.from;
    out.to = view.to;
    out.status = view.status;
    out.dsn = view.dsn;
    out.session = view.session;
    out.line = view.line;
}

/// What the Correlator needs to know of a line beside the event: nothing that a user would look at.
struct LinkView {
    std::uint64_t session = 0;  ///< hash of what names the session; 0: none
    std::uint32_t voice = 0;    ///< hash of who reports the guess; 0: the line stands alone
    bool passdb = false;        ///< the voice is one of the password databases that are asked in turn
    bool nullSender = false;    ///< the line says that the envelope sender is empty
    std::string_view newQid;    ///< queue id of the notification that the line speaks of
};

/// A line that is no event of its own but tells the Correlator something (a queue id's sender, for one).
struct NoteView {
    std::size_t before = 0; ///< index of the first event that came later in the log
    Instant time{};
    std::string_view qid;
    std::string_view from;
    bool nullSender = false;
};

} // namespace mailward
