// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/ColumnsSnapshot.h"

#include <algorithm>
#include <chrono>
#include <deque>

namespace mailward::detect {

/// How often a log that grows is looked through as a whole. A look costs the more, the longer the log: the pause behind it grows with
/// it, so that looking, which uses two cores for half of its time, never takes more than a fifth of one. One look a while may come
/// early, when the tripwire asks for it.
struct LookPace {
    [[nodiscard]] static std::chrono::milliseconds pauseAfter(std::chrono::milliseconds took) { return std::max<std::chrono::milliseconds>(std::chrono::milliseconds(250), 10 * took); }
    [[nodiscard]] static bool mayBeEarly(std::chrono::milliseconds sinceLastEarly, std::chrono::milliseconds took)
    {
        return sinceLastEarly >= std::max<std::chrono::milliseconds>(std::chrono::seconds(5), 40 * took);
    }
};

/// Says between two looks that the next should not wait: far more addresses that were never seen before fail than in the 24 hours up to
/// the last look. Costs a few nanoseconds a new event; decides nothing but the time of a look, so it has no part in the answer.
class Tripwire
{
public:
    /// A look saw everything up to `data`.
    void looked(const ColumnsSnapshot& data);
    /// Reads what came since; `data` is the same columns as before, or later ones.
    [[nodiscard]] bool isTripped(const ColumnsSnapshot& data);

private:
    void read(const ColumnsSnapshot& data);

    std::size_t m_chunk = 0;
    std::uint32_t m_row = 0;
    std::uint32_t m_knownAddresses = 0;
    std::int64_t m_latest = INT64_MIN;
    std::deque<std::int64_t> m_fresh; ///< times at which new addresses failed, of the last 24 hours
    std::uint64_t m_news = 0;         ///< of them since the last look
    std::int64_t m_lookedAt = INT64_MIN;
    double m_usualPerHour = 0;
};

} // namespace mailward::detect
