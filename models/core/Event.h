// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Ids.h"
#include "models/core/IpAddress.h"
#include "models/core/Time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailward {

/// Which door was knocked at. Names for JSON and the filter language: serviceName().
enum class Service : std::uint8_t { Other, Smtp, Submission, Imap, Pop3, Sieve, Lmtp, Ssh, Ftp, Web };

enum class EventKind : std::uint8_t {
    AuthFailure, AuthSuccess, AuthAborted, Probe, Reject, Accepted, Sent, Deferred, Bounced, Dsn, SessionEnd,
    Ban, Unban, ServerFault
};

/// None: the line says nothing about a password or key.
enum class Outcome : std::uint8_t { None, Failure, Success };

/// Where the raw line stands: a file incarnation of the store (or the n-th input of a command), the byte offset of its
/// first byte there, its length in bytes without the line end, and its 1-based number where the source counts lines.
struct LineRef {
    FileId file;
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
    std::uint64_t number = 0;
    bool operator==(const LineRef&) const = default;
};

/// One recognised log line. All text is as the server logged it, so it is the attacker's: raw bytes, never trusted.
/// `ip` is the peer's address from the slot that the server wrote, or nothing.
struct Event {
    Instant time{};
    Service service = Service::Other;
    EventKind kind = EventKind::Probe;
    Outcome outcome = Outcome::None;
    std::uint32_t attempts = 0; ///< tries that this line adds; 0 where another line already reported them
    std::optional<IpAddress> ip;
    std::string account;  ///< empty: none named
    std::string server;   ///< host of the line, or the profile's name
    std::string program;  ///< e.g. "postfix/submission/smtpd"
    std::string detail;   ///< short word of the rule, e.g. "wrong-password"; ours, not the attacker's
    std::string qid;      ///< queue id of mail lines
    std::string from;     ///< envelope sender
    std::string to;       ///< envelope recipient
    std::string status;   ///< sent, bounced, deferred ...
    std::string dsn;      ///< enhanced status code, "5.1.1"
    std::string session;  ///< what ties lines of one session: Dovecot session id, or daemon pid
    LineRef line;
};

[[nodiscard]] std::string_view serviceName(Service service);
[[nodiscard]] std::optional<Service> serviceFromName(std::string_view name);
[[nodiscard]] std::string_view eventKindName(EventKind kind);
[[nodiscard]] std::optional<EventKind> eventKindFromName(std::string_view name);
[[nodiscard]] std::string_view outcomeName(Outcome outcome); ///< "" for None
[[nodiscard]] std::optional<Outcome> outcomeFromName(std::string_view name);

inline constexpr int kServiceCount = 10;
inline constexpr int kEventKindCount = 14;

} // namespace mailward
