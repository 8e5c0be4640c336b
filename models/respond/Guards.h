// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/respond/AllowList.h"
#include "models/respond/Plan.h"

#include <string>
#include <vector>

namespace mailward {

/// The broadest network that one ban may have, and the share of a family's usable space that all bans together may cover.
inline constexpr int kWidestBanV4 = 8;
inline constexpr int kWidestBanV6 = 19;
inline constexpr double kLargestBannedShare = 0.25;

/// A person who was let in from an address, as far as that log-in is to be trusted (the caller leaves out accounts that are lost).
struct GoodLogin {
    IpAddress address;
    std::string account; ///< raw bytes, as logged
    std::uint64_t count = 1;
};

/// A network that we need, and what for ("this console", "mx1", "gateway of mx1").
struct NamedPrefix {
    Prefix prefix;
    QString name;
};

/// All that the guards look at. Fill `consoles` and `servers` with what the servers report (Executor does so again by itself).
struct GuardContext {
    std::vector<NamedPrefix> consoles; ///< where we and other admins come from, as the servers see it
    std::vector<NamedPrefix> servers;  ///< the servers' own addresses, gateways, relays, peers
    AllowList allow;
    std::vector<GoodLogin> goodLogins; ///< of the last 30 days or so
    std::vector<Prefix> enforced;      ///< already banned: counts for the limit on coverage
    Instant now{};
};

enum class GuardRule { Console, Server, AllowList, SpecialRange, TooBroad, TooMuch, Gateway, Lifetime, PortList };
/// Short stable word: "console", "server", "allow-list", "special-range" ...
[[nodiscard]] QString guardRuleName(GuardRule rule);

/// Why one ban may not be.
struct Objection {
    Prefix prefix;
    GuardRule rule = GuardRule::TooBroad;
    QString why;           ///< a sentence for people
    bool yields = false;   ///< may be forced per entry (BanEntry::forced)
};

/// Who would be cut off, counted over all bans together.
struct Collateral {
    std::uint64_t goodLogins = 0;         ///< log-ins from inside the banned networks
    std::uint64_t totalGoodLogins = 0;
    std::vector<std::string> accounts;    ///< with at least one log-in from inside; sorted, raw bytes
    std::vector<std::string> onlyHere;    ///< of these: with none from elsewhere
    std::uint64_t totalAccounts = 0;
};

struct GuardVerdict {
    std::vector<Objection> objections; ///< empty: allowed
    Collateral collateral;             ///< not an objection by itself; the caller shows it and lets people type the number
    [[nodiscard]] bool isAllowed() const { return objections.empty(); }
    /// Whoever lets the plan pass has typed how many people it leaves no way in; where there are none, nothing needs to be typed.
    [[nodiscard]] bool isAgreed(const QString& typed) const { return collateral.onlyHere.empty() || typed == QString::number(collateral.onlyHere.size()); }
};

/// The one function through which every ban passes, whatever its origin: chosen by hand, proposed, imported, re-applied or
/// restored. Judges the bans together, so that two halves do not pass where the whole would not. Pure; any thread.
[[nodiscard]] GuardVerdict checkBans(const std::vector<BanEntry>& bans, const GuardContext& context);

/// Moves the bans to which the guards object into `refused`, and returns what they said. Total limits refuse all bans.
GuardVerdict refuseUnsafe(Plan& plan, const GuardContext& context);

} // namespace mailward
