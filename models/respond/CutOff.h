// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/Plan.h"
#include "models/store/ColumnsSnapshot.h"

#include <set>
#include <string>
#include <vector>

namespace mailward {

/// One person at one place that a plan would cut off.
struct CutOffPerson {
    std::string account; ///< raw bytes, as logged
    Prefix place;        ///< the neighbourhood (/24, /56) from which the log-ins came
    std::size_t colleagues = 0; ///< how many others were let in from that place: an office has some
    std::set<std::string> servers;
    std::uint64_t logins = 0;
    Instant last{};
    bool onlyHere = false; ///< never let in from where the plan leaves the door open
};

/// Everybody who was let in in `range` from inside the plan's bans, worst first. `suspects` are no people of ours. Pure; any thread.
[[nodiscard]] std::vector<CutOffPerson> peopleCutOff(const ColumnsSnapshot& data, TimeRange range, const Plan& plan, const std::set<IpAddress>& suspects);

} // namespace mailward
