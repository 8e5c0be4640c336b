// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/PrefixOptimiser.h"

#include "models/respond/BanTerrain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <numeric>

namespace mailward {

namespace {

/// What all rules together may be worth at least: a rule that stops less than its part of this is not made.
constexpr double kLeastWorth = 0.02;
constexpr double kPriceStep = 1.25;
constexpr int kPriceSteps = 80; ///< from the least price to more than the whole attack for any budget up to 10^6
constexpr int kDoublings = 20;
constexpr int kHalvings = 6;
constexpr double kWorthDoing = 0.5; ///< share of the attack below which a block is made wider, as far as the limit allows

struct Policy {
    OfferKind kind;
    std::uint8_t forbidden;
    double goodPrice; ///< a share of good log-ins, seen or to come, is worth so many shares of the attack
    double cutLimit;  ///< share of good log-ins seen
};
constexpr std::array kPolicies{
    Policy{OfferKind::Gentle, kNeverBanned | kOnlyWayIn | kKnownGood, 1000, 0},
    Policy{OfferKind::Balanced, kNeverBanned | kOnlyWayIn, 300, 1e-3},
    Policy{OfferKind::Hard, kNeverBanned, 20, 2e-2}};

using Choice = BanTerrain::Choice;

/// The best choice within the number of rules: the smallest price on a fixed ladder that brings it about.
Choice withinBudget(const BanTerrain& terrain, ChoiceTerms terms, std::size_t maxRules)
{
    const double least = terms.rulePrice;
    if (auto choice = terrain.choose(terms); choice.prefixes.size() <= maxRules) {
        return choice;
    }
    int tooCheap = 0;
    int enough = kPriceSteps;
    while (enough - tooCheap > 1) {
        const int middle = (tooCheap + enough) / 2;
        terms.rulePrice = least * std::pow(kPriceStep, middle);
        (terrain.countRules(terms) <= maxRules ? enough : tooCheap) = middle;
    }
    terms.rulePrice = least * std::pow(kPriceStep, enough);
    return terrain.choose(terms);
}

double stoppedBy(const Choice& choice) { return std::accumulate(choice.attack.begin(), choice.attack.end(), 0.0); }

/// The choice that charges good log-ins as little as the policy's limit allows. An attack that comes from among our own people
/// is hardly stopped at the usual price: then the price falls, until half of the limit is used up by those seen and expected.
Choice withinLimit(const BanTerrain& terrain, const Policy& policy, double leastGain, std::size_t maxRules)
{
    const auto at = [&](int doublings) {
        return withinBudget(terrain, {leastGain, std::ldexp(policy.goodPrice, doublings), policy.forbidden}, maxRules);
    };
    Choice best = at(0);
    if (best.cut <= policy.cutLimit) {
        for (int halvings = 1; halvings <= kHalvings && policy.cutLimit > 0 && stoppedBy(best) < kWorthDoing; ++halvings) {
            Choice wider = at(-halvings);
            if (wider.cut + wider.risk > policy.cutLimit / 2) {
                break;
            }
            best = std::move(wider);
        }
        return best;
    }
    int tooMuch = 0;
    int fine = kDoublings + 1;
    best = {};
    while (fine - tooMuch > 1) {
        const int middle = (tooMuch + fine) / 2;
        Choice choice = at(middle);
        const bool fits = choice.cut <= policy.cutLimit;
        (fits ? fine : tooMuch) = middle;
        if (fits) {
            best = std::move(choice);
        }
    }
    return best;
}

/// Drops the networks that stop least for their size until all bans together may pass the guards' limit on coverage.
void keepWithinCoverage(Choice& choice, const std::vector<Prefix>& enforced)
{
    const auto share = [](const Prefix& prefix) { return std::ldexp(peersIn(prefix), prefix.isV4() ? -32 : -61); };
    std::array<double, 2> covered{}; // of IPv4, and of what is given out of IPv6
    for (const auto& prefix : enforced) {
        const auto chosenAgain = [&](const Prefix& other) { return other.overlaps(prefix); };
        if (std::none_of(choice.prefixes.begin(), choice.prefixes.end(), chosenAgain)) {
            covered[prefix.isV4() ? 0 : 1] += share(prefix);
        }
    }
    std::vector<std::size_t> order(choice.prefixes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return choice.attack[a] * share(choice.prefixes[b]) > choice.attack[b] * share(choice.prefixes[a]);
    });
    std::vector<Prefix> kept;
    for (const auto i : order) {
        auto& sum = covered[choice.prefixes[i].isV4() ? 0 : 1];
        if (sum + share(choice.prefixes[i]) <= kLargestBannedShare) {
            sum += share(choice.prefixes[i]);
            kept.push_back(choice.prefixes[i]);
        }
    }
    std::sort(kept.begin(), kept.end());
    choice.prefixes = std::move(kept);
}

/// Sources by address, and what a ban covers of them.
class SourceCounts
{
public:
    explicit SourceCounts(std::vector<OptimiserSource> sources) : m_sources(std::move(sources))
    {
        std::sort(m_sources.begin(), m_sources.end(), [](const auto& a, const auto& b) { return a.address < b.address; });
        m_attempts.push_back(0);
        for (const auto& source : m_sources) {
            m_attempts.push_back(m_attempts.back() + source.attempts);
        }
    }

    struct Covered {
        std::uint64_t sources = 0;
        std::uint64_t attempts = 0;
    };
    [[nodiscard]] Covered all() const { return {m_sources.size(), m_attempts.back()}; }
    [[nodiscard]] Covered inside(const Prefix& prefix) const
    {
        const auto first = std::lower_bound(m_sources.begin(), m_sources.end(), prefix.address(), [](const auto& s, IpAddress a) { return s.address < a; });
        const auto last = std::upper_bound(first, m_sources.end(), prefix.last(), [](IpAddress a, const auto& s) { return a < s.address; });
        const auto from = std::size_t(first - m_sources.begin());
        const auto to = std::size_t(last - m_sources.begin());
        return {to - from, m_attempts[to] - m_attempts[from]};
    }

private:
    std::vector<OptimiserSource> m_sources;
    std::vector<std::uint64_t> m_attempts;
};

double percent(double part, double whole) { return whole > 0 ? 100 * part / whole : 0; }

/// Makes the offers from some of the sources; the rest of the input is the same for all.
class OfferMaker
{
public:
    explicit OfferMaker(const OptimiserInput& input)
        : m_input(input), m_book(input.groups), m_sources(input.sources), m_counts(input.sources),
          m_leastGain(kLeastWorth / double(std::max<std::size_t>(input.maxRules, 1)))
    {
        std::stable_sort(m_sources.begin(), m_sources.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        m_good = goodAddresses(input.guards.goodLogins, m_sources, m_book);
    }

    [[nodiscard]] std::vector<Offer> offers() const
    {
        const std::span<const OptimiserSource> all(m_sources);
        const auto later = all.subspan(all.size() / 2);
        auto half = std::async(std::launch::async, [&] { return choices(all.first(all.size() / 2)); });
        const auto proposals = choices(all);
        const auto trials = half.get();
        const SourceCounts next({later.begin(), later.end()});
        std::vector<Offer> result;
        for (std::size_t i = 0; i < kPolicies.size(); ++i) {
            Offer offer = guarded(kPolicies[i].kind, proposals[i]);
            std::uint64_t stopped = 0;
            for (const auto& prefix : trials[i].prefixes) {
                stopped += next.inside(prefix).sources;
            }
            offer.expected.nextSourcesCoveredPct = percent(double(stopped), double(later.size()));
            result.push_back(std::move(offer));
        }
        return result;
    }

private:
    [[nodiscard]] std::vector<Choice> choices(std::span<const OptimiserSource> sources) const
    {
        const BanTerrain terrain(sources, m_input, m_good, m_book, m_leastGain);
        std::vector<Choice> result;
        for (const auto& policy : kPolicies) {
            result.push_back(withinLimit(terrain, policy, m_leastGain, m_input.maxRules));
            keepWithinCoverage(result.back(), m_input.guards.enforced);
        }
        return result;
    }

    [[nodiscard]] Offer guarded(OfferKind kind, const Choice& choice) const
    {
        Plan plan;
        for (const auto& prefix : choice.prefixes) {
            BanEntry ban;
            ban.prefix = prefix;
            ban.covers = static_cast<std::uint32_t>(m_counts.inside(prefix).sources);
            ban.reason = reasonFor(prefix, ban.covers);
            plan.bans.push_back(std::move(ban));
        }
        const Collateral collateral = refuseUnsafe(plan, m_input.guards).collateral;
        Offer offer{kind, std::move(plan.bans), std::move(plan.refused), {}};
        auto& expected = offer.expected;
        SourceCounts::Covered covered;
        for (const auto& ban : offer.bans) {
            const auto inside = m_counts.inside(ban.prefix);
            covered.sources += inside.sources;
            covered.attempts += inside.attempts;
            expected.addressesBlocked += std::ldexp(1.0, ban.prefix.address().bits() - ban.prefix.length());
        }
        expected.sourcesCoveredPct = percent(double(covered.sources), double(m_counts.all().sources));
        expected.attemptsStoppedPct = percent(double(covered.attempts), double(m_counts.all().attempts));
        expected.goodLoginsCut = collateral.goodLogins;
        expected.accountsCut = collateral.accounts.size();
        expected.accountsCutOnlyHere = collateral.onlyHere.size();
        return offer;
    }

    [[nodiscard]] QString reasonFor(const Prefix& prefix, std::uint32_t covers) const
    {
        const QString seen = covers == 0 ? QStringLiteral("no source of the attack yet") : covers == 1 ? QStringLiteral("1 source of the attack")
                                                                                         : QStringLiteral("%1 sources of the attack").arg(covers);
        for (const auto kind : {GroupKind::Network, GroupKind::Country}) {
            const auto* range = m_book.find(kind, prefix.address());
            if (range != nullptr && !prefix.isHost()) {
                return QStringLiteral("%1, in %2").arg(seen, m_input.groups[RangeBook::groupOf(range->cell)].name);
            }
        }
        return seen;
    }

    const OptimiserInput& m_input;
    RangeBook m_book;
    std::vector<OptimiserSource> m_sources; ///< in order of time
    SourceCounts m_counts;
    double m_leastGain;
    std::vector<GoodAddress> m_good;
};

} // namespace

QString offerName(OfferKind kind)
{
    switch (kind) {
    case OfferKind::Gentle: return QStringLiteral("gentle");
    case OfferKind::Balanced: return QStringLiteral("balanced");
    case OfferKind::Hard: return QStringLiteral("hard");
    }
    return {};
}

std::vector<Offer> optimise(const OptimiserInput& input)
{
    return OfferMaker(input).offers();
}

} // namespace mailward
