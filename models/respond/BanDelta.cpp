// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/BanBackend.h"

#include <algorithm>
#include <map>

namespace mailward {

namespace {

struct Held {
    Prefix prefix;
    Instant expires{};
    QString planId;
};

/// The bans of one list of ports: disjoint, by first address. Prefixes that meet one of `prefix` are those that start inside,
/// and the one that starts before it and reaches in.
class Target
{
public:
    explicit Target(QString planId) : m_planId(std::move(planId)) {}

    void take(const LiveBan& ban) { m_held.emplace(ban.prefix.address(), Held{ban.prefix, ban.expires, ban.planId}); }

    /// Bans `prefix` until `expires` at least.
    void ban(const Prefix& prefix, Instant expires)
    {
        std::vector<Prefix> satisfied;
        for (const auto& held : meeting(prefix)) {
            if (held.expires >= expires || held.planId == m_planId) { // a plan that is applied twice does its work once
                satisfied.push_back(held.prefix);
                continue;
            }
            m_held.erase(held.prefix.address());
            if (!prefix.contains(held.prefix)) {
                addPieces(held.prefix, {prefix}, held.expires);
            }
        }
        addPieces(prefix, satisfied, expires);
    }

    /// Lets `prefix` in; what else its ban covered stays banned.
    void lift(const Prefix& prefix)
    {
        for (const auto& held : meeting(prefix)) {
            m_held.erase(held.prefix.address());
            if (!prefix.contains(held.prefix)) {
                addPieces(held.prefix, {prefix}, held.expires);
            }
        }
    }

    [[nodiscard]] const std::map<IpAddress, Held>& held() const { return m_held; }

private:
    [[nodiscard]] std::vector<Held> meeting(const Prefix& prefix) const
    {
        std::vector<Held> found;
        auto it = m_held.lower_bound(prefix.address());
        if (it != m_held.begin() && std::prev(it)->second.prefix.contains(prefix)) {
            found.push_back(std::prev(it)->second);
        }
        for (; it != m_held.end() && it->first <= prefix.last(); ++it) {
            found.push_back(it->second);
        }
        return found;
    }

    /// `whole` without `holes`, as prefixes.
    void addPieces(const Prefix& whole, const std::vector<Prefix>& holes, Instant expires)
    {
        std::vector<Prefix> inside;
        for (const auto& hole : holes) {
            if (hole.contains(whole)) {
                return;
            }
            if (whole.contains(hole)) {
                inside.push_back(hole);
            }
        }
        if (inside.empty()) {
            m_held.insert_or_assign(whole.address(), Held{whole, expires, m_planId});
            return;
        }
        const Prefix low(whole.address(), whole.length() + 1);
        addPieces(low, inside, expires);
        addPieces(Prefix(upperHalf(whole), whole.length() + 1), inside, expires);
    }

    static IpAddress upperHalf(const Prefix& whole)
    {
        auto bytes = whole.address().bytes();
        const int bit = whole.length() + (whole.isV4() ? 96 : 0);
        bytes[std::size_t(bit / 8)] = static_cast<std::uint8_t>(bytes[std::size_t(bit / 8)] | (0x80U >> unsigned(bit % 8)));
        return IpAddress::fromBytes(bytes);
    }

    QString m_planId;
    std::map<IpAddress, Held> m_held;
};

/// So that a short ban of a network never shortens a long one inside it, and wide ones come before what they contain.
std::vector<BanEntry> lastingFirst(std::vector<BanEntry> bans)
{
    std::sort(bans.begin(), bans.end(), [](const BanEntry& a, const BanEntry& b) {
        return a.ttl != b.ttl ? a.ttl > b.ttl : a.prefix.length() < b.prefix.length();
    });
    return bans;
}

bool concerns(const UnbanEntry& unban, const Ports& ports) { return unban.ports.empty() || unban.ports == ports; }

} // namespace

BanDelta deltaFor(const Plan& plan, const ServerState& state)
{
    std::map<Ports, Target> targets;
    const auto targetOf = [&](const Ports& ports) -> Target& { return targets.try_emplace(ports, plan.id).first->second; };
    BanDelta delta;
    for (const auto& ban : state.bans) {
        if (ban.isOurs()) {
            targetOf(ban.ports).take(ban);
        } else if (std::any_of(plan.unbans.begin(), plan.unbans.end(), [&](const UnbanEntry& unban) {
                       return concerns(unban, ban.ports) && unban.prefix.overlaps(ban.prefix);
                   })) {
            delta.unbans.push_back({ban.prefix, ban.ports});
        }
    }
    std::map<std::pair<Ports, Prefix>, Instant> before;
    for (const auto& ban : state.bans) {
        if (ban.isOurs()) {
            before.emplace(std::pair{ban.ports, ban.prefix}, ban.expires);
        }
    }
    for (const auto& unban : plan.unbans) {
        for (auto& [ports, target] : targets) {
            if (concerns(unban, ports)) {
                target.lift(unban.prefix);
            }
        }
    }
    for (const auto& ban : lastingFirst(plan.bans)) {
        targetOf(ban.ports).ban(ban.prefix, state.serverTime + ban.ttl);
    }
    for (const auto& ban : state.bans) {
        const auto& held = targetOf(ban.ports).held();
        const auto it = held.find(ban.prefix.address());
        if (ban.isOurs() && (it == held.end() || it->second.prefix != ban.prefix)) {
            delta.unbans.push_back({ban.prefix, ban.ports});
        }
    }
    for (const auto& [ports, target] : targets) {
        for (const auto& [address, held] : target.held()) {
            const auto it = before.find({ports, held.prefix});
            if (it == before.end() || it->second != held.expires) {
                const auto left = std::chrono::ceil<std::chrono::seconds>(held.expires - state.serverTime);
                delta.bans.push_back({held.prefix, ports, std::max(left, std::chrono::seconds(1)), {}, 0, false});
            }
        }
    }
    return delta;
}

std::vector<LiveBan> afterDelta(const ServerState& state, const BanDelta& delta, const QString& planId)
{
    std::map<std::pair<Ports, Prefix>, LiveBan> bans;
    for (const auto& ban : state.bans) {
        if (ban.isOurs()) {
            bans.insert_or_assign({ban.ports, ban.prefix}, ban);
        }
    }
    for (const auto& unban : delta.unbans) {
        std::erase_if(bans, [&](const auto& item) { return item.first.second == unban.prefix && concerns(unban, item.first.first); });
    }
    for (const auto& ban : delta.bans) {
        bans.insert_or_assign({ban.ports, ban.prefix}, LiveBan{ban.prefix, ban.ports, state.serverTime + ban.ttl, planId});
    }
    std::vector<LiveBan> result;
    for (auto& [key, ban] : bans) {
        result.push_back(std::move(ban));
    }
    return result;
}

} // namespace mailward
