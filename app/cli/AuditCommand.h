// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// `audit [--verify]`: the audit log, or whether its chain is whole.
int runAudit(const Context& context);

} // namespace mailward::cli
