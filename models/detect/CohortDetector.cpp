// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/CohortDetector.h"

#include <algorithm>
#include <unordered_map>

namespace mailward::detect {

namespace {

constexpr double kLeastUsual = 0.3;        // strangers an hour: no site is quieter than this
constexpr double kFanInRatio = 8;          // likelihood ratios of the evidence
constexpr double kSharedTargetRatio = 3;
constexpr double kNeighbourRatio = 3;
constexpr double kElsewhereRatio = 0.3;
constexpr double kOwnersRatio = 0.1; // the account's owner comes from there too
constexpr double kMostCountryRatio = 100;
constexpr double kFanInOdds = 1;           // prior of a stranger at a besieged account, without a site-wide change
constexpr std::size_t kKnownNetworks = 20; // fewer say nothing about where customers are

/// A stretch of time that the evidence brackets.
struct Bracket {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t alarm = 0;
    double expectedPerHour = 0;
    bool siteChange = false;
    std::vector<std::uint32_t> accounts; ///< with a fan-in, sorted
};

std::vector<Bracket> brackets(const std::vector<SiteChange>& changes, const std::vector<FanIn>& fanIns, std::int64_t gap)
{
    std::vector<Bracket> all;
    for (const SiteChange& c : changes) {
        all.push_back({c.begin, c.end, c.alarm, c.expectedPerHour, true, {}});
    }
    for (const FanIn& f : fanIns) {
        all.push_back({f.begin, f.end, f.alarm, 0, false, {f.account}});
    }
    std::sort(all.begin(), all.end(), [](const Bracket& a, const Bracket& b) { return a.begin < b.begin; });
    std::vector<Bracket> out;
    for (Bracket& next : all) {
        if (out.empty() || next.begin > out.back().end + gap) {
            out.push_back(std::move(next));
            continue;
        }
        Bracket& last = out.back();
        last.end = std::max(last.end, next.end);
        last.alarm = std::min(last.alarm, next.alarm);
        last.expectedPerHour = std::max(last.expectedPerHour, next.expectedPerHour);
        last.siteChange = last.siteChange || next.siteChange;
        last.accounts.insert(last.accounts.end(), next.accounts.begin(), next.accounts.end());
    }
    for (Bracket& bracket : out) {
        std::sort(bracket.accounts.begin(), bracket.accounts.end());
        bracket.accounts.erase(std::unique(bracket.accounts.begin(), bracket.accounts.end()), bracket.accounts.end());
    }
    return out;
}

/// Everything that one bracket knows about its candidates.
class Cohort
{
public:
    Cohort(const Tape& tape, const Standing& standing, const Bracket& bracket, std::vector<std::uint32_t> attempts, const DetectSettings& settings)
        : m_tape(tape), m_standing(standing), m_bracket(bracket), m_settings(settings), m_attempts(std::move(attempts))
    {
        count();
    }

    AttackGroup judge(Door door)
    {
        AttackGroup group;
        group.kind = IncidentKind::DistributedGuessing;
        group.door = door;
        group.alarm = m_bracket.alarm;
        group.siteChange = m_bracket.siteChange;
        group.expectedPerHour = m_bracket.expectedPerHour;
        group.fanAccounts = m_bracket.accounts;
        std::unordered_map<std::uint32_t, double> best; // odds by source: its best evidence
        for (const std::uint32_t index : m_attempts) {
            const Attempt& attempt = m_tape.attempts[index];
            double& odds = best[attempt.address];
            odds = std::max(odds, oddsOf(attempt));
        }
        const double least = m_settings.namedFrom / (1 - m_settings.namedFrom);
        for (const std::uint32_t index : m_attempts) {
            if (best[m_tape.attempts[index].address] >= least) {
                group.attempts.push_back(index);
            }
        }
        for (const auto& [address, odds] : best) {
            if (odds >= least) {
                group.confidences.emplace_back(address, odds / (1 + odds));
            }
        }
        std::sort(group.confidences.begin(), group.confidences.end());
        return group;
    }

private:
    void count()
    {
        std::unordered_map<std::uint64_t, bool> pairs;
        std::unordered_map<std::uint32_t, bool> sources;
        for (const std::uint32_t index : m_attempts) {
            const Attempt& a = m_tape.attempts[index];
            const AddressEntry& entry = m_tape.address(a.address);
            if (sources.try_emplace(a.address, true).second) {
                ++m_hours[a.time / kHour];
                ++m_countries[entry.facts.country];
                ++m_networks[entry.networkId];
            }
            if (a.account != kNobody && pairs.try_emplace((static_cast<std::uint64_t>(a.account) << 32U) | a.address, true).second) {
                ++m_targets[a.account];
            }
        }
        m_sources = sources.size();
    }

    [[nodiscard]] double prior(std::int64_t time) const
    {
        if (!m_bracket.siteChange) {
            return kFanInOdds;
        }
        // Three hours around: the edge of an attack may fall just behind the full hour.
        std::uint32_t most = 0;
        for (std::int64_t hour = time / kHour - 1; hour <= time / kHour + 1; ++hour) {
            const auto found = m_hours.find(hour);
            most = std::max(most, found == m_hours.end() ? 0 : found->second);
        }
        const double usual = std::max(m_bracket.expectedPerHour, kLeastUsual);
        return std::max(most - usual, 0.1) / usual;
    }

    /// How much more often does the attack come from there than customers do?
    [[nodiscard]] double countryRatio(CountryCode country) const
    {
        if (country == kNoCountry || m_standing.trustedNetworks() < kKnownNetworks) {
            return 1;
        }
        const auto known = static_cast<double>(m_standing.trustedNetworks());
        const double here = (m_countries.at(country) - 0.5) / (static_cast<double>(m_sources) + 1);
        const double there = (m_standing.countryShare(country) * known + 0.5) / (known + 1);
        return std::min(here / there, kMostCountryRatio);
    }

    [[nodiscard]] double oddsOf(const Attempt& attempt) const
    {
        const AddressEntry& entry = m_tape.address(attempt.address);
        double odds = prior(attempt.time) * countryRatio(entry.facts.country);
        const bool owners = m_standing.knowsSurroundings(attempt.account, attempt.address);
        const bool besieged = !owners && std::binary_search(m_bracket.accounts.begin(), m_bracket.accounts.end(), attempt.account);
        odds *= owners ? kOwnersRatio : 1;
        if (besieged) {
            odds *= kFanInRatio;
        } else if (!m_bracket.siteChange) {
            return 0; // nothing but the besieged accounts ties a source to this bracket
        }
        const auto target = m_targets.find(attempt.account);
        if (target != m_targets.end() && target->second >= 3) {
            odds *= kSharedTargetRatio;
        } else if (!besieged && m_standing.anySuccess(attempt.account, attempt.time, attempt.time + 2 * kHour)) {
            odds *= kElsewhereRatio;
        }
        if (m_networks.at(entry.networkId) >= 3) {
            odds *= kNeighbourRatio;
        }
        return odds;
    }

    const Tape& m_tape;
    const Standing& m_standing;
    const Bracket& m_bracket;
    const DetectSettings& m_settings;
    std::vector<std::uint32_t> m_attempts;
    std::unordered_map<std::int64_t, std::uint32_t> m_hours; ///< new sources by hour
    std::map<CountryCode, std::uint32_t> m_countries;        ///< sources
    std::unordered_map<std::uint32_t, std::uint32_t> m_networks;
    std::unordered_map<std::uint32_t, std::uint32_t> m_targets; ///< sources by account
    std::size_t m_sources = 0;
};

} // namespace

std::vector<AttackGroup> takeCohorts(const Tape& tape, Hostile& hostile, const Standing& standing, Door door,
                                     const std::vector<SiteChange>& changes, const std::vector<FanIn>& fanIns, const DetectSettings& settings)
{
    const auto gap = static_cast<std::int64_t>(settings.quietHours * static_cast<double>(kHour));
    std::vector<AttackGroup> groups;
    for (const Bracket& bracket : brackets(changes, fanIns, gap)) {
        std::vector<std::uint32_t> inside;
        for (const std::uint32_t index : hostile.attempts) {
            const Attempt& a = tape.attempts[index];
            if (a.door() == door && a.time >= bracket.begin - gap / 4 && a.time <= bracket.end + gap / 4) {
                inside.push_back(index);
            }
        }
        AttackGroup group = Cohort(tape, standing, bracket, inside, settings).judge(door);
        const bool besieged = std::any_of(group.attempts.begin(), group.attempts.end(), [&](std::uint32_t index) {
            return std::binary_search(bracket.accounts.begin(), bracket.accounts.end(), tape.attempts[index].account);
        });
        if (group.attempts.empty() || (!besieged && static_cast<double>(group.confidences.size()) < settings.minSources / 2)) {
            continue; // a few of everyday's bots in one hour
        }
        std::vector<std::uint32_t> left;
        std::set_difference(hostile.attempts.begin(), hostile.attempts.end(), group.attempts.begin(), group.attempts.end(), std::back_inserter(left));
        hostile.attempts = std::move(left);
        groups.push_back(std::move(group));
    }
    return groups;
}

} // namespace mailward::detect
