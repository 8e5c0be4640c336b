// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace mailward::detect {

/// Numbers that stand for items, those of one key (a small number) beside each other; within a key in the order given.
class Grouped
{
public:
    Grouped() = default;
    /// Linear: no comparisons. Every `key(item)` is below `keys`.
    template <class Key>
    Grouped(std::span<const std::uint32_t> items, std::size_t keys, Key key) : m_items(items.size()), m_ends(keys + 1, 0)
    {
        for (const std::uint32_t item : items) {
            ++m_ends[key(item) + std::size_t{1}];
        }
        for (std::size_t i = 1; i < m_ends.size(); ++i) {
            m_ends[i] += m_ends[i - 1];
        }
        for (const std::uint32_t item : items) {
            m_items[m_ends[key(item)]++] = item; // and so what was a key's begin becomes its end
        }
    }

    [[nodiscard]] std::size_t size() const { return m_items.size(); }
    [[nodiscard]] std::size_t keys() const { return m_ends.empty() ? 0 : m_ends.size() - 1; }
    [[nodiscard]] std::size_t beginOf(std::size_t key) const { return key == 0 ? 0 : m_ends[key - 1]; }
    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t key) const { return std::span(m_items).subspan(beginOf(key), m_ends[key] - beginOf(key)); }
    /// The first key of which nothing stands before `position`; for the end, keys(). To cut the keys into parts of equal weight.
    [[nodiscard]] std::size_t keyAt(std::size_t position) const
    {
        return position >= size() ? keys() : position == 0 ? 0 : static_cast<std::size_t>(std::lower_bound(m_ends.begin(), m_ends.end() - 1, position) - m_ends.begin()) + 1;
    }

private:
    std::vector<std::uint32_t> m_items;
    std::vector<std::uint32_t> m_ends; ///< by key, and one more
};

/// `visit(span)` for each run of items with one key, after sorting them by it; within a run in the order given. For few of many keys.
template <class Key, class Visit>
void forEachGroup(std::vector<std::uint32_t> items, Key key, Visit visit)
{
    std::ranges::stable_sort(items, {}, key);
    const std::span<const std::uint32_t> all(items);
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin + 1;
        while (end < all.size() && key(all[end]) == key(all[begin])) {
            ++end;
        }
        visit(all.subspan(begin, end - begin));
        begin = end;
    }
}

/// Different values among them.
[[nodiscard]] inline std::size_t countDistinct(std::vector<std::uint32_t> values)
{
    std::ranges::sort(values);
    return values.size() - std::ranges::unique(values).size();
}

} // namespace mailward::detect
