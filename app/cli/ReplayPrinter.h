// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"
#include "models/detect/ReplayJail.h"

namespace mailward::cli {

/// What a jail or a plan would have done, as an object or in words: the fields of "judge" and "replay".
void printResult(const Context& context, const ReplayResult& result);

} // namespace mailward::cli
