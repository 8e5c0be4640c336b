// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/PrefixOptimiser.h"
#include "models/respond/PrefixTrie.h"

#include <array>
#include <span>
#include <vector>

namespace mailward {

/// Why a network may not be banned; an offer obeys some of them.
enum TerrainFlag : std::uint8_t {
    kNeverBanned = 1, ///< allow-list, good networks, our own
    kOnlyWayIn = 2,   ///< somebody's only way in
    kKnownGood = 4    ///< somebody was let in from there
};

/// Good log-ins by address, and which of them must stay open. Made once; the same for every part of the attack.
struct GoodAddress {
    IpAddress address;
    double share = 0;    ///< of all good log-ins
    double newcomer = 0; ///< the same for an address with a single log-in: the measure of how many come from addresses not seen before
    bool onlyWayIn = false;
};
/// Sorted by address. An account has its main address kept open when all its addresses lie where bans may fall.
[[nodiscard]] std::vector<GoodAddress> goodAddresses(const std::vector<GoodLogin>& logins, std::span<const OptimiserSource> sources,
                                                     const RangeBook& book);

/// The address space as one attack, our users and our rules see it: a trie for IPv4 and one for IPv6.
class BanTerrain
{
public:
    /// `sources` in order of time. Rules that stop less than `leastGain` of the attack are not worth having.
    BanTerrain(std::span<const OptimiserSource> sources, const OptimiserInput& input, const std::vector<GoodAddress>& good, const RangeBook& book,
               double leastGain);

    struct Choice {
        std::vector<Prefix> prefixes; ///< disjoint, IPv4 and IPv6 each sorted
        std::vector<double> attack;   ///< share of the attack to come, for each prefix
        double cut = 0;               ///< share of good log-ins seen
        double risk = 0;              ///< share of good log-ins expected from addresses not seen yet
    };
    [[nodiscard]] Choice choose(const ChoiceTerms& terms) const;
    [[nodiscard]] std::size_t countRules(const ChoiceTerms& terms) const;

private:
    std::vector<PrefixTrie> m_tries;
};

} // namespace mailward
