// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"
#include "models/respond/Executor.h"

namespace mailward::cli {

/// The servers of the inventory that are named, or all; an error when one of the names is unknown.
[[nodiscard]] Result<std::vector<ExecutorTarget>> targetsFor(const Context& context, const QStringList& named);

} // namespace mailward::cli
