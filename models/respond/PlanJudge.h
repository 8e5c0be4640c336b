// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/ReplayJail.h"
#include "models/respond/Plan.h"

#include <set>

namespace mailward {

/// What `plan` would have done to the log-ins from its `made` time on: a ban holds for its lifetime, at its ports. `attackers`
/// are blamed by somebody else; everybody else's successes are good log-ins. Pure; any thread.
[[nodiscard]] ReplayResult judgePlan(const ColumnsSnapshot& data, const std::set<IpAddress>& attackers, const Plan& plan);

/// Everybody whom the incidents name, but for false alarms: a person said that these are no attackers.
[[nodiscard]] std::set<IpAddress> participantsOf(const std::vector<Incident>& incidents);

} // namespace mailward
