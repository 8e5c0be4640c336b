// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Time.h"

#include <cstdint>

namespace mailward {

/// Which accounts the page shows. InUse: those that ever got in or sent mail. Idle: of these, not in the page's days.
/// Strangers: names that were tried and never let in. Never: nobody logged in since they were made. OneFactor: without a second one, where
/// the back end knows of any.
enum class AccountScope : std::uint8_t { InUse, AtRisk, Idle, Strangers, Never, OneFactor };

/// What the page Accounts says above its table. Counts are of all accounts, whatever is shown.
struct AccountsSummary {
    std::uint64_t inUse = 0;
    std::uint64_t lost = 0;
    std::uint64_t unusual = 0;
    std::uint64_t attacked = 0;
    std::uint64_t idle = 0;
    std::uint64_t strangers = 0;
    std::uint64_t shown = 0; ///< after scope and search
    TimeRange days;          ///< what the counts of the table are of
    bool known = false;      ///< false: nothing was counted yet
};

} // namespace mailward
