// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/QueryPass.h"

namespace mailward {

/// One value of a group with what was counted for it, before it gets a label.
struct CountedRow {
    std::uint32_t id = 0;
    Tally cell;
    std::uint64_t addresses = 0;
    std::uint64_t failing = 0;
};

/// The top N of them, sorted and labelled; of sorts that need details, all.
[[nodiscard]] GroupResult rankedRows(const ColumnsSnapshot& data, const QuerySpec& spec, Group group, std::vector<CountedRow> all);

[[nodiscard]] GroupSort sortOf(const QuerySpec& spec, Group group);

/// The rows of all groups asked for, from what a pass counted: top N, sorted, labelled. First, last and
/// distinct counts, where they are wanted, take a second look at the events.
[[nodiscard]] std::vector<GroupResult> groupResults(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec,
                                                    const RowChoice& choice, const QueryPass& counted);

/// Totals of the whole filter, from what a pass counted.
[[nodiscard]] Totals totalsOf(const ColumnsSnapshot& data, const FilterMask& mask, const QueryPass& counted);

/// Do the rows asked for need first, last or distinct counts?
[[nodiscard]] bool needsDetails(const QuerySpec& spec);

/// Fills first, last and the distinct counts of the rows in `groups`: from the pairs that the pass saw, where it noted
/// them; for other groups by a second look at the events.
void fillDetails(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const RowChoice& choice,
                 PairsSeen* pairs, std::vector<GroupResult>& groups);

/// The number by which an address belongs to a row of `group` (Network, Asn or Country); the row's id.
[[nodiscard]] std::uint32_t groupIdOf(const AddressEntry& entry, AddressId id, Group group);

/// Country codes as small numbers, AA = 0 to ZZ = 675; kUnknownCountry for public addresses without one; special ranges
/// belong to no country.
inline constexpr std::uint32_t kUnknownCountry = 676;
inline constexpr std::uint32_t kSpecialAddress = 677;

/// Which bit of a filter the view of a group ignores in crossfilter mode.
[[nodiscard]] std::uint16_t ownBit(Group group);

/// One page of events, in order of time. `matches`: how many rows of each block pass.
[[nodiscard]] EventPage eventPage(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec,
                                  const BlockCounts& matches);

} // namespace mailward
