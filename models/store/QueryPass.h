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

    void add(const Cell& other)
    {
        failed += other.failed;
        succeeded += other.succeeded;
        events += other.events;
    }
};

/// Counters of all values of one group, packed for the inner loop: one 64-bit number for each value and class of line holds
/// attempts (low 40 bits) and lines (high 24), so that an event costs one addition. Emptied into cells before they could
/// run over.
class PackedCells
{
public:
    enum Class : std::uint8_t { Failed, Succeeded, Neither };
    static constexpr std::uint64_t kOneLine = std::uint64_t{1} << 40U;
    static constexpr std::uint32_t kMaxAttempts = 0xFFFF; ///< more attempts in one line go straight to the cells
    static constexpr std::uint64_t kMaxLines = (std::uint64_t{1} << 24U) - 1;

    explicit PackedCells(std::size_t values) : m_packed(values * 4), m_cells(values) {}

    void add(std::size_t value, std::size_t cls, std::uint64_t packed) { m_packed[value * 4 + cls] += packed; }
    void addLarge(std::size_t value, std::size_t cls, std::uint64_t attempts);
    void empty();
    void add(const PackedCells& other); ///< both emptied
    void add(std::size_t value, const Cell& more) { m_cells[value].add(more); }
    [[nodiscard]] const std::vector<Cell>& cells() const { return m_cells; }

private:
    std::vector<std::uint64_t> m_packed;
    std::vector<Cell> m_cells;
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
    [[nodiscard]] std::uint32_t at(std::int64_t micros)
    {
        // Logs are in order of time: the next event is nearly always in the same quarter of an hour.
        if (micros < m_begin || micros >= m_end) {
            lookUp(micros);
        }
        return m_hour;
    }

private:
    void lookUp(std::int64_t micros);

    const QTimeZone* m_zone;
    std::map<std::int64_t, std::uint32_t> m_known; ///< by quarter of an hour: offsets are multiples of it
    std::int64_t m_begin = 1, m_end = 0;
    std::uint32_t m_hour = 0;
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
    /// After the last scan().
    void finish();
    void add(const QueryPass& other);

    PackedCells address, account; ///< one more at the end: events without one
    PackedCells service, server, hour;
    std::vector<std::array<std::uint64_t, kSeriesCount + 1>> bins;
    std::array<std::uint64_t, kSeriesCount + 1> series{};
    std::uint64_t events = 0;

private:
    /// One event as the counters take it.
    struct Item {
        std::int64_t time;
        std::size_t address, account, service, server, cls, series;
        std::uint64_t packed, weight;
    };

    template <bool Masked, bool Words, class Rows>
    void scanRows(const ChunkView& chunk, const Rows& rows);
    template <class Rows>
    void scanChosen(const ChunkView& chunk, const Rows& rows);
    void addSingle(unsigned bit, const Item& item);
    void addLarge(unsigned fails, const Item& item, std::uint64_t attempts);
    void emptyAll();
    [[nodiscard]] std::size_t binOf(std::int64_t time);

    const FilterMask& m_mask;
    const QuerySpec& m_spec;
    BinLayout m_layout;
    HourOfWeek m_hours;
    bool m_wantsHour = false;
    PackedCells m_places; ///< server and service in one: server * 16 + service
    std::uint64_t m_unemptied = 0;
    // The bin of the event before: the next one is nearly always there too.
    std::int64_t m_binBegin = 1, m_binEnd = 0;
    std::size_t m_bin = 0;
};

/// Calls `work(thread, chunk index)` for each chunk, spread over `threads`; stops early when asked to.
void forEachChunk(std::size_t chunks, int threads, const std::stop_token& stop,
                  const std::function<void(std::size_t thread, std::size_t chunk)>& work);

} // namespace mailward
