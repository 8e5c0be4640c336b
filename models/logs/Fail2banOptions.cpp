// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/Fail2banOptions.h"

#include <algorithm>
#include <sstream>

namespace mailward {

namespace {

constexpr std::size_t kMaxText = 1U << 16; // of a filter and of what an option grows to
constexpr int kMaxFiles = 32; // that one filter includes, directly or not
constexpr int kMaxDepth = 10; // of includes and of options in options, as Python has it
constexpr std::size_t kMaxName = 64; // of an option

std::string printable(std::string name)
{
    name.resize(std::min(name.size(), kMaxName));
    std::replace_if(name.begin(), name.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return name;
}

} // namespace

std::string withoutBlanks(std::string_view text)
{
    constexpr std::string_view kBlanks = " \t\r";
    const std::size_t from = std::min(text.find_first_not_of(kBlanks), text.size());
    const std::size_t last = text.find_last_not_of(kBlanks);
    return std::string(text.substr(from, last == std::string_view::npos ? 0 : last + 1 - from));
}

void replaceAll(std::string& text, const std::string& what, const std::string& by)
{
    std::size_t at = text.find(what);
    if (at == std::string::npos) {
        return;
    }
    std::string out;
    std::size_t from = 0;
    for (; at != std::string::npos && out.size() < kMaxText; at = text.find(what, from)) {
        out.append(text, from, at - from);
        out += by;
        from = at + what.size();
    }
    out.append(text, from);
    text = std::move(out);
}

void Fail2banOptions::read(const std::string& text, int depth)
{
    std::map<std::string, std::string> own;
    std::string section;
    std::string key;
    std::string before;
    std::string after;
    std::istringstream lines(text.substr(0, kMaxText));
    for (std::string line; std::getline(lines, line);) {
        const std::string bare = withoutBlanks(line);
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
        const std::string name = withoutBlanks(bare.substr(0, equals));
        const std::string value = withoutBlanks(bare.substr(equals + 1));
        if (section == "INCLUDES") {
            (name == "before" ? before : after) = value;
        } else {
            key = name;
            own[key] = value;
        }
    }
    include(before, depth);
    for (auto& [name, value] : own) {
        if (const auto earlier = m_values.find(name); earlier != m_values.end()) {
            replaceAll(value, "%(known/" + name + ")s", earlier->second); // now: a later file may extend this value in turn
            m_values["known/" + name] = earlier->second;
        }
        m_values[name] = std::move(value);
    }
    include(after, depth);
}

const std::string& Fail2banOptions::value(const std::string& name)
{
    static const std::string kNone;
    if (const auto known = m_filled.find(name); known != m_filled.end()) {
        return known->second;
    }
    const auto found = m_values.find(name);
    if (found == m_values.end() || !m_trouble.empty()) {
        return kNone;
    }
    if (std::find(m_open.begin(), m_open.end(), name) != m_open.end()) {
        m_trouble = "the option " + printable(name) + " refers to itself" + (m_open.back() == name ? "" : ", by way of " + printable(m_open.back()));
    } else if (m_open.size() >= kMaxDepth) {
        m_trouble = "the option " + printable(m_open.front()) + " refers to options that refer to others, more than " + std::to_string(kMaxDepth) + " deep";
    }
    if (!m_trouble.empty()) {
        return kNone;
    }
    m_open.push_back(name);
    std::string filled = withTags(withOptions(found->second));
    m_open.pop_back();
    if (filled.size() > kMaxText && m_trouble.empty()) {
        m_trouble = "the option " + printable(name) + " grows beyond " + std::to_string(kMaxText / 1024) + " KiB";
    }
    return m_filled[name] = std::move(filled);
}

void Fail2banOptions::include(const std::string& names, int depth)
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

/// %(name)s anywhere.
std::string Fail2banOptions::withOptions(const std::string& text)
{
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = text.find("%("); at != std::string::npos && out.size() <= kMaxText; at = text.find("%(", from)) {
        const std::size_t end = text.find(")s", at);
        if (end == std::string::npos) {
            break;
        }
        const std::string name = text.substr(at + 2, end - at - 2);
        out.append(text, from, at - from);
        if (name == "__prefix_line" || name == "known/__prefix_line") {
            out += kPrefixMark;
        } else {
            out += value(name);
        }
        from = end + 2;
    }
    out.append(text, from);
    replaceAll(out, "%%", "%");
    return out;
}

/// <name> where there is such an option, inner first: <mdre-<mode>>.
std::string Fail2banOptions::withTags(const std::string& text)
{
    std::string out;
    std::vector<std::size_t> opens; // where a "<" stands in `out`, the inmost last
    std::size_t from = 0;
    for (std::size_t at = text.find_first_of("<>"); at != std::string::npos && out.size() <= kMaxText; at = text.find_first_of("<>", from)) {
        out.append(text, from, at - from);
        from = at + 1;
        if (text[at] == '>' && !opens.empty()) {
            const std::size_t open = opens.back();
            opens.pop_back();
            const std::string name = out.size() - open - 1 <= kMaxName ? out.substr(open + 1) : std::string();
            if (m_values.contains(name)) {
                out.resize(open);
                out += value(name);
                continue;
            }
        } else if (text[at] == '<') {
            opens.push_back(out.size());
        }
        out += text[at];
    }
    out.append(text, from);
    return out;
}

} // namespace mailward
