// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/BrushIndex.h"
#include "models/store/RowSieve.h"

namespace mailward {

/// Answers for a range of time that moves: keeps what was counted for the range before, takes out the events that it left and adds
/// those that it reached. A step of a hand's drag touches a few thousand events, however many there are; a leap begins anew at the
/// nearest sums of the index. One thread at a time.
class BrushCursor
{
public:
    explicit BrushCursor(std::shared_ptr<const BrushIndex> index);

    /// What runQuery() would say with the filter's times set to `range`, without histogram.
    [[nodiscard]] QueryResult at(const TimeRange& range);
    [[nodiscard]] const std::shared_ptr<const BrushIndex>& index() const { return m_index; }

private:
    /// One kind of events as the counters take it.
    struct Slot {
        Tally more;               ///< by one event
        std::uint32_t weight = 0; ///< attempts, or lines that have none
        std::uint32_t count = 0;  ///< events in all views, since the last settle()
        std::uint8_t series = 0;
        std::uint8_t service = 0;
        std::uint16_t server = 0;
    };
    /// What was counted for an address, and where it belongs: all that an event asks for, in one line of the processor's cache.
    struct alignas(32) Address {
        std::uint32_t failed = 0;
        std::uint32_t succeeded = 0;
        std::uint32_t events = 0;
        std::uint32_t network = 0;
        std::uint32_t asn = 0;
        std::uint16_t country = 0;
        std::uint8_t counted = 0; ///< bit by Group: the view of it takes this address
        bool passes = false;      ///< in all views
        bool isHigh = false;      ///< it is among m_high
    };
    /// What addresses are put in order by, the weightiest number first.
    using Rank = std::array<std::uint32_t, 3>;
    static constexpr Rank kLeastRank{0, 0, 0};
    /// One row of a group that addresses make up.
    struct Sum {
        Tally tally;
        std::uint32_t addresses = 0;
        std::uint32_t failing = 0;
    };

    void placeAddresses();
    [[nodiscard]] static Slot slotOf(const EventMix& mix, int sign);
    [[nodiscard]] std::uint16_t failsOf(const EventMix& mix) const;
    [[nodiscard]] std::uint64_t rowsIn(std::int64_t begin, std::int64_t end) const;
    [[nodiscard]] std::uint64_t rowsToMove(std::int64_t begin, std::int64_t end) const;
    void moveTo(std::int64_t begin, std::int64_t end);
    void leapTo(std::int64_t begin, std::int64_t end);
    void clear();
    void sumUp();
    void change(std::int64_t begin, std::int64_t end, int sign);
    void enter(const ChunkView& chunk, int sign);
    void settle();
    void changeRun(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end);
    void changeSingly(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end, int sign);
    void changeSome(std::size_t address, std::size_t account, unsigned fails, const Slot& slot);
    void changeAddress(std::uint32_t id, const Tally& more);
    void changeGroups(const Address& address, const Tally& more, int events, int failing);
    void noteHigh(std::uint32_t id);
    [[nodiscard]] std::uint32_t firstOf(const Address& address) const;
    [[nodiscard]] Rank rankOf(const Address& address) const;
    void setBar();
    void findHigh();
    [[nodiscard]] Totals totals() const;
    [[nodiscard]] GroupResult topAddresses();
    [[nodiscard]] GroupResult rowsOf(Group group);

    std::shared_ptr<const BrushIndex> m_index;
    const ColumnsSnapshot& m_data;
    const FilterMask& m_mask;
    RowSieve m_sieve;
    std::vector<Slot> m_slots; ///< of the chunk under way
    std::vector<std::uint16_t> m_mixFails; ///< the conditions that each of them fails
    std::uint8_t m_wanted = 0; ///< bit by Group: network, ASN and country where asked for

    std::int64_t m_begin = 0; ///< what is counted now
    std::int64_t m_end = 0;
    std::vector<Address> m_addresses; ///< the last for events without one
    std::array<std::vector<Sum>, 3> m_groups;                   ///< network, ASN, country
    std::vector<Tally> m_accounts, m_services, m_servers;
    std::array<std::uint64_t, kSeriesCount + 1> m_series{};
    std::uint64_t m_passing = 0;     ///< events
    std::uint64_t m_addressRows = 0; ///< addresses that their own view shows
    Totals m_totals;                 ///< what changes with addresses alone
    // Of some hundred thousand addresses a hundred are shown. These reach the bar; the others need no look.
    std::vector<std::uint32_t> m_high;
    Rank m_bar{};
    std::size_t m_mostHigh = 0; ///< with more, the bar is too low
    GroupSort m_sort{};
    bool m_isRanked = false; ///< not all addresses are shown, nor the last ones first
};

} // namespace mailward
