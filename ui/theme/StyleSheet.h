// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QString>

namespace mailward {

/// The little that a palette cannot say: panels, flat tabs, quiet headers, buttons by rank. Colours come from the tokens.
[[nodiscard]] QString styleSheet(const QPalette& palette);

} // namespace mailward
