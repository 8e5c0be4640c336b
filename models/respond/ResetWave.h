// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/AccountJournal.h"
#include "models/respond/AllowList.h"
#include "models/respond/Guards.h"
#include "models/store/ColumnsSnapshot.h"

namespace mailward {

/// Phones and programs go on with the old password until somebody types the new one: for so long after a reset, failures from where
/// an account's owner is at home are no attack.
inline constexpr std::chrono::days kResetWave{3};

/// Failures of one account since its reset, from one address from which its owner was let in before.
struct HonestFailures {
    std::string account; ///< raw bytes
    IpAddress address;
    std::uint64_t attempts = 0;
    Instant last{};
};

/// What the wave looks like: show it as such, beside the attack. `trusted` as trustedLogins() gives them. Sorted by account. Pure.
[[nodiscard]] std::vector<HonestFailures> honestFailures(const ColumnsSnapshot& data, const std::vector<RecentReset>& resets, const std::vector<GoodLogin>& trusted);

/// The addresses to spare: one entry each, until the wave of the latest reset is over. Put into GuardContext::allow they refuse every
/// ban that would cut these people off, and say why.
[[nodiscard]] std::vector<AllowEntry> sparedAfterResets(const std::vector<RecentReset>& resets, const std::vector<GoodLogin>& trusted);

} // namespace mailward
