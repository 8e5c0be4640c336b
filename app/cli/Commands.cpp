// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Command.h"

#include <array>

namespace mailward::cli {

std::span<const Command> commands()
{
    return {};
}

} // namespace mailward::cli
