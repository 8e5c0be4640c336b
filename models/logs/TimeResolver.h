// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Time.h"
#include "models/logs/Stamp.h"

#include <QTimeZone>
#include <optional>
#include <string>

namespace mailward {

/// A zone by IANA name, or a fixed offset "+hh:mm". Nothing for any other text.
[[nodiscard]] std::optional<QTimeZone> zoneFromText(const std::string& text);

/// Wall clock to UTC for one file, in the order of its lines. Year where the line has none: the first stamp takes the
/// last year in which it is not younger than the file (+1 day); then a step back of more than half a year is a New Year,
/// a step forward of more than half a year a late line of the old one. An hour that exists twice is taken for the second
/// once the lines step back.
class TimeResolver
{
public:
    /// `fileTime`: when the file was last written; `year`: of the first stamp, when the user knows.
    TimeResolver(const std::string& zoneName, std::optional<Instant> fileTime, std::optional<int> year);

    [[nodiscard]] Instant resolve(const Stamp& stamp);
    /// For a line without a stamp: the line before, else the file's own time.
    [[nodiscard]] Instant lastTime() const { return m_last.value_or(m_fileTime); }
    /// Younger than the file by more than a day: the clock was wrong, or the year.
    [[nodiscard]] bool isFuture(Instant at) const { return at > m_fileTime + std::chrono::days(1); }

private:
    [[nodiscard]] int yearOf(const Stamp& stamp);
    [[nodiscard]] Instant fromWallClock(std::int64_t wallMicros);
    [[nodiscard]] std::int64_t offsetAt(std::int64_t utcSeconds) const;

    QTimeZone m_zone;
    bool m_isUtc;
    Instant m_fileTime;
    std::optional<int> m_firstYear;
    std::optional<Instant> m_last;
    int m_year = 0; ///< of the newest stamp that had none
    std::int64_t m_lastWall = 0; ///< its wall clock, microseconds
    std::int64_t m_cachedHour = -1; ///< wall-clock hour whose offset is known and single
    std::int64_t m_cachedOffset = 0;
};

} // namespace mailward
