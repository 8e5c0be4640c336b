// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/core/Result.h"
#include "models/core/Time.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <vector>

namespace mailward {

/// TCP ports, ascending, without repeats. Empty means "all of ours" where a function says so.
using Ports = std::vector<std::uint16_t>;

/// The doors at which passwords are tried: submission, POP3, IMAP, Sieve. Mail exchange (25) and ssh (22) are not among them.
[[nodiscard]] const Ports& authPorts();
/// Ports for which the server's helper takes a ban at all.
[[nodiscard]] const Ports& bannablePorts();
/// Sorts, drops repeats; an error when empty or when a port is not bannable.
[[nodiscard]] Result<Ports> normalPorts(Ports ports);

/// One network to keep away from some ports for some time.
struct BanEntry {
    Prefix prefix;
    Ports ports = authPorts();
    std::chrono::seconds ttl{std::chrono::hours{10}}; ///< 1 s to 31 days; nothing is banned for ever
    QString reason;                                   ///< for people; never sent to a server
    std::uint32_t covers = 0;                         ///< attackers' addresses inside
    bool forced = false; ///< the admin insists although the range is special (private, CGNAT): the only guard that yields

    bool operator==(const BanEntry&) const = default;
};

/// One network to let in again. Empty ports: whatever it is banned from.
struct UnbanEntry {
    Prefix prefix;
    Ports ports;

    bool operator==(const UnbanEntry&) const = default;
};

/// A ban that was wished for and not granted.
struct RefusedBan {
    Prefix prefix;
    QString why;

    bool operator==(const RefusedBan&) const = default;
};

/// What the plan is expected to do, judged on the history that it was made from. Percentages 0 to 100.
struct PlanExpectation {
    double attemptsStoppedPct = 0;
    double sourcesCoveredPct = 0;
    double nextSourcesCoveredPct = 0;
    std::uint64_t goodLoginsCut = 0;
    std::uint64_t accountsCut = 0;
    std::uint64_t accountsCutOnlyHere = 0; ///< people who would have no other way in
    double addressesBlocked = 0;           ///< size of the blocked space; may exceed 64 bits for IPv6

    bool operator==(const PlanExpectation&) const = default;
};

/// What shall be changed, as data. Made by people or proposals, never changed after its id was given out.
struct Plan {
    QString id; ///< 16 lower-case hex digits; also the name under which the servers know it
    Instant made{};
    QString from; ///< what it was made from, e.g. an incident's title or "chosen by hand"
    std::vector<BanEntry> bans;
    std::vector<UnbanEntry> unbans;
    QStringList resets; ///< accounts that get a new password
    QStringList holds;  ///< accounts whose queued mail is held
    QStringList servers; ///< profiles' names; empty: every server that it is applied to
    PlanExpectation expected;
    std::vector<RefusedBan> refused;

    bool operator==(const Plan&) const = default;
};

/// 16 random lower-case hex digits from the system's generator.
[[nodiscard]] QString newPlanId();
[[nodiscard]] bool isPlanId(QStringView text);

/// The fields of the command line's contract, and "version": 1.
[[nodiscard]] QJsonObject toJson(const Plan& plan);
/// Strict: an unknown version, a missing field, a prefix with host bits, a port or a ttl outside the limits is an error.
[[nodiscard]] Result<Plan> planFromJson(const QJsonObject& json);
[[nodiscard]] Result<Plan> planFromJson(const QByteArray& text);

} // namespace mailward
