// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"
#include "models/respond/Executor.h"

namespace mailward::cli {

/// The servers that a verb speaks to: those named, else all.
[[nodiscard]] Result<std::vector<ExecutorTarget>> targetsFor(const Context& context, const QStringList& named);

/// `apply PLAN.json [--server NAME]... [--confirm-within S] [--preview]`
int runApply(const Context& context);
/// `confirm ID`
int runConfirm(const Context& context);
/// `revert ID`
int runRevert(const Context& context);
/// `bans [--server NAME]... [--unban PREFIX]`
int runBans(const Context& context);

} // namespace mailward::cli
