// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/BanBackend.h"
#include "models/respond/GateClient.h"
#include "models/respond/Guards.h"

#include <vector>

namespace mailward {

/// A source of the attack, with how often it tried.
struct AttackSource {
    IpAddress address;
    std::uint64_t attempts = 0;
};

/// What will happen on one server, to the letter.
struct ServerPreview {
    QString server;
    BanDelta delta;
    QString command;   ///< the remote command, a constant
    QByteArray batch;  ///< what is sent to it
    QByteArray rules;  ///< what the server will run, for people
    GateInfo gate;     ///< what enforces there, who else does, and where it has no effect
    int strangers = 0; ///< entries in our table that somebody else put there; they go
    bool restores = false; ///< somebody else changed our rules there; they are written anew
    QString stateHash; ///< the state that it was made from
    std::vector<LiveBan> standing; ///< what was enforced in that state
    Instant read{};                ///< when, by the server's clock
};

struct PlanPreview {
    Plan plan;
    GuardVerdict verdict;
    std::uint64_t attackers = 0;
    std::uint64_t attackersCovered = 0;
    std::uint64_t attempts = 0;
    std::uint64_t attemptsCovered = 0;
    std::vector<ServerPreview> servers;
    [[nodiscard]] double coveredPct() const { return attackers == 0 ? 0 : 100.0 * double(attackersCovered) / double(attackers); }
};

/// A server's state, as read just now.
struct NamedState {
    QString server;
    GateAccess access = GateAccess::Installed;
    ServerState state;
    GateInfo gate{};
};

/// Pure; any thread. Nothing is sent anywhere.
[[nodiscard]] PlanPreview previewPlan(const Plan& plan, const std::vector<AttackSource>& attackers, const GuardContext& guards,
                                      const std::vector<NamedState>& servers, const BanBackend& backend);

} // namespace mailward
