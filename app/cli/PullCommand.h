// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// `pull [--server NAME] [--follow]`: logs of the servers into the store; one line a server a round.
int runPull(const Context& context);

} // namespace mailward::cli
