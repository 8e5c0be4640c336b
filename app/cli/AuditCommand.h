// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// `audit`: the audit log. `audit --verify [--server NAME]...`: whether its chain is whole, and the one whose heads the servers hold.
int runAudit(const Context& context);

} // namespace mailward::cli
