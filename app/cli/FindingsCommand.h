// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// `findings FILE...`: the incidents that log files tell of.
int runFindings(const Context& context);

} // namespace mailward::cli
