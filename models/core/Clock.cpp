// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/Clock.h"

namespace mailward {

Instant SystemClock::now() const
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

} // namespace mailward
