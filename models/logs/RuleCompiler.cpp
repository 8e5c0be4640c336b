// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/RuleCompiler.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <cstring>

namespace mailward {

namespace {

constexpr std::array<std::string_view, kCaptureCount> kCaptureNames{
    "ip", "host", "account", "session", "qid", "newqid", "from", "to", "status", "dsn", "attempts", "service", "reporter"};

/// The first thing that is wrong with a rule; later ones would only confuse.
class Trouble
{
public:
    void say(std::string text)
    {
        if (m_text.empty()) {
            m_text = std::move(text);
        }
    }
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

std::string textOf(const toml::table& table, std::string_view key, Trouble& trouble)
{
    const auto* node = table.get(key);
    if (node == nullptr) {
        return {};
    }
    if (const auto* text = node->as_string()) {
        return text->get();
    }
    trouble.say(std::string(key) + " must be a text");
    return {};
}

std::vector<std::string> textsOf(const toml::table& table, std::string_view key, Trouble& trouble)
{
    std::vector<std::string> out;
    const auto* node = table.get(key);
    if (node == nullptr) {
        return out;
    }
    const auto* list = node->as_array();
    if (list == nullptr) {
        trouble.say(std::string(key) + " must be a list of texts");
        return out;
    }
    for (const auto& each : *list) {
        if (const auto* text = each.as_string()) {
            out.push_back(text->get());
        } else {
            trouble.say(std::string(key) + " must be a list of texts");
        }
    }
    return out;
}

void refuseOthers(const toml::table& table, std::initializer_list<std::string_view> known, Trouble& trouble)
{
    for (const auto& [key, value] : table) {
        if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
            trouble.say("unknown field '" + std::string(key.str()) + "'");
        }
    }
}

/// Sets Rule::groups from the pattern's named groups.
void readGroups(const pcre2_code_8* code, Rule& rule, Trouble& trouble)
{
    std::uint32_t count = 0;
    std::uint32_t size = 0;
    PCRE2_SPTR8 table = nullptr;
    pcre2_pattern_info_8(code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info_8(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info_8(code, PCRE2_INFO_NAMETABLE, &table);
    pcre2_pattern_info_8(code, PCRE2_INFO_CAPTURECOUNT, &rule.groupCount);
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto* entry = table + static_cast<std::size_t>(i) * size;
        const auto number = static_cast<std::uint32_t>(entry[0] << 8 | entry[1]);
        const std::string name(reinterpret_cast<const char*>(entry + 2));
        const auto* at = std::find(kCaptureNames.begin(), kCaptureNames.end(), name);
        if (at == kCaptureNames.end()) {
            trouble.say("a group may not be named '" + name + "'");
            return;
        }
        rule.groups.emplace_back(number, static_cast<Capture>(at - kCaptureNames.begin()));
    }
}

/// Whether a pattern is one sequence: no "|" but in groups. "No" where that is not plain to see.
bool isOneBranch(std::string_view pattern)
{
    constexpr std::string_view kPlainGroups = ":<=!>|";
    int depth = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        if (c == '\\') {
            if (++at == pattern.size() || pattern[at] == 'Q') {
                return false;
            }
        } else if (c == '[') { // a class, in which "]" may stand first
            at += pattern.substr(at + 1).starts_with('^') ? 1U : 0U;
            at += pattern.substr(at + 1).starts_with(']') ? 1U : 0U;
            for (++at; at < pattern.size() && pattern[at] != ']'; ++at) {
                if (pattern[at] == '[' || (pattern[at] == '\\' && (++at == pattern.size() || pattern[at] == 'Q'))) {
                    return false;
                }
            }
        } else if (c == '(') {
            const std::string_view rest = pattern.substr(at + 1);
            const bool isPlain = !rest.starts_with('*') && (!rest.starts_with('?') || (rest.size() > 1 && kPlainGroups.find(rest[1]) != std::string_view::npos));
            if (!isPlain) { // verbs, comments, options
                return false;
            }
            ++depth;
        } else if (c == ')') {
            --depth;
        } else if (c == '|' && depth <= 0) {
            return false;
        }
    }
    return depth == 0;
}

/// The plain characters that every match begins with, as far as that is easy to see: a message that begins with others needs no match.
std::string headOf(std::string_view pattern)
{
    constexpr std::string_view kPlainSigns = " :;,<>=!@%&_-/\"'~";
    std::string head;
    if (!isOneBranch(pattern)) {
        return head;
    }
    std::size_t at = 0;
    while (at < pattern.size()) {
        char c = pattern[at];
        std::size_t length = 1;
        if (c == '\\') {
            c = at + 1 < pattern.size() ? pattern[at + 1] : '\0';
            length = 2;
            if (std::ispunct(static_cast<unsigned char>(c)) == 0) {
                break;
            }
        } else if (std::isalnum(static_cast<unsigned char>(c)) == 0 && kPlainSigns.find(c) == std::string_view::npos) {
            break;
        }
        const char next = at + length < pattern.size() ? pattern[at + length] : '\0';
        if (next == '*' || next == '?' || next == '{') {
            break;
        }
        head += c;
        at += length;
        if (next == '+') {
            break;
        }
    }
    return head;
}

/// Sets Rule::firstBytes. The library tells what a match begins with only of a pattern that may match anywhere.
void readFirstBytes(const std::string& pattern, std::uint32_t options, Rule& rule)
{
    rule.firstBytes.set();
    rule.takesEmpty = true;
    int error = 0;
    PCRE2_SIZE offset = 0;
    const std::string loose = "(?:" + pattern + ")";
    const std::shared_ptr<pcre2_code_8> code(
        pcre2_compile_8(reinterpret_cast<PCRE2_SPTR8>(loose.data()), loose.size(), options, &error, &offset, nullptr), pcre2_code_free_8);
    std::uint32_t matchesEmpty = 1;
    std::uint32_t firstType = 0;
    if (!code || pcre2_pattern_info_8(code.get(), PCRE2_INFO_MATCHEMPTY, &matchesEmpty) != 0 || matchesEmpty != 0 ||
        pcre2_pattern_info_8(code.get(), PCRE2_INFO_FIRSTCODETYPE, &firstType) != 0) {
        return;
    }
    rule.takesEmpty = false;
    if (firstType == 1) {
        std::uint32_t unit = 0;
        pcre2_pattern_info_8(code.get(), PCRE2_INFO_FIRSTCODEUNIT, &unit);
        rule.firstBytes.reset();
        rule.firstBytes.set(unit & 0xFFU);
        if (std::isalpha(static_cast<int>(unit & 0xFFU)) != 0) { // "(?i)" may stand anywhere
            rule.firstBytes.set((unit ^ 0x20U) & 0xFFU);
        }
        return;
    }
    const std::uint8_t* bitmap = nullptr;
    pcre2_pattern_info_8(code.get(), PCRE2_INFO_FIRSTBITMAP, &bitmap);
    for (std::size_t byte = 0; bitmap != nullptr && byte < 256; ++byte) {
        rule.firstBytes.set(byte, ((static_cast<unsigned>(bitmap[byte / 8]) >> (byte % 8)) & 1U) != 0);
    }
}

void compilePattern(const std::string& pattern, RuleBook::Use use, Rule& rule, Trouble& trouble)
{
    int error = 0;
    PCRE2_SIZE offset = 0;
    // The whole message or nothing: what is not anchored is what an attacker writes around.
    const std::string whole = "\\A(?:" + pattern + ")\\z";
    const std::uint32_t options = PCRE2_DOTALL | PCRE2_DUPNAMES | PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C;
    pcre2_code_8* code = pcre2_compile_8(reinterpret_cast<PCRE2_SPTR8>(whole.data()), whole.size(), options, &error, &offset, nullptr);
    if (code == nullptr) {
        std::array<PCRE2_UCHAR8, 128> message{};
        pcre2_get_error_message_8(error, message.data(), message.size());
        const auto at = offset < 5 ? 0 : offset - 5;
        trouble.say("pattern: " + std::string(reinterpret_cast<const char*>(message.data())) + " at " + std::to_string(at));
        return;
    }
    rule.code = std::shared_ptr<pcre2_real_code_8>(code, pcre2_code_free_8);
    // Without it the interpreter serves, slower.
    rule.isJit = use == RuleBook::Use::Reading && pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE) == 0;
    readGroups(code, rule, trouble);
    if (const std::string head = headOf(pattern); head.size() > rule.prefix.size() && head.starts_with(rule.prefix)) {
        rule.prefix = head;
    }
    if (rule.prefix.empty()) {
        readFirstBytes(pattern, options, rule);
    }
}

/// Where the character stands that is met least in logs: the one to look for first.
std::size_t rarestOf(std::string_view literal)
{
    static constexpr std::string_view kCommonFirst = " e0ta1oinsr2.d=3l:4c5pmu6/7-8h9,gf@<>[]()bwvky";
    std::size_t best = 0;
    std::size_t bestRank = 0;
    for (std::size_t i = 0; i < literal.size(); ++i) {
        const std::size_t rank = std::min(kCommonFirst.find(literal[i]), kCommonFirst.size()) + 1;
        if (rank > bestRank) {
            bestRank = rank;
            best = i;
        }
    }
    return best;
}

void readMeaning(const toml::table& table, Rule& rule, Trouble& trouble)
{
    const std::string kind = textOf(table, "kind", trouble);
    if (kind == "boring") {
        rule.meaning = Rule::Meaning::Boring;
    } else if (kind == "note") {
        rule.meaning = Rule::Meaning::Note;
    } else if (const auto known = eventKindFromName(kind)) {
        rule.kind = *known;
    } else {
        trouble.say("unknown kind '" + kind + "'");
    }
    const std::string outcome = textOf(table, "outcome", trouble);
    if (outcome.empty()) {
        const bool plain = rule.meaning == Rule::Meaning::Event;
        rule.outcome = plain && rule.kind == EventKind::AuthFailure   ? Outcome::Failure
                       : plain && rule.kind == EventKind::AuthSuccess ? Outcome::Success
                                                                      : Outcome::None;
    } else if (outcome == "none") {
        rule.outcome = Outcome::None;
    } else if (const auto known = outcomeFromName(outcome)) {
        rule.outcome = *known;
    } else {
        trouble.say("unknown outcome '" + outcome + "'");
    }
    const std::string service = textOf(table, "service", trouble);
    if (!service.empty()) {
        rule.service = serviceFromName(service);
        if (!rule.service) {
            trouble.say("unknown service '" + service + "'");
        }
    }
    rule.detail = textOf(table, "detail", trouble);
    rule.reporter = textOf(table, "reporter", trouble);
    const std::string session = textOf(table, "session", trouble);
    rule.sessionIsPid = session == "pid";
    if (!session.empty() && session != "pid") {
        trouble.say("session can only be \"pid\"; a session id is the group 'session'");
    }
    if (const auto* attempts = table.get("attempts")) {
        const auto number = attempts->value<std::int64_t>();
        if (!number || *number < 0 || *number > 1000) {
            trouble.say("attempts must be a number from 0 to 1000");
        } else {
            rule.attempts = static_cast<std::uint32_t>(*number);
        }
    }
}

void readSamples(const toml::table& table, Rule& rule, Trouble& trouble)
{
    const auto* list = table.get_as<toml::array>("sample");
    if (list == nullptr || list->empty()) {
        trouble.say("has no sample");
        return;
    }
    for (const auto& node : *list) {
        const auto* each = node.as_table();
        if (each == nullptr) {
            trouble.say("a sample must be a table ([[rule.sample]])");
            return;
        }
        RuleSample sample;
        sample.line = textOf(*each, "line", trouble);
        sample.ip = textOf(*each, "ip", trouble);
        sample.account = textOf(*each, "account", trouble);
        for (const auto& [key, value] : *each) {
            const std::string name(key.str());
            if (name == "line" || name == "ip" || name == "account") {
                continue;
            }
            if (const auto number = value.as_integer()) {
                sample.others.emplace_back(name, std::to_string(number->get()));
            } else {
                sample.others.emplace_back(name, textOf(*each, name, trouble));
            }
        }
        if (sample.line.empty()) {
            trouble.say("a sample without a line");
        }
        rule.samples.push_back(std::move(sample));
    }
}

Rule readRule(const toml::table& table, RuleBook::Use use, Trouble& trouble)
{
    Rule rule;
    rule.name = textOf(table, "name", trouble);
    if (rule.name.empty()) {
        trouble.say("a rule without a name");
    }
    refuseOthers(table, {"name", "programs", "literal", "prefix", "pattern", "kind", "outcome", "service", "detail", "attempts",
                         "reporter", "session", "sample"}, trouble);
    rule.programs = textsOf(table, "programs", trouble);
    rule.literal = textOf(table, "literal", trouble);
    rule.rarest = rarestOf(rule.literal);
    rule.prefix = textOf(table, "prefix", trouble);
    const std::string pattern = textOf(table, "pattern", trouble);
    if (!pattern.empty()) {
        compilePattern(pattern, use, rule, trouble);
    } else if (rule.prefix.empty() && rule.literal.empty()) {
        trouble.say("needs a pattern, a prefix or a literal");
    } else {
        rule.firstBytes.set();
    }
    if (!rule.prefix.empty()) {
        rule.firstBytes = std::bitset<256>().set(static_cast<unsigned char>(rule.prefix.front()));
        rule.takesEmpty = false;
    }
    readMeaning(table, rule, trouble);
    readSamples(table, rule, trouble);
    return rule;
}

} // namespace

std::string_view captureName(Capture capture) { return kCaptureNames[static_cast<std::size_t>(capture)]; }

void compilePack(std::string_view pack, std::string_view text, RuleBook::Use use, std::vector<Rule>& rules, std::vector<RuleProblem>& problems)
{
    const std::string packName(pack);
    const toml::parse_result parsed = toml::parse(text, pack);
    if (!parsed) {
        const auto& error = parsed.error();
        problems.push_back({packName, {}, "line " + std::to_string(error.source().begin.line) + ": " + std::string(error.description())});
        return;
    }
    const toml::table& table = parsed.table();
    Trouble whole;
    refuseOthers(table, {"pack", "summary", "programs", "program", "rule"}, whole);
    const auto programs = textsOf(table, "programs", whole);
    const std::string program = textOf(table, "program", whole);
    const auto* list = table.get_as<toml::array>("rule");
    if (list == nullptr) {
        whole.say("has no [[rule]]");
    }
    if (!whole.text().empty()) {
        problems.push_back({packName, {}, whole.text()});
        return;
    }
    for (const auto& node : *list) {
        Trouble trouble;
        Rule rule = node.is_table() ? readRule(*node.as_table(), use, trouble) : Rule{};
        rule.pack = packName;
        rule.defaultProgram = program.empty() ? packName : program;
        if (rule.programs.empty()) {
            rule.programs = programs;
        }
        if (rule.programs.empty()) {
            trouble.say("names no programs");
        }
        const bool twice = std::any_of(rules.begin(), rules.end(), [&](const Rule& r) { return r.pack == packName && r.name == rule.name; });
        if (twice) {
            trouble.say("another rule has this name");
        }
        if (!trouble.text().empty()) {
            problems.push_back({packName, rule.name, trouble.text()});
        } else {
            rules.push_back(std::move(rule));
        }
    }
}

} // namespace mailward
