// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/Fail2banImport.h"

#include "models/logs/Fail2banOptions.h"
#include "models/logs/PatternExample.h"
#include "models/logs/RuleMatcher.h"

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

namespace mailward {

namespace {

constexpr std::size_t kMaxPattern = 16384;
constexpr std::size_t kMaxRules = 200;
constexpr std::size_t kMaxPrograms = 48;

constexpr const char* kHost = R"((?:(?<ip>[0-9a-fA-F:.]*[0-9a-fA-F])|\[(?<ip>[0-9a-fA-F:.]+)\]|[\w.^-]*\w))";
constexpr const char* kAddress = R"((?:(?<ip>[0-9a-fA-F:.]*[0-9a-fA-F])|\[(?<ip>[0-9a-fA-F:.]+)\]))";

/// Python's named groups in PCRE, where a pack may name only its own captures.
std::string withoutPythonNames(const std::string& pattern)
{
    std::string out;
    std::map<std::string, int> numbers;
    int groups = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\' && i + 1 < pattern.size()) {
            out += pattern.substr(i++, 2);
        } else if (pattern.compare(i, 4, "(?P=") == 0) {
            const std::size_t end = std::min(pattern.find(')', i), pattern.size());
            const std::string name = pattern.substr(i + 4, end - i - 4);
            out += name == "user" || !numbers.contains(name) ? std::string(R"(\k<account>)") : "\\g{" + std::to_string(numbers[name]) + "}";
            i = end;
        } else if (pattern.compare(i, 3, "(?(") == 0) { // a condition
            const std::size_t end = std::min(pattern.find(')', i), pattern.size());
            const std::string name = pattern.substr(i + 3, end - i - 3);
            out += numbers.contains(name) ? "(?(" + std::to_string(numbers[name]) + ")" : pattern.substr(i, end + 1 - i);
            i = end;
        } else if (pattern.compare(i, 4, "(?P<") == 0) {
            const std::size_t end = std::min(pattern.find('>', i), pattern.size());
            numbers[pattern.substr(i + 4, end - i - 4)] = ++groups;
            out += '(';
            i = end;
        } else {
            const bool captures = pattern[i] == '(' && (pattern.compare(i, 2, "(?") != 0 || pattern.compare(i, 6, "(?<ip>") == 0 ||
                                                        pattern.compare(i, 11, "(?<account>") == 0);
            groups += captures ? 1 : 0;
            out += pattern[i];
        }
    }
    return out;
}

/// fail2ban leaves the blank after the stamp, the engine does not: the first blank may be missing where nothing stands before it.
std::string withoutLeadingBlank(const std::string& pattern)
{
    int depth = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        depth += pattern[i] == '(' || pattern[i] == '[' ? 1 : pattern[i] == ')' || pattern[i] == ']' ? -1 : 0;
        const bool escaped = pattern[i] == '\\';
        if (depth == 0 && (pattern[i] == ' ' || pattern.compare(i, 2, "\\s") == 0)) {
            const bool atStart = exampleOf(pattern.substr(0, i), nullptr).empty();
            return atStart ? pattern.substr(0, i) + "(?:^| )" + pattern.substr(i + (escaped ? 2 : 1)) : pattern;
        }
        i += escaped ? 1U : 0U;
    }
    return pattern;
}

struct Translated {
    std::string pattern;
    bool noFailure = false;
    std::string why; ///< not empty: it cannot be carried over
};

/// "<F-WHAT>...</F-WHAT>" as a group without a name, "<F-WHAT/>" as nothing.
std::string withPlainGroups(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const bool opens = text.starts_with("<F-");
        if (!opens && !text.starts_with("</F-")) {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        const std::size_t end = std::min(text.find('>'), text.size() - 1);
        if (!opens) {
            out += ')';
        } else if (text[end - 1] != '/') {
            out += "(?:";
        }
        text.remove_prefix(end + 1);
    }
    return out;
}

/// fail2ban's tags in a regular expression.
Translated translated(std::string text)
{
    Translated out;
    if (text.size() > kMaxPattern) {
        out.why = "it is too long";
        return out;
    }
    if (text.find("<SKIPLINES>") != std::string::npos) {
        out.why = "it spans several lines";
        return out;
    }
    out.noFailure = text.find("<F-NOFAIL>") != std::string::npos;
    for (const char* tag : {"<SUBNET>", "<CIDR>", "<F-ID>"}) {
        if (text.find(tag) != std::string::npos) {
            out.why = std::string("it bans by ") + tag;
            return out;
        }
    }
    replaceAll(text, "<HOST>", kHost);
    for (const char* tag : {"<ADDR>", "<IP4>", "<IP6>"}) {
        replaceAll(text, tag, kAddress);
    }
    replaceAll(text, "<DNS>", R"([\w.^-]*\w)");
    replaceAll(text, "<F-USER>", "(?<account>");
    replaceAll(text, "</F-USER>", ")");
    text = withPlainGroups(text);
    if (text.starts_with('^')) {
        text.erase(0, 1);
    } else {
        out.why = "it is not anchored at its start, so a peer's own text could take the place of the address";
        return out;
    }
    const bool hasEnvelope = text.find(Fail2banOptions::kPrefixMark) != std::string::npos;
    std::erase(text, Fail2banOptions::kPrefixMark);
    if (!hasEnvelope) {
        text = withoutLeadingBlank(text);
    }
    const bool ends = text.ends_with('$') && !text.ends_with("\\$");
    text = ends ? text.substr(0, text.size() - 1) : text + ".*";
    out.pattern = withoutPythonNames(text);
    if (out.pattern.find("(?<ip>") == std::string::npos && !out.noFailure) {
        out.why = "it names no address";
    } else if (out.pattern.size() > kMaxPattern) {
        out.why = "it is too long";
    } else if (out.pattern.find("'''") != std::string::npos) {
        out.why = "it cannot be written down as TOML";
    }
    return out;
}

std::vector<std::string> linesOf(const std::string& value)
{
    std::vector<std::string> out;
    std::istringstream lines(value);
    for (std::string line; std::getline(lines, line) && out.size() < kMaxRules;) {
        if (line = withoutBlanks(line); !line.empty()) {
            out.push_back(line);
        }
    }
    return out;
}

/// failregex inside prefregex, where there is one.
std::string insidePrefix(const std::string& prefix, std::string regex)
{
    const std::size_t at = prefix.find("<F-CONTENT>");
    const std::size_t end = prefix.find("</F-CONTENT>");
    if (at == std::string::npos || end == std::string::npos || end < at) {
        return regex;
    }
    const bool starts = regex.starts_with('^');
    const bool ends = regex.ends_with('$') && !regex.ends_with("\\$");
    regex = regex.substr(starts ? 1 : 0, regex.size() - (starts ? 1 : 0) - (ends ? 1 : 0));
    return prefix.substr(0, at) + (starts ? "" : ".*?") + "(?:" + regex + ")" + (ends ? "" : ".*") + prefix.substr(end + 12);
}

std::string tomlString(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\t': out += "\\t"; break;
        case '\n': out += "\\n"; break;
        default: out += static_cast<unsigned char>(c) < 32 ? '?' : c;
        }
    }
    return out + "\"";
}

constexpr std::string_view kSampleAddress = "192.0.2.1";
constexpr std::string_view kSampleAccount = "alice";

/// A rule of the pack that the engine agrees with.
struct Proven {
    std::string text; ///< as TOML
    std::string line; ///< its sample
    std::shared_ptr<const RuleBook> book; ///< of this rule alone
};

struct Sample {
    std::string line;
    std::string account; ///< empty: none must come out
};

/// Lines that the pattern may take, made from itself, the likeliest first.
std::vector<Sample> samplesOf(const std::string& pattern, const std::string& program, ExampleLength length)
{
    const std::string front = program.empty() ? std::string("2026-11-23 14:42:34 ") : "Nov 23 14:42:34 host " + program + "[1]: ";
    const auto lineWith = [&](const std::optional<std::string>& account) {
        const auto named = [&](std::string_view group) {
            return group == "ip" ? std::optional(std::string(kSampleAddress)) : group == "account" ? account : std::nullopt;
        };
        return front + exampleOf(pattern, named, length);
    };
    const std::string account(kSampleAccount);
    const std::string line = lineWith(account);
    const std::size_t at = line.find(account);
    if (at == std::string::npos) {
        return {{line, {}}, {line, account}};
    }
    std::vector<Sample> out{{line, account}, {line, {}}};
    // "<F-USER>ROOT</F-USER>": the name that the pattern itself has.
    const std::string own = lineWith(std::nullopt);
    const std::size_t around = line.size() - account.size();
    if (own.size() > around && own != line) {
        out.push_back({own, own.substr(at, own.size() - around)});
    }
    return out;
}

std::string ruleText(const std::string& name, const Translated& from, const Sample& sample)
{
    std::string out = "\n[[rule]]\nname = " + tomlString(name) + "\npattern = '''" + from.pattern + "'''\nkind = " +
                      (from.noFailure ? "\"probe\"" : "\"auth-failure\"") + "\n[[rule.sample]]\nline = " + tomlString(sample.line) + "\n";
    if (sample.line.find(kSampleAddress) != std::string::npos) {
        out += "ip = " + tomlString(std::string(kSampleAddress)) + "\n";
    }
    return sample.account.empty() ? out : out + "account = " + tomlString(sample.account) + "\n";
}

/// Writes a filter's expressions as rules of one pack, each with a sample of its own.
class RuleWriter
{
public:
    /// `head`: what stands before the rules; `program`: the tag of the samples' lines.
    RuleWriter(std::string head, std::string program) : m_head(std::move(head)), m_program(std::move(program)) {}

    /// Adds a rule if the engine agrees with it and it can have a place of its own; else says why not.
    std::string add(const std::string& name, const Translated& rule)
    {
        std::string why;
        Proven proven = prove(name, rule, ExampleLength::Shortest, why);
        if (!proven.book) {
            return why;
        }
        if (place(std::move(proven))) {
            return {};
        }
        proven = prove(name, rule, ExampleLength::WithOptional, why); // what only this one takes may stand there
        return proven.book && place(std::move(proven)) ? std::string() : "the rules before it take the same lines";
    }
    [[nodiscard]] std::string toml() const
    {
        std::string out = m_head;
        for (const auto& placed : m_rules) {
            out += placed.rule.text;
        }
        return out;
    }
    [[nodiscard]] std::size_t size() const { return m_rules.size(); }

private:
    struct Placed {
        Proven rule;
        RuleMatcher matcher;
    };

    Proven prove(const std::string& name, const Translated& rule, ExampleLength length, std::string& why) const
    {
        const bool maySayAccount = rule.pattern.find("(?<account>") != std::string::npos;
        for (const auto& sample : samplesOf(rule.pattern, m_program, length)) {
            if (!sample.account.empty() && !maySayAccount) {
                continue;
            }
            std::string text = ruleText(name, rule, sample);
            const std::array<std::pair<std::string, std::string>, 1> pack{{{"import", m_head + text}}};
            auto book = RuleBook::fromTexts(pack, 1, RuleBook::Use::OnceOrTwice);
            if (book->problems().empty()) {
                return {std::move(text), sample.line, std::move(book)};
            }
            if (why.empty()) {
                why = book->problems().front().text;
            }
        }
        return {};
    }

    /// Each rule must be the first that takes its own sample: one whose sample another takes goes before that one.
    bool place(Proven rule)
    {
        RuleMatcher matcher(rule.book);
        const auto taker = std::find_if(m_rules.begin(), m_rules.end(), [&](Placed& placed) { return takes(placed.matcher, rule.line); });
        if (std::any_of(taker, m_rules.end(), [&](const Placed& placed) { return takes(matcher, placed.rule.line); })) {
            return false;
        }
        m_rules.insert(taker, {std::move(rule), std::move(matcher)});
        return true;
    }

    static bool takes(RuleMatcher& matcher, const std::string& line)
    {
        Scratch scratch;
        Envelope envelope;
        RuleMatch match;
        parseEnvelope(line, matcher.rules(), scratch, envelope);
        matcher.match(envelope, match);
        return match.verdict != RuleMatch::Verdict::Unknown;
    }

    std::string m_head;
    std::string m_program;
    std::vector<Placed> m_rules;
};

/// Program tags as the pack writes them; the first serves the samples.
std::vector<std::string> programsOf(Fail2banOptions& options, bool hasEnvelope, std::vector<std::string>& left)
{
    if (!hasEnvelope) {
        return {std::string()};
    }
    const std::string daemon = options.value("_daemon");
    auto programs = spellingsOf(daemon, kMaxPrograms);
    std::erase_if(programs, [](const std::string& p) { return p.empty() || p == "*" || p.find_first_of(" \t") != std::string::npos; });
    if (programs.empty()) {
        left.push_back("the names of the programs (" + daemon + ") are too many to list: write them into the pack's 'programs'");
    }
    return programs;
}

} // namespace

Result<Fail2banImport> importFail2ban(const std::string& name, const std::string& text, const Fail2banIncludes& includes)
{
    Fail2banImport out;
    Fail2banOptions options(includes, out.left);
    options.read(text);
    const std::string prefix = options.value("prefregex");
    const auto regexes = linesOf(options.value("failregex"));
    if (!options.trouble().empty()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("this filter cannot be carried over"), QString::fromStdString(options.trouble()));
    }
    const bool hasEnvelope = prefix.find(Fail2banOptions::kPrefixMark) != std::string::npos ||
                             std::any_of(regexes.begin(), regexes.end(), [](const auto& r) { return r.find(Fail2banOptions::kPrefixMark) != std::string::npos; });
    const auto programs = programsOf(options, hasEnvelope, out.left);
    std::string head = "pack = " + tomlString(name) + "\nsummary = " + tomlString("Imported from the fail2ban filter " + name) + "\nprograms = [";
    for (const auto& program : programs) {
        head += (program == programs.front() ? "" : ", ") + tomlString(program);
    }
    head += "]\n";
    if (!hasEnvelope) {
        head += "program = " + tomlString(name) + "\n";
    }
    std::string example = programs.empty() ? std::string() : programs.front();
    replaceAll(example, "*", "x");
    RuleWriter rules(head, example);
    int number = 0;
    for (const auto& regex : regexes) {
        const auto rule = translated(insidePrefix(prefix, regex));
        const std::string called = "failregex-" + std::to_string(++number);
        std::string why = rule.why;
        if (why.empty() && !programs.empty()) {
            why = rules.add(called, rule);
        }
        if (!why.empty()) {
            out.left.push_back(called + ": " + why);
        }
    }
    out.rules = rules.size();
    if (!options.value("ignoreregex").empty()) {
        out.left.push_back("ignoreregex: write a rule of the kind boring, with a sample, before the others");
    }
    if (!options.value("maxlines").empty() && options.value("maxlines") != "1") {
        out.left.push_back("maxlines: a rule sees one line; what belongs together is told by 'session'");
    }
    if (out.rules == 0) {
        std::string all;
        for (const auto& sentence : out.left) {
            all += (all.empty() ? "" : "; ") + sentence;
        }
        return failure(ErrorCode::InvalidInput, QStringLiteral("nothing of this filter can be carried over"), QString::fromStdString(all));
    }
    out.toml = rules.toml();
    return out;
}

} // namespace mailward
