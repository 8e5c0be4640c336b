// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace mailward::story {

/// SplitMix64: the same numbers on every platform, which std::*_distribution does not promise. Never draw twice in the
/// arguments of one call or the operands of one +: their order is the compiler's.
class Rng
{
public:
    explicit Rng(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next()
    {
        m_state += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    /// 0 ... n-1; 0 when n is 0. The bias is below 2^-32 for the sizes used here.
    std::uint64_t below(std::uint64_t n) { return n == 0 ? 0 : next() % n; }
    /// low ... high, both included.
    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
    }
    bool perMille(unsigned share) { return below(1000) < share; }
    template <class T>
    const T& pick(const std::vector<T>& values)
    {
        return values[static_cast<std::size_t>(below(values.size()))];
    }
    /// Index drawn by weight.
    std::size_t weighted(std::span<const unsigned> weights)
    {
        std::uint64_t sum = 0;
        for (const unsigned weight : weights) {
            sum += weight;
        }
        std::uint64_t at = below(sum);
        for (std::size_t i = 0; i < weights.size(); ++i) {
            if (at < weights[i]) {
                return i;
            }
            at -= weights[i];
        }
        return 0;
    }
    template <class T>
    void shuffle(std::vector<T>& values)
    {
        for (std::size_t i = values.size(); i > 1; --i) {
            std::swap(values[i - 1], values[static_cast<std::size_t>(below(i))]);
        }
    }
    /// A stream of its own for one part of a run, so that a change in one part leaves the others as they were.
    [[nodiscard]] Rng fork(std::string_view name) const
    {
        std::uint64_t hash = 1469598103934665603ULL ^ m_state;
        for (const char c : name) {
            hash = (hash ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
        }
        return Rng(hash);
    }

private:
    std::uint64_t m_state;
};

} // namespace mailward::story
