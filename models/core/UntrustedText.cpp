// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/UntrustedText.h"

#include <QChar>
#include <optional>

namespace mailward {

namespace {

/// One UTF-8 code point from the front of `text` (RFC 3629: no overlong forms, no surrogates); nothing if it is not one.
std::optional<char32_t> takeCodePoint(std::string_view& text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    std::size_t length = 1;
    char32_t value = lead;
    char32_t least = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
        value = lead & 0x1FU;
        least = 0x80;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        value = lead & 0x0FU;
        least = 0x800;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        value = lead & 0x07U;
        least = 0x10000;
    } else if (lead >= 0x80) {
        return std::nullopt;
    }
    if (text.size() < length) {
        return std::nullopt;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) {
            return std::nullopt;
        }
        value = (value << 6) | (byte(i) & 0x3FU);
    }
    if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return std::nullopt;
    }
    text.remove_prefix(length);
    return value;
}

QString escapedByte(unsigned char byte)
{
    return QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
}

/// What a reader cannot see, or what changes how its neighbours are drawn.
bool isInvisible(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    case QChar::Separator_Space: return c != U' ';
    default: break;
    }
    // Fillers and blanks that are letters to Unicode and nothing to the eye.
    return c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x2800 || c == 0x3164 || c == 0xFFA0 ||
           (c >= 0x17B4 && c <= 0x17B5) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE0FFF);
}

QString escapedCodePoint(char32_t c)
{
    return QStringLiteral("\u27E8U+%1\u27E9").arg(QString::number(static_cast<uint>(c), 16).toUpper(), 4, QLatin1Char('0'));
}

} // namespace

QString UntrustedText::plain(int maxCharacters) const
{
    QString out;
    int characters = 0;
    std::string_view rest = m_raw;
    while (!rest.empty()) {
        if (maxCharacters > 0 && characters == maxCharacters) {
            return out + QChar(0x2026);
        }
        ++characters;
        const auto first = static_cast<unsigned char>(rest.front());
        const auto c = takeCodePoint(rest);
        if (!c) {
            out += escapedByte(first);
            rest.remove_prefix(1);
        } else if (isInvisible(*c)) {
            out += escapedCodePoint(*c);
        } else {
            out += QChar::fromUcs4(*c);
        }
    }
    return out;
}

QString UntrustedText::html(int maxCharacters) const
{
    QString out = plain(maxCharacters).toHtmlEscaped();
    return out.replace(QLatin1Char('\''), QLatin1String("&#39;"));
}

QString UntrustedText::csv() const
{
    QString out = plain(0);
    // The first raw byte decides too: an invisible lead such as TAB or CR is already escaped by plain().
    static const QString kFormula = QStringLiteral("=+-@\uFF1D\uFF0B\uFF0D\uFF20");
    const QString trimmed = out.trimmed();
    if (!trimmed.isEmpty() && kFormula.contains(trimmed.front())) {
        out.prepend(QLatin1Char('\''));
    }
    out.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return QLatin1Char('"') + out + QLatin1Char('"');
}

QString UntrustedText::json() const
{
    QString out;
    std::string_view rest = m_raw;
    while (!rest.empty()) {
        const auto first = static_cast<unsigned char>(rest.front());
        if (const auto c = takeCodePoint(rest)) {
            out += QChar::fromUcs4(*c);
        } else {
            out += escapedByte(first);
            rest.remove_prefix(1);
        }
    }
    return out;
}

} // namespace mailward
