// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// `rules test`: checks every pack against its samples; exit 1 when a rule does not load.
int runRules(const Context& context);

} // namespace mailward::cli
