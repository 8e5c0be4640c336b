// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/HourOfWeek.h"

#include <QDateTime>
#include <QTimeZone>

namespace mailward {

namespace {

constexpr std::int64_t kQuarterHour = std::int64_t{15} * 60 * 1'000'000;

} // namespace

void HourOfWeek::lookUp(std::int64_t micros)
{
    const std::int64_t quarter = floorDiv(micros, kQuarterHour);
    m_begin = quarter * kQuarterHour;
    m_end = m_begin + kQuarterHour;
    const auto [known, isNew] = m_known.try_emplace(quarter, 0);
    if (isNew) {
        std::int64_t seconds = m_begin / 1'000'000;
        if (m_zone) {
            seconds += m_zone->offsetFromUtc(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC));
        }
        // 1 January 1970 was a Thursday: three days after a Monday.
        const std::int64_t hours = floorDiv(seconds, 3600) + 72;
        known->second = static_cast<std::uint32_t>(hours - floorDiv(hours, 168) * 168);
    }
    m_hour = known->second;
}

} // namespace mailward
