// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Standing.h"

namespace mailward::detect {

/// One device that goes on trying one wrong password.
struct StaleDevice {
    std::uint32_t account = kNobody;
    std::uint32_t address = 0;
    std::uint32_t tries = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::uint16_t server = 0;
};

/// The failures of strangers: what is left when mistakes that healed, known networks, old passwords and special addresses
/// are taken away. Indexes into the tape, in the order of time.
struct Hostile {
    std::vector<std::uint32_t> attempts;
    std::vector<StaleDevice> stale;
};

[[nodiscard]] Hostile findHostile(const Tape& tape, const Standing& standing, const DetectSettings& settings);

} // namespace mailward::detect
