// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/ColumnsSnapshot.h"

#include <optional>
#include <unordered_map>

namespace mailward {

[[nodiscard]] inline std::uint64_t mixKey(const EventMix& mix)
{
    return std::uint64_t{mix.attempts} << 32U | std::uint64_t{mix.server} << 16U | std::uint64_t{mix.service} << 8U | mix.verdict;
}

/// The mixes of one chunk. At most as many as it has rows, so that 16 bits number them.
class MixTable
{
public:
    /// Nothing when the table is full: mixes that no row has any more take up its room.
    [[nodiscard]] std::optional<std::uint16_t> idOf(const EventMix& mix)
    {
        if (m_index.empty()) { // it was sealed, or is new
            for (std::uint32_t i = 0; i < m_table.size(); ++i) {
                m_index.emplace(mixKey(m_table[i]), static_cast<std::uint16_t>(i));
            }
        }
        if (const auto at = m_index.find(mixKey(mix)); at != m_index.end()) {
            return at->second;
        }
        if (m_table.size() == kChunkRows) {
            return std::nullopt;
        }
        const auto id = static_cast<std::uint16_t>(m_table.append(mix));
        m_index.emplace(mixKey(mix), id);
        return id;
    }
    /// No more rows will come; changes may.
    void seal() { m_index = {}; }
    [[nodiscard]] AppendTable<EventMix>::View view() const { return m_table.view(); }

private:
    AppendTable<EventMix> m_table;
    std::unordered_map<std::uint64_t, std::uint16_t> m_index;
};

} // namespace mailward
