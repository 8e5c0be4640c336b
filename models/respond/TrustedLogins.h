// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Incident.h"
#include "models/respond/Guards.h"
#include "models/store/ColumnsSnapshot.h"

#include <vector>

namespace mailward {

/// Who was let in from where in `range`, one entry an address and account, sorted. Left out, because an attacker who guessed
/// right is let in too: the incidents' participants from their first attempt on (whoever was let in before and then fails among
/// the attackers, or is made to, is still one of ours), and whoever used an account after it was lost from a network that it
/// had never used before. A false alarm blames nobody. Pure; any thread.
[[nodiscard]] std::vector<GoodLogin> trustedLogins(const ColumnsSnapshot& data, TimeRange range, const std::vector<Incident>& incidents);

/// Neighbourhoods (/24, /56) from which at least five people were let in: offices, carriers, gateways. Sorted.
[[nodiscard]] std::vector<Prefix> sharedNetworks(const std::vector<GoodLogin>& logins);

} // namespace mailward
