// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/FanInDetector.h"

#include <algorithm>
#include <cmath>

namespace mailward::detect {

namespace {

struct Visit {
    std::uint32_t account;
    std::uint32_t address;
    std::int64_t time;
};

/// Each stranger at each account once, by account and time.
std::vector<Visit> firstVisits(const Tape& tape, const Hostile& hostile, const Standing& standing)
{
    std::vector<Visit> visits;
    for (const std::uint32_t index : hostile.attempts) {
        const Attempt& a = tape.attempts[index];
        if (a.door() == Door::Mail && a.account != kNobody && (standing.exists(a.account) || !a.unknownUser) &&
            !standing.knowsSurroundings(a.account, a.address)) {
            visits.push_back({a.account, a.address, a.time});
        }
    }
    std::stable_sort(visits.begin(), visits.end(), [](const Visit& a, const Visit& b) { return a.account != b.account ? a.account < b.account : a.address < b.address; });
    visits.erase(std::unique(visits.begin(), visits.end(), [](const Visit& a, const Visit& b) { return a.account == b.account && a.address == b.address; }),
                 visits.end());
    std::sort(visits.begin(), visits.end(), [](const Visit& a, const Visit& b) { return a.account != b.account ? a.account < b.account : a.time < b.time; });
    return visits;
}

class AccountWatch
{
public:
    AccountWatch(std::int64_t siteBegin, const DetectSettings& settings) : m_siteBegin(siteBegin), m_settings(settings) {}

    void watch(std::span<const Visit> visits, std::vector<FanIn>& out) const
    {
        std::size_t hour = 0, day = 0;
        FanIn* open = nullptr;
        for (std::size_t i = 0; i < visits.size(); ++i) {
            while (visits[hour].time <= visits[i].time - kHour) {
                ++hour;
            }
            while (visits[day].time <= visits[i].time - kDay) {
                ++day;
            }
            const std::size_t inHour = i - hour + 1, inDay = i - day + 1;
            if (!isAlarm(inHour, inDay, day, visits[day].time)) {
                continue;
            }
            const std::int64_t begin = static_cast<double>(inHour) >= m_settings.fanInHour ? visits[hour].time : visits[day].time;
            if (!open || begin > open->end) {
                out.push_back({visits[i].account, begin, visits[i].time, visits[i].time, 0});
                open = &out.back();
            }
            open->end = visits[i].time;
            open->mostPerDay = std::max(open->mostPerDay, static_cast<std::uint32_t>(inDay));
        }
    }

private:
    [[nodiscard]] bool isAlarm(std::size_t inHour, std::size_t inDay, std::size_t before, std::int64_t windowBegin) const
    {
        if (static_cast<double>(inHour) < m_settings.fanInHour && static_cast<double>(inDay) < m_settings.fanInDay) {
            return false;
        }
        const double days = static_cast<double>(windowBegin - m_siteBegin) / static_cast<double>(kDay);
        const double usual = days >= 1 ? static_cast<double>(before) / days : 0;
        return static_cast<double>(inDay) > 2 * usual + 3 * std::sqrt(usual);
    }

    std::int64_t m_siteBegin;
    const DetectSettings& m_settings;
};

} // namespace

std::vector<FanIn> findFanIns(const Tape& tape, const Hostile& hostile, const Standing& standing, const DetectSettings& settings)
{
    const std::vector<Visit> visits = firstVisits(tape, hostile, standing);
    const AccountWatch watch(tape.begin, settings);
    std::vector<FanIn> found;
    for (std::size_t begin = 0; begin < visits.size();) {
        std::size_t end = begin;
        while (end < visits.size() && visits[end].account == visits[begin].account) {
            ++end;
        }
        watch.watch(std::span(visits).subspan(begin, end - begin), found);
        begin = end;
    }
    return found;
}

} // namespace mailward::detect
