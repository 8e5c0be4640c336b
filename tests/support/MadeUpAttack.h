// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/PrefixOptimiser.h"

#include <random>

/// Attacks out of made-up countries, for the optimiser's tests and figures. Pure; the same numbers on every machine.
namespace mailward::madeup {

using Random = std::mt19937;

inline const Instant kStart = *parseRfc3339("2026-11-23T12:00:00Z");

inline Prefix net(const char* text) { return *Prefix::parse(text); }

inline std::uint32_t pick(Random& random, std::uint32_t below) { return std::uniform_int_distribution<std::uint32_t>(0, below - 1)(random); }

inline IpAddress anyIn(const Prefix& prefix, Random& random)
{
    auto bytes = prefix.address().bytes();
    const auto last = prefix.last().bytes();
    for (std::size_t i = 0; i < 16; ++i) {
        bytes[i] = static_cast<std::uint8_t>(bytes[i] | (random() & static_cast<std::uint8_t>(last[i] ^ bytes[i])));
    }
    return IpAddress::fromBytes(bytes);
}

struct Good {
    IpAddress address;
    std::string account;
    std::uint64_t count = 1;
};

inline OptimiserInput inputOf(const std::vector<IpAddress>& sources, std::vector<CandidateGroup> groups, const std::vector<Good>& good = {})
{
    OptimiserInput input;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        input.sources.push_back({.address = sources[i], .first = kStart + std::chrono::seconds(i)});
    }
    input.groups = std::move(groups);
    for (const auto& login : good) {
        input.guards.goodLogins.push_back({login.address, login.account, login.count});
    }
    input.guards.now = kStart;
    return input;
}

/// Ranges of a made-up country: `count` networks of /13 to /22 inside `space`, disjoint.
inline CandidateGroup country(const char* name, const char* space, std::size_t count, Random& random)
{
    CandidateGroup group{QLatin1String(name), GroupKind::Country, {}};
    while (group.ranges.size() < count) {
        const Prefix range(anyIn(net(space), random), int(13 + pick(random, 10)));
        if (std::none_of(group.ranges.begin(), group.ranges.end(), [&](const Prefix& other) { return other.overlaps(range); })) {
            group.ranges.push_back(range);
        }
    }
    std::sort(group.ranges.begin(), group.ranges.end());
    return group;
}

inline IpAddress anyOf(const CandidateGroup& group, Random& random)
{
    double total = 0;
    for (const auto& range : group.ranges) {
        total += peersIn(range);
    }
    double at = std::uniform_real_distribution<>(0, total)(random);
    for (const auto& range : group.ranges) {
        if ((at -= peersIn(range)) <= 0) {
            return anyIn(range, random);
        }
    }
    return anyIn(group.ranges.back(), random);
}

/// As many good addresses as sources, one in `abroadOneIn` of them inside the attack's own ranges.
inline OptimiserInput largeAttackOf(int count, int abroadOneIn)
{
    Random random(12);
    const auto far = country("CN", "110.0.0.0/6", 600, random);
    const auto home = country("DE", "84.0.0.0/6", 300, random);
    std::vector<IpAddress> sources;
    std::vector<Good> good;
    for (int i = 0; i < count; ++i) {
        sources.push_back(anyOf(far, random));
        const bool abroad = i % abroadOneIn == 0;
        good.push_back({anyOf(abroad ? far : home, random), "user" + std::to_string(pick(random, 20000)) + "@example.org", abroad ? 5U : 1U});
    }
    return inputOf(sources, {far, home}, good);
}

} // namespace mailward::madeup
