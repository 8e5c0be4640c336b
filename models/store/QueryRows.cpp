// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/QueryRows.h"

#include "models/store/EventBlock.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace mailward {

namespace {

/// More candidates than this, and reading all rows in order is faster than gathering them.
constexpr std::size_t kMaxCandidates = 32;

} // namespace

RowChoice::RowChoice(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec)
{
    // A view that ignores its own condition needs the rows that this condition leaves out.
    if (spec.crossfilter || data.rows() == 0) {
        return;
    }
    const auto passing = [this](const std::vector<std::uint8_t>& fails) {
        m_ids.clear();
        for (std::uint32_t id = 0; id < fails.size() && m_ids.size() <= kMaxCandidates; ++id) {
            if (fails[id] == 0) {
                m_ids.push_back(id + 1 == fails.size() ? EventBlock::kNone : id);
            }
        }
        return m_ids.size() <= kMaxCandidates;
    };
    m_byAddress = mask.address.size() > 2 * kMaxCandidates && passing(mask.address);
    m_byAccount = !m_byAddress && mask.account.size() > 2 * kMaxCandidates && passing(mask.account);
}

bool RowChoice::candidates(const ChunkView& chunk, std::vector<std::uint16_t>& rows) const
{
    rows.clear();
    if (!chunk.postings || !(m_byAddress || m_byAccount)) {
        return false;
    }
    const auto& order = m_byAddress ? chunk.postings->byAddress : chunk.postings->byAccount;
    const auto& column = m_byAddress ? chunk.fixed->address : chunk.amendable->account;
    for (const std::uint32_t id : m_ids) {
        auto at = std::lower_bound(order.begin(), order.end(), id,
                                   [&](std::uint16_t row, std::uint32_t value) { return column[row] < value; });
        for (; at != order.end() && column[*at] == id; ++at) {
            rows.push_back(*at);
        }
    }
    return true;
}

void forEachChunk(std::size_t chunks, int threads, const std::stop_token& stop,
                  const std::function<void(std::size_t thread, std::size_t chunk)>& work)
{
    std::atomic<std::size_t> next = 0;
    const auto run = [&](std::size_t thread) {
        for (std::size_t chunk = next++; chunk < chunks && !stop.stop_requested(); chunk = next++) {
            work(thread, chunk);
        }
    };
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < static_cast<std::size_t>(std::max(threads, 1)) && i < chunks; ++i) {
        others.emplace_back(run, i);
    }
    run(0);
}

} // namespace mailward
