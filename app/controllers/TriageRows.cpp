// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/TriageRows.h"

#include <algorithm>
#include <map>

namespace mailward {

namespace {

/// Looking for an address's favourite account reads its events: not for those that have very many.
constexpr std::uint64_t kMostEventsRead = 2000;

/// The account that an address tried most; of equals the last one.
std::string favouriteAccount(const ColumnsSnapshot& data, AddressId address)
{
    std::map<AccountId, std::uint64_t> tries;
    AccountId best;
    for (const RowId row : data.rowsOfAddress(address)) {
        const ChunkView& chunk = data.chunks()[row / kChunkRows];
        const auto index = static_cast<std::size_t>(row % kChunkRows);
        const AccountId account(chunk.amendable->account[index]);
        const Outcome outcome = outcomeOf(chunk.amendable->verdict[index]);
        if (account.isValid() && outcome != Outcome::None && ++tries[account] >= tries[best]) {
            best = account;
        }
    }
    return best.isValid() ? data.account(best) : std::string();
}

QString classText(AddressClass cls)
{
    const std::string_view name = addressClassName(cls);
    return cls == AddressClass::Public ? QString() : QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

std::vector<AddressRow> addressRows(const GroupResult& group, const ColumnsSnapshot& data, const Naming& naming)
{
    std::vector<AddressRow> rows;
    rows.reserve(group.rows.size());
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
        if (from.events <= kMostEventsRead) {
            row.account = UntrustedText(favouriteAccount(data, AddressId(from.id)));
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

MapView mapView(const GroupResult& all, const GroupResult& failing, std::uint64_t privateAddresses, const Naming& naming)
{
    MapView view;
    view.privateAddresses = privateAddresses;
    std::map<CountryCode, std::uint64_t> failingAddresses;
    for (const GroupRow& row : failing.rows) {
        failingAddresses[countryCodeOf(row.label)] += row.addresses;
    }
    view.unknownAddresses = failingAddresses[kNoCountry];
    std::uint64_t most = 0;
    for (const GroupRow& row : all.rows) {
        const CountryCode country = countryCodeOf(row.label);
        if (country == kNoCountry) {
            continue;
        }
        view.figures.push_back({country, naming.countryName(country), failingAddresses[country], row.failed, row.succeeded});
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
