// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/PastContainments.h"
#include "models/tables/EarlierTableModel.h"

namespace mailward {

/// Earlier containments as rows, newest first. Pure; any thread.
[[nodiscard]] std::vector<EarlierRow> earlierRows(const std::vector<PastContainment>& past, const QTimeZone& zone);

} // namespace mailward
