// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/MailDetector.h"

#include <algorithm>

namespace mailward::detect {

std::vector<RefusedSource> findRefusedSources(const Tape& tape, const Standing& standing, bool relay, const DetectSettings& settings)
{
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < tape.refusals.size(); ++i) {
        const Refusal& refusal = tape.refusals[i];
        if ((relay ? refusal.relay : refusal.unknownName) && !standing.isApart(refusal.address) && !standing.isTrusted(tape.network(refusal.address))) {
            order.push_back(i);
        }
    }
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return tape.refusals[a].address < tape.refusals[b].address; });
    std::vector<RefusedSource> found;
    for (std::size_t begin = 0; begin < order.size();) {
        const std::uint32_t address = tape.refusals[order[begin]].address;
        std::size_t end = begin, day = begin;
        RefusedSource source{address, 0, 0, 0, 0, tape.refusals[order[begin]].server};
        for (; end < order.size() && tape.refusals[order[end]].address == address; ++end) {
            const std::int64_t now = tape.refusals[order[end]].time;
            while (tape.refusals[order[day]].time <= now - kDay) {
                ++day;
            }
            if (source.alarm == 0 && static_cast<double>(end - day + 1) >= settings.relayRejects) {
                source.alarm = now;
            }
        }
        source.refusals = static_cast<std::uint32_t>(end - begin);
        source.first = tape.refusals[order[begin]].time;
        source.last = tape.refusals[order[end - 1]].time;
        if (source.alarm != 0) {
            found.push_back(source);
        }
        begin = end;
    }
    return found;
}

std::vector<BackscatterWave> findBackscatter(const Tape& tape, const DetectSettings& settings)
{
    std::vector<BackscatterWave> found;
    const auto& all = tape.backscatter;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        while (all[begin].time <= all[i].time - kDay) {
            ++begin;
        }
        if (static_cast<double>(i - begin + 1) < settings.backscatterDay) {
            continue;
        }
        if (found.empty() || all[begin].time > found.back().end) {
            found.push_back({all[begin].time, all[i].time, all[i].time, static_cast<std::uint32_t>(i - begin)});
        }
        found.back().end = all[i].time;
        ++found.back().count;
    }
    return found;
}

} // namespace mailward::detect
