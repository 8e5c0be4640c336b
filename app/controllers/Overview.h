// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/Naming.h"
#include "models/store/Query.h"
#include "models/tables/DetailView.h"

namespace mailward {

/// What the filter shows, in a few sentences that lead on: for the drawer while nothing is chosen. From the answer of a query by
/// address, network, country and account. Pure; any thread.
[[nodiscard]] DetailView overviewOf(const QueryResult& answer, const ColumnsSnapshot& data, const Filter& filter, const Naming& naming);

} // namespace mailward
