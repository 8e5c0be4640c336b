// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/FilterMask.h"
#include "models/store/Query.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace mailward {

/// When each address and each account was seen, and which met which: from these come first, last and the distinct counts of
/// every row of the address groups and of accounts. Exact.
/// A bit for each pair would be far more memory than a processor has near at hand, and each event would wait for its own bit.
/// So pairs are first only written down, by stretches of addresses whose bits are few enough; then each stretch is marked and
/// counted by itself. (Radix partitioning, as in the hash joins of databases: Manegold, Boncz, Kersten, VLDB 2000.)
class PairsSeen
{
public:
    static constexpr std::size_t kMostNoted = std::size_t{1} << 24U; ///< 64 MiB a thread

    /// After `mostNoted` pairs those that were noted more than once are thrown out.
    PairsSeen(std::size_t addresses, std::size_t accounts, std::size_t mostNoted = kMostNoted);
    [[nodiscard]] static bool fits(std::size_t addresses, std::size_t accounts);
    /// Is this a group whose rows fill() can complete?
    [[nodiscard]] static bool covers(Group group) { return group <= Group::Account; }

    /// An event that fails no condition, or only one of the address's, or only the account's. The last number of each kind
    /// stands for "none".
    void note(std::size_t address, std::size_t account, std::int64_t time, unsigned fails)
    {
        m_newest = time > m_newest ? time : m_newest;
        if ((fails & FilterMask::Account) == 0) {
            m_address.widen(address, time);
        }
        if ((fails & FilterMask::kAddressBits) == 0) {
            m_account.widen(account, time);
        }
        writeDown(address, account);
    }
    /// Is nothing of a run older than what was noted before? Then noteLater() does for its events, as for nearly all of a log: what
    /// need not be compared need not be read.
    [[nodiscard]] bool isLater(const BlockTimes& run)
    {
        const bool later = run.inOrder && run.first >= m_newest;
        m_newest = later ? run.last : m_newest;
        return later;
    }
    class Pen;

    /// Everything that the other has noted; it is empty afterwards.
    void take(PairsSeen& other);
    /// First, last and the distinct counts of the rows of all groups that are covered.
    void fill(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, std::vector<GroupResult>& groups);

private:
    friend class PairsFold;

    /// When each value was seen first and last.
    struct Times {
        explicit Times(std::size_t values) : first(values, INT64_MAX), last(values, INT64_MIN) {}
        void widen(std::size_t value, std::int64_t time)
        {
            first[value] = time < first[value] ? time : first[value];
            last[value] = time > last[value] ? time : last[value];
        }
        void add(const Times& other);
        [[nodiscard]] BlockTimes of(std::size_t value) const { return {first[value], last[value]}; }

        std::vector<std::int64_t> first, last;
    };
    struct Page {
        std::unique_ptr<std::uint32_t[]> pairs;
        std::size_t count = 0;
    };
    /// The pairs of neighbouring addresses: number of the pair's bit among those of the stretch.
    struct Stretch {
        std::uint32_t* next = nullptr; ///< in the last page
        std::uint32_t* end = nullptr;
        std::vector<Page> pages;
    };

    void writeDown(std::size_t address, std::size_t account)
    {
        Stretch& stretch = m_stretches[address >> m_shift];
        if (stretch.next == stretch.end) [[unlikely]] {
            makeRoom(stretch);
        }
        *stretch.next++ = static_cast<std::uint32_t>(((address & m_within) * m_words << 6U) + account);
    }
    static void close(Stretch& stretch);
    static void mark(const Stretch& stretch, std::vector<std::uint64_t>& bits);
    void open(Stretch& stretch);
    void makeRoom(Stretch& stretch);
    void dropRepeated(Stretch& stretch, std::vector<std::uint64_t>& bits);
    [[nodiscard]] std::size_t bitWords() const { return m_words << m_shift; }

    std::size_t m_words; ///< of bits of one address
    unsigned m_shift;    ///< addresses of a stretch, as a power of two
    std::size_t m_within;
    std::size_t m_pages = 0;
    std::size_t m_mostPages;
    std::int64_t m_newest = INT64_MIN;
    Times m_address, m_account;
    std::vector<Stretch> m_stretches;
};

/// Notes many events one after another: what note() would look up each time is at hand.
class PairsSeen::Pen
{
public:
    explicit Pen(PairsSeen& seen)
        : m_seen(seen), m_stretches(seen.m_stretches.data()), m_firstOfAddress(seen.m_address.first.data()), m_lastOfAddress(seen.m_address.last.data()),
          m_firstOfAccount(seen.m_account.first.data()), m_lastOfAccount(seen.m_account.last.data()), m_words(static_cast<std::uint32_t>(seen.m_words)),
          m_within(static_cast<std::uint32_t>(seen.m_within)), m_shift(seen.m_shift)
    {
    }

    /// The address will be noted soon.
    void expect(std::uint32_t address) const { __builtin_prefetch(&m_lastOfAddress[address], 1); }
    /// Like note(), for a run that isLater(). `isNewAddress`, `isNewAccount`: may this be the first event of it? Certainly false only
    /// when one was noted before.
    void noteLater(std::uint32_t address, std::uint32_t account, std::int64_t time, unsigned fails, bool isNewAddress, bool isNewAccount)
    {
        if ((fails & FilterMask::Account) == 0) {
            if (isNewAddress) [[unlikely]] {
                m_firstOfAddress[address] = std::min(m_firstOfAddress[address], time);
            }
            m_lastOfAddress[address] = time;
        }
        if ((fails & FilterMask::kAddressBits) == 0) {
            if (isNewAccount) [[unlikely]] {
                m_firstOfAccount[account] = std::min(m_firstOfAccount[account], time);
            }
            m_lastOfAccount[account] = time;
        }
        Stretch& stretch = m_stretches[address >> m_shift];
        if (stretch.next == stretch.end) [[unlikely]] {
            m_seen.makeRoom(stretch);
        }
        *stretch.next++ = ((address & m_within) * m_words << 6U) + account;
    }

private:
    PairsSeen& m_seen;
    Stretch* const m_stretches;
    std::int64_t* const m_firstOfAddress;
    std::int64_t* const m_lastOfAddress;
    std::int64_t* const m_firstOfAccount;
    std::int64_t* const m_lastOfAccount;
    const std::uint32_t m_words, m_within;
    const unsigned m_shift;
};

} // namespace mailward
