// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Hostile.h"

namespace mailward::detect {

/// Hostile attempts that one detector has explained, as indexes into the tape in the order of time.
struct AttackGroup {
    IncidentKind kind = IncidentKind::BruteForce;
    Door door = Door::Mail;
    std::vector<std::uint32_t> attempts;
    std::vector<std::pair<std::uint32_t, double>> confidences; ///< by address; empty: all of them certain
    std::vector<std::uint32_t> fanAccounts;                    ///< with an account fan-in, sorted
    std::int64_t alarm = 0;
    bool everyday = false;      ///< such a thing happens here all the time
    double expectedPerHour = 0; ///< of a site-wide change
    bool siteChange = false;
};

/// Networks (/24, /64) that try a few passwords at many accounts. Takes what it explains out of `hostile`.
[[nodiscard]] std::vector<AttackGroup> takeSprays(const Tape& tape, Hostile& hostile, const DetectSettings& settings);

/// Sources with many attempts, grouped by time. Takes what it explains out of `hostile`.
[[nodiscard]] std::vector<AttackGroup> takeLoudSources(const Tape& tape, Hostile& hostile, Door door, const DetectSettings& settings);

} // namespace mailward::detect
