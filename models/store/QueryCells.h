// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/ColumnsSnapshot.h"

#include <array>
#include <cstdint>
#include <vector>

namespace mailward {

/// How a line counts: by attempts that failed, by attempts that succeeded, or as a line alone.
enum class LineClass : std::uint8_t { Failed, Succeeded, Neither };

/// With more kinds of events than this in one chunk (somebody made them up), rows are looked at one by one.
inline constexpr std::uint32_t kMostMixes = 2048;
/// Rows, until a counter that was called for is at hand.
inline constexpr std::uint32_t kRowsAhead = 12;

/// What each verdict means to the counters: its class, and its series (kSeriesCount: none).
struct VerdictTraits {
    std::array<std::uint8_t, 64> series{};
    std::array<LineClass, 64> cls{};
};
[[nodiscard]] const VerdictTraits& verdictTraits();

/// Counters of one value of one group.
struct Tally {
    std::uint64_t failed = 0;
    std::uint64_t succeeded = 0;
    std::uint64_t events = 0;

    void add(const Tally& other)
    {
        failed += other.failed;
        succeeded += other.succeeded;
        events += other.events;
    }
    void add(LineClass cls, std::uint64_t attempts, std::uint64_t lines)
    {
        failed += cls == LineClass::Failed ? attempts : 0;
        succeeded += cls == LineClass::Succeeded ? attempts : 0;
        events += lines;
    }
};

/// Counters of all values of one group, packed for the inner loop: one 64-bit number a value holds attempts that failed and
/// that succeeded (21 bits each) and lines (22), so that an event costs one addition. Emptied into cells before they could
/// run over: the caller keeps the sums below the limits.
class PackedCells
{
public:
    static constexpr std::uint32_t kMaxAttempts = 31; ///< a line with more goes straight to the cells
    static constexpr std::uint64_t kMaxSum = (std::uint64_t{1} << 21U) - 1;

    explicit PackedCells(std::size_t values) : m_packed(values), m_cells(values) {}

    [[nodiscard]] static std::uint64_t pack(LineClass cls, std::uint32_t attempts)
    {
        const std::uint64_t line = std::uint64_t{1} << 42U;
        return cls == LineClass::Failed      ? line + attempts
               : cls == LineClass::Succeeded ? line + (std::uint64_t{attempts} << 21U)
                                             : line;
    }
    [[nodiscard]] std::uint64_t* packed() { return m_packed.data(); }
    void empty();
    void add(const PackedCells& other); ///< both emptied
    [[nodiscard]] std::vector<Tally>& cells() { return m_cells; }
    [[nodiscard]] const std::vector<Tally>& cells() const { return m_cells; }

private:
    std::vector<std::uint64_t> m_packed;
    std::vector<Tally> m_cells;
};

inline void PackedCells::empty()
{
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const std::uint64_t packed = m_packed[i];
        m_cells[i].add({packed & kMaxSum, (packed >> 21U) & kMaxSum, packed >> 42U});
        m_packed[i] = 0;
    }
}

inline void PackedCells::add(const PackedCells& other)
{
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        m_cells[i].add(other.m_cells[i]);
    }
}

} // namespace mailward
