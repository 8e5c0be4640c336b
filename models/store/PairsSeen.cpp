// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/PairsSeen.h"

#include "models/store/QueryGroups.h"

#include <algorithm>
#include <bit>

namespace mailward {

namespace {

constexpr std::uint64_t kMaxBits = std::uint64_t{1} << 28U;
constexpr std::uint32_t kNoRow = 0xFFFFFFFFU;

/// Sixty-four counters that count bits of words, one plane a binary digit: adding a word touches few planes.
class BitColumns
{
public:
    void add(std::uint64_t word)
    {
        for (std::size_t plane = 0; word != 0; ++plane) {
            const std::uint64_t carry = m_planes[plane] & word;
            m_planes[plane] ^= word;
            word = carry;
        }
    }
    [[nodiscard]] std::uint64_t count(std::size_t bit) const
    {
        std::uint64_t sum = 0;
        for (std::size_t plane = 0; plane < m_planes.size(); ++plane) {
            sum |= ((m_planes[plane] >> bit) & 1U) << plane;
        }
        return sum;
    }

private:
    std::array<std::uint64_t, 33> m_planes{};
};

void setTimes(GroupRow& row, const BlockTimes& times)
{
    if (times.first <= times.last) {
        row.first = fromMicros(times.first);
        row.last = fromMicros(times.last);
    }
}

/// Id of a group's value -> its row; kNoRow for those that are not shown.
std::vector<std::uint32_t> rowsById(const GroupResult& group)
{
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < group.rows.size(); ++row) {
        if (group.rows[row].id >= rows.size()) {
            rows.resize(group.rows[row].id + 1, kNoRow);
        }
        rows[group.rows[row].id] = row;
    }
    return rows;
}

} // namespace

PairsSeen::PairsSeen(std::size_t addresses, std::size_t accounts)
    : m_stride(accounts / 64 + 1), m_addressTimes(addresses + 1), m_accountTimes(accounts + 1), m_bits((addresses + 1) * m_stride)
{
}

bool PairsSeen::fits(std::size_t addresses, std::size_t accounts) { return (addresses + 1) * (accounts / 64 + 1) * 64 <= kMaxBits; }

void PairsSeen::add(const PairsSeen& other)
{
    const auto merge = [](std::vector<BlockTimes>& own, const std::vector<BlockTimes>& more) {
        for (std::size_t i = 0; i < own.size(); ++i) {
            own[i] = {std::min(own[i].first, more[i].first), std::max(own[i].last, more[i].last)};
        }
    };
    merge(m_addressTimes, other.m_addressTimes);
    merge(m_accountTimes, other.m_accountTimes);
    std::transform(m_bits.begin(), m_bits.end(), other.m_bits.begin(), m_bits.begin(), std::bit_or<>());
}

void PairsSeen::fill(const ColumnsSnapshot& data, const FilterMask& mask, bool crossfilter, GroupResult& group) const
{
    if (group.group == Group::Account) {
        fillAccountRows(mask, group);
    } else {
        fillAddressRows(data, mask, crossfilter ? ownBit(group.group) : 0U, group);
    }
}

/// One bit for each account that its own condition lets through; none for "no account".
std::vector<std::uint64_t> PairsSeen::passingAccounts(const FilterMask& mask) const
{
    std::vector<std::uint64_t> passing(m_stride);
    for (std::size_t i = 0; i + 1 < mask.account.size(); ++i) {
        passing[i / 64] |= std::uint64_t{mask.account[i] == 0 ? 1U : 0U} << (i % 64);
    }
    return passing;
}

void PairsSeen::fillAddressRows(const ColumnsSnapshot& data, const FilterMask& mask, unsigned ignored, GroupResult& group) const
{
    const std::vector<std::uint64_t> accounts = passingAccounts(mask);
    const std::vector<std::uint32_t> rowOf = rowsById(group);
    std::vector<BlockTimes> times(group.rows.size());
    std::vector<std::uint64_t> met(group.rows.size() * m_stride);
    for (std::uint32_t i = 0; i < data.addressCount(); ++i) {
        const std::uint32_t id = groupIdOf(data.address(AddressId{i}), AddressId{i}, group.group);
        const std::uint32_t row = id < rowOf.size() ? rowOf[id] : kNoRow;
        if (row == kNoRow || (mask.address[i] & ~ignored) != 0 || m_addressTimes[i].first > m_addressTimes[i].last) {
            continue;
        }
        times[row] = {std::min(times[row].first, m_addressTimes[i].first), std::max(times[row].last, m_addressTimes[i].last)};
        const std::uint64_t* const from = &m_bits[i * m_stride];
        std::transform(from, from + m_stride, &met[row * m_stride], &met[row * m_stride], std::bit_or<>());
    }
    for (std::size_t row = 0; row < group.rows.size(); ++row) {
        setTimes(group.rows[row], times[row]);
        group.rows[row].accounts = 0;
        for (std::size_t word = 0; word < m_stride; ++word) {
            group.rows[row].accounts += static_cast<std::uint64_t>(std::popcount(met[row * m_stride + word] & accounts[word]));
        }
    }
}

void PairsSeen::fillAccountRows(const FilterMask& mask, GroupResult& group) const
{
    std::vector<BitColumns> columns(m_stride);
    for (std::size_t i = 0; i + 1 < mask.address.size(); ++i) {
        for (std::size_t word = 0; word < m_stride && mask.address[i] == 0; ++word) {
            columns[word].add(m_bits[i * m_stride + word]);
        }
    }
    for (GroupRow& row : group.rows) {
        setTimes(row, m_accountTimes[row.id]);
        row.addresses = columns[row.id / 64].count(row.id % 64);
    }
}

} // namespace mailward
