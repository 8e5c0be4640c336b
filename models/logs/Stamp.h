// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Time.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace mailward {

/// A time as a log line writes it. Wall-clock fields, or (when `absolute` is set) a point in time.
struct Stamp {
    std::optional<Instant> absolute;
    std::optional<int> offsetSeconds; ///< east of UTC, where the line says so
    int year = 0;                     ///< 0: not in the line
    int month = 0;                    ///< 1-12
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0; ///< 60 in a leap second
    int micros = 0;
};

/// How the line wrote its time: decides what may stand between the stamp and the message.
enum class StampForm : std::uint8_t {
    None,
    Syslog,   ///< "Nov 23 14:42:34": host and tag follow
    IsoT,     ///< "2026-11-23T14:42:34.5+01:00": host and tag follow in syslog files
    OwnFile   ///< "2026-11-23 14:42:34", "[23/Nov/2026:14:42:34 +0000]", "Mon Nov 23 14:42:34 2026", "@4000...": a daemon's own file
};

/// Reads a stamp at the front of `text` and removes it with the blanks after it. Hand-written, left to right, no look-ahead
/// beyond 40 bytes. Field ranges are checked (day against the month; 29 February without a year passes).
[[nodiscard]] StampForm takeStamp(std::string_view& text, Stamp& stamp);

} // namespace mailward
