// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

int runPlan(const Context& context);
int runJudge(const Context& context);

} // namespace mailward::cli
