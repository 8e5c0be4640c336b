// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/QueryGroups.h"

#include <algorithm>
#include <cstdint>

namespace mailward {

GroupSort sortOf(const QuerySpec& spec, Group group)
{
    const auto chosen = spec.sort.find(group);
    return chosen == spec.sort.end() ? GroupSort::Failed : chosen->second;
}

namespace {

bool isAddressGroup(Group group)
{
    return group == Group::Address || group == Group::Network || group == Group::Asn || group == Group::Country;
}

std::array<std::uint64_t, 3> sortKey(const CountedRow& row, GroupSort sort)
{
    const Tally& cell = row.cell;
    switch (sort) {
    case GroupSort::Succeeded: return {cell.succeeded, cell.failed, cell.events};
    case GroupSort::Events: return {cell.events, cell.failed, cell.succeeded};
    case GroupSort::Addresses: return {row.addresses, cell.failed, cell.succeeded};
    default: return {cell.failed, cell.succeeded, cell.events};
    }
}

/// The second look must come before the rows can be put in this order.
bool sortsByDetails(const QuerySpec& spec, Group group)
{
    const GroupSort sort = sortOf(spec, group);
    return sort == GroupSort::Accounts || sort == GroupSort::First || sort == GroupSort::Last
           || (sort == GroupSort::Addresses && !isAddressGroup(group));
}

/// Which row comes first.
struct RowOrder {
    GroupSort sort;
    bool ascending;

    bool operator()(const CountedRow& a, const CountedRow& b) const
    {
        const auto keyA = sortKey(a, sort);
        const auto keyB = sortKey(b, sort);
        if (keyA != keyB) {
            return ascending ? keyA < keyB : keyA > keyB;
        }
        return a.id < b.id;
    }
};

/// Rows of one group of which only the first are wanted: the others need no room.
class FirstRows
{
public:
    FirstRows(const QuerySpec& spec, Group group)
        : m_order{sortOf(spec, group), spec.ascending}, m_wanted(spec.topN == 0 || sortsByDetails(spec, group) ? SIZE_MAX : spec.topN)
    {
    }

    void add(const CountedRow& row)
    {
        ++m_total;
        if (m_hasBar && !m_order(row, m_rows[m_wanted - 1])) {
            return; // as many as are wanted come before it
        }
        m_rows.push_back(row);
        if (m_rows.size() / 2 == m_wanted) {
            std::nth_element(m_rows.begin(), m_rows.begin() + static_cast<std::ptrdiff_t>(m_wanted - 1), m_rows.end(), m_order);
            m_rows.resize(m_wanted);
            m_hasBar = true;
        }
    }
    [[nodiscard]] std::size_t total() const { return m_total; }
    [[nodiscard]] std::vector<CountedRow> take() { return std::move(m_rows); }

private:
    RowOrder m_order;
    std::size_t m_wanted;
    std::size_t m_total = 0;
    bool m_hasBar = false; ///< of the first m_wanted rows the last one comes last
    std::vector<CountedRow> m_rows;
};

void takeCells(const std::vector<Tally>& cells, std::size_t count, FirstRows& out)
{
    for (std::uint32_t id = 0; id < count; ++id) {
        if (cells[id].events > 0) {
            out.add({id, cells[id], 0, 0});
        }
    }
}

/// Calls `take(id)` for the addresses that a view of `group` shows. An address that fails another condition than the view's own
/// was never counted (or only for another view): its bits say so.
template <class Take>
void forEachAddress(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const std::vector<Tally>& cells, Group group, Take&& take)
{
    const unsigned ignored = spec.crossfilter ? ownBit(group) : 0U;
    for (std::uint32_t i = 0; i < data.addressCount(); ++i) {
        if (cells[i].events > 0 && (mask.address[i] & ~ignored) == 0) {
            take(i);
        }
    }
}

/// Sums addresses into what contains them.
void takeContaining(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const std::vector<Tally>& cells, Group group, FirstRows& out)
{
    std::vector<CountedRow> sums(group == Group::Network ? data.networkCount() : group == Group::Asn ? data.asnCount() : kSpecialAddress + 1);
    forEachAddress(data, mask, spec, cells, group, [&](std::uint32_t i) {
        CountedRow& sum = sums[groupIdOf(data.address(AddressId{i}), AddressId{i}, group)];
        sum.cell.add(cells[i]);
        ++sum.addresses;
        sum.failing += cells[i].failed > 0 ? 1U : 0U;
    });
    for (std::uint32_t id = 0; id < sums.size(); ++id) {
        if (sums[id].addresses > 0 && !(group == Group::Country && id == kSpecialAddress)) {
            sums[id].id = id;
            out.add(sums[id]);
        }
    }
}

FirstRows takeGroup(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const QueryPass& counted, Group group)
{
    FirstRows out(spec, group);
    const std::vector<Tally>& addresses = counted.address.cells();
    switch (group) {
    case Group::Address:
        forEachAddress(data, mask, spec, addresses, group, [&](std::uint32_t i) { out.add({i, addresses[i], 1, addresses[i].failed > 0 ? 1U : 0U}); });
        break;
    case Group::Network:
    case Group::Asn:
    case Group::Country: takeContaining(data, mask, spec, addresses, group, out); break;
    case Group::Account: takeCells(counted.account.cells(), data.accountCount(), out); break; // but for lines that name none
    case Group::Service: takeCells(counted.service, counted.service.size(), out); break;
    case Group::Server: takeCells(counted.server, counted.server.size(), out); break;
    case Group::HourOfWeek: takeCells(counted.hour, counted.hour.size(), out); break;
    }
    return out;
}

std::string labelOf(const ColumnsSnapshot& data, Group group, std::uint32_t id)
{
    switch (group) {
    case Group::Address: return data.address(AddressId{id}).ip.toString();
    case Group::Network: return data.network(id).toString();
    case Group::Asn: return std::to_string(data.asn(id));
    case Group::Country:
        return id == kUnknownCountry ? std::string()
                                     : std::string{static_cast<char>('A' + id / 26), static_cast<char>('A' + id % 26)};
    case Group::Account: return data.account(AccountId{id});
    case Group::Service: return std::string(serviceName(static_cast<Service>(id)));
    case Group::Server: return data.server(ServerId{id});
    case Group::HourOfWeek: return std::to_string(id);
    }
    return {};
}

} // namespace

std::uint32_t groupIdOf(const AddressEntry& entry, AddressId id, Group group)
{
    switch (group) {
    case Group::Network: return entry.networkId;
    case Group::Asn: return entry.asnIndex;
    case Group::Country: {
        const CountryCode& code = entry.facts.country;
        if (code == kNoCountry) {
            return entry.facts.cls == AddressClass::Public ? kUnknownCountry : kSpecialAddress;
        }
        return static_cast<std::uint32_t>(code[0] - 'A') * 26 + static_cast<std::uint32_t>(code[1] - 'A');
    }
    default: return id.value();
    }
}

std::uint16_t ownBit(Group group)
{
    switch (group) {
    case Group::Address: return FilterMask::Address;
    case Group::Network: return FilterMask::Network;
    case Group::Asn: return FilterMask::Asn;
    case Group::Country: return FilterMask::Country;
    case Group::Account: return FilterMask::Account;
    case Group::Service: return FilterMask::Service;
    case Group::Server: return FilterMask::Server;
    case Group::HourOfWeek: return 0;
    }
    return 0;
}

GroupResult rankedRows(const ColumnsSnapshot& data, const QuerySpec& spec, Group group, std::vector<CountedRow> all)
{
    const std::size_t wanted = spec.topN == 0 || sortsByDetails(spec, group) ? all.size() : std::min(spec.topN, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(wanted), all.end(), RowOrder{sortOf(spec, group), spec.ascending});
    GroupResult result;
    result.group = group;
    result.total = all.size();
    for (std::size_t i = 0; i < wanted; ++i) {
        const CountedRow& row = all[i];
        result.rows.push_back({row.id, labelOf(data, group, row.id), row.cell.failed, row.cell.succeeded, row.cell.events,
                               row.addresses, 0, {}, {}, row.failing});
    }
    return result;
}

namespace {

std::int64_t detailKey(const GroupRow& row, GroupSort sort)
{
    switch (sort) {
    case GroupSort::First: return toMicros(row.first);
    case GroupSort::Last: return toMicros(row.last);
    case GroupSort::Accounts: return static_cast<std::int64_t>(row.accounts);
    default: return static_cast<std::int64_t>(row.addresses);
    }
}

void sortByDetails(const QuerySpec& spec, GroupResult& result)
{
    const GroupSort sort = sortOf(spec, result.group);
    const auto key = [&](const GroupRow& row) {
        return std::pair(detailKey(row, sort), static_cast<std::int64_t>(row.failed));
    };
    std::sort(result.rows.begin(), result.rows.end(), [&](const GroupRow& a, const GroupRow& b) {
        if (key(a) != key(b)) {
            return spec.ascending ? key(a) < key(b) : key(a) > key(b);
        }
        return a.id < b.id;
    });
    if (spec.topN > 0 && result.rows.size() > spec.topN) {
        result.rows.resize(spec.topN);
    }
}

} // namespace

bool needsDetails(const QuerySpec& spec)
{
    return spec.details
           || std::any_of(spec.groups.begin(), spec.groups.end(), [&](Group group) { return sortsByDetails(spec, group); });
}

std::vector<GroupResult> groupResults(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec,
                                      const RowChoice& choice, const QueryPass& counted)
{
    std::vector<GroupResult> groups(spec.groups.size());
    forEachChunk(groups.size(), spec.threads, {}, [&](std::size_t /*thread*/, std::size_t i) {
        FirstRows rows = takeGroup(data, mask, spec, counted, spec.groups[i]);
        groups[i] = rankedRows(data, spec, spec.groups[i], rows.take());
        groups[i].total = rows.total();
        groups[i].detailed = needsDetails(spec);
    });
    if (needsDetails(spec)) {
        fillDetails(data, mask, spec, choice, counted.pairs.get(), groups);
    }
    for (GroupResult& group : groups) {
        if (sortsByDetails(spec, group.group)) {
            sortByDetails(spec, group);
        }
    }
    return groups;
}

} // namespace mailward
