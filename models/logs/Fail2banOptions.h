// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/Fail2banImport.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailward {

[[nodiscard]] std::string withoutBlanks(std::string_view text);
/// Stops where the text has grown beyond what an option may.
void replaceAll(std::string& text, const std::string& what, const std::string& by);

/// The options of a fail2ban filter and of all that it includes, as Python's configparser and fail2ban's tags fill them in.
class Fail2banOptions
{
public:
    static constexpr char kPrefixMark = '\x01'; ///< stands for %(__prefix_line)s: what the engine reads as the envelope

    /// `left` gets a sentence for each included file that is not there. Both references outlive this.
    Fail2banOptions(const Fail2banIncludes& includes, std::vector<std::string>& left) : m_includes(includes), m_left(left) {}

    void read(const std::string& text) { read(text, 0); }
    /// The value with everything that it names put in; empty when there is none, and once there is trouble.
    [[nodiscard]] const std::string& value(const std::string& name);
    /// Why nothing of the filter can be used (an option that refers to itself, or grows without end); empty: it can.
    [[nodiscard]] const std::string& trouble() const { return m_trouble; }

private:
    void read(const std::string& text, int depth);
    void include(const std::string& names, int depth);
    [[nodiscard]] std::string withOptions(const std::string& text);
    [[nodiscard]] std::string withTags(const std::string& text);

    const Fail2banIncludes& m_includes;
    std::vector<std::string>& m_left;
    std::map<std::string, std::string> m_values;
    std::map<std::string, std::string> m_filled; ///< values that were asked for: an option may be named any number of times
    std::vector<std::string> m_open;             ///< options that are being filled, the outermost first
    std::string m_trouble;
    int m_files = 0;
};

} // namespace mailward
