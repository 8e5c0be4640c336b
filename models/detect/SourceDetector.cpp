// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/SourceDetector.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace mailward::detect {

namespace {

/// What one source (address or network) did without a pause of a day.
struct Burst {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::vector<std::uint32_t> attempts;
};

constexpr std::int64_t kGap = 2 * kHour;       ///< bursts this near to each other belong together
constexpr std::size_t kResidentShare = 5;      ///< tries for each account that gets in from an operator: fewer are its own people's mistakes
constexpr std::size_t kMostSprayNetworks = 20; ///< more at once are one distributed attack

/// Attempts of one door by key (address or network), cut at pauses of a day.
template <class Key>
std::vector<Burst> bursts(const Tape& tape, const Hostile& hostile, Door door, Key key)
{
    std::vector<std::uint32_t> order;
    for (const std::uint32_t index : hostile.attempts) {
        if (tape.attempts[index].door() == door) {
            order.push_back(index);
        }
    }
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(tape.attempts[a]) < key(tape.attempts[b]); });
    std::vector<Burst> out;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Attempt& now = tape.attempts[order[i]];
        const bool goesOn = i > 0 && key(tape.attempts[order[i - 1]]) == key(now) && now.time - out.back().end <= kDay;
        if (!goesOn) {
            out.push_back({now.time, now.time, {}});
        }
        out.back().end = now.time;
        out.back().attempts.push_back(order[i]);
    }
    return out;
}

void takeOut(Hostile& hostile, const std::vector<AttackGroup>& groups)
{
    std::vector<std::uint32_t> taken, left;
    for (const AttackGroup& group : groups) {
        taken.insert(taken.end(), group.attempts.begin(), group.attempts.end());
    }
    std::sort(taken.begin(), taken.end());
    std::set_difference(hostile.attempts.begin(), hostile.attempts.end(), taken.begin(), taken.end(), std::back_inserter(left));
    hostile.attempts = std::move(left);
}

/// Bursts that overlap or nearly so become one group each.
std::vector<AttackGroup> grouped(std::vector<Burst> list, IncidentKind kind, Door door)
{
    std::sort(list.begin(), list.end(), [](const Burst& a, const Burst& b) { return a.begin < b.begin; });
    std::vector<AttackGroup> groups;
    std::int64_t end = 0;
    for (Burst& burst : list) {
        if (groups.empty() || burst.begin > end + kGap) {
            AttackGroup group;
            group.kind = kind;
            group.door = door;
            groups.push_back(std::move(group));
            end = burst.end;
        }
        end = std::max(end, burst.end);
        auto& all = groups.back().attempts;
        all.insert(all.end(), burst.attempts.begin(), burst.attempts.end());
    }
    for (AttackGroup& group : groups) {
        std::sort(group.attempts.begin(), group.attempts.end());
    }
    return groups;
}

std::uint32_t mostTriesInDay(const Tape& tape, const Burst& burst)
{
    std::uint32_t tries = 0, most = 0;
    std::size_t begin = 0;
    for (const std::uint32_t index : burst.attempts) {
        tries += tape.attempts[index].tries;
        while (tape.attempts[burst.attempts[begin]].time <= tape.attempts[index].time - kDay) {
            tries -= tape.attempts[burst.attempts[begin++]].tries;
        }
        most = std::max(most, tries);
    }
    return most;
}

std::int64_t timeOfTries(const Tape& tape, const AttackGroup& group, double wanted)
{
    double tries = 0;
    for (const std::uint32_t index : group.attempts) {
        tries += tape.attempts[index].tries;
        if (tries >= wanted) {
            return tape.attempts[index].time;
        }
    }
    return tape.attempts[group.attempts.back()].time;
}

/// Is the rate of this group what the door has seen on most days before?
void markEveryday(const Tape& tape, std::vector<AttackGroup>& groups)
{
    std::vector<double> perDay(static_cast<std::size_t>((tape.end - tape.begin) / kDay + 1), 0);
    for (const AttackGroup& group : groups) {
        for (const std::uint32_t index : group.attempts) {
            perDay[static_cast<std::size_t>((tape.attempts[index].time - tape.begin) / kDay)] += tape.attempts[index].tries;
        }
    }
    for (AttackGroup& group : groups) {
        const std::int64_t begin = tape.attempts[group.attempts.front()].time;
        const std::int64_t length = std::max(tape.attempts[group.attempts.back()].time - begin, kDay);
        const auto past = static_cast<std::size_t>((begin - tape.begin) / kDay);
        if (past < 3) {
            continue;
        }
        std::vector<double> before(perDay.begin() + static_cast<std::ptrdiff_t>(past > 28 ? past - 28 : 0), perDay.begin() + static_cast<std::ptrdiff_t>(past));
        std::nth_element(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(before.size() / 2), before.end());
        double tries = 0;
        for (const std::uint32_t index : group.attempts) {
            tries += tape.attempts[index].tries;
        }
        const double rate = tries / (static_cast<double>(length) / static_cast<double>(kDay));
        group.everyday = rate < 3 * before[before.size() / 2];
    }
}

std::size_t networksOf(const Tape& tape, const AttackGroup& group)
{
    std::unordered_set<std::uint32_t> networks;
    for (const std::uint32_t index : group.attempts) {
        networks.insert(tape.network(tape.attempts[index].address));
    }
    return networks.size();
}

bool isSpray(const Tape& tape, const Burst& burst, const DetectSettings& settings)
{
    if (static_cast<double>(burst.attempts.size()) < settings.sprayAccounts) {
        return false;
    }
    std::unordered_set<std::uint32_t> accounts;
    std::unordered_map<std::uint32_t, std::uint32_t> inDay;
    std::uint32_t tries = 0;
    std::size_t begin = 0, most = 0;
    for (const std::uint32_t index : burst.attempts) {
        const Attempt& a = tape.attempts[index];
        tries += a.tries;
        for (; tape.attempts[burst.attempts[begin]].time <= a.time - kDay; ++begin) {
            const auto gone = inDay.find(tape.attempts[burst.attempts[begin]].account);
            if (gone != inDay.end() && --gone->second == 0) {
                inDay.erase(gone);
            }
        }
        if (a.account != kNobody) {
            accounts.insert(a.account);
            ++inDay[a.account];
        }
        most = std::max(most, inDay.size());
    }
    return static_cast<double>(most) >= settings.sprayAccounts && tries <= settings.sprayTriesPerAccount * static_cast<double>(accounts.size());
}

} // namespace

std::vector<AttackGroup> takeSprays(const Tape& tape, Hostile& hostile, const DetectSettings& settings)
{
    auto all = bursts(tape, hostile, Door::Mail, [&](const Attempt& a) { return tape.network(a.address); });
    std::erase_if(all, [&](const Burst& burst) { return !isSpray(tape, burst, settings); });
    auto groups = grouped(std::move(all), IncidentKind::PasswordSpray, Door::Mail);
    std::erase_if(groups, [&](const AttackGroup& group) { return networksOf(tape, group) > kMostSprayNetworks; });
    for (AttackGroup& group : groups) {
        group.alarm = timeOfTries(tape, group, settings.sprayAccounts);
    }
    takeOut(hostile, groups);
    return groups;
}

std::vector<AttackGroup> takeOperatorSprays(const Tape& tape, Hostile& hostile, const Standing& standing, const DetectSettings& settings)
{
    const auto asn = [&](const Attempt& a) { return tape.address(a.address).facts.asn; };
    Hostile strange;
    std::copy_if(hostile.attempts.begin(), hostile.attempts.end(), std::back_inserter(strange.attempts), [&](std::uint32_t index) {
        const Attempt& a = tape.attempts[index];
        return asn(a) != 0 && standing.exists(a.account) && !standing.knowsSurroundings(a.account, a.address) && !standing.isShared(tape.network(a.address));
    });
    auto all = bursts(tape, strange, Door::Mail, asn);
    std::erase_if(all, [&](const Burst& burst) {
        const std::uint32_t residents = standing.residents(tape.attempts[burst.attempts.front()].address); // a spray that hits makes some itself
        return !isSpray(tape, burst, settings) || kResidentShare * residents > burst.attempts.size();
    });
    auto groups = grouped(std::move(all), IncidentKind::PasswordSpray, Door::Mail);
    for (AttackGroup& group : groups) {
        group.operatorWide = true;
        group.alarm = timeOfTries(tape, group, settings.sprayAccounts);
    }
    markEveryday(tape, groups);
    takeOut(hostile, groups);
    return groups;
}

std::vector<AttackGroup> takeLoudSources(const Tape& tape, Hostile& hostile, Door door, const DetectSettings& settings)
{
    auto all = bursts(tape, hostile, door, [](const Attempt& a) { return a.address; });
    std::erase_if(all, [&](const Burst& burst) { return mostTriesInDay(tape, burst) < settings.loudAttempts; });
    auto groups = grouped(std::move(all), door == Door::Ssh ? IncidentKind::SshBruteForce : IncidentKind::BruteForce, door);
    for (AttackGroup& group : groups) {
        group.alarm = timeOfTries(tape, group, settings.loudAlarmAttempts);
    }
    markEveryday(tape, groups);
    takeOut(hostile, groups);
    return groups;
}

} // namespace mailward::detect
