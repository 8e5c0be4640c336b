// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

class QString;
class QWidget;

namespace mailward {

/// Paints a widget into a file: SVG when the name ends so, else PNG in twice its size. Text stays text in SVG, escaped.
[[nodiscard]] Result<void> writePicture(QWidget& what, const QString& path);

} // namespace mailward
