// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

namespace mailward::cli {

/// `query FILTER [--group G] [--top N]`: groups or events from the store.
int runQuery(const Context& context);

} // namespace mailward::cli
