// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/logs/Envelope.h"
#include "models/logs/RuleBook.h"

#include <array>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

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
    /// A rule, and the first bytes of its prefix: most rules are passed over for them alone.
    struct Candidate {
        std::uint64_t word = 0;
        std::uint64_t mask = 0;
        const Rule* rule = nullptr;
    };
    /// The rules of a program by the first byte of the message, list after list; the last list is that of the empty message.
    struct Dispatch {
        static constexpr std::size_t kEmpty = 256;
        std::vector<Candidate> rules;
        std::array<std::uint32_t, 258> starts{};

        [[nodiscard]] std::span<const Candidate> of(std::size_t first) const
        {
            return std::span(rules).subspan(starts[first], starts[first + 1] - starts[first]);
        }
    };
    struct Program {
        std::string name;
        std::shared_ptr<const Dispatch> rules;
        Service service = Service::Other;
    };

    const Program& programOf(const Envelope& envelope);
    const Program& learn(const Envelope& envelope);
    std::shared_ptr<const Dispatch> dispatchOf(const std::vector<std::uint32_t>& rules);
    /// What was found out about a message while its rules are tried.
    struct Try {
        std::string_view message;
        std::uint32_t literalNumber = UINT32_MAX; ///< looked for last
        bool hasLiteral = false;
        bool limited = false; ///< a rule ran out of steps
    };
    bool tryRule(const Rule& rule, Try& attempt, RuleMatch& out);
    static void finish(const Rule& rule, const Program& program, RuleMatch& out);

    std::shared_ptr<const RuleBook> m_rules;
    std::unique_ptr<Pcre> m_pcre;
    std::map<std::vector<std::uint32_t>, std::shared_ptr<const Dispatch>> m_dispatches; ///< many names share the same rules
    std::unordered_map<std::string, Program> m_programs;
    std::array<const Program*, 64> m_recent{}; ///< by a cheap hash of the name: nearly every line ends here
    std::string m_key;
    Program m_overflow; ///< for names beyond those that are kept
};

/// The address in a slot: brackets around it, "IPv6:" before it, a zone id or a port after it are cut; then it must be a literal.
[[nodiscard]] std::optional<IpAddress> addressFromSlot(std::string_view slot);

/// "imap-login", "imapd-ssl", "postfix/submission/smtpd", "smtps" ...: the service that a word of a log stands for.
[[nodiscard]] std::optional<Service> serviceFromWord(std::string_view word);

} // namespace mailward
