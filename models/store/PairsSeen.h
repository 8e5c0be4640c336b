// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/FilterMask.h"
#include "models/store/Query.h"

#include <vector>

namespace mailward {

/// When each address and each account was seen, and which met which: from these come first, last and the distinct counts of
/// every row of the address groups and of accounts. One bit a pair, so only for dictionaries that fits().
class PairsSeen
{
public:
    PairsSeen(std::size_t addresses, std::size_t accounts);
    [[nodiscard]] static bool fits(std::size_t addresses, std::size_t accounts);
    /// Is this a group whose rows fill() can complete?
    [[nodiscard]] static bool covers(Group group) { return group <= Group::Account; }

    /// An event that fails no condition, or only one of the address's, or only the account's. The last number of each kind
    /// stands for "none".
    void note(std::size_t address, std::size_t account, std::int64_t time, unsigned fails)
    {
        if ((fails & FilterMask::Account) == 0) {
            widen(m_addressTimes[address], time);
        }
        if ((fails & FilterMask::kAddressBits) == 0) {
            widen(m_accountTimes[account], time);
        }
        m_bits[address * m_stride + account / 64] |= std::uint64_t{1} << (account % 64);
    }
    void add(const PairsSeen& other);
    /// First, last and the distinct counts of the rows of a group that is covered.
    void fill(const ColumnsSnapshot& data, const FilterMask& mask, bool crossfilter, GroupResult& group) const;

private:
    static void widen(BlockTimes& times, std::int64_t time)
    {
        times.first = time < times.first ? time : times.first;
        times.last = time > times.last ? time : times.last;
    }
    void fillAddressRows(const ColumnsSnapshot& data, const FilterMask& mask, unsigned ignored, GroupResult& group) const;
    void fillAccountRows(const FilterMask& mask, GroupResult& group) const;
    [[nodiscard]] std::vector<std::uint64_t> passingAccounts(const FilterMask& mask) const;

    std::size_t m_stride; ///< words a row
    std::vector<BlockTimes> m_addressTimes, m_accountTimes;
    std::vector<std::uint64_t> m_bits;
};

} // namespace mailward
