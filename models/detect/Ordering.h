// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace mailward::detect {

/// `items` grouped by `key(item)`, a number below `keys`; within a group in the order given. Linear: no comparisons.
template <class Key>
[[nodiscard]] std::vector<std::uint32_t> groupedBy(std::span<const std::uint32_t> items, std::size_t keys, Key key)
{
    std::vector<std::uint32_t> at(keys + 1, 0);
    for (const std::uint32_t item : items) {
        ++at[key(item) + std::size_t{1}];
    }
    for (std::size_t i = 1; i < at.size(); ++i) {
        at[i] += at[i - 1];
    }
    std::vector<std::uint32_t> out(items.size());
    for (const std::uint32_t item : items) {
        out[at[key(item)]++] = item;
    }
    return out;
}

} // namespace mailward::detect
