// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/PasswordMaker.h"

#include <QRandomGenerator>

#include <array>
#include <cmath>
#include <string_view>

namespace mailward {

namespace {

/// Without 0 O o, 1 I l: 56 letters and digits.
constexpr std::string_view kAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";
static_assert(kAlphabet.size() == 56);
constexpr std::string_view kConsonants = "bdfghjklmnprstvz"; // 4 bits
constexpr std::string_view kVowels = "aiou";                 // 2 bits
constexpr double kBitsPerWord = 16;
constexpr int kGroup = 5;

/// 0 to n - 1, each as likely as the other: draws above the last whole multiple of n are thrown away.
std::uint32_t draw(std::uint32_t n)
{
    const std::uint64_t limit = (std::uint64_t{1} << 32U) / n * n;
    std::uint64_t value = limit;
    while (value >= limit) {
        value = QRandomGenerator::system()->generate();
    }
    return static_cast<std::uint32_t>(value % n);
}

char pick(std::string_view from)
{
    return from[draw(static_cast<std::uint32_t>(from.size()))];
}

} // namespace

double entropyBits(const PasswordRecipe& recipe)
{
    return recipe.style == PasswordStyle::Words ? kBitsPerWord * recipe.length : recipe.length * std::log2(double(kAlphabet.size()));
}

Result<void> checkRecipe(const PasswordRecipe& recipe)
{
    const bool words = recipe.style == PasswordStyle::Words;
    const int least = words ? 4 : 12;
    const int most = words ? 16 : 64;
    if (recipe.length < least || recipe.length > most || entropyBits(recipe) < kLeastEntropyBits) {
        return failure(ErrorCode::InvalidInput, words ? QStringLiteral("A password has %1 to %2 words.").arg(least).arg(most)
                                                      : QStringLiteral("A password has %1 to %2 characters.").arg(least).arg(most),
                       QStringLiteral("Fewer could be guessed."));
    }
    return {};
}

Secret makePassword(const PasswordRecipe& recipe)
{
    std::array<char, 128> text{}; // 64 characters and 12 dashes, or 16 words of 5 and 15 dashes
    std::size_t size = 0;
    const int groups = recipe.style == PasswordStyle::Words ? recipe.length * kGroup : recipe.length;
    for (int i = 0; i < groups; ++i) {
        if (i > 0 && i % kGroup == 0) {
            text[size++] = '-';
        }
        text[size++] = recipe.style == PasswordStyle::Characters ? pick(kAlphabet) : pick(i % kGroup % 2 == 0 ? kConsonants : kVowels);
    }
    return Secret::takeFrom(text.data(), size);
}

} // namespace mailward
