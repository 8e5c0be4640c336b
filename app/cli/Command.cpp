// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Command.h"

#include "app/controllers/Parts.h"

#include <cstdio>

namespace mailward::cli {

QByteArray jsonString(const QString& text)
{
    QByteArray out;
    out.reserve(text.size() + 2);
    out += '"';
    const QByteArray utf8 = text.toUtf8();
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            out += "\\u00" + QByteArray::number(byte, 16).rightJustified(2, '0');
        } else {
            out += c;
        }
    }
    out += '"';
    return out;
}

void JsonLine::key(const char* name)
{
    m_line += m_line.isEmpty() ? "{\"" : ",\"";
    m_line += name;
    m_line += "\":";
}

JsonLine& JsonLine::text(const char* name, const QString& value)
{
    key(name);
    m_line += jsonString(value);
    return *this;
}

JsonLine& JsonLine::number(const char* name, qint64 value)
{
    key(name);
    m_line += QByteArray::number(value);
    return *this;
}

JsonLine& JsonLine::real(const char* name, double value, int decimals)
{
    key(name);
    m_line += QByteArray::number(value, 'f', decimals);
    return *this;
}

JsonLine& JsonLine::flag(const char* name, bool value)
{
    key(name);
    m_line += value ? "true" : "false";
    return *this;
}

JsonLine& JsonLine::null(const char* name)
{
    key(name);
    m_line += "null";
    return *this;
}

JsonLine& JsonLine::json(const char* name, const QByteArray& json)
{
    key(name);
    m_line += json;
    return *this;
}

void JsonLine::print() const
{
    const QByteArray line = (m_line.isEmpty() ? QByteArray("{") : m_line) + "}\n";
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
}

int printError(const Error& error)
{
    std::fprintf(stderr, "mailward-cli: %s\n", qUtf8Printable(error.text));
    if (!error.hint.isEmpty()) {
        std::fprintf(stderr, "  hint: %s\n", qUtf8Printable(error.hint));
    }
    return kFailed;
}

std::shared_ptr<const GeoDatabase> geography(const Context& context)
{
    Error problem;
    auto geo = openGeography(context.paths, &problem);
    if (!geo) {
        printError(problem);
    }
    return geo;
}

int wrongUse(const QString& sentence)
{
    std::fprintf(stderr, "mailward-cli: %s\n  try: mailward-cli help\n", qUtf8Printable(sentence));
    return kWrongUse;
}

} // namespace mailward::cli
