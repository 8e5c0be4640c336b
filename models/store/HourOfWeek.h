// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>

class QTimeZone;

namespace mailward {

/// Rounds down, also below zero.
[[nodiscard]] constexpr std::int64_t floorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// Microseconds -> hour of the week (0-167) in a time zone.
class HourOfWeek
{
public:
    explicit HourOfWeek(const QTimeZone* zone) : m_zone(zone) {}
    [[nodiscard]] std::uint32_t at(std::int64_t micros)
    {
        // Logs are in order of time: the next event is nearly always in the same quarter of an hour.
        if (micros < m_begin || micros >= m_end) {
            lookUp(micros);
        }
        return m_hour;
    }
    /// Until when the last answer holds.
    [[nodiscard]] std::int64_t end() const { return m_end; }

private:
    void lookUp(std::int64_t micros);

    const QTimeZone* m_zone;
    std::map<std::int64_t, std::uint32_t> m_known; ///< by quarter of an hour: offsets are multiples of it
    std::int64_t m_begin = 1, m_end = 0;
    std::uint32_t m_hour = 0;
};

} // namespace mailward
