// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

namespace mailward {

/// ISO 3166-1 alpha-2 code, upper case, such as {'I', 'N'}; two zero bytes stand for "unknown".
using CountryCode = std::array<char, 2>;

inline constexpr CountryCode kNoCountry{};

/// The code of two ASCII letters in any case; kNoCountry for everything else.
[[nodiscard]] constexpr CountryCode countryCodeOf(std::string_view text)
{
    CountryCode code{};
    if (text.size() != code.size()) {
        return kNoCountry;
    }
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char upper = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 'a' + 'A') : text[i];
        if (upper < 'A' || upper > 'Z') {
            return kNoCountry;
        }
        code[i] = upper;
    }
    return code;
}

/// "IN", or "" for unknown. The view lives as long as `code`.
[[nodiscard]] constexpr std::string_view countryText(const CountryCode& code)
{
    return code == kNoCountry ? std::string_view{} : std::string_view{code.data(), code.size()};
}

} // namespace mailward
