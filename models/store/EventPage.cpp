// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/QueryGroups.h"

#include <algorithm>

namespace mailward {

namespace {

/// The page is found by a coarse histogram of the matching events first, so that only the events around it are gathered
/// and sorted, wherever in ten million it lies.
constexpr int kCoarseBins = 8192;

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

bool isOutside(const ChunkView& chunk, std::int64_t begin, std::int64_t end)
{
    return chunk.summary.maxTime < begin || chunk.summary.minTime >= end;
}

void countCoarse(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const RowChoice& choice,
                 Coarse& coarse)
{
    std::vector<std::vector<std::uint64_t>> counts(static_cast<std::size_t>(std::max(spec.threads, 1)), coarse.counts);
    forEachChunk(data.chunks().size(), spec.threads, spec.stop, [&](std::size_t thread, std::size_t index) {
        const ChunkView& chunk = data.chunks()[index];
        if (isOutside(chunk, mask.begin, mask.end)) {
            return;
        }
        forEachRow(chunk, mask, choice, 0,
                   [&](std::uint32_t row, unsigned) { ++counts[thread][coarse.binOf(chunk.fixed->time[row])]; });
    });
    for (const auto& own : counts) {
        std::transform(own.begin(), own.end(), coarse.counts.begin(), coarse.counts.begin(), std::plus<>());
    }
}

/// Matching rows whose coarse bin lies in [first, last], in order of time and arrival.
std::vector<TimedRow> gather(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const RowChoice& choice,
                             const Coarse& coarse, std::size_t first, std::size_t last)
{
    std::vector<std::vector<TimedRow>> found(static_cast<std::size_t>(std::max(spec.threads, 1)));
    forEachChunk(data.chunks().size(), spec.threads, spec.stop, [&](std::size_t thread, std::size_t index) {
        const ChunkView& chunk = data.chunks()[index];
        if (isOutside(chunk, mask.begin, mask.end) || coarse.binOf(chunk.summary.maxTime) < first
            || coarse.binOf(chunk.summary.minTime) > last) {
            return;
        }
        forEachRow(chunk, mask, choice, 0, [&](std::uint32_t row, unsigned) {
            const std::int64_t time = chunk.fixed->time[row];
            if (const std::size_t bin = coarse.binOf(time); bin >= first && bin <= last) {
                found[thread].emplace_back(time, index * kChunkRows + row);
            }
        });
    });
    for (std::size_t i = 1; i < found.size(); ++i) {
        found[0].insert(found[0].end(), found[i].begin(), found[i].end());
    }
    std::sort(found[0].begin(), found[0].end());
    return std::move(found[0]);
}

} // namespace

EventPage eventPage(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const RowChoice& choice)
{
    EventPage page;
    page.offset = spec.pageOffset.value_or(0);
    if (data.rows() == 0) {
        return page;
    }
    Coarse coarse = coarseLayout(data, mask);
    countCoarse(data, mask, spec, choice, coarse);
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
    const auto rows = gather(data, mask, spec, choice, coarse, first, last);
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
