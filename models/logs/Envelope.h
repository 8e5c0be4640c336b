// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/Stamp.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace mailward {

class RuleBook;

/// What stands around a message. Views point into the line or into the Scratch that parsed it.
struct Envelope {
    Stamp stamp;
    bool hasStamp = false;
    std::string_view host;
    std::string_view program; ///< tag without pid; "dovecot" where `process` is set
    std::string_view process; ///< Dovecot's process word: "imap-login"
    std::string_view pid;
    std::string_view message;
    std::uint32_t repeats = 1;  ///< "message repeated N times: [ message ]"
    bool repeatsLast = false;   ///< "last message repeated N times": the line before counts `repeats` times more
};

/// Room for text that does not stand in the line as it is (decoded JSON). clear() when no Envelope needs it any more.
class Scratch
{
public:
    void clear() { m_used = 0; }
    [[nodiscard]] std::string& next()
    {
        if (m_used == m_texts.size()) {
            m_texts.emplace_back();
        }
        return m_texts[m_used++];
    }

private:
    std::deque<std::string> m_texts;
    std::size_t m_used = 0;
};

/// Reads the envelope of one line: hand-written, left to right, never fails (the whole line is the message then).
/// `rules` tells whether a word that looks like a tag is one, where the form alone does not say.
void parseEnvelope(std::string_view line, const RuleBook& rules, Scratch& scratch, Envelope& out);

} // namespace mailward
