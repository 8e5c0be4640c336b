// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Time.h"
#include "models/tables/Target.h"

#include <QString>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace mailward {

/// Stacked in this order, from the bottom up. The same order as the store's Series.
enum class TimelineSeries : std::uint8_t { Failure, Success, Blocked, Sent, Bounced };
inline constexpr std::size_t kTimelineSeries = 5;
using TimelineBin = std::array<std::uint64_t, kTimelineSeries>;

/// Something drawn over the timeline: an incident's bracket, or the moment of a ban (end == begin).
struct TimelineMark {
    TimeRange range;
    QString label;
    Meaning meaning = Meaning::Critical;
    Target target;
};

/// The histogram: bins of equal width from `begin` on (at most about 300), the selection, and marks.
struct TimelineView {
    Instant begin{};
    std::chrono::microseconds binWidth{0};
    std::vector<TimelineBin> bins;
    std::optional<TimeRange> brush;
    std::vector<TimelineMark> marks;

    [[nodiscard]] TimeRange range() const { return {begin, begin + binWidth * static_cast<std::int64_t>(bins.size())}; }
};

} // namespace mailward
