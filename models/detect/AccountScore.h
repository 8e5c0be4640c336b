// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/UntrustedText.h"
#include "models/detect/DetectSettings.h"

#include <QString>
#include <vector>

namespace mailward {

/// What the last 30 days say about one account being in wrong hands, its worst day: the detectors' points with the signs in
/// words. Who is lost is told by the incidents, not by a score.
struct AccountScore {
    UntrustedText name;
    double score = 0;
    std::vector<QString> signs; ///< the weightiest first
};

namespace detect {

struct AccountRisk;
struct Tape;

/// Thresholds under which one sign alone makes a risk.
[[nodiscard]] DetectSettings showingEverySign(DetectSettings settings);

/// The worst of each account's risks that ended after `since`, by name.
[[nodiscard]] std::vector<AccountScore> scoresOf(const Tape& tape, std::vector<AccountRisk> risks, std::int64_t since);

} // namespace detect

} // namespace mailward
