// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/PatternExample.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace mailward {

namespace {

constexpr int kDepth = 40; // of groups: patterns come from files

/// Reads a pattern from left to right. What a piece yields is a set of texts: one for an example, all for the spellings.
class Reader
{
public:
    using Named = std::function<std::optional<std::string>(std::string_view)>;

    Reader(std::string_view pattern, std::size_t limit, const Named& named, ExampleLength length = ExampleLength::Shortest)
        : m_text(pattern), m_limit(limit), m_named(named), m_length(length)
    {
    }

    std::vector<std::string> alternatives(int depth)
    {
        std::vector<std::string> all;
        do {
            auto texts = sequence(depth);
            if (all.empty() || m_limit > 1) {
                all.insert(all.end(), texts.begin(), texts.end());
            }
            cap(all);
        } while (take('|'));
        return all;
    }
    [[nodiscard]] bool tooMany() const { return m_tooMany; }

private:
    bool take(char c)
    {
        const bool is = m_at < m_text.size() && m_text[m_at] == c;
        m_at += is ? 1U : 0U;
        return is;
    }
    [[nodiscard]] bool starts(std::string_view word) const { return m_text.substr(m_at).starts_with(word); }

    void cap(std::vector<std::string>& texts)
    {
        if (texts.size() > m_limit) {
            m_tooMany = m_tooMany || m_limit > 1;
            texts.resize(m_limit);
        }
    }

    std::vector<std::string> sequence(int depth)
    {
        std::vector<std::string> all{std::string()};
        while (m_at < m_text.size() && m_text[m_at] != '|' && m_text[m_at] != ')') {
            const auto piece = repeated(atom(depth));
            std::vector<std::string> longer;
            for (const auto& head : all) {
                for (const auto& tail : piece) {
                    longer.push_back(head + tail);
                }
            }
            cap(longer);
            all = std::move(longer);
        }
        return all;
    }

    std::vector<std::string> atom(int depth)
    {
        const char c = m_text[m_at++];
        switch (c) {
        case '(': return group(depth);
        case '[': return {std::string(1, classMember())};
        case '\\': return {escape()};
        case '^':
        case '$': return {std::string()};
        case '.': return {std::string(1, 'x')};
        default: return {std::string(1, c)};
        }
    }

    std::vector<std::string> group(int depth)
    {
        std::string name;
        bool asserts = false;
        std::size_t number = 0; // of a capturing group
        if (take('?')) {
            if (starts("<=") || starts("<!") || starts("=") || starts("!")) {
                asserts = true;
                m_at += m_text[m_at] == '<' ? 2U : 1U;
            } else if (starts("<") || starts("P<")) {
                m_at = m_text.find('<', m_at) + 1;
                const std::size_t end = std::min(m_text.find('>', m_at), m_text.size());
                name = std::string(m_text.substr(m_at, end - m_at));
                m_at = std::min(end + 1, m_text.size());
                number = newGroup();
            } else { // flags, a plain group, a condition
                if (take('(')) {
                    const std::size_t end = std::min(m_text.find(')', m_at), m_text.size());
                    m_at = std::min(end + 1, m_text.size());
                    return conditional(depth);
                }
                while (m_at < m_text.size() && m_text[m_at] != ':' && m_text[m_at] != ')') {
                    ++m_at;
                }
                take(':');
            }
        } else {
            number = newGroup();
        }
        auto inner = depth < kDepth ? alternatives(depth + 1) : std::vector<std::string>{};
        if (depth >= kDepth) {
            m_tooMany = true;
            m_at = m_text.size();
        }
        take(')');
        if (asserts) {
            return {std::string()};
        }
        if (!name.empty() && m_named) {
            if (auto text = m_named(name)) {
                inner = {*text};
            }
        }
        if (number > 0 && !inner.empty()) {
            m_groups[number - 1] = inner.front();
        }
        return inner.empty() ? std::vector<std::string>{std::string()} : inner;
    }

    /// "(?(1)yes|no)": the shortest example takes the way of "no", as it takes no optional piece.
    std::vector<std::string> conditional(int depth)
    {
        auto yes = sequence(depth + 1);
        const auto no = take('|') ? sequence(depth + 1) : std::vector<std::string>{std::string()};
        take(')');
        if (m_limit == 1) {
            return m_length == ExampleLength::Shortest ? no : yes;
        }
        yes.insert(yes.end(), no.begin(), no.end());
        return yes;
    }

    std::size_t newGroup()
    {
        m_groups.emplace_back();
        return m_groups.size();
    }

    /// "\\g{2}": the text of an earlier group.
    std::string groupAgain()
    {
        const std::size_t end = m_text.find('}', m_at);
        std::size_t number = 0;
        if (end == std::string_view::npos || std::from_chars(m_text.data() + m_at, m_text.data() + end, number).ec != std::errc{}) {
            return {};
        }
        m_at = end + 1;
        return number > 0 && number <= m_groups.size() ? m_groups[number - 1] : std::string();
    }

    std::string escape()
    {
        if (m_at >= m_text.size()) {
            return {};
        }
        const char c = m_text[m_at++];
        switch (c) {
        case 'd': return "1";
        case 'w': return "a";
        case 's': return " ";
        case 'S':
        case 'D': return "x";
        case 'W': return "-";
        case 't': return "\t";
        case 'n': return "\n";
        case 'b':
        case 'B':
        case 'A':
        case 'z':
        case 'Z': return {};
        case 'g': return take('{') ? groupAgain() : std::string();
        case 'k': // a name again: its example is the same text
            if (take('<')) {
                const std::size_t end = std::min(m_text.find('>', m_at), m_text.size());
                const auto text = m_named ? m_named(m_text.substr(m_at, end - m_at)) : std::nullopt;
                m_at = std::min(end + 1, m_text.size());
                return text.value_or(std::string());
            }
            return {};
        default: return std::string(1, c);
        }
    }

    /// One member of a class, after its '['.
    char classMember()
    {
        const bool negated = take('^');
        std::set<char> members;
        for (bool first = true; m_at < m_text.size() && (first || m_text[m_at] != ']'); first = false) {
            std::string low(1, m_text[m_at++]);
            if (low == "\\") {
                low = escape();
            }
            char from = low.empty() ? 'x' : low[0];
            char to = from;
            if (m_at + 1 < m_text.size() && m_text[m_at] == '-' && m_text[m_at + 1] != ']') {
                to = m_text[m_at + 1];
                m_at += 2;
            }
            for (int c = static_cast<unsigned char>(from); c <= static_cast<unsigned char>(to); ++c) {
                members.insert(static_cast<char>(c));
            }
        }
        take(']');
        if (!negated) {
            return members.empty() ? 'x' : *members.begin();
        }
        for (const char c : std::string_view("xa1-_.@")) {
            if (!members.contains(c)) {
                return c;
            }
        }
        return '~';
    }

    /// What a quantifier makes of a piece.
    std::vector<std::string> repeated(std::vector<std::string> piece)
    {
        std::size_t least = 1;
        bool endless = false;
        if (take('?')) {
            least = 0;
        } else if (take('*')) {
            least = 0;
            endless = true;
        } else if (take('+')) {
            endless = true;
        } else if (m_at + 1 < m_text.size() && m_text[m_at] == '{' && m_text[m_at + 1] >= '0' && m_text[m_at + 1] <= '9') {
            ++m_at;
            least = 0;
            while (m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '9') {
                least = std::min<std::size_t>(least * 10 + static_cast<std::size_t>(m_text[m_at++] - '0'), 64);
            }
            endless = m_at < m_text.size() && m_text[m_at] == ',';
            m_at = std::min(m_text.find('}', m_at), m_text.size() - 1) + 1;
        } else {
            return piece;
        }
        if (!take('?')) { // lazy and possessive forms match the same texts here
            take('+');
        }
        if (m_limit > 1) {
            return spelled(std::move(piece), least, endless);
        }
        if (m_length == ExampleLength::WithOptional) {
            least = std::max<std::size_t>(least, 1);
        }
        std::string text;
        for (std::size_t i = 0; i < least && !piece.empty(); ++i) {
            text += piece.front();
        }
        return {text};
    }

    std::vector<std::string> spelled(std::vector<std::string> piece, std::size_t least, bool endless)
    {
        if (endless) {
            return {std::string("*")};
        }
        if (least == 0) {
            piece.insert(piece.begin(), std::string());
        } else if (least > 1) {
            m_tooMany = true;
        }
        return piece;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_limit;
    const Named& m_named;
    ExampleLength m_length;
    std::vector<std::string> m_groups; ///< texts of the capturing groups so far
    bool m_tooMany = false;
};

} // namespace

std::string exampleOf(std::string_view pattern, const std::function<std::optional<std::string>(std::string_view)>& named, ExampleLength length)
{
    Reader reader(pattern, 1, named, length);
    const auto texts = reader.alternatives(0);
    return texts.empty() ? std::string() : texts.front();
}

std::vector<std::string> spellingsOf(std::string_view pattern, std::size_t limit)
{
    const std::function<std::optional<std::string>(std::string_view)> none;
    Reader reader(pattern, std::max<std::size_t>(limit, 2), none);
    auto texts = reader.alternatives(0);
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    return reader.tooMany() ? std::vector<std::string>() : texts;
}

} // namespace mailward
