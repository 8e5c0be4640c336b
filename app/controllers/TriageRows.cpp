// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/TriageRows.h"

#include "models/store/FilterMask.h"

#include <algorithm>
#include <compare>
#include <map>

namespace mailward {

namespace {

/// Tries that are looked at to find the favourite accounts of all rows; beyond, of the busiest addresses an even sample.
constexpr std::uint64_t kMostTries = std::uint64_t{1} << 20U;
constexpr std::uint32_t kNoRow = 0xFFFFFFFFU;

/// Who tried which account: row of the table, account, and when in order of arrival.
struct Try {
    std::uint32_t row = 0;
    std::uint32_t account = 0;
    RowId when = 0;
    auto operator<=>(const Try&) const = default;
};

/// How many tries of one address are looked at, so that all together are no more than kMostTries.
std::uint64_t triesEach(const GroupResult& group)
{
    std::vector<std::uint64_t> counts;
    for (const GroupRow& row : group.rows) {
        counts.push_back(row.events);
    }
    std::sort(counts.begin(), counts.end());
    std::uint64_t left = kMostTries;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const std::uint64_t each = left / (counts.size() - i);
        if (counts[i] > each) {
            return each;
        }
        left -= counts[i];
    }
    return kMostTries;
}

std::vector<Try> triesOf(const GroupResult& group, const ColumnsSnapshot& data, const Filter& filter)
{
    const FilterMask mask(data, filter);
    const std::uint64_t each = triesEach(group);
    std::vector<std::uint32_t> rowOf(data.addressCount(), kNoRow);
    std::vector<std::uint64_t> every(group.rows.size(), 1), seen(group.rows.size());
    for (std::uint32_t row = 0; row < group.rows.size(); ++row) {
        rowOf[group.rows[row].id] = row;
        every[row] = std::max<std::uint64_t>(1, group.rows[row].events / std::max<std::uint64_t>(1, each));
    }
    std::vector<Try> tries;
    for (std::size_t index = 0; index < data.chunks().size(); ++index) {
        const ChunkView& chunk = data.chunks()[index];
        if (chunk.summary.maxTime < mask.begin || chunk.summary.minTime >= mask.end) {
            continue;
        }
        for (std::uint32_t at = 0; at < chunk.rows; ++at) {
            const std::uint32_t address = chunk.fixed->address[at];
            const std::uint32_t row = address < rowOf.size() ? rowOf[address] : kNoRow;
            if (row == kNoRow || ++seen[row] % every[row] != 0) {
                continue;
            }
            const AccountId account(chunk.amendable->account[at]);
            const bool counts = account.isValid() && outcomeOf(chunk.amendable->verdict[at]) != Outcome::None;
            if (counts && (mask.failsOf(chunk, at) & ~unsigned{FilterMask::Address}) == 0) {
                tries.push_back({row, account.value(), index * kChunkRows + at});
            }
        }
    }
    std::sort(tries.begin(), tries.end());
    return tries;
}

/// By row: the account that an address tried most; of equals the last one. All in one look at the events.
std::vector<AccountId> favouriteAccounts(const GroupResult& group, const ColumnsSnapshot& data, const Filter& filter)
{
    std::vector<AccountId> favourites(group.rows.size());
    std::vector<std::pair<std::uint64_t, RowId>> best(group.rows.size()); // tries, the last of them
    const std::vector<Try> tries = triesOf(group, data, filter);
    for (auto at = tries.begin(); at != tries.end();) {
        const auto next = std::find_if(at, tries.end(), [&](const Try& t) { return t.row != at->row || t.account != at->account; });
        const std::pair score{static_cast<std::uint64_t>(next - at), std::prev(next)->when};
        if (score > best[at->row]) {
            best[at->row] = score;
            favourites[at->row] = AccountId(at->account);
        }
        at = next;
    }
    return favourites;
}

QString classText(AddressClass cls)
{
    const std::string_view name = addressClassName(cls);
    return cls == AddressClass::Public ? QString() : QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

std::vector<AddressRow> addressRows(const GroupResult& group, const ColumnsSnapshot& data, const Filter& filter, const Naming& naming)
{
    std::vector<AddressRow> rows;
    rows.reserve(group.rows.size());
    const std::vector<AccountId> favourites = group.detailed ? favouriteAccounts(group, data, filter) : std::vector<AccountId>(group.rows.size());
    for (const GroupRow& from : group.rows) {
        const AddressEntry& entry = data.address(AddressId(from.id));
        AddressRow row;
        row.address = entry.ip;
        row.country = entry.facts.country;
        row.countryName = naming.countryName(row.country);
        row.asn = entry.facts.asn;
        row.network = UntrustedText(naming.networkName(row.asn));
        row.failed = from.failed;
        row.succeeded = from.succeeded;
        row.accounts = from.accounts;
        row.first = from.first;
        row.last = from.last;
        row.complete = group.detailed;
        if (const AccountId favourite = favourites[rows.size()]; favourite.isValid()) {
            row.account = UntrustedText(data.account(favourite));
        }
        row.state = classText(entry.facts.cls);
        row.stateMeaning = Meaning::Muted;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<NetworkRow> networkRows(const GroupResult& group, const ColumnsSnapshot& data, const Naming& naming)
{
    std::vector<NetworkRow> rows;
    rows.reserve(group.rows.size());
    for (const GroupRow& from : group.rows) {
        NetworkRow row;
        const std::uint32_t asn = data.asn(from.id);
        row.target = {TargetKind::Asn, std::to_string(asn), {}};
        row.name = UntrustedText(asn == 0 ? std::string() : naming.networkName(asn));
        row.addresses = from.addresses;
        row.failed = from.failed;
        row.succeeded = from.succeeded;
        row.accounts = from.accounts;
        row.first = from.first;
        row.last = from.last;
        row.complete = group.detailed;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<CountryRow> countryRows(const GroupResult& group, std::uint64_t failedTotal, const Naming& naming)
{
    std::vector<CountryRow> rows;
    rows.reserve(group.rows.size());
    for (const GroupRow& from : group.rows) {
        CountryRow row;
        row.country = countryCodeOf(from.label);
        row.name = naming.countryName(row.country);
        row.addresses = from.addresses;
        row.failed = from.failed;
        row.succeeded = from.succeeded;
        row.accounts = from.accounts;
        row.failedShare = failedTotal == 0 ? 0 : static_cast<double>(from.failed) / static_cast<double>(failedTotal);
        row.first = from.first;
        row.last = from.last;
        row.complete = group.detailed;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<AccountRow> accountRows(const GroupResult& group)
{
    std::vector<AccountRow> rows;
    rows.reserve(group.rows.size());
    for (const GroupRow& from : group.rows) {
        AccountRow row;
        row.account = UntrustedText(from.label);
        row.failed = from.failed;
        row.succeeded = from.succeeded;
        row.addresses = from.addresses;
        row.first = from.first;
        row.last = from.last;
        row.complete = group.detailed;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<EventLine> eventLines(const EventPage& page, const Naming& naming)
{
    std::vector<EventLine> lines;
    lines.reserve(page.rows.size());
    for (const EventRow& from : page.rows) {
        EventLine line;
        line.time = from.event.time;
        line.server = UntrustedText(from.event.server);
        line.service = from.event.service;
        line.kind = from.event.kind;
        line.outcome = from.event.outcome;
        line.attempts = from.event.attempts;
        line.address = from.event.ip;
        line.country = from.facts.country;
        line.countryName = naming.countryName(line.country);
        line.account = UntrustedText(from.event.account);
        line.detail = UntrustedText(from.event.detail);
        line.line = from.event.line;
        lines.push_back(std::move(line));
    }
    return lines;
}

MapView mapView(const GroupResult& countries, std::uint64_t privateAddresses, const Naming& naming)
{
    MapView view;
    view.privateAddresses = privateAddresses;
    std::uint64_t most = 0;
    for (const GroupRow& row : countries.rows) {
        const CountryCode country = countryCodeOf(row.label);
        if (country == kNoCountry) {
            view.unknownAddresses += row.failingAddresses;
            continue;
        }
        view.figures.push_back({country, naming.countryName(country), row.failingAddresses, row.failed, row.succeeded});
        if (row.succeeded > most) {
            most = row.succeeded;
            view.home = country;
        }
    }
    return view;
}

TimelineView timelineView(const Histogram& histogram)
{
    static_assert(kSeriesCount == kTimelineSeries);
    TimelineView view;
    view.begin = histogram.begin;
    view.binWidth = histogram.binWidth;
    view.bins.assign(histogram.bins.begin(), histogram.bins.end());
    return view;
}

} // namespace mailward
