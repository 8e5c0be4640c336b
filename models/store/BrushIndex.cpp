// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/BrushIndex.h"

#include "models/core/Parallel.h"
#include "models/store/QueryPass.h"

#include <algorithm>

namespace mailward {

namespace {

/// Rows between two moments: what an edge of the brush reads at most, if events came in order of time ...
constexpr std::uint64_t kRowsBetween = kChunkRows / 2;
/// ... and more where the counters are so many that the index would take more than this for each event.
constexpr std::uint64_t kBytesPerEvent = 8;

Filter withoutTimes(Filter filter)
{
    filter.after.reset();
    filter.before.reset();
    return filter;
}

bool fits(const Tally& cell)
{
    constexpr std::uint64_t most = UINT32_MAX;
    return cell.failed <= most && cell.succeeded <= most && cell.events <= most;
}

} // namespace

BrushIndex::BrushIndex(std::shared_ptr<const ColumnsSnapshot> data, Filter filter, const QuerySpec& spec)
    : m_data(std::move(data)), m_filter(withoutTimes(std::move(filter))), m_spec(spec), m_mask(*m_data, m_filter)
{
    m_spec.bins = 0;
    m_spec.details = false;
    m_spec.pageOffset.reset();
    m_spec.zone = nullptr;
    m_spec.stop = {};
    m_spec.threads = 1;
    std::erase(m_spec.groups, Group::HourOfWeek);
    std::erase_if(m_spec.sort, [](const auto& sort) { return sort.second > GroupSort::Events; });
}

std::shared_ptr<const BrushIndex> BrushIndex::make(std::shared_ptr<const ColumnsSnapshot> data, Filter filter, const QuerySpec& spec)
{
    std::shared_ptr<BrushIndex> index(new BrushIndex(std::move(data), std::move(filter), spec));
    index->choosePoints();
    if (!index->fill(std::max(spec.threads, 1), spec.stop)) {
        return nullptr;
    }
    return index;
}

/// Moments with about as many events between any two.
void BrushIndex::choosePoints()
{
    std::vector<std::pair<std::int64_t, std::uint32_t>> blocks; // first time, rows
    std::int64_t end = INT64_MIN;
    for (const ChunkView& chunk : m_data->chunks()) {
        for (std::uint32_t block = 0; block < chunk.blocks(); ++block) {
            const BlockTimes times = chunk.blockTimes(block);
            blocks.emplace_back(times.first, std::min(kBlockRows, chunk.rows - block * kBlockRows));
            end = std::max(end, times.last + 1);
        }
    }
    std::sort(blocks.begin(), blocks.end());
    const std::uint64_t counters = std::uint64_t{m_data->addressCount()} + m_data->accountCount();
    const std::uint64_t between = std::max(kRowsBetween, counters * sizeof(Sum) / kBytesPerEvent);
    std::uint64_t rows = between;
    for (const auto& [time, count] : blocks) {
        if (rows >= between && (m_points.empty() || time > m_points.back())) {
            m_points.push_back(time);
            rows = 0;
        }
        rows += count;
    }
    if (!m_points.empty()) {
        m_points.push_back(end);
    }
    m_checkpoints.resize(m_points.size());
}

bool BrushIndex::take(const QueryPass& pass, Checkpoint& into)
{
    bool fit = true;
    const auto copy = [&fit](const std::vector<Tally>& cells, std::vector<Sum>& sums) {
        sums.resize(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            fit = fit && fits(cells[i]);
            sums[i] = {static_cast<std::uint32_t>(cells[i].failed), static_cast<std::uint32_t>(cells[i].succeeded),
                       static_cast<std::uint32_t>(cells[i].events)};
        }
    };
    copy(pass.address.cells(), into.address);
    copy(pass.account.cells(), into.account);
    into.service = pass.service;
    into.server = pass.server;
    into.series = pass.series;
    into.events = pass.events;
    return fit;
}

bool BrushIndex::addTo(Checkpoint& own, const Checkpoint& before)
{
    bool fit = true;
    const auto sums = [&fit](std::vector<Sum>& to, const std::vector<Sum>& from) {
        for (std::size_t i = 0; i < to.size(); ++i) {
            const Tally cell{std::uint64_t{to[i].failed} + from[i].failed, std::uint64_t{to[i].succeeded} + from[i].succeeded,
                            std::uint64_t{to[i].events} + from[i].events};
            fit = fit && fits(cell);
            to[i] = {to[i].failed + from[i].failed, to[i].succeeded + from[i].succeeded, to[i].events + from[i].events};
        }
    };
    const auto cells = [](std::vector<Tally>& to, const std::vector<Tally>& from) {
        for (std::size_t i = 0; i < to.size(); ++i) {
            to[i].add(from[i]);
        }
    };
    sums(own.address, before.address);
    sums(own.account, before.account);
    cells(own.service, before.service);
    cells(own.server, before.server);
    std::transform(own.series.begin(), own.series.end(), before.series.begin(), own.series.begin(), std::plus<>());
    own.events += before.events;
    return fit;
}

/// Checkpoints (first, last], counted from the first on.
bool BrushIndex::fillShare(std::size_t first, std::size_t last, const std::stop_token& stop)
{
    QueryPass pass(*m_data, m_mask, m_spec, {});
    bool fit = true;
    for (std::size_t point = first; point < last && fit && !stop.stop_requested(); ++point) {
        scan(pass, m_points[point], m_points[point + 1]);
        fit = take(pass, m_checkpoints[point + 1]);
    }
    return fit && !stop.stop_requested();
}

bool BrushIndex::fill(int threads, const std::stop_token& stop)
{
    if (m_points.empty()) {
        return true;
    }
    std::ignore = take(QueryPass(*m_data, m_mask, m_spec, {}), m_checkpoints.front());
    const std::size_t stretches = m_points.size() - 1;
    const auto shares = std::min(static_cast<std::size_t>(threads), stretches);
    const auto begin = [&](std::size_t share) { return stretchBegin(stretches, shares, share); };
    const auto filled = inStretches(stretches, shares, [&](std::size_t first, std::size_t last) { return fillShare(first, last, stop); });
    bool good = std::find(filled.begin(), filled.end(), false) == filled.end();
    for (std::size_t share = 1; share < shares && good; ++share) {
        for (std::size_t point = begin(share) + 1; point <= begin(share + 1) && good; ++point) {
            good = addTo(m_checkpoints[point], m_checkpoints[begin(share)]);
        }
    }
    return good;
}

void BrushIndex::scan(QueryPass& pass, std::int64_t begin, std::int64_t end) const
{
    const RowChoice all(*m_data, m_mask, m_spec);
    pass.setTimes(begin, end);
    for (const ChunkView& chunk : m_data->chunks()) {
        if (chunk.summary.maxTime >= begin && chunk.summary.minTime < end) {
            pass.scan(chunk, all);
        }
    }
    pass.finish();
}

std::size_t BrushIndex::bytes() const
{
    std::size_t sum = 0;
    for (const Checkpoint& point : m_checkpoints) {
        sum += (point.address.size() + point.account.size()) * sizeof(Sum) + (point.service.size() + point.server.size()) * sizeof(Tally);
    }
    return sum;
}

} // namespace mailward
