// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/QueryGroups.h"

#include <algorithm>
#include <bit>

namespace mailward {

namespace {

constexpr std::uint32_t kNoSlot = 0xFFFFFFFFU;
/// Up to this many bits (64 MiB a thread, for as long as the query lasts) a table of (row, value) is marked; beyond, pairs are gathered and
/// sorted, which with ten million events takes five times as long.
constexpr std::uint64_t kMaxTableBits = std::uint64_t{1} << 29U;

/// What of an event says to which row it belongs.
enum Key : std::uint8_t { ByAddress, ByAccount, ByServer, ByService, ByHour, kKeyCount };

/// How to look at one group's rows.
struct Plan {
    std::size_t result = 0; ///< index of the group's rows
    Key key = ByAddress;
    unsigned ignored = 0;            ///< bits that this view ignores
    std::vector<std::uint32_t> slot; ///< key -> row, kNoSlot for rows that are not shown; one more for "none"
    std::uint64_t rows = 0;
    std::uint64_t values = 0; ///< of what is counted distinct: addresses of an account, accounts of anything else; 0: nothing
    [[nodiscard]] bool marks() const { return rows * values <= kMaxTableBits; }
};

Key keyOf(Group group)
{
    switch (group) {
    case Group::Account: return ByAccount;
    case Group::Service: return ByService;
    case Group::Server: return ByServer;
    case Group::HourOfWeek: return ByHour;
    default: return ByAddress;
    }
}

/// What one thread saw.
class Seen
{
public:
    explicit Seen(const Plan& plan)
        : m_plan(plan), m_times(plan.rows, {INT64_MAX, INT64_MIN}),
          m_table(plan.marks() ? (plan.rows * plan.values + 63) / 64 : 0)
    {
    }

    void addTime(std::uint32_t row, std::int64_t time)
    {
        auto& [first, last] = m_times[row];
        first = time < first ? time : first;
        last = time > last ? time : last;
    }

    void addValue(std::uint64_t row, std::uint64_t value)
    {
        if (!m_table.empty()) {
            const std::uint64_t bit = row * m_plan.values + value;
            m_table[bit / 64] |= std::uint64_t{1} << (bit % 64);
        } else if (const std::uint64_t pair = (row << 32U) | value; m_pairs.empty() || m_pairs.back() != pair) {
            m_pairs.push_back(pair);
        }
    }

    void add(const Seen& other)
    {
        for (std::size_t row = 0; row < m_times.size(); ++row) {
            m_times[row].first = std::min(m_times[row].first, other.m_times[row].first);
            m_times[row].second = std::max(m_times[row].second, other.m_times[row].second);
        }
        std::transform(m_table.begin(), m_table.end(), other.m_table.begin(), m_table.begin(), std::bit_or<>());
        m_pairs.insert(m_pairs.end(), other.m_pairs.begin(), other.m_pairs.end());
    }

    void fill(std::vector<GroupRow>& rows)
    {
        const auto distinct = counts();
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (m_times[row].first <= m_times[row].second) {
                rows[row].first = fromMicros(m_times[row].first);
                rows[row].last = fromMicros(m_times[row].second);
            }
            if (m_plan.values > 0) {
                (m_plan.key == ByAccount ? rows[row].addresses : rows[row].accounts) = distinct[row];
            }
        }
    }

private:
    /// Distinct values by row.
    [[nodiscard]] std::vector<std::uint64_t> counts()
    {
        std::vector<std::uint64_t> counts(m_plan.rows);
        for (std::size_t word = 0; word < m_table.size(); ++word) {
            for (std::uint64_t bits = m_table[word]; bits != 0; bits &= bits - 1) {
                ++counts[(word * 64 + static_cast<std::size_t>(std::countr_zero(bits))) / m_plan.values];
            }
        }
        std::sort(m_pairs.begin(), m_pairs.end());
        m_pairs.erase(std::unique(m_pairs.begin(), m_pairs.end()), m_pairs.end());
        for (const std::uint64_t pair : m_pairs) {
            ++counts[pair >> 32U];
        }
        return counts;
    }

    const Plan& m_plan;
    std::vector<std::pair<std::int64_t, std::int64_t>> m_times;
    std::vector<std::uint64_t> m_table;
    std::vector<std::uint64_t> m_pairs;
};

Plan planFor(const ColumnsSnapshot& data, const QuerySpec& spec, const GroupResult& group, std::size_t index)
{
    Plan plan;
    plan.result = index;
    plan.key = keyOf(group.group);
    plan.ignored = spec.crossfilter ? ownBit(group.group) : 0U;
    plan.rows = group.rows.size();
    plan.values = plan.key == ByAccount ? data.addressCount() : plan.key == ByAddress ? data.accountCount() : 0;
    std::uint32_t largest = 0;
    for (const GroupRow& row : group.rows) {
        largest = std::max(largest, row.id);
    }
    std::vector<std::uint32_t> rowOfId(std::size_t{largest} + 1, kNoSlot);
    for (std::uint32_t row = 0; row < group.rows.size(); ++row) {
        rowOfId[group.rows[row].id] = row;
    }
    const std::array<std::uint32_t, kKeyCount> counts{data.addressCount(), data.accountCount(), data.serverCount(), kServiceCount, 168};
    plan.slot.assign(std::size_t{counts[plan.key]} + 1, kNoSlot);
    for (std::uint32_t i = 0; i < counts[plan.key]; ++i) {
        const std::uint32_t id = plan.key == ByAddress ? groupIdOf(data.address(AddressId{i}), AddressId{i}, group.group) : i;
        plan.slot[i] = id <= largest ? rowOfId[id] : kNoSlot;
    }
    return plan;
}

/// One thread's share.
class Look
{
public:
    Look(const ColumnsSnapshot& data, const QuerySpec& spec, const std::vector<Plan>& plans)
        : m_plans(plans), m_noAddress(data.addressCount()), m_noAccount(data.accountCount()), m_hours(spec.zone)
    {
        for (const Plan& plan : plans) {
            m_seen.emplace_back(plan);
            m_wantsHour = m_wantsHour || plan.key == ByHour;
        }
    }

    void at(const ChunkView& chunk, std::uint32_t row, unsigned fails)
    {
        const std::int64_t time = chunk.fixed->time[row];
        const std::uint32_t address = std::min(chunk.fixed->address[row], m_noAddress);
        const std::uint32_t account = std::min(chunk.amendable->account[row], m_noAccount);
        const std::array<std::uint32_t, kKeyCount> keys{address, account, chunk.fixed->server[row], chunk.amendable->service[row],
                                                        m_wantsHour ? m_hours.at(time) : 0};
        const bool isPair = address != m_noAddress && account != m_noAccount;
        for (std::size_t i = 0; i < m_plans.size(); ++i) {
            const Plan& plan = m_plans[i];
            const std::uint32_t slot = plan.slot[keys[plan.key]];
            if (slot == kNoSlot || (fails & ~plan.ignored) != 0) {
                continue;
            }
            m_seen[i].addTime(slot, time);
            if (isPair && plan.values > 0) {
                m_seen[i].addValue(slot, plan.key == ByAccount ? address : account);
            }
        }
    }

    [[nodiscard]] Seen& seen(std::size_t plan) { return m_seen[plan]; }

private:
    const std::vector<Plan>& m_plans;
    std::vector<Seen> m_seen;
    std::uint32_t m_noAddress, m_noAccount;
    HourOfWeek m_hours;
    bool m_wantsHour = false;
};

} // namespace

void fillDetails(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const RowChoice& choice,
                 PairsSeen* pairs, std::vector<GroupResult>& groups)
{
    if (pairs != nullptr) {
        pairs->fill(data, mask, spec, groups);
    }
    std::vector<Plan> plans;
    unsigned ignored = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (pairs != nullptr && PairsSeen::covers(groups[i].group)) {
            continue;
        }
        if (!groups[i].rows.empty()) {
            plans.push_back(planFor(data, spec, groups[i], i));
            ignored |= plans.back().ignored;
        }
    }
    if (plans.empty()) {
        return;
    }
    std::vector<Look> looks;
    for (int i = 0; i < std::max(spec.threads, 1); ++i) {
        looks.emplace_back(data, spec, plans);
    }
    forEachChunk(data.chunks().size(), spec.threads, spec.stop, [&](std::size_t thread, std::size_t index) {
        const ChunkView& chunk = data.chunks()[index];
        if (chunk.summary.maxTime < mask.begin || chunk.summary.minTime >= mask.end) {
            return; // only the timeline ignores time
        }
        Look& look = looks[thread];
        forEachRow(chunk, mask, choice, ignored, [&](std::uint32_t row, unsigned fails) { look.at(chunk, row, fails); });
    });
    for (std::size_t i = 0; i < plans.size(); ++i) {
        for (std::size_t thread = 1; thread < looks.size(); ++thread) {
            looks[0].seen(i).add(looks[thread].seen(i));
        }
        looks[0].seen(i).fill(groups[plans[i].result].rows);
    }
}

} // namespace mailward
