// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/FilterMask.h"
#include "models/store/Query.h"
#include "models/store/QueryCells.h"

#include <memory>

namespace mailward {

class QueryPass;

/// The counters of every address and account under one filter, summed up from the beginning to each of some hundred moments: a
/// range is the difference of two of them and the events at its two edges. (The idea of Falcon: Moritz, Howe, Heer, CHI 2019.)
/// Made when a person begins to drag the brush, thrown away afterwards; a BrushCursor answers from it. Immutable, for any thread.
class BrushIndex
{
public:
    /// Reads all events once. `filter`: its times do not count. Of `spec` count groups, topN, sort, crossfilter, threads and
    /// stop; there are no hours of the week, no details, no order by them, and no pages. Null when stopped, or when sums do not fit.
    [[nodiscard]] static std::shared_ptr<const BrushIndex> make(std::shared_ptr<const ColumnsSnapshot> data, Filter filter, const QuerySpec& spec);

    [[nodiscard]] const ColumnsSnapshot& data() const { return *m_data; }
    [[nodiscard]] const Filter& filter() const { return m_filter; }
    [[nodiscard]] std::size_t bytes() const;

private:
    friend class BrushCursor;

    struct Sum {
        std::uint32_t failed = 0;
        std::uint32_t succeeded = 0;
        std::uint32_t events = 0;
    };
    /// Everything before one moment.
    struct Checkpoint {
        std::vector<Sum> address, account;
        std::vector<Tally> service, server;
        std::array<std::uint64_t, kSeriesCount + 1> series{};
        std::uint64_t events = 0;
    };

    BrushIndex(std::shared_ptr<const ColumnsSnapshot> data, Filter filter, const QuerySpec& spec);
    void choosePoints();
    [[nodiscard]] bool fill(int threads, const std::stop_token& stop);
    [[nodiscard]] bool fillShare(std::size_t first, std::size_t last, const std::stop_token& stop);
    [[nodiscard]] static bool take(const QueryPass& pass, Checkpoint& into);
    [[nodiscard]] static bool addTo(Checkpoint& own, const Checkpoint& before);
    void scan(QueryPass& pass, std::int64_t begin, std::int64_t end) const;

    std::shared_ptr<const ColumnsSnapshot> m_data;
    Filter m_filter;
    QuerySpec m_spec;
    FilterMask m_mask;
    std::vector<std::int64_t> m_points; ///< moments in order, the first before all events, the last after them
    std::vector<Checkpoint> m_checkpoints; ///< one a moment
};

} // namespace mailward
