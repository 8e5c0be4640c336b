// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/Fail2banImport.h"

#include "models/logs/PatternExample.h"
#include "models/logs/RuleBook.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <sstream>

namespace mailward {

namespace {

constexpr std::size_t kMaxText = 1U << 18;   // of a filter and of what an option grows to
constexpr int kMaxFiles = 32;                // that one filter includes, directly or not
constexpr int kMaxFills = 2000;              // options put into options: the largest filter of fail2ban needs some hundred
constexpr std::size_t kMaxPattern = 16384;
constexpr std::size_t kMaxRules = 200;
constexpr int kMaxDepth = 8;                 // of includes and of options in options
constexpr std::size_t kMaxPrograms = 48;
constexpr char kPrefixMark = '\x01';         // stands for %(__prefix_line)s: what the engine reads as the envelope

constexpr const char* kHost = R"((?:(?<ip>[0-9a-fA-F:.]*[0-9a-fA-F])|\[(?<ip>[0-9a-fA-F:.]+)\]|[\w.^-]*\w))";
constexpr const char* kAddress = R"((?:(?<ip>[0-9a-fA-F:.]*[0-9a-fA-F])|\[(?<ip>[0-9a-fA-F:.]+)\]))";

std::string trimmed(std::string text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && isBlank(text.back())) {
        text.pop_back();
    }
    std::size_t from = 0;
    while (from < text.size() && isBlank(text[from])) {
        ++from;
    }
    return text.substr(from);
}

void replaceAll(std::string& text, const std::string& what, const std::string& by)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos && text.size() < kMaxText; at += by.size()) {
        text.replace(at, what.size(), by);
    }
}

/// The options of a filter and of all that it includes.
class Options
{
public:
    Options(const Fail2banIncludes& includes, std::vector<std::string>& left) : m_includes(includes), m_left(left) {}

    void read(const std::string& text, int depth)
    {
        std::map<std::string, std::string> own;
        std::string section;
        std::string key;
        std::string before;
        std::string after;
        std::istringstream lines(text.substr(0, kMaxText));
        for (std::string line; std::getline(lines, line);) {
            const std::string bare = trimmed(line);
            if (bare.empty() || bare[0] == '#' || bare[0] == ';') {
                continue;
            }
            if ((line[0] == ' ' || line[0] == '\t') && !key.empty()) {
                own[key] += "\n" + bare;
                continue;
            }
            key.clear();
            if (bare[0] == '[' && bare.back() == ']') {
                section = bare.substr(1, bare.size() - 2);
                continue;
            }
            const std::size_t equals = bare.find_first_of("=:");
            if (equals == std::string::npos) {
                continue;
            }
            const std::string name = trimmed(bare.substr(0, equals));
            const std::string value = trimmed(bare.substr(equals + 1));
            if (section == "INCLUDES") {
                (name == "before" ? before : after) = value;
            } else {
                key = name;
                own[key] = value;
            }
        }
        include(before, depth);
        for (const auto& [name, value] : own) {
            if (const auto earlier = m_values.find(name); earlier != m_values.end()) {
                m_values["known/" + name] = earlier->second;
            }
            m_values[name] = value;
        }
        include(after, depth);
    }

    /// The value with everything that it names put in.
    [[nodiscard]] std::string value(const std::string& name) const
    {
        const auto found = m_values.find(name);
        return found == m_values.end() ? std::string() : filled(found->second, 0);
    }

private:
    void include(const std::string& names, int depth)
    {
        std::istringstream words(names);
        for (std::string name; words >> name;) {
            const bool mayRead = depth < kMaxDepth && m_includes && m_files < kMaxFiles;
            const auto text = mayRead ? m_includes(name) : std::nullopt;
            if (text) {
                ++m_files;
                read(*text, depth + 1);
            } else if (!name.ends_with(".local")) {
                m_left.push_back("the included file " + name + " is not there");
            }
        }
    }

    [[nodiscard]] std::string lookUp(const std::string& name, int depth) const
    {
        if (name == "__prefix_line" || name == "known/__prefix_line") {
            return std::string(1, kPrefixMark);
        }
        const auto found = m_values.find(name);
        return found == m_values.end() ? std::string() : filled(found->second, depth + 1);
    }

    /// %(name)s anywhere, <name> where there is such an option.
    [[nodiscard]] std::string filled(std::string text, int depth) const
    {
        if (++m_fills > kMaxFills) { // each may name several, which name several ...
            return {};
        }
        for (std::size_t at = 0; depth < kMaxDepth && (at = text.find("%(", at)) != std::string::npos && text.size() < kMaxText;) {
            const std::size_t end = text.find(")s", at);
            if (end == std::string::npos) {
                break;
            }
            const std::string by = lookUp(text.substr(at + 2, end - at - 2), depth);
            text.replace(at, end + 2 - at, by);
            at += by.size();
        }
        replaceAll(text, "%%", "%");
        for (int round = 0; depth < kMaxDepth && round < kMaxDepth; ++round) { // <mdre-<mode>>: inner first
            const std::string before = text;
            for (std::size_t end = text.find('>'); end != std::string::npos && text.size() < kMaxText; end = text.find('>', end + 1)) {
                const std::size_t at = text.rfind('<', end);
                const auto found = at == std::string::npos ? m_values.end() : m_values.find(text.substr(at + 1, end - at - 1));
                if (found != m_values.end()) {
                    text.replace(at, end + 1 - at, filled(found->second, depth + 1));
                    break;
                }
            }
            if (text == before) {
                break;
            }
        }
        return text;
    }

    const Fail2banIncludes& m_includes;
    std::vector<std::string>& m_left;
    std::map<std::string, std::string> m_values;
    int m_files = 0;
    mutable int m_fills = 0;
};

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

/// fail2ban's tags in a regular expression.
Translated translated(std::string text)
{
    Translated out;
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
    for (std::size_t at = 0; (at = text.find("<F-", at)) != std::string::npos;) {
        const std::size_t end = text.find('>', at);
        const bool whole = end != std::string::npos && text[end - 1] == '/';
        text.replace(at, end == std::string::npos ? std::string::npos : end + 1 - at, whole ? "" : "(?:");
    }
    for (std::size_t at = 0; (at = text.find("</F-", at)) != std::string::npos;) {
        const std::size_t end = text.find('>', at);
        text.replace(at, end == std::string::npos ? std::string::npos : end + 1 - at, ")");
    }
    if (text.starts_with('^')) {
        text.erase(0, 1);
    } else {
        out.why = "it is not anchored at its start, so a peer's own text could take the place of the address";
        return out;
    }
    const bool hasEnvelope = text.find(kPrefixMark) != std::string::npos;
    std::erase(text, kPrefixMark);
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
        if (line = trimmed(line); !line.empty()) {
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

/// The rule with a sample made from its own pattern. Whether the sample's way through the pattern meets the name is the caller's guess.
std::string ruleText(const std::string& name, const Translated& from, const std::string& program, bool withAccount)
{
    const auto named = [](std::string_view group) -> std::optional<std::string> {
        if (group == "ip") {
            return "192.0.2.1";
        }
        return group == "account" ? std::optional<std::string>("user") : std::nullopt;
    };
    const std::string example = exampleOf(from.pattern, named);
    const std::string tag = program.empty() ? std::string() : program + "[1]: ";
    const std::string stamp = program.empty() ? "2026-11-23 14:42:34 " : "Nov 23 14:42:34 host ";
    std::string out = "\n[[rule]]\nname = " + tomlString(name) + "\npattern = '''" + from.pattern + "'''\nkind = " +
                      (from.noFailure ? "\"probe\"" : "\"auth-failure\"") + "\n[[rule.sample]]\nline = " + tomlString(stamp + tag + example) + "\n";
    if (example.find("192.0.2.1") != std::string::npos) {
        out += "ip = \"192.0.2.1\"\n";
    }
    return withAccount ? out + "account = \"user\"\n" : out;
}

/// The rule as text when the engine agrees with it; else why not.
std::string provenRule(const std::string& name, const std::string& head, const Translated& rule, const std::string& program, std::string& why)
{
    for (const bool withAccount : {true, false}) {
        if (withAccount && rule.pattern.find("(?<account>") == std::string::npos) {
            continue;
        }
        std::string body = ruleText(name, rule, program, withAccount);
        const std::array<std::pair<std::string, std::string>, 1> pack{{{"import", head + body}}};
        const auto book = RuleBook::fromTexts(pack);
        if (book->problems().empty()) {
            return body;
        }
        why = book->problems().front().text;
    }
    return {};
}

/// Program tags as the pack writes them; the first serves the samples.
std::vector<std::string> programsOf(const Options& options, bool hasEnvelope, std::vector<std::string>& left)
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
    Options options(includes, out.left);
    options.read(text, 0);
    const std::string prefix = options.value("prefregex");
    const auto regexes = linesOf(options.value("failregex"));
    const bool hasEnvelope = prefix.find(kPrefixMark) != std::string::npos ||
                             std::any_of(regexes.begin(), regexes.end(), [](const auto& r) { return r.find(kPrefixMark) != std::string::npos; });
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
    std::string rules;
    int number = 0;
    for (const auto& regex : regexes) {
        const auto rule = translated(insidePrefix(prefix, regex));
        const std::string called = "failregex-" + std::to_string(++number);
        std::string why = rule.why;
        const std::string body = why.empty() && !programs.empty() ? provenRule(called, head, rule, example, why) : std::string();
        if (!body.empty()) {
            rules += body;
            ++out.rules;
        } else if (!why.empty()) {
            out.left.push_back(called + ": " + why);
        }
    }
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
    out.toml = head + rules;
    return out;
}

} // namespace mailward
