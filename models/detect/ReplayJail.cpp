// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/ReplayJail.h"

#include "models/detect/Tape.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace mailward {

namespace {

using namespace detect;

constexpr std::size_t kMostExamples = 10;
constexpr std::uint32_t kMostDoublings = 20;

/// What the jail knows of one address.
struct Inmate {
    std::deque<std::int64_t> failures; ///< at most maxretry
    std::int64_t bannedUntil = INT64_MIN;
    std::uint32_t bans = 0;
};

class Jail
{
public:
    Jail(const JailSpec& spec) : m_spec(spec) {}

    [[nodiscard]] bool isBanned(std::uint32_t address, std::int64_t now) const
    {
        const auto found = m_inmates.find(address);
        return found != m_inmates.end() && now < found->second.bannedUntil;
    }

    /// True when this failure brings a ban.
    bool fail(std::uint32_t address, std::int64_t now, std::uint32_t tries)
    {
        Inmate& inmate = m_inmates[address];
        const std::size_t most = std::max<std::uint32_t>(m_spec.maxretry, 1);
        for (std::uint32_t i = 0; i < std::min<std::uint32_t>(tries, m_spec.maxretry); ++i) {
            inmate.failures.push_back(now);
        }
        while (inmate.failures.size() > most) {
            inmate.failures.pop_front();
        }
        const std::int64_t findtime = m_spec.findtime.count() * kSecond;
        if (inmate.failures.size() < most || inmate.failures.front() <= now - findtime) {
            return false;
        }
        inmate.failures.clear();
        std::int64_t length = m_spec.bantime.count();
        if (m_spec.increment) {
            length = std::min<std::int64_t>(length << std::min(inmate.bans, kMostDoublings), m_spec.maxBan.count());
        }
        ++inmate.bans;
        inmate.bannedUntil = now + length * kSecond;
        return true;
    }

private:
    const JailSpec& m_spec;
    std::unordered_map<std::uint32_t, Inmate> m_inmates;
};

/// Who is an attacker: named by an incident that nobody called a false alarm.
std::set<IpAddress> participants(const std::vector<Incident>& incidents)
{
    std::set<IpAddress> out;
    for (const Incident& incident : incidents) {
        if (incident.falseAlarm) {
            continue;
        }
        for (const IncidentSource& source : incident.sources) {
            out.insert(source.ip);
        }
    }
    return out;
}

/// For each address the incidents that it belongs to, as a list within one array.
class Membership
{
public:
    Membership(const Tape& tape, const std::vector<Incident>& incidents)
    {
        std::map<IpAddress, std::vector<std::uint32_t>> of;
        for (std::uint32_t i = 0; i < incidents.size(); ++i) {
            if (incidents[i].falseAlarm) {
                continue;
            }
            for (const IncidentSource& source : incidents[i].sources) {
                of[source.ip].push_back(i);
            }
        }
        m_first.resize(tape.data->addressCount() + std::size_t{1}, 0);
        for (std::uint32_t id = 0; id < tape.data->addressCount(); ++id) {
            const auto found = of.find(tape.address(id).ip);
            if (found != of.end()) {
                m_incidents.insert(m_incidents.end(), found->second.begin(), found->second.end());
            }
            m_first[id + 1] = static_cast<std::uint32_t>(m_incidents.size());
        }
    }
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t address) const
    {
        return std::span(m_incidents).subspan(m_first[address], m_first[address + 1] - m_first[address]);
    }

private:
    std::vector<std::uint32_t> m_first;
    std::vector<std::uint32_t> m_incidents;
};

double percent(std::uint64_t part, std::uint64_t whole) { return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole); }

} // namespace

JailComparison compareJail(const Tape& tape, const std::vector<Incident>& incidents, const JailSpec& spec)
{
    const Membership members(tape, incidents);
    Jail jail(spec);
    JailComparison result;
    result.effects.resize(incidents.size());
    std::vector<std::unordered_set<std::uint32_t>> stopped(incidents.size());
    std::unordered_set<std::uint32_t> cut;
    for (const Attempt& a : tape.attempts) {
        const bool banned = jail.isBanned(a.address, a.time);
        const auto of = members.of(a.address);
        for (const std::uint32_t i : of) {
            if (a.time < toMicros(incidents[i].start) || a.time > toMicros(incidents[i].end)) {
                continue;
            }
            result.effects[i].attempts += a.tries;
            if (banned) {
                result.effects[i].attemptsStopped += a.tries;
                stopped[i].insert(a.address);
            }
        }
        if (a.success && banned && of.empty()) {
            ++result.goodLoginsCut;
            cut.insert(a.account);
        }
        if (!a.success && !banned) {
            jail.fail(a.address, a.time, a.tries);
        }
    }
    for (std::size_t i = 0; i < incidents.size(); ++i) {
        result.effects[i].sourcesStopped = stopped[i].size();
    }
    result.accountsCut = cut.size();
    return result;
}

ReplayResult replayJail(const ColumnsSnapshot& data, const std::vector<Incident>& incidents, const JailSpec& spec)
{
    const Tape tape = readTape(data, INT64_MAX);
    const std::set<IpAddress> attackers = participants(incidents);
    std::vector<std::uint8_t> hostile(data.addressCount(), 0);
    for (std::uint32_t id = 0; id < hostile.size(); ++id) {
        hostile[id] = attackers.contains(tape.address(id).ip) ? 1 : 0;
    }
    Jail jail(spec);
    ReplayResult result;
    std::uint64_t attempts = 0, stopped = 0;
    std::unordered_set<std::uint32_t> stoppedSources, cutAccounts, openedAnyway, opened;
    for (const Attempt& a : tape.attempts) {
        const bool banned = jail.isBanned(a.address, a.time);
        const bool isAttacker = hostile[a.address] != 0;
        if (isAttacker) {
            attempts += a.tries;
            stopped += banned ? a.tries : 0;
            if (banned) {
                stoppedSources.insert(a.address);
                result.firstStoppedAt = result.firstStoppedAt.value_or(fromMicros(a.time));
            }
            if (a.success) {
                (banned ? opened : openedAnyway).insert(a.account);
            }
        } else if (a.success && banned) {
            ++result.goodLoginsCut;
            cutAccounts.insert(a.account);
            if (result.examplesCut.size() < kMostExamples) {
                result.examplesCut.push_back({fromMicros(a.time), data.account(AccountId{a.account}), tape.address(a.address).ip});
            }
        }
        if (!a.success && !banned) {
            result.bans += jail.fail(a.address, a.time, a.tries) ? 1U : 0U;
        }
    }
    for (const std::uint32_t account : opened) {
        if (!openedAnyway.contains(account)) {
            result.openedPrevented.push_back(data.account(AccountId{account}));
        }
    }
    std::sort(result.openedPrevented.begin(), result.openedPrevented.end());
    result.accountsCut = cutAccounts.size();
    result.attemptsStoppedPct = percent(stopped, attempts);
    result.sourcesStoppedPct = percent(stoppedSources.size(), attackers.size());
    return result;
}

} // namespace mailward
