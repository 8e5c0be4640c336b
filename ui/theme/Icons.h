// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/Theme.h"

#include <QIcon>

namespace mailward {

/// Our line icon `name` (resources/icons), drawn in a token's colour of the palette that is on when it is painted: it
/// follows a change of theme by itself and is sharp at any scale.
[[nodiscard]] QIcon icon(const QString& name, Token token = Token::Muted);
/// The program's own icon.
[[nodiscard]] QIcon applicationIcon();

} // namespace mailward
