// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailward {

/// A point in time: UTC, whole microseconds. The only form in which time travels between parts.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

[[nodiscard]] constexpr std::int64_t toMicros(Instant at) { return at.time_since_epoch().count(); }
[[nodiscard]] constexpr Instant fromMicros(std::int64_t micros) { return Instant{std::chrono::microseconds{micros}}; }

/// Half-open range [begin, end). Empty when end <= begin.
struct TimeRange {
    Instant begin{};
    Instant end{};

    [[nodiscard]] constexpr bool contains(Instant at) const { return at >= begin && at < end; }
    [[nodiscard]] constexpr bool isEmpty() const { return end <= begin; }
    [[nodiscard]] constexpr std::chrono::microseconds length() const { return end - begin; }
    constexpr bool operator==(const TimeRange&) const = default;
};

/// RFC 3339 in UTC with six decimals: "2026-11-23T14:42:34.000000Z". Years 0000 to 9999.
[[nodiscard]] std::string formatRfc3339(Instant at);

/// Reads RFC 3339 ("T", "t" or a blank between date and time; up to nine decimals, cut to microseconds; "Z" or an offset).
/// Nothing when a field is out of range or anything follows. A leap second (":60") counts as the second after ":59".
[[nodiscard]] std::optional<Instant> parseRfc3339(std::string_view text);

} // namespace mailward
