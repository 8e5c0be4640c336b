// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct pcre2_real_code_8;

namespace mailward {

/// What a named group of a pattern can fill. Names for packs: captureName().
enum class Capture : std::uint8_t {
    Ip, Host, Account, Session, Qid, NewQid, From, To, Status, Dsn, Attempts, Service, Reporter
};
inline constexpr std::size_t kCaptureCount = 13;

[[nodiscard]] std::string_view captureName(Capture capture);

/// A sample line of a rule, and what must come out of it. Only what is set is compared, but an address or an account that
/// the sample does not name must not come out either.
struct RuleSample {
    std::string line;
    std::string ip;
    std::string account;
    std::vector<std::pair<std::string, std::string>> others; ///< field name, expected text
};

/// One compiled rule. What its fields mean stands in resources/rules/README.md.
struct Rule {
    enum class Meaning : std::uint8_t { Event, Boring, Note };

    std::string pack;
    std::string name;
    std::string defaultProgram; ///< Event::program for lines without a tag
    std::vector<std::string> programs;
    std::string literal; ///< must stand somewhere in the message; empty: no check
    std::uint32_t literalNumber = 0; ///< the same for rules with the same literal
    std::size_t rarest = 0; ///< index in `literal` of the character to look for first
    std::string prefix;  ///< the message must start so (as the pack says, or as the pattern begins); empty: no check
    std::shared_ptr<pcre2_real_code_8> code; ///< null: literal and prefix alone decide
    bool isJit = false;
    /// The pattern's named groups and what they fill (the first that took part, when a name stands in several branches).
    std::vector<std::pair<std::uint32_t, Capture>> groups;
    std::uint32_t groupCount = 0;
    std::bitset<256> firstBytes; ///< a message that begins with another byte is none of this rule's
    bool takesEmpty = false;     ///< the empty message may be one of this rule's

    Meaning meaning = Meaning::Event;
    EventKind kind = EventKind::Probe;
    Outcome outcome = Outcome::None;
    std::optional<Service> service; ///< nothing: from the captured word, else from the program
    std::string detail;
    std::optional<std::uint32_t> attempts; ///< nothing: captured, else 1 for a failure or success, else 0
    std::string reporter;  ///< which voice of a guess this is; empty: the line stands alone
    bool sessionIsPid = false;
    bool isUsers = false; ///< from the user's own packs

    std::vector<RuleSample> samples;
};

} // namespace mailward
