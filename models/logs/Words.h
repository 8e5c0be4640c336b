// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// Short texts compared word by word: a line asks for a dozen of them, and a call of the library each costs more than the comparison.
namespace mailward {

/// The first eight bytes as one word; what is not there is zero. Which byte is where in the word is the machine's own affair.
[[nodiscard]] inline std::uint64_t firstWord(std::string_view text)
{
    std::array<char, 8> bytes{};
    const std::size_t size = std::min(text.size(), bytes.size());
    if (size == bytes.size()) {
        std::memcpy(bytes.data(), text.data(), bytes.size());
    } else {
        for (std::size_t i = 0; i < size; ++i) {
            bytes[i] = text[i];
        }
    }
    return std::bit_cast<std::uint64_t>(bytes);
}

/// Whether `size` bytes are the same.
[[nodiscard]] inline bool sameBytes(const char* a, const char* b, std::size_t size)
{
    const auto differ = [&]<class Word>(Word, std::size_t at) {
        Word x{};
        Word y{};
        std::memcpy(&x, a + at, sizeof x);
        std::memcpy(&y, b + at, sizeof y);
        return x != y;
    };
    if (size >= 8) {
        for (std::size_t at = 0; at + 8 <= size; at += 8) {
            if (differ(std::uint64_t{}, at)) {
                return false;
            }
        }
        return !differ(std::uint64_t{}, size - 8); // the last ones again
    }
    if (size >= 4) {
        return !differ(std::uint32_t{}, 0) && !differ(std::uint32_t{}, size - 4);
    }
    for (std::size_t at = 0; at < size; ++at) {
        if (a[at] != b[at]) {
            return false;
        }
    }
    return true;
}

[[nodiscard]] inline bool isSameText(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && sameBytes(a.data(), b.data(), a.size());
}

[[nodiscard]] inline bool startsWith(std::string_view text, std::string_view start)
{
    return text.size() >= start.size() && sameBytes(text.data(), start.data(), start.size());
}

} // namespace mailward
