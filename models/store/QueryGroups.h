// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/QueryPass.h"

namespace mailward {

/// The rows of all groups asked for, from what a pass counted: top N, sorted, labelled. First, last and
/// distinct counts, where they are wanted, take a second look at the events.
[[nodiscard]] std::vector<GroupResult> groupResults(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec,
                                                    const RowChoice& choice, const QueryPass& counted);

/// Fills first, last and the distinct counts of the rows in `groups`.
void fillDetails(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const RowChoice& choice,
                   std::vector<GroupResult>& groups);

/// The number by which an address belongs to a row of `group` (Network, Asn or Country); the row's id.
[[nodiscard]] std::uint32_t groupIdOf(const AddressEntry& entry, AddressId id, Group group);

/// Country codes as small numbers, AA = 0 to ZZ = 675; kUnknownCountry for public addresses without one; special ranges
/// belong to no country.
inline constexpr std::uint32_t kUnknownCountry = 676;
inline constexpr std::uint32_t kSpecialAddress = 677;

/// Which bit of a filter the view of a group ignores in crossfilter mode.
[[nodiscard]] std::uint16_t ownBit(Group group);

/// One page of events, in order of time.
[[nodiscard]] EventPage eventPage(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec,
                                  const RowChoice& choice);

} // namespace mailward
