// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Standing.h"

namespace mailward::detect {

/// What speaks for an account being in wrong hands. One kind counts once, with its most points.
enum class RiskSign : std::uint8_t { NewCountry, ManyCountries, Hop, ManyNetworks, SendBurst, Bounces, Besieged, NewNetwork, FirstUse };
inline constexpr std::size_t kRiskSigns = 9;
/// "log-ins from a country that it never came from".
[[nodiscard]] QString riskSignText(RiskSign sign);

/// An account whose signs within 24 hours reach the alert.
struct AccountRisk {
    std::uint32_t account = kNobody;
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t alarm = 0;
    double score = 0;
    std::array<double, kRiskSigns> points{};
    std::vector<std::uint32_t> logins; ///< unusual successes, indexes into the tape
    std::vector<std::uint32_t> steps;  ///< its mail in that time, indexes into Tape::mail
    std::uint32_t mails = 0;
    std::uint32_t strangeMails = 0; ///< of them from networks that nobody trusts
    std::uint32_t recipients = 0;
    std::uint32_t bounces = 0;
    bool fromUsualPlace = false; ///< nothing but mail, and all of it from where its owner is

    [[nodiscard]] bool has(RiskSign sign) const { return points[static_cast<std::size_t>(sign)] > 0; }
};

/// An account that attackers were guessing at, and until when a success from one of their countries is suspicious: for a while after
/// the attack, or where customers live, too, in its own hours only. kNobody stands for every mailbox that nobody had used before:
/// such a one opens at the first guess, and nothing else was tried at it.
struct Besieged {
    std::uint32_t account = kNobody;
    std::int64_t from = 0;
    std::int64_t end = 0;
    std::int64_t until = 0;
    std::vector<CountryCode> countries; ///< from which a good part of the attack came
    bool heavily = false;               ///< by many of them, not one or two
};

/// `besieged` is sorted by account.
[[nodiscard]] std::vector<AccountRisk> findAccountRisks(const Tape& tape, const Standing& standing, const std::vector<Besieged>& besieged,
                                                        const DetectSettings& settings);

} // namespace mailward::detect
