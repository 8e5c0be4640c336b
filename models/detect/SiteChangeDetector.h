// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Hostile.h"

namespace mailward::detect {

/// A stretch in which more new strangers fail than this site knows at such hours.
struct SiteChange {
    std::int64_t begin = 0;
    std::int64_t end = 0;          ///< last sign
    std::int64_t alarm = 0;        ///< when it was certain
    double expectedPerHour = 0;    ///< new failing strangers that are usual; 0 while that is not known
    bool known = false;            ///< the log was old enough to tell what is usual
    bool targeted = false;         ///< seen among those at accounts that exist, which bots of every day hardly know
};

/// CUSUM (Page 1954) over the arrival of new failing strangers, against the same hours of past days; a change takes no part in
/// the baseline of what comes after. Without a past: fixed thresholds, and the share of strangers in blocks of 100 attempts
/// against a beta-binomial (after Javed and Paxson 2013). Watched twice: all strangers, and those at accounts that exist, so that a
/// slow attack does not hide among the bots of every day. By begin; the two kinds may overlap.
[[nodiscard]] std::vector<SiteChange> findSiteChanges(const Tape& tape, const Hostile& hostile, const Standing& standing, Door door,
                                                      const DetectSettings& settings);

/// P(at least k of n) for a beta-binomial with parameters a and b.
[[nodiscard]] double betaBinomialTail(int n, int k, double a, double b);

} // namespace mailward::detect
