// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <future>
#include <thread>
#include <type_traits>
#include <vector>

namespace mailward {

/// Into how many stretches `count` things are worth being cut: one for each core, four at most, none of under `least` things.
[[nodiscard]] inline std::size_t stretchesOf(std::size_t count, std::size_t least)
{
    const std::size_t cores = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 4);
    return std::clamp<std::size_t>(count / std::max<std::size_t>(least, 1), 1, cores);
}

/// Where the given one of `stretches` equal parts of [0, count) begins; for their number, count.
[[nodiscard]] constexpr std::size_t stretchBegin(std::size_t count, std::size_t stretches, std::size_t stretch) { return count * stretch / stretches; }

/// `work(begin, end)` for each of `stretches` equal parts of [0, count), the last in the caller's thread, the others each in
/// one of its own; waits for all of them. Answers in the order of the stretches; an exception of a stretch is the caller's.
template <class Work>
[[nodiscard]] auto inStretches(std::size_t count, std::size_t stretches, const Work& work)
{
    using Answer = std::invoke_result_t<const Work&, std::size_t, std::size_t>;
    const auto begin = [&](std::size_t stretch) { return stretchBegin(count, stretches, stretch); };
    std::vector<std::future<Answer>> others;
    for (std::size_t i = 0; i + 1 < stretches; ++i) {
        others.push_back(std::async(std::launch::async, [&work, first = begin(i), last = begin(i + 1)] { return work(first, last); }));
    }
    Answer own = work(begin(stretches - 1), count);
    std::vector<Answer> answers;
    for (std::future<Answer>& other : others) {
        answers.push_back(other.get());
    }
    answers.push_back(std::move(own));
    return answers;
}

} // namespace mailward
