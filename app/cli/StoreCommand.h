// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// What the event store holds and keeps; sets the limits.
[[nodiscard]] int runStore(const Context& context);

} // namespace mailward::cli
