// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/QueryGroups.h"

#include <algorithm>

namespace mailward {

namespace {

/// The page is found by a coarse histogram of the matching events first, so that only the events around it are gathered
/// and sorted, wherever in ten million it lies.
constexpr int kCoarseBins = 2048;

struct Coarse {
    std::int64_t begin = 0;
    std::int64_t width = 1;
    std::vector<std::uint64_t> counts;

    [[nodiscard]] std::size_t binOf(std::int64_t time) const
    {
        const std::int64_t bin = (time - begin) / width;
        return static_cast<std::size_t>(std::clamp<std::int64_t>(bin, 0, std::int64_t{kCoarseBins} - 1));
    }
};

using TimedRow = std::pair<std::int64_t, RowId>;

Coarse coarseLayout(const ColumnsSnapshot& data, const FilterMask& mask)
{
    const TimeRange range = data.range();
    Coarse coarse;
    coarse.begin = std::max(toMicros(range.begin), mask.begin);
    coarse.width = std::max<std::int64_t>((std::min(toMicros(range.end), mask.end) - coarse.begin) / kCoarseBins + 1, 1);
    coarse.counts.assign(kCoarseBins, 0);
    return coarse;
}

/// Calls `take(row)` for the rows of a block that pass.
template <class Take>
void forEachMatch(const ChunkView& chunk, const FilterMask& mask, std::uint32_t block, Take&& take)
{
    const std::uint32_t end = std::min((block + 1) * kBlockRows, chunk.rows);
    for (std::uint32_t row = block * kBlockRows; row < end; ++row) {
        mask.failsOf(chunk, row) == 0 ? take(row) : void();
    }
}

void countCoarse(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const BlockCounts& matches, Coarse& coarse)
{
    std::vector<std::vector<std::uint64_t>> counts(static_cast<std::size_t>(std::max(spec.threads, 1)), coarse.counts);
    forEachChunk(data.chunks().size(), spec.threads, spec.stop, [&](std::size_t thread, std::size_t index) {
        const ChunkView& chunk = data.chunks()[index];
        std::vector<std::uint64_t>& own = counts[thread];
        for (std::uint32_t block = 0; block < chunk.blocks(); ++block) {
            const std::uint16_t passing = matches[index * kChunkBlocks + block];
            if (passing == 0) {
                continue;
            }
            const BlockTimes times = chunk.blockTimes(block);
            if (const std::size_t bin = coarse.binOf(times.first); bin == coarse.binOf(times.last)) {
                own[bin] += passing;
                continue;
            }
            forEachMatch(chunk, mask, block, [&](std::uint32_t row) { ++own[coarse.binOf(chunk.fixed->time[row])]; });
        }
    });
    for (const auto& own : counts) {
        std::transform(own.begin(), own.end(), coarse.counts.begin(), coarse.counts.begin(), std::plus<>());
    }
}

/// Matching rows whose coarse bin lies in [first, last], in order of time and arrival.
std::vector<TimedRow> gather(const ColumnsSnapshot& data, const FilterMask& mask, const BlockCounts& matches, const Coarse& coarse,
                             std::size_t first, std::size_t last)
{
    std::vector<TimedRow> found;
    for (std::size_t index = 0; index < data.chunks().size(); ++index) {
        const ChunkView& chunk = data.chunks()[index];
        if (coarse.binOf(chunk.summary.maxTime) < first || coarse.binOf(chunk.summary.minTime) > last) {
            continue;
        }
        for (std::uint32_t block = 0; block < chunk.blocks(); ++block) {
            const BlockTimes times = chunk.blockTimes(block);
            if (matches[index * kChunkBlocks + block] == 0 || coarse.binOf(times.last) < first || coarse.binOf(times.first) > last) {
                continue;
            }
            forEachMatch(chunk, mask, block, [&](std::uint32_t row) {
                const std::int64_t time = chunk.fixed->time[row];
                if (const std::size_t bin = coarse.binOf(time); bin >= first && bin <= last) {
                    found.emplace_back(time, index * kChunkRows + row);
                }
            });
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

EventPage eventPage(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const BlockCounts& matches)
{
    EventPage page;
    page.offset = spec.pageOffset.value_or(0);
    if (data.rows() == 0) {
        return page;
    }
    Coarse coarse = coarseLayout(data, mask);
    countCoarse(data, mask, spec, matches, coarse);
    for (const std::uint64_t count : coarse.counts) {
        page.total += count;
    }
    const std::uint64_t from = std::min(page.offset, page.total);
    const std::uint64_t to = std::min(from + spec.pageLimit, page.total);
    if (from == to) {
        return page;
    }
    // Ranks from the oldest on, whatever the order asked for.
    const std::uint64_t low = spec.newestFirst ? page.total - to : from;
    const std::uint64_t high = spec.newestFirst ? page.total - from : to;
    std::uint64_t before = 0; // events in bins before `first`
    std::size_t first = 0;
    while (before + coarse.counts[first] <= low) {
        before += coarse.counts[first++];
    }
    std::uint64_t reached = before + coarse.counts[first];
    std::size_t last = first;
    while (reached < high) {
        reached += coarse.counts[++last];
    }
    const auto rows = gather(data, mask, matches, coarse, first, last);
    for (std::uint64_t rank = low; rank < high && rank - before < rows.size(); ++rank) {
        const RowId row = rows[rank - before].second;
        EventRow item{row, data.event(row), {}};
        if (const AddressId id{data.chunks()[row / kChunkRows].fixed->address[row % kChunkRows]}; id.isValid()) {
            item.facts = data.address(id).facts;
        }
        page.rows.push_back(std::move(item));
    }
    if (spec.newestFirst) {
        std::reverse(page.rows.begin(), page.rows.end());
    }
    return page;
}

} // namespace mailward
