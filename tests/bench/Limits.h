// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace mailward::story {

/// What a table must hold. Told at its end, and in the exit code.
class Limits
{
public:
    void require(bool holds, const std::string& what)
    {
        ++m_all;
        if (!holds) {
            m_missed.push_back(what);
        }
    }

    /// 0, or 3: a limit was missed.
    [[nodiscard]] int conclude() const
    {
        std::printf("%zu of %zu limits hold\n", m_all - m_missed.size(), m_all);
        for (const std::string& what : m_missed) {
            std::printf("MISSED %s\n", what.c_str());
        }
        return m_missed.empty() ? 0 : 3;
    }

private:
    std::size_t m_all = 0;
    std::vector<std::string> m_missed;
};

/// "slow: members named 92.1 %, limit 93".
[[nodiscard]] inline std::string limitText(std::string_view family, const char* what, double is, double limit)
{
    char text[200];
    std::snprintf(text, sizeof text, "%.*s: %s %.4g, limit %.4g", static_cast<int>(family.size()), family.data(), what, is, limit);
    return text;
}

} // namespace mailward::story
