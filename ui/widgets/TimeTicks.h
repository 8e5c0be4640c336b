// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Time.h"

#include <QString>
#include <QTimeZone>
#include <vector>

namespace mailward {

struct TimeTick {
    Instant at{};
    QString label;
};

/// Ticks on round times of `zone` (quarter hours, hours, midnights, Mondays, firsts of the month), at most `most` of them.
[[nodiscard]] std::vector<TimeTick> timeTicks(TimeRange range, const QTimeZone& zone, int most);

/// Round values for a scale from 0 to `top`, without 0: at most `most`, but one where there is any.
[[nodiscard]] std::vector<double> valueTicks(double top, bool logarithmic, int most);

} // namespace mailward
