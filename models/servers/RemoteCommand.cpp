// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/RemoteCommand.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace mailward {

namespace {

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '.' || c == '_' || c == '-';
}

} // namespace

std::string quoteForShell(std::string_view word)
{
    if (!word.empty() && std::all_of(word.begin(), word.end(), isPlain)) {
        return std::string(word);
    }
    std::string out = "'";
    for (const char c : word) {
        if (c == '\'') {
            out += "'\\''";
        } else {
            out += c;
        }
    }
    return out + '\'';
}

RemoteCommand::RemoteCommand(std::initializer_list<std::string_view> words)
    : m_words(words.begin(), words.end())
{
}

RemoteCommand RemoteCommand::script(std::string_view text, const std::vector<std::string>& arguments)
{
    std::vector<std::string> words{"/bin/sh", "-c", std::string(text), "mailward"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return RemoteCommand(std::move(words));
}

Result<std::string> RemoteCommand::shellLine(std::string_view marker) const
{
    const auto hasNul = [](const std::string& word) { return word.find('\0') != std::string::npos; };
    if (m_words.empty() || m_words.front().empty() || std::any_of(m_words.begin(), m_words.end(), hasNul)) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("A command without words, or with a NUL byte in one."));
    }
    const std::string quoted = quoteForShell(marker);
    std::string line = "echo " + quoted + "; echo " + quoted + " >&2; exec env LC_ALL=C";
    for (const std::string& word : m_words) {
        line += ' ';
        line += quoteForShell(word);
    }
    return line;
}

std::string newMarker()
{
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    std::string marker = "mw";
    for (const quint32 part : random) {
        static constexpr std::string_view kDigits = "0123456789abcdef";
        for (int shift = 28; shift >= 0; shift -= 4) {
            marker += kDigits[(part >> shift) & 0xFU];
        }
    }
    return marker;
}

} // namespace mailward
