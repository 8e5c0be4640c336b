// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/FanInDetector.h"
#include "models/detect/SiteChangeDetector.h"
#include "models/detect/SourceDetector.h"

namespace mailward::detect {

/// Which of the quiet strangers inside site-wide changes and account fan-ins belong to the attack, each with a probability:
/// prior odds from how far the hour is above what is usual, then likelihood ratios for country, shared targets, neighbours,
/// and for owners who got in elsewhere soon after. Takes the named ones out of `hostile`.
[[nodiscard]] std::vector<AttackGroup> takeCohorts(const Tape& tape, Hostile& hostile, const Standing& standing, Door door,
                                                   const std::vector<SiteChange>& changes, const std::vector<FanIn>& fanIns,
                                                   const DetectSettings& settings);

} // namespace mailward::detect
