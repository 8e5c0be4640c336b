// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/geo/GeoDatabase.h"
#include "models/respond/PlanJudge.h"
#include "models/respond/Proposal.h"
#include "tests/bench/detect/Score.h"

namespace mailward::story {

/// What one way of blocking did to the second half of an attack, by the generator's own truth.
struct Blocked {
    double laterStoppedPct = 0;   ///< of the attempts after the block was made
    std::uint64_t goodCut = 0;    ///< good log-ins cut afterwards
    std::uint64_t goodLater = 0;  ///< of so many
    std::uint64_t elsewhereCut = 0; ///< of those cut: from countries that send less than a fiftieth of the attack
    std::uint64_t rules = 0;
};

/// Every way at once, for one run.
struct BlockingRun {
    bool found = false; ///< half-way through, the detectors had an incident that is worth an answer
    Blocked gentle, balanced, hard;
    Blocked seen;    ///< one ban for each address seen so far
    Blocked country; ///< the whole of the country that sends most
    Blocked jail;    ///< fail2ban: 2 failures, 10 h, running from the start, over the whole run
    double seconds = 0; ///< of the three proposals
};

[[nodiscard]] BlockingRun playBlocking(const Run& run, const std::shared_ptr<const GeoDatabase>& geo);

} // namespace mailward::story
