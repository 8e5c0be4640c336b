// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/ColumnsSnapshot.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace mailward {

/// Days that an account is compared over; the last of them is the present.
inline constexpr std::size_t kActivityDays = 30;

/// The last time that an account was let in.
struct LastGoodLogin {
    Instant at{};
    AddressId from;
    Service service = Service::Other;
};

/// What one account did in the kActivityDays days before `until`. Attempts that other lines report already count once.
struct AccountActivity {
    AccountId account;
    std::uint64_t letIn = 0;
    std::uint64_t failed = 0;
    std::uint64_t mails = 0;   ///< accepted from it
    std::uint64_t bounced = 0; ///< of its mail
    std::uint32_t services = 0; ///< bit per Service through which it was let in
    std::vector<CountryCode> countries; ///< let in from, sorted; unknown ones are left out
    std::uint32_t networks = 0;         ///< let in from so many /24 or /64
    std::array<std::uint32_t, kActivityDays> loginsByDay{}; ///< days of 24 h counted back from `until`; the last one ends there
    std::array<std::uint32_t, kActivityDays> mailsByDay{};
    std::optional<LastGoodLogin> lastGood; ///< ever, not of these days alone

    /// Did it ever get in or send mail? Names that were only guessed at did not.
    [[nodiscard]] bool isUsed() const { return lastGood || mails > 0; }
};

/// The accounts that the events name, in order of id; empty when it was stopped. One pass over the columns. Pure, any thread.
[[nodiscard]] std::vector<AccountActivity> accountActivity(const ColumnsSnapshot& data, Instant until, const std::stop_token& stop = {});

/// What is usual for a day: the median of those before the last on which anything happened; nothing when fewer than three did.
[[nodiscard]] std::optional<double> usualDay(const std::array<std::uint32_t, kActivityDays>& days);

} // namespace mailward
