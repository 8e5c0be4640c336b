// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/ColumnsSnapshot.h"
#include "models/store/Filter.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace mailward {

/// A filter worked out against the dictionaries of one snapshot: for each interned value, which conditions it fails. An
/// event passes when the bits of all its values together are 0; a view that ignores its own condition lets that one bit
/// through.
struct FilterMask {
    enum Bit : std::uint16_t {
        Other = 1, Address = 2, Network = 4, Asn = 8, Country = 16, Account = 32, Service = 64, Server = 128, Time = 256
    };
    static constexpr std::uint16_t kAddressBits = Address | Network | Asn | Country;

    FilterMask(const ColumnsSnapshot& data, const Filter& filter);

    /// Bits of one event.
    [[nodiscard]] unsigned failsOf(const ChunkView& chunk, std::uint32_t row) const
    {
        const std::size_t a = std::min<std::size_t>(chunk.fixed->address[row], address.size() - 1);
        const std::size_t c = std::min<std::size_t>(chunk.amendable->account[row], account.size() - 1);
        const std::int64_t time = chunk.fixed->time[row];
        unsigned fails = static_cast<unsigned>(address[a] | account[c] | server[chunk.fixed->server[row]]
                                               | service[chunk.amendable->service[row]]
                                               | verdict[chunk.amendable->verdict[row]]);
        fails |= time < begin || time >= end ? unsigned{Time} : 0U;
        fails |= hasWords() && wordsFail(addressWords[a] | accountWords[c]) ? unsigned{Other} : 0U;
        return fails;
    }

    /// By AddressId and AccountId; the last item is for events that have none.
    std::vector<std::uint8_t> address, account;
    std::vector<std::uint8_t> server;
    std::array<std::uint8_t, 16> service{};
    std::array<std::uint8_t, 64> verdict{};
    /// Which bare words the address, or the account, contains; empty without words.
    std::vector<std::uint32_t> addressWords, accountWords;
    std::uint32_t wantedWords = 0;
    std::uint32_t unwantedWords = 0;
    std::int64_t begin = INT64_MIN; ///< microseconds, inclusive
    std::int64_t end = INT64_MAX;   ///< exclusive

    /// Is there any condition beside time and words? If not, the tables above are all zero.
    [[nodiscard]] bool looksAtValues() const { return m_looksAtValues; }
    /// Is there any on addresses, or on accounts? Words are on both.
    [[nodiscard]] bool looksAtAddresses() const { return m_looksAtAddresses; }
    [[nodiscard]] bool looksAtAccounts() const { return m_looksAtAccounts; }
    [[nodiscard]] bool hasWords() const { return (wantedWords | unwantedWords) != 0; }
    [[nodiscard]] bool wordsFail(std::uint32_t found) const
    {
        return (found & wantedWords) != wantedWords || (found & unwantedWords) != 0;
    }

private:
    bool m_looksAtValues = false;
    bool m_looksAtAddresses = false;
    bool m_looksAtAccounts = false;
};

} // namespace mailward
