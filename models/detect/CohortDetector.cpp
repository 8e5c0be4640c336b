// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/CohortDetector.h"

#include "models/core/Parallel.h"
#include "models/detect/Ordering.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace mailward::detect {

namespace {

constexpr double kLeastUsual = 0.3;        // strangers an hour: no site is quieter than this, unless its log says so ...
constexpr double kPriorHours = 24;         // ... for many times as long
constexpr double kLeastExcess = 1.0 / 3;
constexpr double kFanInRatio = 8;          // likelihood ratios of the evidence
constexpr double kSharedTargetRatio = 3;
constexpr double kNeighbourRatio = 3;
constexpr double kElsewhereRatio = 0.3;
constexpr double kOwnersRatio = 0.1; // the account's owner comes from there too
constexpr double kMostCountryRatio = 100;
constexpr double kOtherOfCountry = 0.1; // what the only one of its country counts for
constexpr double kFanInOdds = 1;           // prior of a stranger at a besieged account, without a site-wide change
constexpr double kUntargetedPrior = 0.1;    // only strangers at accounts that exist are more than usual: this one is not
constexpr double kFastPerHour = 10;
constexpr std::uint64_t kKnownAccounts = 20; // fewer say nothing about which names exist
constexpr double kInventedShare = 0.8;       // of the tries, at names that nobody ever got into
constexpr double kEverydayTimes = 2;
constexpr double kChance = 4; // standard deviations that chance may explain: the stretch was chosen for being busy
constexpr std::size_t kOutsideHours = 12;
constexpr std::size_t kLeastAttempts = 1'000; // that are worth a thread
constexpr double kTellingCountry = 2; // times as many of the attack as of the customers: a reason by itself

/// A stretch of time that the evidence brackets.
struct Bracket {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t alarm = 0;
    double expectedPerHour = 0;  ///< new strangers that are usual ...
    double expectedTargeted = 0; ///< ... and those at accounts that exist
    bool siteChange = false;
    bool targetedChange = false;
    bool usualKnown = false; ///< the log is old enough to tell
    bool usualTargetedKnown = false;
    std::vector<std::uint32_t> accounts; ///< with a fan-in, sorted
};

std::vector<Bracket> brackets(const std::vector<SiteChange>& changes, const std::vector<FanIn>& fanIns, std::int64_t gap)
{
    std::vector<Bracket> all;
    for (const SiteChange& c : changes) {
        all.push_back({c.begin, c.end, c.alarm, c.targeted ? 0 : c.expectedPerHour, c.targeted ? c.expectedPerHour : 0, !c.targeted, c.targeted, c.known && !c.targeted, c.known && c.targeted, {}});
    }
    for (const FanIn& f : fanIns) {
        all.push_back({f.begin, f.end, f.alarm, 0, 0, false, false, false, false, {f.account}});
    }
    std::stable_sort(all.begin(), all.end(), [](const Bracket& a, const Bracket& b) { return a.begin < b.begin; });
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
        last.expectedTargeted = std::max(last.expectedTargeted, next.expectedTargeted);
        last.siteChange = last.siteChange || next.siteChange;
        last.targetedChange = last.targetedChange || next.targetedChange;
        last.usualKnown = last.usualKnown || next.usualKnown;
        last.usualTargetedKnown = last.usualTargetedKnown || next.usualTargetedKnown;
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
    /// `leastTargeted`: strangers an hour at accounts that exist, that are usual at any hour.
    Cohort(const Tape& tape, const Standing& standing, const Bracket& bracket, std::vector<std::uint32_t> attempts, double leastTargeted, const DetectSettings& settings)
        : m_tape(tape), m_standing(standing), m_bracket(bracket), m_settings(settings), m_attempts(std::move(attempts)), m_leastTargeted(leastTargeted)
    {
        count();
    }

    AttackGroup judge(Door door)
    {
        AttackGroup group;
        group.kind = IncidentKind::DistributedGuessing;
        group.door = door;
        group.alarm = m_bracket.alarm;
        group.siteChange = m_bracket.siteChange || m_bracket.targetedChange;
        if (m_bracket.siteChange ? m_bracket.usualKnown : m_bracket.usualTargetedKnown) {
            group.expectedPerHour = m_bracket.siteChange ? m_bracket.expectedPerHour : m_bracket.expectedTargeted;
        }
        group.fanAccounts = m_bracket.accounts;
        const std::vector<Evidence> evidence = allEvidence();
        const double least = m_settings.namedFrom / (1 - m_settings.namedFrom);
        std::vector<std::uint32_t> places(m_attempts.size());
        std::iota(places.begin(), places.end(), 0U);
        const auto source = [&](std::uint32_t place) { return m_tape.attempts[m_attempts[place]].address; };
        forEachGroup(std::move(places), source, [&](std::span<const std::uint32_t> own) {
            const Evidence& best = evidence[*std::ranges::max_element(own, {}, [&](std::uint32_t place) { return evidence[place].odds; })];
            if (best.odds >= least) {
                group.members.push_back({source(own.front()), best.odds / (1 + best.odds), best.signs});
                std::ranges::transform(own, std::back_inserter(group.attempts), [&](std::uint32_t place) { return m_attempts[place]; });
            }
        });
        std::ranges::sort(group.attempts);
        return group;
    }

private:
    /// How likely an attempt makes its source a member, and by what.
    struct Evidence {
        double odds = 0;
        MemberSigns signs;
    };

    /// Of each attempt.
    [[nodiscard]] std::vector<Evidence> allEvidence() const
    {
        const auto parts = inStretches(m_attempts.size(), stretchesOf(m_attempts.size(), kLeastAttempts), [this](std::size_t begin, std::size_t end) {
            std::vector<Evidence> part;
            part.reserve(end - begin);
            for (std::size_t i = begin; i < end; ++i) {
                part.push_back(evidenceOf(m_tape.attempts[m_attempts[i]]));
            }
            return part;
        });
        std::vector<Evidence> all;
        all.reserve(m_attempts.size());
        for (const std::vector<Evidence>& part : parts) {
            all.insert(all.end(), part.begin(), part.end());
        }
        return all;
    }

    void count()
    {
        const auto at = [this](std::uint32_t index) -> const Attempt& { return m_tape.attempts[index]; };
        forEachGroup(m_attempts, [&](std::uint32_t i) { return at(i).address; }, [&](std::span<const std::uint32_t> own) {
            const AddressEntry& entry = m_tape.address(at(own.front()).address);
            ++m_sources;
            ++m_hours[at(own.front()).time / kHour];
            ++m_countries[entry.facts.country];
            ++m_networks[entry.networkId];
            const auto targeted = std::ranges::find_if(own, [&](std::uint32_t i) { return m_standing.exists(at(i).account); });
            if (targeted != own.end()) {
                ++m_targetedHours[at(*targeted).time / kHour];
            }
        });
        forEachGroup(m_attempts, [&](std::uint32_t i) { return at(i).account; }, [&](std::span<const std::uint32_t> own) {
            std::vector<std::uint32_t> addresses;
            std::ranges::transform(own, std::back_inserter(addresses), [&](std::uint32_t i) { return at(i).address; });
            m_targets[at(own.front()).account] = static_cast<std::uint32_t>(countDistinct(std::move(addresses)));
        });
        m_targets.erase(kNobody);
    }

    using Hours = std::unordered_map<std::int64_t, std::uint32_t>;

    [[nodiscard]] double prior(const Attempt& attempt) const
    {
        if (!m_bracket.siteChange && !m_bracket.targetedChange) {
            return kFanInOdds;
        }
        double odds = m_bracket.siteChange ? excess(m_hours, attempt.time, std::max(m_bracket.expectedPerHour, kLeastUsual)) : kUntargetedPrior;
        if (m_bracket.targetedChange && m_standing.exists(attempt.account)) {
            odds = std::max(odds, excess(m_targetedHours, attempt.time, std::max(m_bracket.expectedTargeted, m_leastTargeted)));
        }
        return odds;
    }

    /// How many there are for each one that is usual. The edge of an attack may fall just behind the full hour: the busiest of three
    /// hours; of a slow attack the mean of seven.
    static double excess(const Hours& hours, std::int64_t time, double usual)
    {
        double most = 0, sum = 0;
        for (std::int64_t away = -3; away <= 3; ++away) {
            const auto found = hours.find(time / kHour + away);
            const double count = found == hours.end() ? 0 : found->second;
            most = std::abs(away) <= 1 ? std::max(most, count) : most;
            sum += count;
        }
        return std::max(((most >= kFastPerHour ? most : sum / 7) - usual) / usual, kLeastExcess);
    }

    /// How much more often does the attack come from there than customers do?
    [[nodiscard]] double countryRatio(CountryCode country) const
    {
        if (country == kNoCountry || m_standing.trustedNetworks() < kKnownNetworks) {
            return 1;
        }
        const auto known = static_cast<double>(m_standing.trustedNetworks());
        const double here = (m_countries.at(country) - 1 + kOtherOfCountry) / (static_cast<double>(m_sources) + 1); // but for itself
        const double there = (m_standing.countryShare(country) * known + 0.5) / (known + 1);
        return std::min(here / there, kMostCountryRatio);
    }

    [[nodiscard]] Evidence evidenceOf(const Attempt& attempt) const
    {
        const AddressEntry& entry = m_tape.address(attempt.address);
        const bool change = m_bracket.siteChange || m_bracket.targetedChange;
        Evidence found{prior(attempt), {}};
        const auto weigh = [&](double ratio, MemberSign sign) {
            found.odds *= ratio;
            found.signs.add(sign);
        };
        if (change && found.odds > kLeastExcess) {
            found.signs.add(MemberSign::BusyHours);
        }
        const double country = countryRatio(entry.facts.country);
        found.odds *= country;
        if (country >= kTellingCountry) {
            found.signs.add(MemberSign::Country);
        }
        const bool owners = m_standing.knowsSurroundings(attempt.account, attempt.address);
        const bool besieged = !owners && std::binary_search(m_bracket.accounts.begin(), m_bracket.accounts.end(), attempt.account);
        if (owners) {
            weigh(kOwnersRatio, MemberSign::OwnerNearby);
        }
        if (besieged) {
            weigh(kFanInRatio, MemberSign::Besieged);
        } else if (!change) {
            return {}; // nothing but the besieged accounts ties a source to this bracket
        }
        const auto target = m_targets.find(attempt.account);
        if (target != m_targets.end() && target->second >= 3) {
            weigh(kSharedTargetRatio, MemberSign::SharedTarget);
        } else if (!besieged && m_standing.anySuccess(attempt.account, attempt.time, attempt.time + 2 * kHour)) {
            weigh(kElsewhereRatio, MemberSign::OwnerElsewhere);
        }
        if (m_networks.at(entry.networkId) >= 3) {
            weigh(kNeighbourRatio, MemberSign::Neighbours);
        }
        return found;
    }

    const Tape& m_tape;
    const Standing& m_standing;
    const Bracket& m_bracket;
    const DetectSettings& m_settings;
    std::vector<std::uint32_t> m_attempts;
    double m_leastTargeted;
    Hours m_hours;                                           ///< new sources by hour
    Hours m_targetedHours;                                   ///< those at accounts that exist
    std::map<CountryCode, std::uint32_t> m_countries;        ///< sources
    std::unordered_map<std::uint32_t, std::uint32_t> m_networks;
    std::unordered_map<std::uint32_t, std::uint32_t> m_targets; ///< sources by account
    std::size_t m_sources = 0;
};

/// What the bots of every day do: names that nobody here has, no more often in this stretch than in the rest of the log.
class Everyday
{
public:
    Everyday(const Tape& tape, const Hostile& hostile, const Standing& standing, Door door, const std::vector<Bracket>& brackets, const DetectSettings& settings)
        : m_tape(tape), m_standing(standing), m_settings(settings)
    {
        std::vector<std::uint32_t> perHour(static_cast<std::size_t>((tape.end - tape.begin) / kHour + 1), 0);
        std::vector<std::uint8_t> inside(perHour.size(), 0);
        const auto hourOf = [&](std::int64_t time) { return static_cast<std::size_t>(std::clamp<std::int64_t>((time - tape.begin) / kHour, 0, static_cast<std::int64_t>(perHour.size()) - 1)); };
        for (const Bracket& bracket : brackets) {
            std::fill(inside.begin() + static_cast<std::ptrdiff_t>(hourOf(bracket.begin)), inside.begin() + static_cast<std::ptrdiff_t>(hourOf(bracket.end)) + 1, std::uint8_t{1});
        }
        std::vector<std::uint8_t> seen(tape.data->addressCount(), 0), targeted(seen);
        const auto isFirst = [](std::vector<std::uint8_t>& known, std::uint32_t address) { return std::exchange(known[address], std::uint8_t{1}) == 0; };
        double targetedOutside = 0;
        for (const std::uint32_t index : hostile.attempts) {
            const Attempt& a = tape.attempts[index];
            if (a.door() != door) {
                continue;
            }
            perHour[hourOf(a.time)] += isFirst(seen, a.address) ? 1U : 0U;
            const bool isNew = standing.exists(a.account) && isFirst(targeted, a.address);
            targetedOutside += isNew && !inside[hourOf(a.time)] ? 1 : 0;
        }
        double sum = 0;
        for (std::size_t hour = 0; hour < perHour.size(); ++hour) {
            m_hours += inside[hour] ? 0U : 1U;
            sum += inside[hour] ? 0 : perHour[hour];
        }
        m_usual = m_hours > 0 ? sum / static_cast<double>(m_hours) : 0;
        m_leastTargeted = std::min(kLeastUsual, (targetedOutside + kPriorHours * kLeastUsual) / (static_cast<double>(m_hours) + kPriorHours));
        for (std::uint32_t account = 0; account < tape.data->accountCount(); ++account) {
            m_known += standing.exists(account) ? 1U : 0U;
        }
    }

    /// New strangers an hour at accounts that exist, by all that the log says of the time when nothing happened.
    [[nodiscard]] double leastTargeted() const { return m_leastTargeted; }

    [[nodiscard]] bool explains(const AttackGroup& group) const
    {
        double tries = 0, invented = 0, unnamed = 0;
        for (const std::uint32_t index : group.attempts) {
            const Attempt& a = m_tape.attempts[index];
            tries += a.tries;
            invented += a.account == kNobody || m_standing.exists(a.account) ? 0 : a.tries;
            unnamed += a.account == kNobody ? a.tries : 0;
        }
        const auto length = static_cast<double>(m_tape.attempts[group.attempts.back()].time - m_tape.attempts[group.attempts.front()].time);
        const auto sources = static_cast<double>(group.members.size());
        const double hours = std::max(length / static_cast<double>(kHour), 1.0);
        if (m_hours >= kOutsideHours) {
            return invented + unnamed >= kInventedShare * tries && sources <= mostByChance(m_usual * hours);
        }
        return invented >= kInventedShare * tries && m_known >= kKnownAccounts && sources / hours < m_settings.siteAbsolute;
    }

private:
    static double mostByChance(double expected) { return std::max(kEverydayTimes * expected, expected + kChance * std::sqrt(expected) + 3); }

    const Tape& m_tape;
    const Standing& m_standing;
    const DetectSettings& m_settings;
    std::size_t m_hours = 0; ///< outside of all brackets
    double m_usual = 0;      ///< new strangers an hour there
    double m_leastTargeted = kLeastUsual;
    std::size_t m_known = 0; ///< accounts that somebody got into
};

} // namespace

std::vector<AttackGroup> takeCohorts(const Tape& tape, Hostile& hostile, const Standing& standing, Door door,
                                     const std::vector<SiteChange>& changes, const std::vector<FanIn>& fanIns, const DetectSettings& settings)
{
    const auto gap = static_cast<std::int64_t>(settings.quietHours * static_cast<double>(kHour));
    std::vector<AttackGroup> groups;
    const std::vector<Bracket> all = brackets(changes, fanIns, gap);
    const Everyday everyday(tape, hostile, standing, door, all, settings);
    for (const Bracket& bracket : all) {
        std::vector<std::uint32_t> inside;
        for (const std::uint32_t index : hostile.attempts) {
            const Attempt& a = tape.attempts[index];
            if (a.door() == door && a.time >= bracket.begin - gap / 4 && a.time <= bracket.end + gap / 4) {
                inside.push_back(index);
            }
        }
        AttackGroup group = Cohort(tape, standing, bracket, inside, everyday.leastTargeted(), settings).judge(door);
        const bool besieged = std::any_of(group.attempts.begin(), group.attempts.end(), [&](std::uint32_t index) {
            return std::binary_search(bracket.accounts.begin(), bracket.accounts.end(), tape.attempts[index].account);
        });
        if (group.attempts.empty() || (!besieged && static_cast<double>(group.members.size()) < settings.minSources / 2)) {
            continue; // a few of everyday's bots in one hour
        }
        group.everyday = everyday.explains(group);
        std::vector<std::uint32_t> left;
        std::set_difference(hostile.attempts.begin(), hostile.attempts.end(), group.attempts.begin(), group.attempts.end(), std::back_inserter(left));
        hostile.attempts = std::move(left);
        groups.push_back(std::move(group));
    }
    return groups;
}

} // namespace mailward::detect
