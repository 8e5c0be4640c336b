// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/Envelope.h"

#include <algorithm>
#include <array>
#include <string_view>

// What the readers of envelopes share; of no use elsewhere.
namespace mailward {

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Removes blanks and tabs in front.
inline void trimLeft(std::string_view& text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
}

inline bool takePrefix(std::string_view& text, std::string_view prefix)
{
    if (!text.starts_with(prefix)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

/// A set of characters, for words of which every line has several.
class CharSet
{
public:
    constexpr explicit CharSet(std::string_view others)
    {
        for (int c = 0; c < 256; ++c) {
            const char sign = static_cast<char>(c);
            m_in[static_cast<std::size_t>(c)] = isLetter(sign) || isDigit(sign) || others.find(sign) != std::string_view::npos;
        }
    }
    [[nodiscard]] bool holds(std::string_view word) const
    {
        return std::all_of(word.begin(), word.end(), [&](char c) { return m_in[static_cast<unsigned char>(c)]; });
    }
    /// Index of the first character that is none of them, looking at no more than `most`.
    [[nodiscard]] std::size_t firstOther(std::string_view text, std::size_t most) const
    {
        std::size_t at = 0;
        most = std::min(most, text.size());
        while (at < most && m_in[static_cast<unsigned char>(text[at])]) {
            ++at;
        }
        return at;
    }

private:
    std::array<bool, 256> m_in{};
};

inline constexpr CharSet kTagChars("/-_.()@+");

/// "imap-login: Info: ...", "auth-worker(12): ...", "imap(user)<12><session>: ...": the word becomes Envelope::process.
bool splitDovecot(Envelope& out);

/// "message repeated 3 times: [ Failed ... ]", "last message repeated 3 times".
void splitRepeats(Envelope& out);

/// All that may stand in front of the message proper, once tag and host are known.
void finishMessage(Envelope& out);

} // namespace mailward
