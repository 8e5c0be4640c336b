// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/FilterMask.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace mailward {

/// Picks the rows of a block that some view counts. Without a jump a row: which rows pass is nothing that a processor can guess.
class RowSieve
{
public:
    /// Bits of FilterMask. What stands above them is carried along and not looked at.
    static constexpr unsigned kConditions = 2U * FilterMask::Time - 1;

    /// Rows in order, and which conditions they fail.
    struct Chosen {
        std::uint32_t count = 0;
        std::uint32_t begin = 0;
        std::array<std::uint16_t, kBlockRows> rows;
        std::array<std::uint16_t, kBlockRows> fails; ///< of all rows from `begin` on

        [[nodiscard]] unsigned failsOf(std::uint32_t i) const { return fails[rows[i] - begin]; }
    };

    /// `crossfilter`: rows that fail one condition alone count, too, for the view that ignores it. `mask` stays where it is.
    RowSieve(const FilterMask& mask, bool crossfilter) : m_mask(mask), m_crossfilter(crossfilter) {}

    /// Rows [begin, end), no more than kBlockRows, whatever their times. `mixFails`: what each of the chunk's mixes fails; null when none fails any.
    [[nodiscard]] Chosen choose(const ChunkView& chunk, const std::uint16_t* mixFails, std::uint32_t begin, std::uint32_t end) const
    {
        Chosen chosen;
        chosen.begin = begin;
        mixFails != nullptr ? look<true>(chosen, chunk, mixFails, end) : look<false>(chosen, chunk, mixFails, end);
        std::fill(chosen.fails.begin() + (end - begin), chosen.fails.end(), static_cast<std::uint16_t>(kConditions));
        pick(chosen);
        return chosen;
    }

private:
    template <bool Mixes>
    void look(Chosen& chosen, const ChunkView& chunk, const std::uint16_t* mixFails, std::uint32_t end) const
    {
        const bool addresses = m_mask.looksAtAddresses(), accounts = m_mask.looksAtAccounts();
        addresses && accounts ? lookAt<Mixes, true, true>(chosen, chunk, mixFails, end)
        : addresses           ? lookAt<Mixes, true, false>(chosen, chunk, mixFails, end)
        : accounts            ? lookAt<Mixes, false, true>(chosen, chunk, mixFails, end)
                              : lookAt<Mixes, false, false>(chosen, chunk, mixFails, end);
    }

    /// Fills `fails` up to `end`. No column is read that no condition asks for.
    template <bool Mixes, bool Addresses, bool Accounts>
    void lookAt(Chosen& chosen, const ChunkView& chunk, const std::uint16_t* mixFails, std::uint32_t end) const
    {
        const std::uint16_t* const mixes = chunk.amendable->mix.data() + chosen.begin;
        const std::uint32_t* const addresses = chunk.fixed->address.data() + chosen.begin;
        const std::uint32_t* const accounts = chunk.amendable->account.data() + chosen.begin;
        const std::uint8_t* const ofAddress = m_mask.address.data();
        const std::uint8_t* const ofAccount = m_mask.account.data();
        const auto noAddress = static_cast<std::uint32_t>(m_mask.address.size() - 1);
        const auto noAccount = static_cast<std::uint32_t>(m_mask.account.size() - 1);
        const bool words = Addresses && Accounts && m_mask.hasWords();
        const std::uint32_t rows = end - chosen.begin;
#pragma GCC unroll 4
        for (std::uint32_t i = 0; i < rows; ++i) {
            unsigned fails = Mixes ? mixFails[mixes[i]] : 0;
            const std::uint32_t a = Addresses ? std::min(addresses[i], noAddress) : 0;
            const std::uint32_t c = Accounts ? std::min(accounts[i], noAccount) : 0;
            fails |= Addresses ? unsigned{ofAddress[a]} : 0U;
            fails |= Accounts ? unsigned{ofAccount[c]} : 0U;
            fails |= words && m_mask.wordsFail(m_mask.addressWords[a] | m_mask.accountWords[c]) ? unsigned{FilterMask::Other} : 0U;
            chosen.fails[i] = static_cast<std::uint16_t>(fails);
        }
    }

    /// Eight rows at a time: of those that nothing passes no more is asked.
    void pick(Chosen& chosen) const
    {
        const auto none = static_cast<std::uint16_t>(m_crossfilter ? unsigned{FilterMask::Other} : ~0U); // what no view ignores
        std::array<std::uint8_t, kBlockRows> passes;
        for (std::uint32_t i = 0; i < kBlockRows; ++i) {
            const auto fails = static_cast<std::uint16_t>(chosen.fails[i] & kConditions);
            passes[i] = (fails & (static_cast<std::uint16_t>(fails - 1) | none)) == 0 ? 1 : 0; // of the others one alone, at most
        }
        std::uint32_t count = 0;
        for (std::uint32_t at = 0; at < kBlockRows; at += 8) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, &passes[at], sizeof eight);
            for (; eight != 0; eight &= eight - 1) {
                const auto which = static_cast<std::uint32_t>(std::countr_zero(eight)) / 8;
                chosen.rows[count++] = static_cast<std::uint16_t>(chosen.begin + at + (std::endian::native == std::endian::little ? which : 7 - which));
            }
        }
        chosen.count = count;
    }

    const FilterMask& m_mask;
    bool m_crossfilter;
};

} // namespace mailward
