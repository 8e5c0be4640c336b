// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/FilterMask.h"
#include "models/store/Query.h"

#include <functional>

namespace mailward {

/// Counters of one value of one group.
struct Cell {
    std::uint64_t failed = 0;
    std::uint64_t succeeded = 0;
    std::uint64_t events = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;

    void add(std::uint64_t failedMore, std::uint64_t succeededMore, std::int64_t time)
    {
        if (events++ == 0) {
            first = last = time;
        }
        failed += failedMore;
        succeeded += succeededMore;
        first = time < first ? time : first;
        last = time > last ? time : last;
    }
    void add(const Cell& other);
};

/// Layout of the histogram: bins of equal width; what lies outside goes to one more bin that nobody shows.
struct BinLayout {
    std::int64_t begin = 0;
    std::int64_t width = 1;
    std::size_t count = 0;
};

/// Rounds down, also below zero.
[[nodiscard]] constexpr std::int64_t floorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// Microseconds -> hour of the week (0-167) in a time zone.
class HourOfWeek
{
public:
    explicit HourOfWeek(const QTimeZone* zone) : m_zone(zone) {}
    [[nodiscard]] std::uint32_t at(std::int64_t micros);

private:
    const QTimeZone* m_zone;
    std::map<std::int64_t, std::uint8_t> m_known; ///< by quarter of an hour: offsets are multiples of it
};

/// Rows of a chunk that can pass at all: all, or those of a few addresses or accounts, by the chunk's postings.
class RowChoice
{
public:
    RowChoice(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec);
    /// False: look at every row. True: `rows` has the only candidates.
    [[nodiscard]] bool candidates(const ChunkView& chunk, std::vector<std::uint16_t>& rows) const;

private:
    bool m_byAddress = false;
    bool m_byAccount = false;
    std::vector<std::uint32_t> m_ids;
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

/// What one thread counts in its share of the chunks. Sums only, so that shares can be added in any order.
class QueryPass
{
public:
    QueryPass(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const BinLayout& layout);

    void scan(const ChunkView& chunk, const RowChoice& choice);
    void add(const QueryPass& other);

    std::vector<Cell> address, account; ///< one more at the end: events without one
    std::vector<Cell> service, server, hour;
    std::vector<std::array<std::uint64_t, kSeriesCount + 1>> bins;
    std::array<std::uint64_t, kSeriesCount + 1> series{};
    std::uint64_t events = 0;

private:
    template <bool Words, class Rows>
    void scanRows(const ChunkView& chunk, const Rows& rows);
    void addSingle(std::uint16_t bit, std::int64_t time, std::size_t a, std::size_t c, std::size_t s, std::size_t v,
                   std::uint64_t failed, std::uint64_t succeeded, std::size_t seriesIndex, std::uint64_t weight);
    [[nodiscard]] std::size_t binOf(std::int64_t time);
    [[nodiscard]] std::size_t hourOf(std::int64_t time);

    const FilterMask& m_mask;
    const QuerySpec& m_spec;
    BinLayout m_layout;
    HourOfWeek m_hours;
    bool m_wantsHour = false;
    // The bin and the hour of the event before: logs are in order of time, so the next one is nearly always there too.
    std::int64_t m_binBegin = 1, m_binEnd = 0;
    std::size_t m_bin = 0;
    std::int64_t m_hourBegin = 1, m_hourEnd = 0;
    std::size_t m_hour = 0;
};

/// Calls `work(thread, chunk index)` for each chunk, spread over `threads`; stops early when asked to.
void forEachChunk(std::size_t chunks, int threads, const std::stop_token& stop,
                  const std::function<void(std::size_t thread, std::size_t chunk)>& work);

} // namespace mailward
