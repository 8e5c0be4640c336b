// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// `apply PLAN.json [--server NAME]... [--confirm-within S] [--preview] [--again]`
int runApply(const Context& context);
/// `confirm ID`
int runConfirm(const Context& context);
/// `revert ID`
int runRevert(const Context& context);

} // namespace mailward::cli
