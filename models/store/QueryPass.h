// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/HourOfWeek.h"
#include "models/store/PairsSeen.h"
#include "models/store/QueryCells.h"
#include "models/store/QueryRows.h"
#include "models/store/RowSieve.h"

#include <memory>

namespace mailward {

/// Layout of the histogram: bins of equal width; what lies outside goes to one more bin that nobody shows.
struct BinLayout {
    std::int64_t begin = 0;
    std::int64_t width = 1;
    std::size_t count = 0;
};

/// Rows that passed, by block, for all chunks: kChunkBlocks numbers a chunk. Threads write to chunks of their own.
using BlockCounts = std::vector<std::uint16_t>;

/// What one thread counts in its share of the chunks. Sums only, so that shares can be added in any order.
class QueryPass
{
public:
    QueryPass(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const BinLayout& layout);

    /// Counts which address met which account from now on, too.
    void notePairs();
    /// Times that pass, instead of the filter's.
    void setTimes(std::int64_t begin, std::int64_t end);
    /// `matches`: kChunkBlocks counters of this chunk, or null.
    void scan(const ChunkView& chunk, const RowChoice& choice, std::uint16_t* matches = nullptr);
    /// Brings the counters up to date with all scans so far.
    void finish();
    /// Adds what the other has counted; its pairs are gone then.
    void take(QueryPass& other);

    PackedCells address, account; ///< one more at the end: events without one
    std::vector<Tally> service, server, hour;
    std::vector<std::array<std::uint64_t, kSeriesCount + 1>> bins;
    std::array<std::uint64_t, kSeriesCount + 1> series{};
    std::uint64_t events = 0;
    std::unique_ptr<PairsSeen> pairs;

private:
    /// One mix as the counters take it, and how often it passed since the counters were brought up to date.
    struct MixSlot {
        std::uint64_t packed = 0;
        std::uint32_t count = 0;
        LineClass cls{};
        std::uint8_t series = 0;
    };
    /// Set beside the conditions' bits for mixes with more attempts than the packed counters take.
    static constexpr std::uint16_t kLarge = 1024;
    static_assert(kLarge > RowSieve::kConditions);
    /// How who met whom is noted: not at all, or knowing that no event is older than those before.
    enum class Noting : std::uint8_t { None, Any, Later };

    bool prepare(const ChunkView& chunk);
    [[nodiscard]] RowSieve::Chosen choose(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end) const
    {
        return m_sieve.choose(chunk, m_mixesFail ? m_mixFails.data() : nullptr, begin, end);
    }
    std::uint32_t scanBlock(const ChunkView& chunk, std::uint32_t block);
    std::uint32_t scanRows(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end);
    std::uint32_t scanRun(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end, bool inside);
    std::uint32_t scanRuns(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end, bool inside);
    template <bool Masked, Noting Pairs>
    std::uint32_t scanInside(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end);
    std::uint32_t scanOutside(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end);
    std::uint32_t scanRow(const ChunkView& chunk, std::uint32_t row);
    [[nodiscard]] bool isOnePlace(const BlockTimes& times);
    void count(const ChunkView& chunk, std::uint32_t row, unsigned fails);
    void enter(std::int64_t time, bool inside);
    void flush();
    void emptyAll();
    void enterBin(std::int64_t time);
    [[nodiscard]] std::size_t binOf(std::int64_t time)
    {
        if (time < m_binBegin || time >= m_binEnd) {
            enterBin(time);
        }
        return m_bin;
    }

    const FilterMask& m_mask;
    RowSieve m_sieve;
    BinLayout m_layout;
    HourOfWeek m_hours;
    std::int64_t m_begin, m_end; ///< times that pass
    bool m_crossfilter;
    bool m_wantsHour;
    std::uint64_t m_unemptied = 0; ///< no packed sum can be above
    std::vector<MixSlot> m_mixes;  ///< of the chunk under way
    std::vector<std::uint16_t> m_mixFails; ///< the conditions that each of them fails, beside them kLarge
    bool m_mixesFail = false;              ///< does any?
    const AppendTable<EventMix>::View* m_table = nullptr;
    // Where the counts of m_mixes belong: all in one bin and one hour, or in the bin alone (outside the times that pass).
    std::size_t m_mixBin = 0;
    std::uint32_t m_mixHour = 0;
    bool m_mixInside = true;
    bool m_inOrder = false; ///< the block under way
    // The bin of the event before: the next one is nearly always there too.
    std::int64_t m_binBegin = 1, m_binEnd = 0;
    std::size_t m_bin = 0;
};

} // namespace mailward
