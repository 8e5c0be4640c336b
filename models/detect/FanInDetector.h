// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Hostile.h"

namespace mailward::detect {

/// Many strangers at one account.
struct FanIn {
    std::uint32_t account = kNobody;
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t alarm = 0;
    std::uint32_t mostPerDay = 0; ///< different strangers within 24 h
};

/// Counts different strangers at each account in 1 h and 24 h, against what this account has long been used to. Names that
/// do not exist here are tried by every bot and say nothing. Mail services only: everybody guesses at root.
[[nodiscard]] std::vector<FanIn> findFanIns(const Tape& tape, const Hostile& hostile, const Standing& standing, const DetectSettings& settings);

} // namespace mailward::detect
