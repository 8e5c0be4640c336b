// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/FilterMask.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace mailward {

/// Picks the rows of a block that some view counts. Without a jump a row: which rows pass is nothing that a processor can guess,
/// and of those that fail most columns need not be read.
class RowSieve
{
public:
    /// Bits of FilterMask. What stands above them is carried along and not looked at.
    static constexpr unsigned kConditions = 2U * FilterMask::Time - 1;

    /// Rows in order, and which conditions they fail.
    struct Chosen {
        std::uint32_t count = 0;
        std::array<std::uint16_t, kBlockRows + 1> rows, fails; ///< one more is written to than counted
    };

    /// `crossfilter`: rows that fail one condition alone count, too, for the view that ignores it. `mask` stays where it is.
    RowSieve(const FilterMask& mask, bool crossfilter) : m_mask(mask), m_crossfilter(crossfilter) {}

    /// Rows [begin, end), no more than kBlockRows, whatever their times. `mixFails`: what each of the chunk's mixes fails.
    [[nodiscard]] Chosen choose(const ChunkView& chunk, const std::uint16_t* mixFails, std::uint32_t begin, std::uint32_t end) const
    {
        const bool addresses = m_mask.looksAtAddresses(), accounts = m_mask.looksAtAccounts();
        return addresses && accounts ? chosen<true, true>(chunk, mixFails, begin, end)
               : addresses           ? chosen<true, false>(chunk, mixFails, begin, end)
               : accounts            ? chosen<false, true>(chunk, mixFails, begin, end)
                                     : chosen<false, false>(chunk, mixFails, begin, end);
    }

private:
    template <bool Addresses, bool Accounts>
    [[nodiscard]] Chosen chosen(const ChunkView& chunk, const std::uint16_t* mixFails, std::uint32_t begin, std::uint32_t end) const
    {
        const std::uint16_t* const mixes = chunk.amendable->mix.data();
        const std::uint32_t* const addresses = chunk.fixed->address.data();
        const std::uint32_t* const accounts = chunk.amendable->account.data();
        const std::uint8_t* const ofAddress = m_mask.address.data();
        const std::uint8_t* const ofAccount = m_mask.account.data();
        const auto noAddress = static_cast<std::uint32_t>(m_mask.address.size() - 1);
        const auto noAccount = static_cast<std::uint32_t>(m_mask.account.size() - 1);
        const unsigned none = m_crossfilter ? unsigned{FilterMask::Other} : ~0U; // what no view ignores
        const bool words = Addresses && Accounts && m_mask.hasWords();
        Chosen chosen;
        std::uint32_t count = 0;
        for (std::uint32_t row = begin; row < end; ++row) {
            unsigned fails = mixFails[mixes[row]];
            const std::uint32_t a = Addresses ? std::min(addresses[row], noAddress) : 0;
            const std::uint32_t c = Accounts ? std::min(accounts[row], noAccount) : 0;
            fails |= Addresses ? unsigned{ofAddress[a]} : 0U;
            fails |= Accounts ? unsigned{ofAccount[c]} : 0U;
            fails |= words && m_mask.wordsFail(m_mask.addressWords[a] | m_mask.accountWords[c]) ? unsigned{FilterMask::Other} : 0U;
            chosen.rows[count] = static_cast<std::uint16_t>(row);
            chosen.fails[count] = static_cast<std::uint16_t>(fails);
            const unsigned conditions = fails & kConditions;
            count += (conditions & ((conditions - 1) | none)) == 0 ? 1U : 0U; // of the others one alone, at most
        }
        chosen.count = count;
        return chosen;
    }

    const FilterMask& m_mask;
    bool m_crossfilter;
};

} // namespace mailward
