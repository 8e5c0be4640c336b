// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"
#include "models/store/ColumnsSnapshot.h"
#include "models/store/Filter.h"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <stop_token>
#include <vector>

class QTimeZone;

namespace mailward {

/// The stacked series of the timeline. Failure and Success count attempts, the others count lines.
/// Blocked: rejects and bans. Sent: mail handed on. Bounced: bounces and delivery status notes.
enum class Series : std::uint8_t { Failure, Success, Blocked, Sent, Bounced };
inline constexpr std::size_t kSeriesCount = 5;

/// The series that a line belongs to; nothing for lines that the timeline does not show (probes, session ends ...).
[[nodiscard]] std::optional<Series> seriesOf(Verdict verdict);

/// What rows are grouped by.
enum class Group : std::uint8_t { Address, Network, Asn, Country, Account, Service, Server, HourOfWeek };
inline constexpr std::size_t kGroupCount = 8;
[[nodiscard]] std::string_view groupName(Group group); ///< "ip", "net", "asn", "country", "account", "service", "server", "hour"
[[nodiscard]] std::optional<Group> groupFromName(std::string_view name);

/// Failed: attempts that failed, then those that succeeded, then lines. All from the largest down, unless turned round.
enum class GroupSort : std::uint8_t { Failed, Succeeded, Events, First, Last, Addresses, Accounts };

/// One row of a group. Lines without an address, or without an account, are in no row of those groups.
struct GroupRow {
    std::uint32_t id = 0; ///< AddressId, AccountId, networkId, asnIndex, ServerId, Service, or hour (0 = Monday 00:00)
    std::string label;    ///< address, prefix, ASN in digits ("0" = unknown), country code ("" = unknown), name, hour; the
                          ///< attacker's bytes for accounts
    std::uint64_t failed = 0;
    std::uint64_t succeeded = 0;
    std::uint64_t events = 0; ///< lines of any kind
    std::uint64_t addresses = 0; ///< distinct (QuerySpec::details); 0 for service, server and hour
    std::uint64_t accounts = 0;
    Instant first{}; ///< QuerySpec::details
    Instant last{};
    std::uint64_t failingAddresses = 0; ///< of `addresses` in the groups by address: those with failed attempts
    bool operator==(const GroupRow&) const = default;
};

struct GroupResult {
    Group group = Group::Address;
    std::vector<GroupRow> rows; ///< top N, sorted; ties in order of id
    std::uint64_t total = 0;    ///< rows that there are, beyond the top N
    bool detailed = true;       ///< first, last and all distinct counts are filled
};

struct Histogram {
    Instant begin{};
    std::chrono::microseconds binWidth{};
    std::vector<std::array<std::uint64_t, kSeriesCount>> bins;
};

struct Totals {
    std::uint64_t events = 0;
    std::array<std::uint64_t, kSeriesCount> series{};
    std::uint64_t addresses = 0; ///< distinct
    std::uint64_t accounts = 0;
    std::uint64_t unknownCountry = 0; ///< attempts of public addresses without a country
    std::uint64_t special = 0;        ///< attempts of private, shared and other addresses that no country has
    std::uint64_t withoutAddress = 0; ///< lines
    std::uint64_t specialFailing = 0; ///< distinct private, shared and other addresses with failed attempts
    bool operator==(const Totals&) const = default;
};

struct EventRow {
    RowId row = 0;
    Event event;
    AddressFacts facts;
};

struct EventPage {
    std::uint64_t total = 0;
    std::uint64_t offset = 0;
    std::vector<EventRow> rows;
};

struct QuerySpec {
    int bins = 300;                       ///< at most; the width is rounded up to a round time. 0: no histogram
    std::optional<TimeRange> window;      ///< of the histogram; default: the filter's range, in crossfilter mode all data
    std::vector<Group> groups;
    std::size_t topN = 100;               ///< 0: all rows
    std::map<Group, GroupSort> sort;      ///< default: Failed
    bool ascending = false;               ///< smallest first, in all groups
    bool crossfilter = false;             ///< each view ignores its own condition (the histogram: time)
    bool details = true;                  ///< first, last and distinct counts in the rows returned. False: they are left 0
    std::optional<std::uint64_t> pageOffset; ///< events wanted: from here ...
    std::size_t pageLimit = 200;
    bool newestFirst = true;
    const QTimeZone* zone = nullptr;      ///< of the hour of week; default UTC
    int threads = 2;
    std::stop_token stop;                 ///< a stopped query returns early, with `complete` false
};

struct QueryResult {
    std::uint64_t version = 0; ///< of the snapshot
    bool complete = true;
    Totals totals; ///< of the whole filter
    Histogram histogram;
    std::vector<GroupResult> groups; ///< in the order asked for
    EventPage page;

    [[nodiscard]] const GroupResult* group(Group which) const;
};

/// All linked views of one filter in one pass (with very many addresses times accounts, a second one for the distinct
/// counts). Pure, thread-safe; the same answer whatever the number of threads.
[[nodiscard]] QueryResult runQuery(const ColumnsSnapshot& data, const Filter& filter, const QuerySpec& spec);

} // namespace mailward
