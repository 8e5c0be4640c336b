// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Standing.h"

namespace mailward::detect {

/// One source that offers mail for strangers, or asks for mailboxes that are not here.
struct RefusedSource {
    std::uint32_t address = 0;
    std::uint32_t refusals = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t alarm = 0;
    std::uint16_t server = 0;
};

/// Sources with many refusals within a day; `relay` picks relay attempts, otherwise unknown mailboxes. By address.
[[nodiscard]] std::vector<RefusedSource> findRefusedSources(const Tape& tape, const Standing& standing, bool relay, const DetectSettings& settings);

/// A flood of bounces for mail that nobody here has sent.
struct BackscatterWave {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t alarm = 0;
    std::uint32_t count = 0;
};

[[nodiscard]] std::vector<BackscatterWave> findBackscatter(const Tape& tape, const DetectSettings& settings);

} // namespace mailward::detect
