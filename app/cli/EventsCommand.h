// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// `events FILE...`: every recognised line as an object (or a row), or with --count the totals alone.
int runEvents(const Context& context);

} // namespace mailward::cli
