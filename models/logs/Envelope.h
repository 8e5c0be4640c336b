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
    bool isSameStamp = false; ///< as in the line that the same EnvelopeParser read before; `stamp` is not set then
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

/// Reads the envelopes of the lines of one log. Hand-written, left to right, never fails (the whole line is the message then).
/// Remembers stamp and host of the line before, which most lines share.
class EnvelopeParser
{
public:
    /// `rules` tells whether a word that looks like a tag is one, where the form alone does not say. It must outlive the parser.
    explicit EnvelopeParser(const RuleBook& rules) : m_rules(rules) {}

    void parse(std::string_view line, Scratch& scratch, Envelope& out);

private:
    bool parseLikeLast(std::string_view line, Envelope& out);
    [[nodiscard]] bool isSameDay(std::string_view line) const;
    bool takeClock(std::string_view line, Stamp& stamp) const;
    void remember(std::string_view line, const Envelope& envelope);

    const RuleBook& m_rules;
    std::string m_hostText;  ///< host of the last line and the blank after it; empty: the line was not of the usual form
    std::string m_stampText; ///< what stood before
    Stamp m_stamp;
    StampForm m_form = StampForm::None;
};

/// One line by itself.
void parseEnvelope(std::string_view line, const RuleBook& rules, Scratch& scratch, Envelope& out);

} // namespace mailward
