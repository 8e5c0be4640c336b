// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/QueryGroups.h"

#include <algorithm>

namespace mailward {

namespace {

bool isAddressGroup(Group group)
{
    return group == Group::Address || group == Group::Network || group == Group::Asn || group == Group::Country;
}

void takeCells(const std::vector<Tally>& cells, std::vector<CountedRow>& out)
{
    for (std::uint32_t id = 0; id < cells.size(); ++id) {
        if (cells[id].events > 0) {
            out.push_back({id, cells[id], 0, 0});
        }
    }
}

/// Sums addresses into what contains them. An address that fails another condition than the view's own was never counted
/// (or only for another view): its bits say so.
std::vector<CountedRow> takeAddresses(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec,
                                      const std::vector<Tally>& cells, Group group)
{
    const unsigned ignored = spec.crossfilter ? ownBit(group) : 0U;
    std::vector<CountedRow> out;
    std::vector<std::uint32_t> indexOf; // id of the group -> index in `out`, plus one
    for (std::uint32_t i = 0; i < data.addressCount(); ++i) {
        if (cells[i].events == 0 || (mask.address[i] & ~ignored) != 0) {
            continue;
        }
        const std::uint32_t id = groupIdOf(data.address(AddressId{i}), AddressId{i}, group);
        if (group == Group::Address) {
            out.push_back({id, cells[i], 1, cells[i].failed > 0 ? 1U : 0U});
            continue;
        }
        if (id == kSpecialAddress && group == Group::Country) {
            continue;
        }
        if (id >= indexOf.size()) {
            indexOf.resize(id + 1);
        }
        if (indexOf[id] == 0) {
            out.push_back({id, {}, 0, 0});
            indexOf[id] = static_cast<std::uint32_t>(out.size());
        }
        CountedRow& counted = out[indexOf[id] - 1];
        counted.cell.add(cells[i]);
        ++counted.addresses;
        counted.failing += cells[i].failed > 0 ? 1U : 0U;
    }
    return out;
}

std::vector<CountedRow> takeGroup(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec,
                                  const QueryPass& counted, Group group)
{
    if (isAddressGroup(group)) {
        return takeAddresses(data, mask, spec, counted.address.cells(), group);
    }
    std::vector<CountedRow> out;
    switch (group) {
    case Group::Account: {
        takeCells(counted.account.cells(), out);
        if (!out.empty() && out.back().id == data.accountCount()) {
            out.pop_back(); // lines that name no account
        }
        break;
    }
    case Group::Service: takeCells(counted.service, out); break;
    case Group::Server: takeCells(counted.server, out); break;
    default: takeCells(counted.hour, out); break;
    }
    return out;
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

GroupSort sortOf(const QuerySpec& spec, Group group)
{
    const auto chosen = spec.sort.find(group);
    return chosen == spec.sort.end() ? GroupSort::Failed : chosen->second;
}

namespace {

/// The second look must come before the rows can be put in this order.
bool sortsByDetails(const QuerySpec& spec, Group group)
{
    const GroupSort sort = sortOf(spec, group);
    return sort == GroupSort::Accounts || sort == GroupSort::First || sort == GroupSort::Last
           || (sort == GroupSort::Addresses && !isAddressGroup(group));
}

} // namespace

GroupResult rankedRows(const ColumnsSnapshot& data, const QuerySpec& spec, Group group, std::vector<CountedRow> all)
{
    const GroupSort sort = sortOf(spec, group);
    const auto before = [&](const CountedRow& a, const CountedRow& b) {
        const auto keyA = sortKey(a, sort);
        const auto keyB = sortKey(b, sort);
        if (keyA != keyB) {
            return spec.ascending ? keyA < keyB : keyA > keyB;
        }
        return a.id < b.id;
    };
    const std::size_t wanted = spec.topN == 0 || sortsByDetails(spec, group) ? all.size() : std::min(spec.topN, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(wanted), all.end(), before);
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
    std::vector<GroupResult> groups;
    for (const Group group : spec.groups) {
        groups.push_back(rankedRows(data, spec, group, takeGroup(data, mask, spec, counted, group)));
        groups.back().detailed = needsDetails(spec);
    }
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
