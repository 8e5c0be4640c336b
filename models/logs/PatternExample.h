// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailward {

/// Without what may be left out, or with it, once.
enum class ExampleLength : std::uint8_t { Shortest, WithOptional };

/// A text that `pattern` (PCRE) is likely to match: the first of alternatives, the fewest repetitions, nothing for assertions.
/// `named` gives the text for a named group, or nothing to take it from the pattern. A guess: the caller tries it.
[[nodiscard]] std::string exampleOf(std::string_view pattern, const std::function<std::optional<std::string>(std::string_view)>& named,
                                    ExampleLength length = ExampleLength::Shortest);

/// All texts of a small pattern (the name of a program), with `*` for what has no end; empty when there are more than `limit`.
[[nodiscard]] std::vector<std::string> spellingsOf(std::string_view pattern, std::size_t limit);

} // namespace mailward
