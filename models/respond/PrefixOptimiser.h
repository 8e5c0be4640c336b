// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/AttackForecast.h"
#include "models/respond/Guards.h"

#include <cstddef>
#include <vector>

namespace mailward {

/// All that a proposal is made from.
struct OptimiserInput {
    std::vector<OptimiserSource> sources;
    std::vector<CandidateGroup> groups; ///< countries and networks from which the attack comes
    GuardContext guards;                ///< good log-ins, allow-list, our own networks, what is banned already
    std::vector<Prefix> goodNetworks;   ///< offices, carriers: as untouchable as the allow-list
    std::size_t maxRules = 8000;        ///< of one offer, both families together
};

enum class OfferKind { Gentle, Balanced, Hard };
/// "gentle", "balanced", "hard": the words of the command line.
[[nodiscard]] QString offerName(OfferKind kind);

/// One proposal: disjoint bans, sorted, that have passed the guards, and what they are expected to do.
struct Offer {
    OfferKind kind = OfferKind::Balanced;
    std::vector<BanEntry> bans;
    std::vector<RefusedBan> refused; ///< what would have helped and the guards refused
    PlanExpectation expected;
};

/// Gentle cuts off nobody who is known; balanced nobody who has no other way in, and at most 0.1 % of good log-ins; hard at most
/// 2 %. None ever meets the allow-list, the good networks or ours. `expected.nextSourcesCoveredPct` is measured: the same
/// offer made from the earlier half of the sources, judged on the later half. Pure; any thread; within a second for 100,000
/// sources and as many good addresses.
[[nodiscard]] std::vector<Offer> optimise(const OptimiserInput& input);

} // namespace mailward
