// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/BrushCursor.h"

#include "models/store/QueryGroups.h"

#include <algorithm>

namespace mailward {

namespace {

constexpr std::size_t kHighMost = 16; ///< times the rows shown: so many above the bar are too many ...
constexpr std::size_t kHighUsual = 4; ///< ... and so many a good number
constexpr std::array<Group, 3> kPlaceGroups{Group::Network, Group::Asn, Group::Country};

constexpr std::uint8_t bitOf(Group group) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(group)); }

/// The same taken away: unsigned numbers wrap round, so that it can be added.
Tally lessOf(const Tally& tally) { return {0 - tally.failed, 0 - tally.succeeded, 0 - tally.events}; }

Tally timesOf(const Tally& tally, std::uint64_t count) { return {tally.failed * count, tally.succeeded * count, tally.events * count}; }

/// Did something begin to be there (1), or cease (-1)?
int turn(std::uint32_t before, std::uint32_t now) { return static_cast<int>(now > 0) - static_cast<int>(before > 0); }

} // namespace

BrushCursor::BrushCursor(std::shared_ptr<const BrushIndex> index)
    : m_index(std::move(index)), m_data(*m_index->m_data), m_mask(m_index->m_mask), m_sieve(m_mask, m_index->m_spec.crossfilter), m_addresses(m_data.addressCount() + 1),
      m_groups{std::vector<Sum>(m_data.networkCount()), std::vector<Sum>(m_data.asnCount()), std::vector<Sum>(kSpecialAddress + 1)},
      m_accounts(m_data.accountCount() + 1), m_services(kServiceCount), m_servers(m_data.serverCount())
{
    placeAddresses();
}

void BrushCursor::placeAddresses()
{
    const QuerySpec& spec = m_index->m_spec;
    m_sort = sortOf(spec, Group::Address);
    m_isRanked = spec.topN > 0 && !spec.ascending;
    for (const Group group : spec.groups) {
        m_wanted |= std::find(kPlaceGroups.begin(), kPlaceGroups.end(), group) != kPlaceGroups.end() ? bitOf(group) : std::uint8_t{0};
    }
    for (std::uint32_t i = 0; i < m_data.addressCount(); ++i) {
        const AddressEntry& entry = m_data.address(AddressId{i});
        Address& address = m_addresses[i];
        address.passes = m_mask.address[i] == 0;
        for (const Group group : {Group::Address, Group::Network, Group::Asn, Group::Country}) {
            const unsigned ignored = spec.crossfilter ? ownBit(group) : 0U;
            address.counted |= (m_mask.address[i] & ~ignored) == 0 ? bitOf(group) : std::uint8_t{0};
        }
        address.network = entry.networkId;
        address.asn = entry.asnIndex;
        address.country = static_cast<std::uint16_t>(groupIdOf(entry, AddressId{i}, Group::Country));
    }
}

BrushCursor::Slot BrushCursor::slotOf(const EventMix& mix, int sign)
{
    const VerdictTraits& traits = verdictTraits();
    const LineClass cls = traits.cls[mix.verdict];
    const std::uint32_t weight = cls == LineClass::Neither ? 1 : mix.attempts;
    const Tally one{cls == LineClass::Failed ? weight : 0U, cls == LineClass::Succeeded ? weight : 0U, 1};
    return {sign > 0 ? one : lessOf(one), weight, 0, traits.series[mix.verdict], mix.service, mix.server};
}

std::uint16_t BrushCursor::failsOf(const EventMix& mix) const
{
    return m_mask.service[mix.service] | m_mask.server[mix.server] | m_mask.verdict[mix.verdict];
}

/// About how many events lie there.
std::uint64_t BrushCursor::rowsIn(std::int64_t begin, std::int64_t end) const
{
    std::uint64_t rows = 0;
    for (const ChunkView& chunk : m_data.chunks()) {
        if (begin >= end || chunk.summary.maxTime < begin || chunk.summary.minTime >= end) {
            continue;
        }
        if (chunk.summary.minTime >= begin && chunk.summary.maxTime < end) {
            rows += chunk.rows;
            continue;
        }
        for (std::uint32_t block = 0; block < chunk.blocks(); ++block) {
            const BlockTimes times = chunk.blockTimes(block);
            rows += times.last >= begin && times.first < end ? kBlockRows : 0U;
        }
    }
    return rows;
}

/// About how many events must be taken out or added to get there.
std::uint64_t BrushCursor::rowsToMove(std::int64_t begin, std::int64_t end) const
{
    return rowsIn(m_begin, std::min(m_end, begin)) + rowsIn(std::max(m_begin, end), m_end) + rowsIn(begin, std::min(end, m_begin)) +
           rowsIn(std::max(begin, m_end), end);
}

void BrushCursor::moveTo(std::int64_t begin, std::int64_t end)
{
    change(m_begin, std::min(m_end, begin), -1);
    change(std::max(m_begin, end), m_end, -1);
    change(begin, std::min(end, m_begin), 1);
    change(std::max(begin, m_end), end, 1);
    m_begin = begin;
    m_end = end;
}

void BrushCursor::clear()
{
    for (Address& address : m_addresses) {
        address.failed = address.succeeded = address.events = 0;
        address.isHigh = false;
    }
    m_high.clear();
    std::fill(m_accounts.begin(), m_accounts.end(), Tally{});
    std::fill(m_services.begin(), m_services.end(), Tally{});
    std::fill(m_servers.begin(), m_servers.end(), Tally{});
    m_series = {};
    m_passing = 0;
}

/// To the sums of the index nearest to there, where that is less work than going there step by step.
void BrushCursor::leapTo(std::int64_t begin, std::int64_t end)
{
    const auto& points = m_index->m_points;
    const auto nearest = [&](std::int64_t time) {
        const auto after = std::lower_bound(points.begin(), points.end(), time);
        const bool isFirst = after == points.begin();
        return after == points.end() || (!isFirst && time - *(after - 1) < *after - time) ? after - 1 : after;
    };
    const std::uint64_t steps = rowsToMove(begin, end);
    if (points.empty() || steps <= m_addresses.size()) {
        return;
    }
    const auto first = nearest(begin), last = nearest(end);
    const auto between = [this](std::int64_t a, std::int64_t b) { return rowsIn(std::min(a, b), std::max(a, b)); };
    const bool isLong = *first < *last;
    if (steps <= m_addresses.size() + (isLong ? between(begin, *first) + between(end, *last) : between(begin, end))) {
        return;
    }
    clear();
    m_begin = isLong ? *first : begin;
    m_end = isLong ? *last : begin;
    if (isLong) {
        const auto& from = m_index->m_checkpoints[static_cast<std::size_t>(first - points.begin())];
        const auto& to = m_index->m_checkpoints[static_cast<std::size_t>(last - points.begin())];
        for (std::size_t i = 0; i < m_addresses.size(); ++i) {
            m_addresses[i].failed = to.address[i].failed - from.address[i].failed;
            m_addresses[i].succeeded = to.address[i].succeeded - from.address[i].succeeded;
            m_addresses[i].events = to.address[i].events - from.address[i].events;
        }
        for (std::size_t i = 0; i < m_accounts.size(); ++i) {
            m_accounts[i] = {to.account[i].failed - from.account[i].failed, to.account[i].succeeded - from.account[i].succeeded, to.account[i].events - from.account[i].events};
        }
        const auto cells = [](std::vector<Tally>& own, const std::vector<Tally>& before, const std::vector<Tally>& after) {
            for (std::size_t i = 0; i < own.size(); ++i) {
                own[i] = after[i];
                own[i].add(lessOf(before[i]));
            }
        };
        cells(m_services, from.service, to.service);
        cells(m_servers, from.server, to.server);
        std::transform(to.series.begin(), to.series.end(), from.series.begin(), m_series.begin(), std::minus<>());
        m_passing = to.events - from.events;
    }
    sumUp();
}

/// What addresses make up, from the addresses.
void BrushCursor::sumUp()
{
    for (auto& group : m_groups) {
        std::fill(group.begin(), group.end(), Sum{});
    }
    m_addressRows = 0;
    m_totals = {};
    for (std::uint32_t i = 0; i < m_data.addressCount(); ++i) {
        if (const Address& address = m_addresses[i]; address.events > 0) {
            changeGroups(address, {address.failed, address.succeeded, address.events}, 1, address.failed > 0 ? 1 : 0);
            noteHigh(i);
        }
    }
}

void BrushCursor::change(std::int64_t begin, std::int64_t end, int sign)
{
    for (const ChunkView& chunk : m_data.chunks()) {
        if (begin >= end || chunk.summary.maxTime < begin || chunk.summary.minTime >= end) {
            continue;
        }
        const bool numbered = chunk.mixes.size() <= kMostMixes;
        numbered ? enter(chunk, sign) : void();
        const auto isIn = [&](std::uint32_t row) { return chunk.fixed->time[row] >= begin && chunk.fixed->time[row] < end; };
        for (std::uint32_t block = 0; block < chunk.blocks(); ++block) {
            const BlockTimes times = chunk.blockTimes(block);
            if (times.last < begin || times.first >= end) {
                continue;
            }
            const std::uint32_t last = std::min((block + 1) * kBlockRows, chunk.rows);
            const bool whole = times.first >= begin && times.last < end;
            for (std::uint32_t row = block * kBlockRows; row < last;) { // runs of rows in the range: of an ordered block there is one
                std::uint32_t next = whole ? last : row;
                while (next < last && isIn(next)) {
                    ++next;
                }
                if (next > row) {
                    numbered ? changeRun(chunk, row, next) : changeSingly(chunk, row, next, sign);
                }
                row = next + 1;
            }
        }
        settle();
    }
}

/// The chunk's mixes are those that come now, to be added or taken away.
void BrushCursor::enter(const ChunkView& chunk, int sign)
{
    m_mixFails.clear();
    for (std::uint32_t i = 0; i < chunk.mixes.size(); ++i) {
        m_slots.push_back(slotOf(chunk.mixes[i], sign));
        m_mixFails.push_back(failsOf(chunk.mixes[i]));
    }
}

/// What was counted by mix goes to where it belongs.
void BrushCursor::settle()
{
    for (const Slot& slot : m_slots) {
        const Tally more = timesOf(slot.more, slot.count);
        m_services[slot.service].add(more);
        m_servers[slot.server].add(more);
        m_passing += more.events;
        m_series[slot.series] += slot.weight * more.events;
    }
    m_slots.clear();
}

void BrushCursor::changeRun(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end)
{
    const RowSieve::Chosen chosen = m_sieve.choose(chunk, m_mixFails.data(), begin, end);
    const auto addressOf = [&](std::uint32_t i) { return std::min<std::size_t>(chunk.fixed->address[chosen.rows[i]], m_addresses.size() - 1); };
    for (std::uint32_t i = 0; i < chosen.count; ++i) {
        if (const std::uint32_t ahead = i + kRowsAhead; ahead < chosen.count) {
            __builtin_prefetch(&m_addresses[addressOf(ahead)], 1);
        }
        const std::uint32_t row = chosen.rows[i];
        const std::size_t account = std::min<std::size_t>(chunk.amendable->account[row], m_accounts.size() - 1);
        Slot& slot = m_slots[chunk.amendable->mix[row]];
        if (chosen.failsOf(i) != 0) {
            changeSome(addressOf(i), account, chosen.failsOf(i), slot);
            continue;
        }
        ++slot.count;
        changeAddress(static_cast<std::uint32_t>(addressOf(i)), slot.more);
        m_accounts[account].add(slot.more);
    }
}

/// For chunks whose mixes are too many to be numbered.
void BrushCursor::changeSingly(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end, int sign)
{
    for (std::uint32_t row = begin; row < end; ++row) {
        const unsigned fails = m_mask.failsOf(chunk, row) & ~unsigned{FilterMask::Time};
        if (fails != 0 && !(m_index->m_spec.crossfilter && (fails & (fails - 1)) == 0)) {
            continue;
        }
        const Slot slot = slotOf({chunk.amendable->attempts[row], chunk.fixed->server[row], chunk.amendable->service[row], chunk.amendable->verdict[row]}, sign);
        changeSome(std::min<std::size_t>(chunk.fixed->address[row], m_addresses.size() - 1), std::min<std::size_t>(chunk.amendable->account[row], m_accounts.size() - 1), fails, slot);
        m_passing += fails == 0 ? slot.more.events : 0U;
        m_series[slot.series] += fails == 0 ? slot.weight * slot.more.events : 0U;
    }
}

/// Counts an event for the views that take it: with one condition failed, for the view that ignores that one.
void BrushCursor::changeSome(std::size_t address, std::size_t account, unsigned fails, const Slot& slot)
{
    const auto isFor = [fails](unsigned bits) { return (fails & ~bits) == 0; };
    isFor(FilterMask::kAddressBits) ? changeAddress(static_cast<std::uint32_t>(address), slot.more) : void();
    isFor(FilterMask::Account) ? m_accounts[account].add(slot.more) : void();
    isFor(FilterMask::Service) ? m_services[slot.service].add(slot.more) : void();
    isFor(FilterMask::Server) ? m_servers[slot.server].add(slot.more) : void();
}

void BrushCursor::changeAddress(std::uint32_t id, const Tally& more)
{
    Address& address = m_addresses[id];
    const std::uint32_t events = address.events, failed = address.failed;
    address.events += static_cast<std::uint32_t>(more.events);
    address.failed += static_cast<std::uint32_t>(more.failed);
    address.succeeded += static_cast<std::uint32_t>(more.succeeded);
    if (id == m_data.addressCount()) {
        return;
    }
    noteHigh(id);
    changeGroups(address, more, turn(events, address.events), turn(failed, address.failed));
}

/// `events`, `failing`: 1 when the address began to be there, or to fail; -1 when it ceased.
void BrushCursor::changeGroups(const Address& address, const Tally& more, int events, int failing)
{
    const std::array<std::uint32_t, 3> ids{address.network, address.asn, address.country};
    for (std::size_t g = 0; g < kPlaceGroups.size(); ++g) {
        if ((address.counted & m_wanted & bitOf(kPlaceGroups[g])) != 0) {
            Sum& sum = m_groups[g][ids[g]];
            sum.tally.add(more);
            sum.addresses += static_cast<std::uint32_t>(events);
            sum.failing += static_cast<std::uint32_t>(failing);
        }
    }
    m_addressRows += (address.counted & bitOf(Group::Address)) != 0 ? static_cast<std::uint64_t>(events) : 0U;
    if (address.passes) {
        m_totals.addresses += static_cast<std::uint64_t>(events);
        m_totals.unknownCountry += address.country == kUnknownCountry ? more.failed + more.succeeded : 0U;
        if (address.country == kSpecialAddress) {
            m_totals.special += more.failed + more.succeeded;
            m_totals.specialFailing += static_cast<std::uint64_t>(failing);
        }
    }
}

QueryResult BrushCursor::at(const TimeRange& range)
{
    const std::int64_t begin = toMicros(range.begin);
    const std::int64_t end = std::max(toMicros(range.end), begin);
    leapTo(begin, end);
    moveTo(begin, end);
    QueryResult result;
    result.version = m_data.version();
    result.totals = totals();
    for (const Group group : m_index->m_spec.groups) {
        result.groups.push_back(group == Group::Address ? topAddresses() : rowsOf(group));
        result.groups.back().detailed = false;
    }
    return result;
}

Totals BrushCursor::totals() const
{
    Totals totals = m_totals;
    totals.events = m_passing;
    std::copy_n(m_series.begin(), kSeriesCount, totals.series.begin());
    for (std::uint32_t i = 0; i < m_data.accountCount(); ++i) {
        totals.accounts += m_accounts[i].events > 0 && m_mask.account[i] == 0 ? 1U : 0U;
    }
    totals.withoutAddress = m_mask.address.back() == 0 ? m_addresses.back().events : 0;
    return totals;
}

BrushCursor::Rank BrushCursor::rankOf(const Address& address) const
{
    switch (m_sort) {
    case GroupSort::Succeeded: return {address.succeeded, address.failed, address.events};
    case GroupSort::Events: return {address.events, address.failed, address.succeeded};
    default: return {address.failed, address.succeeded, address.events};
    }
}

/// The bar may be of another range; findHigh() sees whether it still is a good one.
void BrushCursor::noteHigh(std::uint32_t id)
{
    Address& address = m_addresses[id];
    if (!address.isHigh && firstOf(address) >= m_bar.front() && rankOf(address) >= m_bar && (address.counted & bitOf(Group::Address)) != 0) {
        address.isHigh = true;
        m_high.push_back(id);
    }
}

/// The first number of its rank: nearly always that alone says that it does not reach the bar.
std::uint32_t BrushCursor::firstOf(const Address& address) const
{
    return m_sort == GroupSort::Succeeded ? address.succeeded : m_sort == GroupSort::Events ? address.events : address.failed;
}

/// So that a few times as many as are shown reach it.
void BrushCursor::setBar()
{
    const auto isThere = [](const Address& address) { return address.events > 0 && (address.counted & bitOf(Group::Address)) != 0; };
    const std::size_t wanted = kHighUsual * m_index->m_spec.topN;
    std::vector<Rank> ranks;
    for (const Address& address : m_addresses) {
        isThere(address) ? ranks.push_back(rankOf(address)) : void();
    }
    m_bar = kLeastRank;
    if (ranks.size() > wanted) {
        const auto last = ranks.begin() + static_cast<std::ptrdiff_t>(wanted - 1);
        std::nth_element(ranks.begin(), last, ranks.end(), std::greater<>());
        m_bar = *last;
    }
    m_high.clear();
    for (std::uint32_t id = 0; id < m_data.addressCount(); ++id) {
        Address& address = m_addresses[id];
        address.isHigh = isThere(address) && rankOf(address) >= m_bar;
        address.isHigh ? m_high.push_back(id) : void();
    }
    m_mostHigh = std::max(kHighMost * m_index->m_spec.topN, 2 * m_high.size()); // where many are alike, so many must be looked at
}

/// Brings m_high up to date.
void BrushCursor::findHigh()
{
    std::erase_if(m_high, [this](std::uint32_t id) {
        Address& address = m_addresses[id];
        address.isHigh = address.events > 0 && rankOf(address) >= m_bar;
        return !address.isHigh;
    });
    if (m_high.size() > m_mostHigh || m_mostHigh == 0 || (m_high.size() < m_index->m_spec.topN && m_bar != kLeastRank)) {
        setBar();
    }
}

GroupResult BrushCursor::topAddresses()
{
    std::vector<CountedRow> rows;
    const auto take = [&](std::uint32_t id) {
        const Address& address = m_addresses[id];
        if (address.events > 0 && (address.counted & bitOf(Group::Address)) != 0) {
            rows.push_back({id, {address.failed, address.succeeded, address.events}, 1, address.failed > 0 ? 1U : 0U});
        }
    };
    if (m_isRanked) {
        findHigh();
        std::for_each(m_high.begin(), m_high.end(), take);
    } else {
        for (std::uint32_t id = 0; id < m_data.addressCount(); ++id) {
            take(id);
        }
    }
    GroupResult result = rankedRows(m_data, m_index->m_spec, Group::Address, std::move(rows));
    result.total = m_addressRows;
    return result;
}

GroupResult BrushCursor::rowsOf(Group group)
{
    std::vector<CountedRow> rows;
    const auto place = std::find(kPlaceGroups.begin(), kPlaceGroups.end(), group);
    if (place != kPlaceGroups.end()) {
        const auto& sums = m_groups[static_cast<std::size_t>(place - kPlaceGroups.begin())];
        for (std::uint32_t id = 0; id < sums.size(); ++id) {
            if (sums[id].addresses > 0 && !(group == Group::Country && id == kSpecialAddress)) {
                rows.push_back({id, sums[id].tally, sums[id].addresses, sums[id].failing});
            }
        }
    } else {
        const std::vector<Tally>& cells = group == Group::Account ? m_accounts : group == Group::Service ? m_services : m_servers;
        const std::size_t count = group == Group::Account ? m_data.accountCount() : cells.size(); // but for those that name no account
        for (std::uint32_t id = 0; id < count; ++id) {
            if (cells[id].events > 0) {
                rows.push_back({id, cells[id], 0, 0});
            }
        }
    }
    return rankedRows(m_data, m_index->m_spec, group, std::move(rows));
}

} // namespace mailward
