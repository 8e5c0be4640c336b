// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/PairsSeen.h"

#include "models/store/QueryGroups.h"
#include "models/store/QueryRows.h"

#include <algorithm>
#include <bit>

namespace mailward {

namespace {

constexpr std::size_t kPage = 4096;                           ///< pairs
constexpr std::uint64_t kNearBits = std::uint64_t{1} << 22U;  ///< half of a usual second-level cache
constexpr std::uint64_t kMostBits = std::uint64_t{1} << 26U;  ///< of a stretch, where the dictionaries are huge
constexpr std::uint64_t kMostStretches = 1024;                ///< that can be written to in turn without losing sight of them
constexpr std::uint32_t kNoRow = 0xFFFFFFFFU;

std::size_t wordsFor(std::size_t accounts) { return accounts / 64 + 1; }

/// Addresses of one stretch, as a power of two.
unsigned shiftFor(std::size_t addresses, std::size_t accounts)
{
    unsigned shift = 0;
    const auto isRoom = [&] { return (addresses >> shift) > 0 && (std::uint64_t{wordsFor(accounts)} << (shift + 7U)) <= kNearBits; };
    while (isRoom() || (addresses >> shift) >= kMostStretches) {
        ++shift;
    }
    return shift;
}

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

void widenBy(BlockTimes& own, const BlockTimes& more) { own = {std::min(own.first, more.first), std::max(own.last, more.last)}; }

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

/// One bit for each account that its own condition lets through; none for "no account".
std::vector<std::uint64_t> passingAccounts(const FilterMask& mask)
{
    std::vector<std::uint64_t> passing(wordsFor(mask.account.size() - 1));
    for (std::size_t i = 0; i + 1 < mask.account.size(); ++i) {
        passing[i / 64] |= std::uint64_t{mask.account[i] == 0 ? 1U : 0U} << (i % 64);
    }
    return passing;
}

/// What all threads need to know of one group.
struct AddressGroup {
    GroupResult* result = nullptr;
    unsigned ignored = 0;
    std::vector<std::uint32_t> rowOf;
};

} // namespace

/// One thread's share of the stretches, summed up for the rows shown.
class PairsFold
{
public:
    PairsFold(const PairsSeen& seen, const ColumnsSnapshot& data, const FilterMask& mask, const std::vector<AddressGroup>& groups, bool accounts)
        : m_seen(seen), m_data(data), m_mask(mask), m_groups(groups), m_passing(passingAccounts(mask)), m_bits(seen.bitWords()),
          m_times(groups.size()), m_met(groups.size()), m_columns(accounts ? seen.m_words : 0)
    {
        for (std::size_t i = 0; i < groups.size(); ++i) {
            m_times[i].resize(groups[i].result->rows.size());
            const bool joins = groups[i].result->group != Group::Address; // several addresses make a row
            m_met[i].resize(joins ? groups[i].result->rows.size() * seen.m_words : 0);
        }
    }

    void take(std::size_t stretch)
    {
        std::fill(m_bits.begin(), m_bits.end(), 0);
        PairsSeen::mark(m_seen.m_stretches[stretch], m_bits);
        const std::size_t first = stretch << m_seen.m_shift;
        const std::size_t last = std::min<std::size_t>((stretch + 1) << m_seen.m_shift, m_data.addressCount());
        for (std::size_t address = first; address < last; ++address) {
            const std::uint64_t* const bits = &m_bits[(address - first) * m_seen.m_words];
            takeAddress(static_cast<std::uint32_t>(address), bits);
            if (m_mask.address[address] == 0) {
                for (std::size_t word = 0; word < m_columns.size(); ++word) {
                    m_columns[word].add(bits[word]);
                }
            }
        }
    }

    void add(const PairsFold& other)
    {
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            for (std::size_t row = 0; row < m_times[i].size(); ++row) {
                widenBy(m_times[i][row], other.m_times[i][row]);
            }
            std::transform(m_met[i].begin(), m_met[i].end(), other.m_met[i].begin(), m_met[i].begin(), std::bit_or<>());
        }
    }

    void setRows() const
    {
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            std::vector<GroupRow>& rows = m_groups[i].result->rows;
            for (std::size_t row = 0; row < rows.size(); ++row) {
                setTimes(rows[row], m_times[i][row]);
                if (!m_met[i].empty()) {
                    rows[row].accounts = met(&m_met[i][row * m_seen.m_words]);
                }
            }
        }
    }

    [[nodiscard]] std::uint64_t addressesOf(std::uint32_t account) const { return m_columns[account / 64].count(account % 64); }

private:
    void takeAddress(std::uint32_t address, const std::uint64_t* bits)
    {
        const BlockTimes times = m_seen.m_address.of(address);
        if (times.first > times.last) {
            return;
        }
        const AddressEntry& entry = m_data.address(AddressId{address});
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            const AddressGroup& group = m_groups[i];
            const std::uint32_t id = groupIdOf(entry, AddressId{address}, group.result->group);
            const std::uint32_t row = id < group.rowOf.size() ? group.rowOf[id] : kNoRow;
            if (row == kNoRow || (m_mask.address[address] & ~group.ignored) != 0) {
                continue;
            }
            widenBy(m_times[i][row], times);
            if (m_met[i].empty()) {
                group.result->rows[row].accounts = met(bits); // the row is this address's alone
            } else {
                std::uint64_t* const into = &m_met[i][row * m_seen.m_words];
                std::transform(bits, bits + m_seen.m_words, into, into, std::bit_or<>());
            }
        }
    }

    /// Accounts among `bits` that pass.
    [[nodiscard]] std::uint64_t met(const std::uint64_t* bits) const
    {
        std::uint64_t sum = 0;
        for (std::size_t word = 0; word < m_passing.size(); ++word) {
            sum += static_cast<std::uint64_t>(std::popcount(bits[word] & m_passing[word]));
        }
        return sum;
    }

    const PairsSeen& m_seen;
    const ColumnsSnapshot& m_data;
    const FilterMask& m_mask;
    const std::vector<AddressGroup>& m_groups;
    std::vector<std::uint64_t> m_passing;
    std::vector<std::uint64_t> m_bits; ///< of the stretch under way
    std::vector<std::vector<BlockTimes>> m_times;
    std::vector<std::vector<std::uint64_t>> m_met; ///< by group and row; empty for addresses, each of which is a row
    std::vector<BitColumns> m_columns;             ///< addresses of each account
};

PairsSeen::PairsSeen(std::size_t addresses, std::size_t accounts, std::size_t mostNoted)
    : m_words(wordsFor(accounts)), m_shift(shiftFor(addresses, accounts)), m_within((std::size_t{1} << m_shift) - 1),
      m_mostPages(mostNoted / kPage), m_address(addresses + 1), m_account(accounts + 1), m_stretches((addresses >> m_shift) + 1)
{
}

bool PairsSeen::fits(std::size_t addresses, std::size_t accounts)
{
    return (std::uint64_t{wordsFor(accounts)} << (shiftFor(addresses, accounts) + 6U)) <= kMostBits;
}

void PairsSeen::Times::add(const Times& other)
{
    for (std::size_t i = 0; i < first.size(); ++i) {
        first[i] = std::min(first[i], other.first[i]);
        last[i] = std::max(last[i], other.last[i]);
    }
}

/// The last page knows how full it is.
void PairsSeen::close(Stretch& stretch)
{
    if (stretch.end != nullptr) {
        stretch.pages.back().count = kPage - static_cast<std::size_t>(stretch.end - stretch.next);
    }
    stretch.next = stretch.end = nullptr;
}

void PairsSeen::open(Stretch& stretch)
{
    stretch.pages.push_back({std::make_unique_for_overwrite<std::uint32_t[]>(kPage), kPage});
    stretch.next = stretch.pages.back().pairs.get();
    stretch.end = stretch.next + kPage;
    ++m_pages;
}

void PairsSeen::makeRoom(Stretch& stretch)
{
    if (m_pages > m_mostPages) {
        std::vector<std::uint64_t> bits(bitWords());
        m_pages = 0;
        for (Stretch& each : m_stretches) {
            dropRepeated(each, bits);
        }
        m_mostPages = std::max(m_mostPages, 2 * m_pages);
    }
    if (stretch.next == stretch.end) {
        open(stretch);
    }
}

void PairsSeen::mark(const Stretch& stretch, std::vector<std::uint64_t>& bits)
{
    for (const Page& page : stretch.pages) {
        for (std::size_t i = 0; i < page.count; ++i) {
            const std::uint32_t pair = page.pairs[i];
            bits[pair >> 6U] |= std::uint64_t{1} << (pair & 63U);
        }
    }
}

/// `bits`: all zero, before and after.
void PairsSeen::dropRepeated(Stretch& stretch, std::vector<std::uint64_t>& bits)
{
    close(stretch);
    mark(stretch, bits);
    stretch.pages.clear();
    for (std::size_t word = 0; word < bits.size(); ++word) {
        for (; bits[word] != 0; bits[word] &= bits[word] - 1) {
            if (stretch.next == stretch.end) {
                open(stretch);
            }
            *stretch.next++ = static_cast<std::uint32_t>((word << 6U) + static_cast<std::size_t>(std::countr_zero(bits[word])));
        }
    }
}

void PairsSeen::take(PairsSeen& other)
{
    m_newest = std::max(m_newest, other.m_newest);
    m_address.add(other.m_address);
    m_account.add(other.m_account);
    for (std::size_t i = 0; i < m_stretches.size(); ++i) {
        close(m_stretches[i]);
        close(other.m_stretches[i]);
        std::move(other.m_stretches[i].pages.begin(), other.m_stretches[i].pages.end(), std::back_inserter(m_stretches[i].pages));
        other.m_stretches[i].pages.clear();
    }
    m_pages += std::exchange(other.m_pages, 0);
}

void PairsSeen::fill(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, std::vector<GroupResult>& groups)
{
    std::vector<AddressGroup> byAddress;
    GroupResult* accounts = nullptr;
    for (GroupResult& group : groups) {
        if (group.group == Group::Account) {
            accounts = &group;
        } else if (covers(group.group)) {
            byAddress.push_back({&group, spec.crossfilter ? ownBit(group.group) : 0U, rowsById(group)});
        }
    }
    for (Stretch& stretch : m_stretches) {
        close(stretch);
    }
    std::vector<PairsFold> folds;
    for (int i = 0; i < std::max(spec.threads, 1); ++i) {
        folds.emplace_back(*this, data, mask, byAddress, accounts != nullptr);
    }
    forEachChunk(m_stretches.size(), spec.threads, spec.stop, [&](std::size_t thread, std::size_t stretch) { folds[thread].take(stretch); });
    for (std::size_t i = 1; i < folds.size(); ++i) {
        folds.front().add(folds[i]);
    }
    folds.front().setRows();
    if (accounts != nullptr) {
        for (GroupRow& row : accounts->rows) {
            setTimes(row, m_account.of(row.id));
            row.addresses = 0;
            for (const PairsFold& fold : folds) {
                row.addresses += fold.addressesOf(row.id);
            }
        }
    }
}

} // namespace mailward
