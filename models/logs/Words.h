// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    const char* const at = text.data();
    const std::size_t size = text.size();
    if (size >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        return word;
    }
    // Put together in registers: a copy of `size` bytes into memory that is read as one word at once makes the processor wait.
    const auto shifted = [](std::uint64_t bits, std::size_t place, std::size_t width) {
        return std::endian::native == std::endian::little ? bits << (8 * place) : bits << (8 * (8 - width - place));
    };
    if (size >= 4) {
        std::uint32_t front = 0;
        std::uint32_t back = 0; // may overlap with the front
        std::memcpy(&front, at, sizeof front);
        std::memcpy(&back, at + size - 4, sizeof back);
        return shifted(front, 0, 4) | shifted(back, size - 4, 4);
    }
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < size; ++i) {
        word |= shifted(static_cast<unsigned char>(at[i]), i, 1);
    }
    return word;
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
