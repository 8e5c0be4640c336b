// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Detection.h"

namespace mailward {

/// What the last 30 days say about one account being in wrong hands, its worst day: the detectors' points with the signs in
/// words. From settings.riskAlert on it counts as lost.
struct AccountScore {
    UntrustedText name;
    double score = 0;
    bool lost = false;
    Instant at{}; ///< last of the signs
    std::vector<QString> signs; ///< the weightiest first
};

/// Accounts with any sign, by name. `incidents`: what findIncidents() found over the same tape. Pure and thread-safe.
[[nodiscard]] std::vector<AccountScore> scoreAccounts(const detect::Tape& tape, const DetectSettings& settings, const DetectRequest& request,
                                                      const std::vector<Incident>& incidents);

} // namespace mailward
