// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// `replay FILE...`: what a fail2ban jail would have done to these logs.
int runReplay(const Context& context);

} // namespace mailward::cli
