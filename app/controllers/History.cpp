// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/History.h"

#include <algorithm>
#include <unordered_map>

namespace mailward {

namespace {

/// Calls `use(chunk, row)` for each row of `outcome` in `range` that has an address.
template <class Use>
void forEachOutcome(const ColumnsSnapshot& data, TimeRange range, Outcome outcome, const Use& use)
{
    for (const ChunkView& chunk : data.chunks()) {
        if (chunk.summary.maxTime < toMicros(range.begin) || chunk.summary.minTime >= toMicros(range.end)) {
            continue;
        }
        for (std::uint32_t row = 0; row < chunk.rows; ++row) {
            const bool wanted = outcomeOf(chunk.amendable->verdict[row]) == outcome && range.contains(fromMicros(chunk.fixed->time[row]));
            if (wanted && AddressId(chunk.fixed->address[row]).isValid()) {
                use(chunk, row);
            }
        }
    }
}

} // namespace

std::vector<GoodLogin> goodLogins(const ColumnsSnapshot& data, TimeRange range, const std::set<IpAddress>& suspects)
{
    // Address and account in one number: both are 32-bit indices.
    std::unordered_map<std::uint64_t, std::uint64_t> counts;
    forEachOutcome(data, range, Outcome::Success, [&](const ChunkView& chunk, std::uint32_t row) {
        const std::uint64_t key = std::uint64_t{chunk.fixed->address[row]} << 32U | chunk.amendable->account[row];
        counts[key] += std::max<std::uint32_t>(chunk.amendable->attempts[row], 1);
    });
    std::vector<GoodLogin> found;
    found.reserve(counts.size());
    for (const auto& [key, count] : counts) {
        const IpAddress address = data.address(AddressId(static_cast<std::uint32_t>(key >> 32U))).ip;
        const AccountId account(static_cast<std::uint32_t>(key & 0xFFFFFFFFU));
        if (!suspects.contains(address)) {
            found.push_back({address, account.isValid() ? data.account(account) : std::string(), count});
        }
    }
    std::sort(found.begin(), found.end(), [](const GoodLogin& a, const GoodLogin& b) {
        return std::tie(a.address, a.account) < std::tie(b.address, b.account);
    });
    return found;
}

std::vector<AttackSource> failingSources(const ColumnsSnapshot& data, TimeRange range)
{
    std::vector<std::uint64_t> attempts(data.addressCount());
    forEachOutcome(data, range, Outcome::Failure, [&](const ChunkView& chunk, std::uint32_t row) {
        attempts[chunk.fixed->address[row]] += chunk.amendable->attempts[row];
    });
    std::vector<AttackSource> found;
    for (std::uint32_t id = 0; id < attempts.size(); ++id) {
        if (attempts[id] > 0) {
            found.push_back({data.address(AddressId(id)).ip, attempts[id]});
        }
    }
    std::sort(found.begin(), found.end(), [](const AttackSource& a, const AttackSource& b) {
        return a.attempts != b.attempts ? a.attempts > b.attempts : a.address < b.address;
    });
    return found;
}

TimeRange judgedPeriod(const ColumnsSnapshot& data, Instant now)
{
    const TimeRange all = data.range();
    const Instant end = all.isEmpty() ? now : std::min(now, all.end);
    return {end - kGoodLoginPeriod, end};
}

} // namespace mailward
