// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bans/Blocking.h"

#include "models/detect/Tape.h"

#include <algorithm>
#include <chrono>
#include <map>

namespace mailward::story {

namespace {

constexpr double kHomeShare = 0.02;

/// The attacks' sources, the moment at which half of their attempts are made, and where they come from.
struct Ground {
    std::set<IpAddress> sources;
    Instant half{};
    std::map<CountryCode, std::size_t> countries;

    Ground(const Run& run, const ColumnsSnapshot& data, const GeoDatabase& geo)
    {
        // One attack at a time: the one that makes most attempts, and whatever else goes on beside it.
        const auto main = std::max_element(run.truth.attacks.begin(), run.truth.attacks.end(), [](const Attack& a, const Attack& b) { return a.attempts < b.attempts; });
        for (const Attack& attack : run.truth.attacks) {
            for (const auto& [ip, part] : attack.sources) {
                sources.insert(ip);
                ++countries[geo.lookup(ip).country];
            }
        }
        const detect::Tape tape = detect::readTape(data, INT64_MAX);
        std::vector<std::int64_t> times;
        for (const auto& attempt : tape.attempts) {
            if (main->sources.contains(tape.address(attempt.address).ip)) {
                times.insert(times.end(), attempt.tries, attempt.time);
            }
        }
        half = times.empty() ? run.range.end : fromMicros(times[times.size() / 2]);
    }

    [[nodiscard]] bool isHome(CountryCode country) const
    {
        const auto it = countries.find(country);
        return it != countries.end() && double(it->second) >= kHomeShare * double(sources.size());
    }
};

Plan planOfPrefixes(const std::vector<Prefix>& prefixes, Instant made)
{
    Plan plan;
    plan.made = made;
    for (const Prefix& prefix : prefixes) {
        BanEntry ban;
        ban.prefix = prefix;
        ban.ports = bannablePorts();
        ban.ttl = std::chrono::days(31);
        plan.bans.push_back(std::move(ban));
    }
    return plan;
}

/// Good log-ins after `from`: whoever is no source of any attack.
std::vector<std::pair<IpAddress, detect::Attempt>> goodAfter(const ColumnsSnapshot& data, const Ground& ground)
{
    const detect::Tape tape = detect::readTape(data, INT64_MAX);
    std::vector<std::pair<IpAddress, detect::Attempt>> good;
    for (const auto& attempt : tape.attempts) {
        const IpAddress ip = tape.address(attempt.address).ip;
        if (attempt.success && attempt.time >= toMicros(ground.half) && !ground.sources.contains(ip)) {
            good.emplace_back(ip, attempt);
        }
    }
    return good;
}

class Yardstick
{
public:
    Yardstick(const ColumnsSnapshot& data, const Ground& ground, const GeoDatabase& geo) : m_data(data), m_ground(ground), m_geo(geo), m_good(goodAfter(data, ground)) {}

    [[nodiscard]] Blocked measure(const Plan& plan) const
    {
        const ReplayResult result = judgePlan(m_data, m_ground.sources, plan);
        Blocked blocked{result.attemptsStoppedPct, result.goodLoginsCut, m_good.size(), 0, plan.bans.size()};
        if (result.goodLoginsCut > 0) { // whoever comes from the attack's own countries is left out of the second count
            std::set<IpAddress> excused = m_ground.sources;
            for (const auto& [ip, attempt] : m_good) {
                if (m_ground.isHome(m_geo.lookup(ip).country)) {
                    excused.insert(ip);
                }
            }
            blocked.elsewhereCut = judgePlan(m_data, excused, plan).goodLoginsCut;
        }
        return blocked;
    }

private:
    const ColumnsSnapshot& m_data;
    const Ground& m_ground;
    const GeoDatabase& m_geo;
    std::vector<std::pair<IpAddress, detect::Attempt>> m_good;
};

std::vector<Prefix> seenSources(const ColumnsSnapshot& data, const Ground& ground)
{
    const detect::Tape tape = detect::readTape(data, toMicros(ground.half));
    std::set<Prefix> seen;
    for (const auto& attempt : tape.attempts) {
        const IpAddress ip = tape.address(attempt.address).ip;
        if (ground.sources.contains(ip)) {
            seen.insert(Prefix::ofHost(ip));
        }
    }
    return {seen.begin(), seen.end()};
}

Blocked jailOf(const ColumnsSnapshot& data, const Ground& ground)
{
    Incident everybody;
    for (const IpAddress& ip : ground.sources) {
        everybody.sources.push_back({.ip = ip});
    }
    using namespace std::chrono_literals;
    const ReplayResult result = replayJail(data, {everybody}, {.maxretry = 2, .findtime = 10h, .bantime = 10h});
    const detect::Tape tape = detect::readTape(data, INT64_MAX);
    const auto good = std::count_if(tape.attempts.begin(), tape.attempts.end(), [&](const detect::Attempt& a) { return a.success && !ground.sources.contains(tape.address(a.address).ip); });
    return {result.attemptsStoppedPct, result.goodLoginsCut, static_cast<std::uint64_t>(good), 0, result.bans};
}

} // namespace

BlockingRun playBlocking(const Run& run, const std::shared_ptr<const GeoDatabase>& geo)
{
    const auto data = parseRun(run, [&](IpAddress ip) {
        const GeoInfo info = geo->lookup(ip);
        return AddressFacts{info.country, info.asn, info.cls};
    });
    const Ground ground(run, *data, *geo);
    const Yardstick yard(*data, ground, *geo);
    BlockingRun result;
    DetectRequest request;
    request.now = ground.half;
    request.window = TimeRange{data->range().begin, ground.half};
    const auto incidents = findIncidents(*data, DetectSettings(), request);
    const auto begin = std::chrono::steady_clock::now();
    const auto chosen = answerable(incidents, ground.half);
    const auto proposals = proposePlans(*data, chosen, incidents, {geo, {}, ground.half, 8000});
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    result.found = !chosen.empty();
    result.gentle = yard.measure(proposals[0].plan);
    result.balanced = yard.measure(proposals[1].plan);
    result.hard = yard.measure(proposals[2].plan);
    result.seen = yard.measure(planOfPrefixes(seenSources(*data, ground), ground.half));
    const auto most = std::max_element(ground.countries.begin(), ground.countries.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    result.country = yard.measure(planOfPrefixes(geo->countryPrefixes(most->first), ground.half));
    result.jail = jailOf(*data, ground);
    return result;
}

} // namespace mailward::story
