// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// `bans [--server NAME]... [--who ADDRESS] [--unban PREFIX]... [--export FORMAT]` asks the servers;
/// `bans --import FILE | --country CC [--ttl S]` prints a plan for `apply`.
int runBans(const Context& context);

} // namespace mailward::cli
