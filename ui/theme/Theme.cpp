// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/Theme.h"

#include "ui/theme/StyleSheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStyleFactory>
#include <QVariant>
#include <QWidget>
#include <array>

namespace mailward {

namespace {

struct Shades {
    QRgb light;
    QRgb dark;
};

constexpr std::array<Shades, static_cast<std::size_t>(Token::Count)> kShades{{
    {0xFFF3F4F6, 0xFF14171B}, // Canvas
    {0xFFFFFFFF, 0xFF1C2026}, // Surface
    {0xFFE1E4E8, 0xFF30363E}, // Line
    {0xFFEEF0F2, 0xFF282D34}, // FaintLine
    {0xFF1C2128, 0xFFE6E9ED}, // Text
    {0xFF5F6B7A, 0xFF9BA6B3}, // Muted
    {0xFF8B95A1, 0xFF727D8A}, // Faint
    {0xFF2F6FDE, 0xFF6CA4FF}, // Accent
    {0xFFE8F0FE, 0xFF1E2E4A}, // AccentSoft
    {0xFFFFFFFF, 0xFF0F1622}, // OnAccent
    {0xFF20262E, 0xFF0F1215}, // Rail
    {0xFF333B46, 0xFF22272E}, // RailActive
    {0xFFFFFFFF, 0xFFFFFFFF}, // RailText
    {0xFFA9B3BF, 0xFF9BA6B3}, // RailMuted
    {0xFFE6E9ED, 0xFF2B3139}, // Land
    {0xFFF7F9FB, 0xFF181C21}, // Sea
    {0xFFD55E00, 0xFFF0803C}, // Failure
    {0xFF0072B2, 0xFF4BA6E0}, // Success
    {0xFF8A94A3, 0xFF7B8693}, // Blocked
    {0xFF009E73, 0xFF35C296}, // Sent
    {0xFFE6A100, 0xFFF2BC3A}, // Bounced
    {0xFFB42318, 0xFFFF7A6B}, // Critical
    {0xFFC2570C, 0xFFF59A4B}, // High
    {0xFF147D5B, 0xFF4CC79B}, // Good
    {0xFFF3F4F6, 0xFF14171B}, // RawLine
}};

constexpr const char* kDesktopWasDark = "mailward.desktopWasDark";

bool wantsDark(QApplication& application, ThemeChoice choice)
{
    if (!application.property(kDesktopWasDark).isValid()) {
        application.setProperty(kDesktopWasDark, isDark(application.palette()));
    }
    return choice == ThemeChoice::Auto ? application.property(kDesktopWasDark).toBool() : choice == ThemeChoice::Dark;
}

QColor shade(Token token, bool dark)
{
    const Shades& shades = kShades[static_cast<std::size_t>(token)];
    return QColor(dark ? shades.dark : shades.light);
}

QPalette paletteOf(bool dark)
{
    const auto c = [dark](Token token) { return shade(token, dark); };
    QPalette palette;
    palette.setColor(QPalette::Window, c(Token::Canvas));
    palette.setColor(QPalette::Base, c(Token::Surface));
    palette.setColor(QPalette::AlternateBase, c(Token::Canvas));
    palette.setColor(QPalette::Button, c(Token::Surface));
    palette.setColor(QPalette::ToolTipBase, c(Token::Surface));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, c(Token::Text));
        palette.setColor(QPalette::Disabled, role, c(Token::Faint));
    }
    palette.setColor(QPalette::PlaceholderText, c(Token::Muted));
    palette.setColor(QPalette::BrightText, c(Token::Critical));
    palette.setColor(QPalette::Highlight, c(Token::Accent));
    palette.setColor(QPalette::HighlightedText, c(Token::OnAccent));
    palette.setColor(QPalette::Link, c(Token::Accent));
    palette.setColor(QPalette::LinkVisited, c(Token::Accent));
    palette.setColor(QPalette::Light, c(Token::FaintLine));
    palette.setColor(QPalette::Midlight, c(Token::FaintLine));
    palette.setColor(QPalette::Mid, c(Token::Line));
    palette.setColor(QPalette::Dark, c(Token::Faint));
    palette.setColor(QPalette::Shadow, c(Token::Muted));
    return palette;
}

QFont scaled(qreal factor)
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * factor);
    return font;
}

} // namespace

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

QColor color(Token token, const QPalette& palette)
{
    return shade(token, isDark(palette));
}

QColor color(Token token, const QWidget* widget)
{
    return color(token, widget->palette());
}

Token tokenOf(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Plain: return Token::Text;
    case Meaning::Muted: return Token::Muted;
    case Meaning::Failure: return Token::Failure;
    case Meaning::Success: return Token::Success;
    case Meaning::Blocked: return Token::Blocked;
    case Meaning::Sent: return Token::Sent;
    case Meaning::Bounced: return Token::Bounced;
    case Meaning::Good: return Token::Good;
    case Meaning::Warning:
    case Meaning::High: return Token::High;
    case Meaning::Critical: return Token::Critical;
    }
    return Token::Text;
}

QColor softColor(Token token, const QPalette& palette)
{
    const QColor strong = color(token, palette);
    const QColor base = color(Token::Surface, palette);
    const auto mix = [](int a, int b) { return (a * 13 + b * 87) / 100; };
    return {mix(strong.red(), base.red()), mix(strong.green(), base.green()), mix(strong.blue(), base.blue())};
}

QFont captionFont()
{
    return scaled(0.93);
}

QFont titleFont()
{
    QFont font = QApplication::font();
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont monoFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF() * 0.96);
    return font;
}

void applyTheme(QApplication& application, ThemeChoice choice)
{
    const bool dark = wantsDark(application, choice);
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    font.setPointSizeF(std::max(font.pointSizeF(), 9.75));
    application.setFont(font);
    const QPalette palette = paletteOf(dark);
    application.setPalette(palette);
    application.setStyleSheet(styleSheet(palette));
}

} // namespace mailward
