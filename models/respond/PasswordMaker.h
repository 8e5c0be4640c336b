// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/core/Secret.h"

namespace mailward {

/// What a new password looks like. Characters: letters and digits that are not taken for one another (no 0 O 1 l I ...), in
/// groups of five. Words: pronounceable five-letter words of 16 bits each (Wilkerson, "A Proposal for Proquints", 2009), the
/// same in every language: "lusab-babad-gutih-tugad-mudof".
enum class PasswordStyle { Characters, Words };

struct PasswordRecipe {
    PasswordStyle style = PasswordStyle::Characters;
    int length = 20; ///< characters (12 to 64) or words (4 to 16)

    bool operator==(const PasswordRecipe&) const = default;
};

inline constexpr double kLeastEntropyBits = 64;

[[nodiscard]] double entropyBits(const PasswordRecipe& recipe);
/// InvalidInput when it is out of range or has fewer than kLeastEntropyBits.
[[nodiscard]] Result<void> checkRecipe(const PasswordRecipe& recipe);
/// From the system's generator (getrandom), without modulo bias. The recipe must have passed checkRecipe().
[[nodiscard]] Secret makePassword(const PasswordRecipe& recipe);

} // namespace mailward
