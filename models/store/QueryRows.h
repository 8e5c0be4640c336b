// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/FilterMask.h"
#include "models/store/Query.h"

#include <functional>

namespace mailward {

/// Rows of a chunk that can pass at all: all, or those of a few addresses or accounts, by the chunk's postings.
class RowChoice
{
public:
    RowChoice(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec);
    /// False: look at every row, because there are too many candidates. True: `rows` has the only ones.
    [[nodiscard]] bool candidates(const ChunkView& chunk, std::vector<std::uint16_t>& rows) const;

private:
    bool m_byAddress = false;
    bool m_byAccount = false;
    std::vector<std::uint32_t> m_ids; ///< in order
};

/// Calls `take(row, bits)` for the rows of a chunk that fail nothing but what `ignored` holds.
template <class Take>
void forEachRow(const ChunkView& chunk, const FilterMask& mask, const RowChoice& choice, unsigned ignored, Take&& take)
{
    const auto look = [&](std::uint32_t row) {
        if (const unsigned fails = mask.failsOf(chunk, row); (fails & ~ignored) == 0) {
            take(row, fails);
        }
    };
    if (std::vector<std::uint16_t> few; choice.candidates(chunk, few)) {
        for (const std::uint16_t row : few) {
            look(row);
        }
        return;
    }
    for (std::uint32_t row = 0; row < chunk.rows; ++row) {
        look(row);
    }
}

/// Calls `work(thread, chunk index)` for each chunk (or whatever else is counted so), spread over `threads`; stops early when asked to.
void forEachChunk(std::size_t chunks, int threads, const std::stop_token& stop,
                  const std::function<void(std::size_t thread, std::size_t chunk)>& work);

} // namespace mailward
