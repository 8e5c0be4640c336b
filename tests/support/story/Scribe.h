// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/core/Time.h"
#include "tests/support/story/Rng.h"

#include <string>
#include <vector>

namespace mailward::story {

/// One log line before its stamp and host are put in front.
struct Line {
    Instant at;
    std::uint32_t server = 0; ///< index into the run's server names
    std::uint32_t order = 0;  ///< in which lines of one instant were written
    std::string text;         ///< "postfix/smtpd[300]: connect from ..."
};

enum class StampFormat { Rfc3164, Rfc3339 };

/// Through which door somebody comes.
enum class Door { Imap, Pop3, Submission, Ssh };

enum class Fate { Delivered, Bounced, Deferred };

struct Recipient {
    std::string address;
    Fate fate = Fate::Delivered;
};

struct Submitted {
    std::string queueId;
    std::string bounceId; ///< of the notification to the sender; empty when nothing bounced
    int bounced = 0;
};

/// Writes what real Postfix, Dovecot, OpenSSH and fail2ban write, line by line, one call a visit.
class Scribe
{
public:
    Scribe(Rng rng, std::vector<std::string> servers) : m_rng(rng), m_servers(std::move(servers)) {}

    /// `tries` wrong passwords in one visit: Dovecot's line at each, then Postfix's or the log-in process's.
    void wrongPassword(Instant at, std::uint32_t server, Door door, const std::string& account, IpAddress ip,
                       bool accountExists = true, int tries = 1);
    void login(Instant at, std::uint32_t server, Door door, const std::string& account, IpAddress ip);
    [[nodiscard]] Submitted submit(Instant at, std::uint32_t server, const std::string& account, IpAddress ip,
                                   const std::vector<Recipient>& to);
    void receive(Instant at, std::uint32_t server, const std::string& from, const std::string& account,
                 const std::string& host, IpAddress ip);
    /// Somebody else's bounce for a mail that nobody here has sent (envelope sender <>).
    void backscatter(Instant at, std::uint32_t server, const std::string& account, const std::string& host, IpAddress ip,
                     bool accountExists);
    void relayAttempt(Instant at, std::uint32_t server, IpAddress ip, const std::string& to);
    void connectOnly(Instant at, std::uint32_t server, IpAddress ip);
    void ban(Instant at, std::uint32_t server, const std::string& jail, IpAddress ip, bool lifted = false);

    [[nodiscard]] const std::vector<std::string>& servers() const { return m_servers; }
    /// All lines in the order of time. Call once, at the end.
    [[nodiscard]] std::vector<Line> takeLines();
    /// One line with its stamp and host.
    [[nodiscard]] std::string render(const Line& line, StampFormat format) const;

private:
    using Micros = std::chrono::microseconds;

    void put(Instant at, std::uint32_t server, std::string text);
    void wrongOverImap(Instant at, std::uint32_t server, Door door, const std::string& account, IpAddress ip, bool exists, int tries);
    void wrongOverSmtp(Instant at, std::uint32_t server, const std::string& account, IpAddress ip, bool exists, int tries);
    void wrongOverSsh(Instant at, std::uint32_t server, const std::string& account, IpAddress ip, bool exists, int tries);
    /// The bounce to the sender; its queue id.
    [[nodiscard]] std::string notifySender(Instant at, std::uint32_t server, const std::string& id, const std::string& account);
    [[nodiscard]] std::string listenAddress(std::uint32_t server) const;
    [[nodiscard]] std::string queueId();
    [[nodiscard]] std::string session();
    [[nodiscard]] std::string pid() { return std::to_string(m_rng.between(300, 32'000)); }
    [[nodiscard]] Micros soon(int lowMs, int highMs) { return std::chrono::milliseconds(m_rng.between(lowMs, highMs)); }

    Rng m_rng;
    std::vector<std::string> m_servers;
    std::vector<Line> m_lines;
    std::uint64_t m_queueIds = 0;
};

} // namespace mailward::story
