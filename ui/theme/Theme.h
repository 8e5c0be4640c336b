// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/Target.h"

#include <QColor>
#include <QFont>
#include <QPalette>

class QApplication;
class QWidget;

namespace mailward {

/// All colours of the window by what they mean. Values: Theme.cpp, nowhere else.
enum class Token : std::uint8_t {
    Canvas, Surface, Line, FaintLine, Text, Muted, Faint, Accent, AccentSoft, OnAccent, Rail, RailActive, RailText, RailMuted,
    Land, Sea, Failure, Success, Blocked, Sent, Bounced, Critical, High, Good, RawLine, Count
};

enum class ThemeChoice : std::uint8_t { Auto, Light, Dark };

/// Spacing in steps of four pixels.
inline constexpr int kSpace = 4;
inline constexpr int kGap = 2 * kSpace;     ///< between panels
inline constexpr int kPadding = 3 * kSpace; ///< inside a panel
inline constexpr int kRowHeight = 25;
inline constexpr int kCorner = 5;

/// Which of the two sets is on is read from the palette, so there is no state beside it.
[[nodiscard]] bool isDark(const QPalette& palette);
[[nodiscard]] QColor color(Token token, const QPalette& palette);
[[nodiscard]] QColor color(Token token, const QWidget* widget);
[[nodiscard]] Token tokenOf(Meaning meaning);
/// The meaning's colour, mixed into the surface: for backgrounds of words in that colour.
[[nodiscard]] QColor softColor(Token token, const QPalette& palette);

/// One size for content, one for captions, one fixed-width for addresses and raw lines.
[[nodiscard]] QFont captionFont();
[[nodiscard]] QFont titleFont();
[[nodiscard]] QFont monoFont();

/// Style, palette, font and the small style sheet. Auto looks at the desktop's palette as it was at the first call.
void applyTheme(QApplication& application, ThemeChoice choice);

} // namespace mailward
