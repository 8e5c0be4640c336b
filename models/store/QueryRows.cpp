// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/QueryRows.h"

#include "models/store/EventBlock.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <numeric>
#include <thread>

namespace mailward {

namespace {

/// More addresses or accounts than this, or a greater part of the chunk's rows, and reading all rows in order is faster than gathering those.
constexpr std::size_t kMaxCandidates = 128;
constexpr std::size_t kMaxShare = 16;

/// Of the values of one kind those that an event may have that passes, as far as they alone can say.
struct Candidates {
    const std::vector<std::uint8_t>& fails;
    const std::vector<std::uint32_t>& words; ///< empty without words
    std::uint32_t elsewhere = 0; ///< words that values of the other kind contain

    [[nodiscard]] bool mayPass(const FilterMask& mask, std::uint32_t id) const
    {
        if (fails[id] != 0 || !mask.hasWords()) {
            return fails[id] == 0;
        }
        return ((words[id] | elsewhere) & mask.wantedWords) == mask.wantedWords && (words[id] & mask.unwantedWords) == 0;
    }
    /// Their ids in order, no more than are worth it and one.
    [[nodiscard]] std::vector<std::uint32_t> ids(const FilterMask& mask) const
    {
        std::vector<std::uint32_t> ids;
        for (std::uint32_t id = 0; id < fails.size() && ids.size() <= kMaxCandidates; ++id) {
            if (mayPass(mask, id)) {
                ids.push_back(id + 1 == fails.size() ? EventBlock::kNone : id);
            }
        }
        return ids;
    }
};

std::uint32_t wordsIn(const std::vector<std::uint32_t>& values) { return std::accumulate(values.begin(), values.end(), 0U, std::bit_or<>()); }

} // namespace

RowChoice::RowChoice(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec)
{
    // A view that ignores its own condition needs the rows that this condition leaves out.
    if (spec.crossfilter || data.rows() == 0) {
        return;
    }
    const auto choose = [&](const Candidates& values) {
        m_ids = values.ids(mask);
        return m_ids.size() <= std::min(kMaxCandidates, values.fails.size() / 2);
    };
    m_byAddress = choose({mask.address, mask.addressWords, wordsIn(mask.accountWords)});
    m_byAccount = !m_byAddress && choose({mask.account, mask.accountWords, wordsIn(mask.addressWords)});
}

bool RowChoice::candidates(const ChunkView& chunk, std::vector<std::uint16_t>& rows) const
{
    rows.clear();
    if (!chunk.postings || !(m_byAddress || m_byAccount)) {
        return false;
    }
    const auto& order = m_byAddress ? chunk.postings->byAddress : chunk.postings->byAccount;
    const auto& column = m_byAddress ? chunk.fixed->address : chunk.amendable->account;
    auto at = order.begin();
    for (const std::uint32_t id : m_ids) {
        at = std::lower_bound(at, order.end(), id, [&](std::uint16_t row, std::uint32_t value) { return column[row] < value; });
        for (; at != order.end() && column[*at] == id; ++at) {
            rows.push_back(*at);
        }
        if (rows.size() > chunk.rows / kMaxShare) {
            return false;
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
