// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/Naming.h"
#include "models/store/Query.h"
#include "models/tables/AccountTableModel.h"
#include "models/tables/AddressTableModel.h"
#include "models/tables/CountryTableModel.h"
#include "models/tables/EventTableModel.h"
#include "models/tables/MapView.h"
#include "models/tables/NetworkTableModel.h"
#include "models/tables/TimelineView.h"

namespace mailward {

/// Answers of the store as rows and values of the views. Pure; any thread.

/// `filter`: which tries count for the account that an address favours.
[[nodiscard]] std::vector<AddressRow> addressRows(const GroupResult& group, const ColumnsSnapshot& data, const Filter& filter, const Naming& naming);
[[nodiscard]] std::vector<NetworkRow> networkRows(const GroupResult& group, const ColumnsSnapshot& data, const Naming& naming);
[[nodiscard]] std::vector<CountryRow> countryRows(const GroupResult& group, std::uint64_t failedTotal, const Naming& naming);
[[nodiscard]] std::vector<AccountRow> accountRows(const GroupResult& group);
[[nodiscard]] std::vector<EventLine> eventLines(const EventPage& page, const Naming& naming);
/// The map counts addresses that failed, so does `privateAddresses`.
[[nodiscard]] MapView mapView(const GroupResult& countries, std::uint64_t privateAddresses, const Naming& naming);
[[nodiscard]] TimelineView timelineView(const Histogram& histogram);

} // namespace mailward
