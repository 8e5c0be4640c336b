// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/respond/Plan.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace mailward {

/// A ban as it stands on a server. `planId` is empty and `expires` is zero for one that somebody else put into our table.
struct LiveBan {
    Prefix prefix;
    Ports ports;
    Instant expires{};
    QString planId;
    bool apart = false; ///< stands in the set of its first octet, as those of a long list do (nftables)

    [[nodiscard]] bool isOurs() const { return !planId.isEmpty(); }
    bool operator==(const LiveBan&) const = default;
};

/// What a rule dropped since it was last written.
struct DropCount {
    Ports ports;
    bool v4 = true;
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;
};

/// What the server says about our table.
struct ServerState {
    QString hash;        ///< over rules and bans: changes when a ban comes, goes or runs out
    bool intact = true;  ///< false: somebody else changed our rules, or took them away
    Instant serverTime{};
    std::vector<LiveBan> bans; ///< sorted
    std::vector<DropCount> drops;
};

/// What has to be sent to get from a server's state to what a plan wants there.
struct BanDelta {
    std::vector<UnbanEntry> unbans;
    std::vector<BanEntry> bans;
    [[nodiscard]] bool isEmpty() const { return unbans.empty() && bans.empty(); }
};

/// One way in which a server enforces bans. Text in and out only: who talks to the server is somebody else.
class BanBackend
{
public:
    virtual ~BanBackend() = default;
    [[nodiscard]] virtual QString name() const = 0;
    /// The delta as the lines that are sent: they are data for the server's helper, never a command.
    [[nodiscard]] virtual QByteArray renderBatch(const BanDelta& delta) const = 0;
    /// The server's answer to "state". Hostile text is an error, never a crash.
    [[nodiscard]] virtual Result<ServerState> parseState(const QByteArray& answer) const = 0;
    /// What a server that stands as `before` says will run to enforce `bans`, for people to read before they agree.
    [[nodiscard]] virtual QByteArray renderRules(const ServerState& before, const std::vector<LiveBan>& bans) const = 0;
};

/// Set "inet mailward" of nftables, changed by the server's helper in one transaction.
class NftablesBackend final : public BanBackend
{
public:
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QByteArray renderBatch(const BanDelta& delta) const override;
    [[nodiscard]] Result<ServerState> parseState(const QByteArray& answer) const override;
    [[nodiscard]] QByteArray renderRules(const ServerState& before, const std::vector<LiveBan>& bans) const override;
};

/// The difference between `state` and `plan`, without overlaps within one list of ports (the kernel takes none): a new ban
/// swallows narrower ones, a wider one that ends earlier is split around it, one that ends later already does the work.
/// Applying the result again gives an empty delta.
[[nodiscard]] BanDelta deltaFor(const Plan& plan, const ServerState& state);
/// `state` with `delta` applied by plan `planId`.
[[nodiscard]] std::vector<LiveBan> afterDelta(const ServerState& state, const BanDelta& delta, const QString& planId);

} // namespace mailward
