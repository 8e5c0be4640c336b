// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/QueryGroups.h"

#include <algorithm>
#include <bit>

namespace mailward {

namespace {

constexpr std::uint32_t kNoSlot = 0xFFFFFFFFU;
/// Up to this many bits a table of (row, value) is marked; beyond, pairs are gathered and sorted.
constexpr std::uint64_t kMaxTableBits = std::uint64_t{1} << 28U;

/// How to count the distinct values of one group's rows.
struct Plan {
    std::size_t result = 0;              ///< index of the group's rows
    bool byAccount = false;              ///< rows are accounts, values addresses; otherwise the other way round
    unsigned ignored = 0;                ///< bits that this view ignores
    std::vector<std::uint32_t> slot;     ///< AddressId or AccountId -> row, kNoSlot for rows that are not shown
    std::uint64_t rows = 0;
    std::uint64_t values = 0;
    [[nodiscard]] bool marks() const { return rows * values <= kMaxTableBits; }
};

/// What one thread saw.
class Seen
{
public:
    explicit Seen(const Plan& plan) : m_plan(plan)
    {
        if (plan.marks()) {
            m_table.resize((plan.rows * plan.values + 63) / 64);
        }
    }

    void add(std::uint64_t row, std::uint64_t value)
    {
        if (m_plan.marks()) {
            const std::uint64_t bit = row * m_plan.values + value;
            m_table[bit / 64] |= std::uint64_t{1} << (bit % 64);
        } else if (const std::uint64_t pair = (row << 32U) | value; m_pairs.empty() || m_pairs.back() != pair) {
            m_pairs.push_back(pair);
        }
    }

    void add(Seen& other)
    {
        for (std::size_t i = 0; i < m_table.size(); ++i) {
            m_table[i] |= other.m_table[i];
        }
        m_pairs.insert(m_pairs.end(), other.m_pairs.begin(), other.m_pairs.end());
    }

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

private:
    const Plan& m_plan;
    std::vector<std::uint64_t> m_table;
    std::vector<std::uint64_t> m_pairs;
};

/// Rows by the id of their group, then by what an event has: its address or its account.
Plan planFor(const ColumnsSnapshot& data, const QuerySpec& spec, const GroupResult& group, std::size_t index)
{
    Plan plan;
    plan.result = index;
    plan.byAccount = group.group == Group::Account;
    plan.ignored = spec.crossfilter ? ownBit(group.group) : 0U;
    plan.rows = group.rows.size();
    plan.values = plan.byAccount ? data.addressCount() : data.accountCount();
    std::uint32_t largest = 0;
    for (const GroupRow& row : group.rows) {
        largest = std::max(largest, row.id);
    }
    std::vector<std::uint32_t> rowOfId(std::size_t{largest} + 1, kNoSlot);
    for (std::uint32_t row = 0; row < group.rows.size(); ++row) {
        rowOfId[group.rows[row].id] = row;
    }
    const std::uint32_t count = plan.byAccount ? data.accountCount() : data.addressCount();
    plan.slot.assign(std::size_t{count} + 1, kNoSlot);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t id = plan.byAccount ? i : groupIdOf(data.address(AddressId{i}), AddressId{i}, group.group);
        plan.slot[i] = id <= largest ? rowOfId[id] : kNoSlot;
    }
    return plan;
}

void markRow(const ChunkView& chunk, std::uint32_t row, unsigned fails, const std::vector<Plan>& plans, std::vector<Seen>& seen)
{
    const std::uint32_t address = chunk.fixed->address[row];
    const std::uint32_t account = chunk.amendable->account[row];
    if (address == AddressId::kNone || account == AccountId::kNone) {
        return;
    }
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const Plan& plan = plans[i];
        const std::uint32_t slot = plan.slot[plan.byAccount ? account : address];
        if (slot != kNoSlot && (fails & ~plan.ignored) == 0) {
            seen[i].add(slot, plan.byAccount ? address : account);
        }
    }
}

} // namespace

void countDistinct(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const RowChoice& choice,
                   std::vector<GroupResult>& groups)
{
    std::vector<Plan> plans;
    unsigned ignored = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (groups[i].group <= Group::Account && !groups[i].rows.empty()) {
            plans.push_back(planFor(data, spec, groups[i], i));
            ignored |= plans.back().ignored;
        }
    }
    if (plans.empty()) {
        return;
    }
    const auto threads = static_cast<std::size_t>(std::max(spec.threads, 1));
    std::vector<std::vector<Seen>> seen(threads);
    for (auto& own : seen) {
        own.reserve(plans.size());
        for (const Plan& plan : plans) {
            own.emplace_back(plan);
        }
    }
    forEachChunk(data.chunks().size(), spec.threads, spec.stop, [&](std::size_t thread, std::size_t index) {
        const ChunkView& chunk = data.chunks()[index];
        if (chunk.summary.maxTime < mask.begin || chunk.summary.minTime >= mask.end) {
            return; // only the timeline ignores time
        }
        forEachRow(chunk, mask, choice, ignored,
                   [&](std::uint32_t row, unsigned fails) { markRow(chunk, row, fails, plans, seen[thread]); });
    });
    for (std::size_t i = 0; i < plans.size(); ++i) {
        for (std::size_t thread = 1; thread < threads; ++thread) {
            seen[0][i].add(seen[thread][i]);
        }
        const auto counts = seen[0][i].counts();
        auto& rows = groups[plans[i].result].rows;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            (plans[i].byAccount ? rows[row].addresses : rows[row].accounts) = counts[row];
        }
    }
}

} // namespace mailward
