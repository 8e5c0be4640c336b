// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/TimeResolver.h"

#include "models/logs/StreamParser.h"

#include <QDateTime>
#include <QString>

namespace mailward {

namespace {

constexpr std::int64_t kSecond = 1000000;
constexpr std::int64_t kHour = 3600 * kSecond;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kHalfYear = 182 * kDay;

/// Wall-clock fields as if they were UTC, microseconds.
std::int64_t wallMicros(const Stamp& s, int year)
{
    using namespace std::chrono;
    const sys_days date = std::chrono::year(year) / month(static_cast<unsigned>(s.month)) / day(static_cast<unsigned>(s.day));
    return date.time_since_epoch().count() * kDay + s.hour * kHour + s.minute * 60 * kSecond + s.second * kSecond + s.micros;
}

bool isLeapDay(const Stamp& s) { return s.month == 2 && s.day == 29; }

/// The nearest year not after `year` that has this date.
int lastYearWith(const Stamp& s, int year)
{
    while (isLeapDay(s) && !std::chrono::year(year).is_leap()) {
        --year;
    }
    return year;
}

int yearAt(std::int64_t wall)
{
    using namespace std::chrono;
    return static_cast<int>(year_month_day(floor<days>(fromMicros(wall))).year());
}

} // namespace

std::optional<QTimeZone> zoneFromText(const std::string& text)
{
    if (text == "UTC" || text == "Z" || text.empty()) {
        return QTimeZone::utc();
    }
    if (text.front() == '+' || text.front() == '-') {
        const auto probe = parseRfc3339("2000-01-03T00:00:00" + text);
        if (!probe) {
            return std::nullopt;
        }
        const auto offset = (toMicros(*parseRfc3339("2000-01-03T00:00:00Z")) - toMicros(*probe)) / kSecond;
        return QTimeZone(static_cast<int>(offset));
    }
    const QTimeZone zone(QByteArray::fromStdString(text));
    return zone.isValid() ? std::optional(zone) : std::nullopt;
}

bool isKnownTimezone(const std::string& name) { return zoneFromText(name).has_value(); }

TimeResolver::TimeResolver(const std::string& zoneName, std::optional<Instant> fileTime, std::optional<int> year)
    : m_zone(zoneFromText(zoneName).value_or(QTimeZone::utc())),
      m_isUtc(m_zone == QTimeZone::utc()),
      m_fileTime(fileTime.value_or(std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()))),
      m_firstYear(year)
{
}

std::int64_t TimeResolver::offsetAt(std::int64_t utcSeconds) const
{
    return m_zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(utcSeconds, Qt::UTC));
}

int TimeResolver::yearOf(const Stamp& s)
{
    if (m_year == 0) {
        const std::int64_t limit = toMicros(m_fileTime) + (m_isUtc ? 0 : offsetAt(toMicros(m_fileTime) / kSecond) * kSecond) + kDay;
        m_year = lastYearWith(s, m_firstYear.value_or(yearAt(limit)));
        if (!m_firstYear && wallMicros(s, m_year) > limit) {
            m_year = lastYearWith(s, m_year - 1);
        }
        m_lastWall = wallMicros(s, m_year);
        return m_year;
    }
    const int year = lastYearWith(s, m_year);
    const std::int64_t wall = wallMicros(s, year);
    if (wall < m_lastWall - kHalfYear && (!isLeapDay(s) || std::chrono::year(m_year + 1).is_leap())) {
        ++m_year;
        m_lastWall = wallMicros(s, m_year);
        return m_year;
    }
    if (wall > m_lastWall + kHalfYear) {
        return lastYearWith(s, year - 1); // a late line of last December; the file itself is in January
    }
    m_lastWall = wall;
    return year;
}

Instant TimeResolver::fromWallClock(std::int64_t wall)
{
    const std::int64_t hour = wall / kHour;
    if (hour == m_cachedHour) {
        return fromMicros(wall - m_cachedOffset);
    }
    const std::int64_t seconds = wall / kSecond;
    const std::int64_t before = offsetAt(seconds - 86400) * kSecond;
    const std::int64_t after = offsetAt(seconds + 86400) * kSecond;
    if (before == after) {
        m_cachedHour = hour;
        m_cachedOffset = before;
        return fromMicros(wall - before);
    }
    const auto holds = [&](std::int64_t offset) { return offsetAt((wall - offset) / kSecond) * kSecond == offset; };
    const Instant first = fromMicros(wall - before);
    const Instant second = fromMicros(wall - after);
    if (holds(before) && holds(after)) {
        // The hour exists twice: the second time has begun when the lines step back by more than jitter.
        return m_last && first < *m_last - std::chrono::minutes(1) ? second : first;
    }
    return holds(after) ? second : first;
}

Instant TimeResolver::resolve(const Stamp& s)
{
    if (s.absolute) {
        m_last = *s.absolute;
        return *m_last;
    }
    const std::int64_t wall = wallMicros(s, s.year != 0 ? s.year : yearOf(s));
    if (s.offsetSeconds) {
        m_last = fromMicros(wall - *s.offsetSeconds * kSecond);
    } else if (m_isUtc) {
        m_last = fromMicros(wall);
    } else {
        m_last = fromWallClock(wall);
    }
    return *m_last;
}

} // namespace mailward
