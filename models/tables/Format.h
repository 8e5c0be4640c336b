// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/CountryCode.h"
#include "models/core/Numbers.h"
#include "models/core/Time.h"

#include <QString>
#include <QTimeZone>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace mailward {

/// Figures and times as people read them, in the current locale; the zone is always given. Thread-safe.

/// formatCount(), but an en dash for nothing: a column of figures stays calm.
[[nodiscard]] QString formatFigure(std::uint64_t count);
/// "98.4 %".
[[nodiscard]] QString formatPercent(double percent);
/// "14 Mar 03:14:07", with the year when it is not `now`'s.
[[nodiscard]] QString formatMoment(Instant at, const QTimeZone& zone, Instant now);
/// The same with year, microseconds and the zone's offset: for tooltips and copies.
[[nodiscard]] QString formatMomentFully(Instant at, const QTimeZone& zone);
/// "13 – 14 Mar, 00:00 – 12:00" in a form as short as it can be.
[[nodiscard]] QString formatRange(TimeRange range, const QTimeZone& zone);
/// "45 s", "12 min", "3 h 12 min", "24 h", "2 d 4 h".
[[nodiscard]] QString formatDuration(std::chrono::seconds length);
/// "CN", or "??" for unknown.
[[nodiscard]] QString formatCountry(CountryCode country);
/// An address or URL that no program turns into a link: dots, "@" and "://" in brackets.
[[nodiscard]] QString defang(QString text);
/// ASCII text that is ours (an address, a country code) as a QString.
[[nodiscard]] QString ascii(std::string_view text);

} // namespace mailward
