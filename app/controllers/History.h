// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/Guards.h"
#include "models/respond/Preview.h"
#include "models/store/ColumnsSnapshot.h"

#include <set>

namespace mailward {

/// How far back good log-ins count when a block is judged.
inline constexpr std::chrono::days kGoodLoginPeriod{30};

/// Who was let in from where in `range`, one entry per address and account. `suspects` are left out: an attacker who
/// guessed right is let in too.
[[nodiscard]] std::vector<GoodLogin> goodLogins(const ColumnsSnapshot& data, TimeRange range, const std::set<IpAddress>& suspects = {});

/// Every address that failed in `range`, with its attempts, most first.
[[nodiscard]] std::vector<AttackSource> failingSources(const ColumnsSnapshot& data, TimeRange range);

/// The 30 days before `now`, or before the last event where the log ends earlier.
[[nodiscard]] TimeRange judgedPeriod(const ColumnsSnapshot& data, Instant now);

} // namespace mailward
