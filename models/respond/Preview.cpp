// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/Preview.h"

#include <algorithm>
#include <map>

namespace mailward {

namespace {

void countAttackers(const std::vector<AttackSource>& attackers, PlanPreview& preview)
{
    // By first address: of bans that contain an address, the widest begins first and reaches farthest.
    std::map<IpAddress, IpAddress> reach;
    for (const auto& ban : preview.plan.bans) {
        auto& last = reach.try_emplace(ban.prefix.address(), ban.prefix.last()).first->second;
        last = std::max(last, ban.prefix.last());
    }
    for (auto it = reach.begin(); it != reach.end() && std::next(it) != reach.end(); ++it) {
        auto& next = std::next(it)->second;
        if (it->second >= std::next(it)->first) {
            next = std::max(next, it->second); // nested networks: the outer one goes on behind the inner
        }
    }
    for (const auto& source : attackers) {
        const auto after = reach.upper_bound(source.address);
        const bool covered = after != reach.begin() && source.address <= std::prev(after)->second;
        ++preview.attackers;
        preview.attempts += source.attempts;
        preview.attackersCovered += covered ? 1 : 0;
        preview.attemptsCovered += covered ? source.attempts : 0;
    }
}

} // namespace

PlanPreview previewPlan(const Plan& plan, const std::vector<AttackSource>& attackers, const GuardContext& guards,
                        const std::vector<NamedState>& servers, const BanBackend& backend)
{
    PlanPreview preview;
    preview.plan = plan;
    preview.verdict = checkBans(plan.bans, guards);
    countAttackers(attackers, preview);
    for (const auto& server : servers) {
        ServerPreview item;
        item.server = server.server;
        item.delta = deltaFor(plan, server.state);
        item.command = GateClient::commandText(server.access);
        item.batch = backend.renderBatch(item.delta);
        item.rules = backend.renderRules(server.state, afterDelta(server.state, item.delta, plan.id));
        item.strangers = int(std::count_if(server.state.bans.begin(), server.state.bans.end(), [](const LiveBan& ban) { return !ban.isOurs(); }));
        item.restores = !server.state.intact;
        item.stateHash = server.state.hash;
        item.standing = server.state.bans;
        item.read = server.state.serverTime;
        item.gate = server.gate;
        preview.servers.push_back(std::move(item));
    }
    return preview;
}

} // namespace mailward
