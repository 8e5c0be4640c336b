// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/SiteChangeDetector.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace mailward::detect {

namespace {

constexpr int kBlock = 100;
constexpr double kBlockAlpha = 1; // a site whose failing strangers are 5 % of all attempts, widely spread
constexpr double kBlockBeta = 19;
constexpr int kBlockStrangers = 20;
constexpr std::int64_t kLongestBlock = 6 * kHour;
constexpr double kQuietArrivals = 8; ///< that fail to come before a slow attack counts as over
constexpr std::int64_t kLongestQuiet = 12 * kHour;

struct Usual {
    double mean = 0;
    double sigma = 1;
    bool known = false;
};

double median(std::vector<double>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// New strangers by hour, and what is usual at an hour judging by the hours before it.
class Baseline
{
public:
    Baseline(std::int64_t begin, std::int64_t end, bool targeted, const DetectSettings& settings)
        : m_settings(settings), m_absolute(targeted ? settings.siteAbsolute / 2 : settings.siteAbsolute),
          m_floor(targeted ? settings.siteTargetedFloor : settings.siteSigmaFloor), m_firstHour(begin / kHour), m_counts(static_cast<std::size_t>(std::max<std::int64_t>(end / kHour - m_firstHour + 1, 1)), 0),
          m_left(m_counts.size(), 0)
    {
    }

    void count(std::int64_t time) { ++m_counts[index(time)]; }
    /// Hours of an attack teach nothing.
    void leaveOut(std::int64_t from, std::int64_t to)
    {
        for (std::size_t hour = index(from); hour <= index(to); ++hour) {
            m_left[hour] = 1;
        }
        m_cached = SIZE_MAX;
    }

    const Usual& at(std::int64_t time)
    {
        const std::size_t hour = index(time);
        if (hour != m_cached) {
            m_cached = hour;
            m_usual = judge(hour);
        }
        return m_usual;
    }

private:
    [[nodiscard]] std::size_t index(std::int64_t time) const { return static_cast<std::size_t>(std::max<std::int64_t>(time / kHour - m_firstHour, 0)); }

    [[nodiscard]] std::vector<double> samples(std::size_t hour, std::size_t step, std::size_t steps) const
    {
        std::vector<double> values;
        for (std::size_t back = 1; back <= steps && back * step <= hour; ++back) {
            const std::size_t then = hour - back * step;
            for (std::size_t near = then == 0 ? 0 : then - 1; near <= then + 1; ++near) {
                if (!m_left[near]) {
                    values.push_back(m_counts[near]);
                }
            }
        }
        return values;
    }

    [[nodiscard]] Usual judge(std::size_t hour) const
    {
        std::vector<double> values = samples(hour, 7 * 24, 4);
        if (values.size() < 6) {
            values = samples(hour, 24, 28);
        }
        const auto past = std::count(m_left.begin(), m_left.begin() + static_cast<std::ptrdiff_t>(hour), std::uint8_t{0});
        if (static_cast<double>(past) < m_settings.siteBaselineDays * 24 || values.size() < 6) {
            return {m_absolute / 2, m_absolute / 6, false};
        }
        const double mean = median(values);
        for (double& value : values) {
            value = std::abs(value - mean);
        }
        return {mean, std::max({m_floor, 1.4826 * median(values), std::sqrt(mean)}), true};
    }

    const DetectSettings& m_settings;
    double m_absolute;
    double m_floor;
    std::int64_t m_firstHour;
    std::vector<std::uint32_t> m_counts;
    std::vector<std::uint8_t> m_left;
    Usual m_usual;
    std::size_t m_cached = SIZE_MAX;
};

/// Failing strangers that were not seen for 30 days, `targeted`: at accounts that exist. Indexes into the tape.
std::vector<std::uint32_t> newStrangers(const Tape& tape, const Hostile& hostile, const Standing& standing, Door door, bool targeted)
{
    std::vector<std::int64_t> seen(tape.data->addressCount(), INT64_MIN / 2);
    std::vector<std::uint32_t> fresh;
    for (const std::uint32_t index : hostile.attempts) {
        const Attempt& attempt = tape.attempts[index];
        if (attempt.door() == door && (!targeted || standing.exists(attempt.account))) {
            if (attempt.time - seen[attempt.address] > kMemory) {
                fresh.push_back(index);
            }
            seen[attempt.address] = attempt.time;
        }
    }
    return fresh;
}

class Cusum
{
public:
    Cusum(Baseline& baseline, const DetectSettings& settings)
        : m_baseline(baseline), m_settings(settings), m_quiet(static_cast<std::int64_t>(settings.quietHours * static_cast<double>(kHour)))
    {
    }

    std::vector<SiteChange> run(const std::vector<std::int64_t>& times)
    {
        for (const std::int64_t time : times) {
            step(time);
        }
        if (m_alarmed) {
            close();
        }
        return std::move(m_found);
    }

private:
    void step(std::int64_t time)
    {
        if (m_alarmed && time - m_lastBusy > silence()) {
            close();
        }
        const Usual usual = m_alarmed ? m_usual : m_baseline.at(time);
        const double drift = usual.mean + m_settings.siteSlack * usual.sigma;
        const double passed = static_cast<double>(time - m_last) / static_cast<double>(kHour);
        m_sum = std::max(0.0, m_sum - drift * passed);
        if (m_sum <= 0) {
            m_begin = time;
        }
        m_sum += 1;
        m_last = time;
        m_baseline.count(time);
        m_recent.push_back(time);
        while (m_recent.front() <= time - m_quiet) {
            m_recent.pop_front();
        }
        if (!m_alarmed && m_sum > m_settings.siteAlarm * usual.sigma) {
            m_alarmed = true;
            m_usual = usual;
            m_change = {m_begin, time, time, usual.known ? usual.mean : 0, usual.known};
            m_lastBusy = time;
        }
        m_arrivals = m_alarmed ? m_arrivals + 1 : m_sum;
        if (m_alarmed && static_cast<double>(m_recent.size()) > m_settings.quietHours * drift + 1) {
            m_lastBusy = time;
        }
    }

    /// What ends this attack: a slow one pauses for longer.
    [[nodiscard]] std::int64_t silence() const
    {
        const auto length = static_cast<double>(m_lastBusy - m_change.begin);
        return std::clamp(static_cast<std::int64_t>(kQuietArrivals * length / std::max(m_arrivals, 1.0)), m_quiet, std::max(m_quiet, kLongestQuiet));
    }

    void close()
    {
        m_change.end = m_lastBusy;
        m_baseline.leaveOut(m_change.begin, m_change.end);
        m_found.push_back(m_change);
        m_alarmed = false;
        m_sum = 0;
    }

    Baseline& m_baseline;
    const DetectSettings& m_settings;
    std::int64_t m_quiet;
    std::vector<SiteChange> m_found;
    std::deque<std::int64_t> m_recent;
    SiteChange m_change;
    Usual m_usual;
    double m_sum = 0;
    double m_arrivals = 0; ///< of the change that is under way
    std::int64_t m_last = 0;
    std::int64_t m_begin = 0;
    std::int64_t m_lastBusy = 0;
    bool m_alarmed = false;
};

/// Blocks of 100 attempts, while the site has no past of its own.
std::vector<SiteChange> blockAlarms(const Tape& tape, const std::vector<std::uint32_t>& fresh, Door door, const DetectSettings& settings)
{
    std::vector<SiteChange> found;
    const std::int64_t until = tape.begin + static_cast<std::int64_t>(settings.siteBaselineDays * static_cast<double>(kDay));
    int size = 0, strangers = 0;
    std::int64_t begin = 0;
    auto next = fresh.begin();
    for (std::uint32_t i = 0; i < tape.attempts.size() && tape.attempts[i].time < until; ++i) {
        if (tape.attempts[i].door() != door) {
            continue;
        }
        begin = size++ == 0 ? tape.attempts[i].time : begin;
        next = std::lower_bound(next, fresh.end(), i);
        strangers += next != fresh.end() && *next == i ? 1 : 0;
        if (size == kBlock) {
            const std::int64_t end = tape.attempts[i].time;
            if (strangers >= kBlockStrangers && end - begin <= kLongestBlock &&
                betaBinomialTail(kBlock, strangers, kBlockAlpha, kBlockBeta) < settings.blockTail) {
                found.push_back({begin, end, end, 0, false});
            }
            size = strangers = 0;
        }
    }
    return found;
}

std::vector<SiteChange> merged(std::vector<SiteChange> changes, std::int64_t gap)
{
    std::stable_sort(changes.begin(), changes.end(), [](const SiteChange& a, const SiteChange& b) { return a.begin < b.begin; });
    std::vector<SiteChange> out;
    for (const SiteChange& change : changes) {
        if (!out.empty() && change.begin <= out.back().end + gap) {
            out.back().end = std::max(out.back().end, change.end);
            out.back().alarm = std::min(out.back().alarm, change.alarm);
        } else {
            out.push_back(change);
        }
    }
    return out;
}

} // namespace

double betaBinomialTail(int n, int k, double a, double b)
{
    const auto logBeta = [](double x, double y) { return std::lgamma(x) + std::lgamma(y) - std::lgamma(x + y); };
    double tail = 0;
    for (int i = k; i <= n; ++i) {
        tail += std::exp(std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0) + logBeta(i + a, n - i + b) - logBeta(a, b));
    }
    return std::min(tail, 1.0);
}

std::vector<SiteChange> findSiteChanges(const Tape& tape, const Hostile& hostile, const Standing& standing, Door door, const DetectSettings& settings)
{
    std::vector<SiteChange> all;
    for (const bool targeted : {false, true}) {
        const std::vector<std::uint32_t> fresh = newStrangers(tape, hostile, standing, door, targeted);
        std::vector<std::int64_t> times;
        for (const std::uint32_t index : fresh) {
            times.push_back(tape.attempts[index].time);
        }
        Baseline baseline(tape.begin, tape.end, targeted, settings);
        std::vector<SiteChange> changes = Cusum(baseline, settings).run(times);
        if (!targeted) {
            const std::vector<SiteChange> early = blockAlarms(tape, fresh, door, settings);
            changes.insert(changes.end(), early.begin(), early.end());
        }
        for (SiteChange& change : merged(std::move(changes), static_cast<std::int64_t>(settings.quietHours * static_cast<double>(kHour)))) {
            change.targeted = targeted;
            all.push_back(change);
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const SiteChange& a, const SiteChange& b) { return a.begin < b.begin; });
    return all;
}

} // namespace mailward::detect
