// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Time.h"

#include <cstdint>
#include <optional>

namespace mailward {

/// What the event store holds, and what it keeps at most.
struct StorageView {
    std::uint64_t fileBytes = 0;
    std::uint64_t rawBytes = 0; ///< of them raw lines, compressed
    std::uint64_t events = 0;
    std::optional<Instant> oldest;
    int keepDays = 0;
    std::uint64_t keepRawBytes = 0;
    std::uint64_t maxBytes = 0;
};

} // namespace mailward
