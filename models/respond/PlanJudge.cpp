// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/PlanJudge.h"

#include "models/detect/Tape.h"
#include "models/respond/Proposal.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace mailward {

namespace {

using namespace detect;

constexpr std::size_t kMostExamples = 10;

/// The plan's networks by address. They may lie inside one another where lifetimes or ports differ.
class BanBook
{
public:
    explicit BanBook(const Plan& plan) : m_made(toMicros(plan.made))
    {
        for (const BanEntry& ban : plan.bans) {
            m_bans[ban.prefix].push_back(&ban);
            m_lengths[ban.prefix.isV4() ? 0 : 1].insert(ban.prefix.length());
        }
    }

    [[nodiscard]] bool stops(IpAddress address, Service service, std::int64_t at) const
    {
        for (const int length : m_lengths[address.isV4() ? 0 : 1]) {
            const auto found = m_bans.find(Prefix(address, length));
            if (found != m_bans.end() && std::any_of(found->second.begin(), found->second.end(), [&](const BanEntry* ban) { return holds(*ban, service, at); })) {
                return true;
            }
        }
        return false;
    }

private:
    [[nodiscard]] bool holds(const BanEntry& ban, Service service, std::int64_t at) const
    {
        const Ports needed = portsOfService(service);
        return at < m_made + ban.ttl.count() * kSecond && std::includes(ban.ports.begin(), ban.ports.end(), needed.begin(), needed.end());
    }

    std::int64_t m_made;
    std::map<Prefix, std::vector<const BanEntry*>> m_bans;
    std::array<std::set<int>, 2> m_lengths;
};

double percent(std::uint64_t part, std::uint64_t whole) { return whole == 0 ? 0 : 100.0 * double(part) / double(whole); }

} // namespace

std::set<IpAddress> participantsOf(const std::vector<Incident>& incidents)
{
    std::set<IpAddress> all;
    for (const Incident& incident : incidents) {
        if (incident.falseAlarm) {
            continue;
        }
        for (const IncidentSource& source : incident.sources) {
            all.insert(source.ip);
        }
    }
    return all;
}

ReplayResult judgePlan(const ColumnsSnapshot& data, const std::set<IpAddress>& attackers, const Plan& plan)
{
    const Tape tape = readTape(data, INT64_MAX);
    const BanBook book(plan);
    std::vector<std::uint8_t> hostile(data.addressCount());
    for (std::uint32_t id = 0; id < hostile.size(); ++id) {
        hostile[id] = attackers.contains(tape.address(id).ip) ? 1 : 0;
    }
    ReplayResult result;
    result.bans = plan.bans.size();
    std::uint64_t attempts = 0, stopped = 0;
    std::unordered_set<std::uint32_t> sources, stoppedSources, cutAccounts, opened, openedAnyway;
    for (const Attempt& a : tape.attempts) {
        if (a.time < toMicros(plan.made)) {
            continue;
        }
        const bool banned = book.stops(tape.address(a.address).ip, a.service, a.time);
        if (hostile[a.address] != 0) {
            attempts += a.tries;
            stopped += banned ? a.tries : 0;
            sources.insert(a.address);
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
                result.examplesCut.push_back({fromMicros(a.time), a.account == kNobody ? std::string() : data.account(AccountId{a.account}), tape.address(a.address).ip});
            }
        }
    }
    for (const std::uint32_t account : opened) {
        if (!openedAnyway.contains(account) && account != kNobody) {
            result.openedPrevented.push_back(data.account(AccountId{account}));
        }
    }
    std::sort(result.openedPrevented.begin(), result.openedPrevented.end());
    result.accountsCut = cutAccounts.size();
    result.attemptsStoppedPct = percent(stopped, attempts);
    result.sourcesStoppedPct = percent(stoppedSources.size(), sources.size());
    return result;
}

} // namespace mailward
