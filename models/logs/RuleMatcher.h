// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/logs/Envelope.h"
#include "models/logs/RuleBook.h"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace mailward {

/// What a rule took from a message; views into it.
struct RuleMatch {
    enum class Verdict : std::uint8_t { Unknown, Limited, Boring, Note, Event };

    Verdict verdict = Verdict::Unknown;
    const Rule* rule = nullptr;
    Service service = Service::Other;
    std::string_view program; ///< lives as long as the matcher
    std::optional<IpAddress> ip;
    std::array<std::string_view, kCaptureCount> text; ///< by Capture; only those that are present mean something
    std::uint32_t present = 0; ///< bit n: capture n took part, even if empty
    std::uint32_t attempts = 0;

    [[nodiscard]] std::string_view operator[](Capture capture) const
    {
        return has(capture) ? text[static_cast<std::size_t>(capture)] : std::string_view();
    }
    /// As new, but for the texts.
    void reset(std::string_view programName)
    {
        verdict = Verdict::Unknown;
        rule = nullptr;
        service = Service::Other;
        program = programName;
        ip.reset();
        present = 0;
        attempts = 0;
    }
    [[nodiscard]] bool has(Capture capture) const { return ((present >> static_cast<unsigned>(capture)) & 1U) != 0; }
};

/// Finds the rule of a message: by program, literal, then one anchored match with limits on its steps and its heap, so that
/// no text can make it slow. One a thread; it keeps the match data and what it learnt of program names.
class RuleMatcher
{
public:
    explicit RuleMatcher(std::shared_ptr<const RuleBook> rules);
    ~RuleMatcher();
    RuleMatcher(RuleMatcher&&) noexcept;
    RuleMatcher& operator=(RuleMatcher&&) noexcept;

    void match(const Envelope& envelope, RuleMatch& out);
    /// Whether a rule takes a text that no daemon writes: it would hide what nobody knows.
    [[nodiscard]] bool matchesAnything(const Rule& rule);
    [[nodiscard]] const RuleBook& rules() const { return *m_rules; }

private:
    struct Pcre;
    struct Program {
        std::string name;
        std::vector<const Rule*> rules;
        Service service = Service::Other;
    };

    const Program& programOf(const Envelope& envelope);
    bool tryRule(const Rule& rule, std::string_view message, RuleMatch& out, bool& limited);
    void finish(const Rule& rule, const Program& program, RuleMatch& out) const;

    std::shared_ptr<const RuleBook> m_rules;
    std::unique_ptr<Pcre> m_pcre;
    struct NameHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, Program, NameHash, std::equal_to<>> m_programs;
    std::string m_key;
    const Program* m_last = nullptr;
    Program m_overflow; ///< for names beyond those that are kept
};

/// The address in a slot: brackets around it, "IPv6:" before it, a zone id or a port after it are cut; then it must be a literal.
[[nodiscard]] std::optional<IpAddress> addressFromSlot(std::string_view slot);

/// "imap-login", "imapd-ssl", "postfix/submission/smtpd", "smtps" ...: the service that a word of a log stands for.
[[nodiscard]] std::optional<Service> serviceFromWord(std::string_view word);

} // namespace mailward
