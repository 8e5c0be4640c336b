// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// `servers add/list/check/trust/remove`: the inventory.
int runServers(const Context& context);

} // namespace mailward::cli
