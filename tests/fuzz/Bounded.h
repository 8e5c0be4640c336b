// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace mailward::fuzz {

constexpr std::int64_t kMostTime = 10'000'000; ///< nanoseconds of processor time, sanitizers included

inline std::int64_t processorTime()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

/// Runs `take`, which must not take longer than an input may. What took too long may try again: a busy machine is no fault of the input.
/// `parts`: how many times as long it may take, asked afterwards; for an input that says itself how much work it is.
template <class Take, class Parts>
int bounded(Take&& take, Parts&& parts)
{
    std::int64_t took = 0;
    for (int tries = 0; tries < 4; ++tries) {
        const std::int64_t start = processorTime();
        take();
        took = processorTime() - start;
        if (took <= kMostTime * static_cast<std::int64_t>(parts())) {
            return 0;
        }
    }
    std::fprintf(stderr, "ERROR: this input takes %lld ms of processor time\n", static_cast<long long>(took / 1'000'000));
    std::abort();
}

template <class Take>
int bounded(Take&& take)
{
    return bounded(take, [] { return 1; });
}

} // namespace mailward::fuzz
