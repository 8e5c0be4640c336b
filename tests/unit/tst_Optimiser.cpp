// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/MadeUpAttack.h"

#include <QTest>

#include <cmath>

using namespace mailward;
using namespace mailward::madeup;
using namespace std::chrono_literals;

namespace {

bool stops(const Offer& offer, IpAddress address)
{
    return std::any_of(offer.bans.begin(), offer.bans.end(), [&](const BanEntry& ban) { return ban.prefix.contains(address); });
}

double stoppedPct(const Offer& offer, const std::vector<IpAddress>& addresses)
{
    std::vector<BanEntry> bans = offer.bans;
    std::sort(bans.begin(), bans.end(), [](const auto& a, const auto& b) { return a.prefix < b.prefix; });
    std::size_t stopped = 0;
    for (const auto address : addresses) {
        const auto after = std::upper_bound(bans.begin(), bans.end(), address, [](IpAddress a, const BanEntry& b) { return a < b.prefix.address(); });
        stopped += (after != bans.begin() && std::prev(after)->prefix.contains(address)) ? 1U : 0U;
    }
    return addresses.empty() ? 0 : 100.0 * double(stopped) / double(addresses.size());
}

const Offer& offerOf(const std::vector<Offer>& offers, OfferKind kind)
{
    return *std::find_if(offers.begin(), offers.end(), [&](const Offer& offer) { return offer.kind == kind; });
}

std::vector<Good> customers(std::size_t count, const CandidateGroup& home, Random& random)
{
    std::vector<Good> good;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string account = "user" + std::to_string(i % 2500) + "@example.org";
        good.push_back({anyOf(home, random), account, 1});
    }
    return good;
}

} // namespace

class TestOptimiser : public QObject
{
    Q_OBJECT

private slots:
    /// 3,000 addresses, one try each, 97 % from one country; the offers know the first half of them.
    void stopsTheRestOfTheStory()
    {
        for (unsigned seed = 1; seed <= 20; ++seed) {
            Random random(seed);
            const auto far = country("CN", "110.0.0.0/6", 300, random);
            const auto home = country("DE", "84.0.0.0/6", 200, random);
            std::vector<IpAddress> sources;
            for (int i = 0; i < 3000; ++i) {
                sources.push_back(i % 33 == 0 ? anyIn(net("128.0.0.0/3"), random) : anyOf(far, random));
            }
            const std::vector<IpAddress> next(sources.begin() + 1500, sources.end());
            sources.resize(1500);
            const auto good = customers(20000, home, random);
            const auto later = customers(20000, home, random);
            const auto offers = optimise(inputOf(sources, {far, home}, good));
            for (const auto& offer : offers) {
                const double stopped = stoppedPct(offer, next);
                QVERIFY2(stopped >= 95, qPrintable(QStringLiteral("%1: %2 %").arg(offerName(offer.kind)).arg(stopped)));
                QVERIFY(std::abs(offer.expected.nextSourcesCoveredPct - stopped) < 3);
                QCOMPARE(offer.expected.goodLoginsCut, 0U);
                std::vector<IpAddress> people;
                for (const auto& login : later) {
                    people.push_back(login.address);
                }
                QCOMPARE(stoppedPct(offer, people), 0.0);
            }
            const auto& balanced = offerOf(offers, OfferKind::Balanced);
            qInfo("seed %u: balanced %zu rules, %.1f %% of the later sources stopped (expected %.1f %%), %llu good log-ins cut", seed, balanced.bans.size(),
                  stoppedPct(balanced, next), balanced.expected.nextSourcesCoveredPct, static_cast<unsigned long long>(balanced.expected.goodLoginsCut));
        }
    }

    /// Forty addresses go on and on: once they are stopped, the attack comes from others of the same country. A block of the forty alone would
    /// be made for addresses that never come back.
    void whoeverIsStoppedGoesOnFromElsewhere()
    {
        using namespace std::chrono_literals;
        Random random(9);
        const auto far = country("CN", "110.0.0.0/6", 300, random);
        const auto home = country("DE", "84.0.0.0/6", 200, random);
        auto good = customers(20'000, home, random);
        for (std::size_t i = 0; i < 8; ++i) { // people who travel there now and then, and log in from home, too
            good.push_back({anyOf(far, random), good[i].account, 1});
        }
        OptimiserInput input = inputOf({}, {far, home}, good);
        std::vector<IpAddress> next;
        for (int i = 0; i < 40; ++i) {
            input.sources.push_back({.address = anyOf(far, random), .attempts = 40, .first = kStart + i * 1min, .last = kStart + 9h});
        }
        for (int i = 0; i < 300; ++i) {
            next.push_back(anyOf(far, random));
        }
        const auto offers = optimise(input);
        const auto& balanced = offerOf(offers, OfferKind::Balanced);
        QVERIFY2(stoppedPct(balanced, next) >= 95, qPrintable(QString::number(stoppedPct(balanced, next))));
        for (const auto& source : input.sources) {
            QCOMPARE(stoppedPct(balanced, {source.address}), 100.0);
        }
        QVERIFY(balanced.expected.goodLoginsCut <= 8);
    }

    /// Forty addresses tried for three hours until they were banned; those who try now come once each: the loud ones' number of
    /// attempts must not make the plan one of addresses that will not come again. While they go on, it is.
    void loudSourcesOfTheMorningAreNotAllThereIs()
    {
        using namespace std::chrono_literals;
        for (const bool goOn : {false, true}) {
            Random random(8);
            const auto far = country("CN", "110.0.0.0/6", 300, random);
            OptimiserInput input = inputOf({}, {far});
            for (int i = 0; i < 40; ++i) {
                input.sources.push_back({.address = anyOf(far, random), .attempts = 40, .first = kStart + i * 1min, .last = kStart + (goOn ? 9h : 3h)});
            }
            std::vector<IpAddress> next;
            for (int i = 0; i < 300; ++i) {
                input.sources.push_back({.address = anyOf(far, random), .first = kStart + 8h + i * 12s, .last = kStart + 8h + i * 12s});
                next.push_back(anyOf(far, random));
            }
            const auto offers = optimise(input);
            const auto& balanced = offerOf(offers, OfferKind::Balanced);
            QVERIFY2(goOn || stoppedPct(balanced, next) >= 95, qPrintable(QString::number(stoppedPct(balanced, next))));
            for (std::size_t i = 0; goOn && i < 40; ++i) {
                QCOMPARE(stoppedPct(balanced, {input.sources[i].address}), 100.0);
            }
        }
    }

    /// Three hosting networks of one country: the country stays open, the networks do not.
    void findsNetworksInsideACountry()
    {
        Random random(5);
        const auto land = country("NL", "80.0.0.0/6", 200, random);
        CandidateGroup hosters{QStringLiteral("AS64500"), GroupKind::Network, {}};
        for (std::size_t i = 0; i < 3; ++i) {
            hosters.ranges.emplace_back(land.ranges[i * 50].address(), std::max(20, land.ranges[i * 50].length()));
        }
        std::vector<IpAddress> sources;
        for (int i = 0; i < 2000; ++i) {
            sources.push_back(anyOf(hosters, random));
        }
        const auto offers = optimise(inputOf(sources, {hosters, land}));
        for (const auto& offer : offers) {
            QVERIFY(offer.expected.nextSourcesCoveredPct >= 99);
            QVERIFY(offer.expected.addressesBlocked <= 3 * 4096);
            QVERIFY(offer.bans.size() <= 3);
            QVERIFY(offer.bans.front().reason.contains(u"AS64500"_qs));
        }
    }

    /// Customers and attackers in one country: gentle and balanced keep their promises, hard its limit.
    void keepsItsPromises()
    {
        for (unsigned seed = 1; seed <= 10; ++seed) {
            Random random(seed);
            const auto far = country("CN", "110.0.0.0/6", 100, random);
            const auto home = country("DE", "84.0.0.0/6", 100, random);
            std::vector<IpAddress> sources;
            for (int i = 0; i < 2000; ++i) {
                sources.push_back(anyOf(i % 10 == 0 ? home : far, random));
            }
            auto good = customers(5000, home, random);
            for (int i = 0; i < 20; ++i) { // travellers with another way in, branches without one, an office behind a hostile address
                good.push_back({anyOf(far, random), "user" + std::to_string(i) + "@example.org", i < 5 ? 1U : 3U});
                good.push_back({anyOf(far, random), "branch" + std::to_string(i) + "@example.org", 2});
            }
            good.push_back({sources[7], "office@example.org", 9});
            const auto input = inputOf(sources, {far, home}, good);
            const auto offers = optimise(input);
            const auto& gentle = offerOf(offers, OfferKind::Gentle).expected;
            QCOMPARE(gentle.goodLoginsCut, 0U);
            QCOMPARE(gentle.accountsCut, 0U);
            const auto& balanced = offerOf(offers, OfferKind::Balanced).expected;
            QVERIFY(balanced.goodLoginsCut <= 5);
            QCOMPARE(balanced.accountsCutOnlyHere, 0U);
            QVERIFY(balanced.nextSourcesCoveredPct > 85); // of 90 % that come from abroad
            const auto& hard = offerOf(offers, OfferKind::Hard).expected;
            QVERIFY(hard.goodLoginsCut <= 101);
            qInfo("seed %u: next sources %.1f / %.1f / %.1f %%, good log-ins cut %llu / %llu / %llu of %zu", seed, gentle.nextSourcesCoveredPct,
                  balanced.nextSourcesCoveredPct, hard.nextSourcesCoveredPct, static_cast<unsigned long long>(gentle.goodLoginsCut),
                  static_cast<unsigned long long>(balanced.goodLoginsCut), static_cast<unsigned long long>(hard.goodLoginsCut), good.size());
        }
    }

    void allowListAndOffersNeverMeet()
    {
        Random random(7);
        const std::array spaces{net("110.0.0.0/12"), net("84.16.0.0/14"), net("2001:db8::/32"), net("198.51.100.0/24")};
        int bans = 0;
        for (int round = 0; round < 10000; ++round) {
            std::vector<CandidateGroup> groups;
            std::vector<IpAddress> sources;
            for (const auto& space : spaces) {
                const Prefix range(anyIn(space, random), space.length() + int(pick(random, 5)));
                groups.push_back({QStringLiteral("XX"), pick(random, 2) == 0 ? GroupKind::Country : GroupKind::Network, {range}});
                for (std::uint32_t i = 0; i < pick(random, 8); ++i) {
                    sources.push_back(anyIn(range, random));
                }
            }
            auto input = inputOf(sources, groups);
            std::vector<Prefix> untouchable;
            for (std::uint32_t i = 0; i < 1 + pick(random, 6); ++i) {
                const IpAddress inside = pick(random, 3) == 0 && !sources.empty() ? sources[pick(random, std::uint32_t(sources.size()))]
                                                                                 : anyIn(spaces[pick(random, 4)], random);
                untouchable.emplace_back(inside, inside.bits() - int(pick(random, inside.isV4() ? 20 : 90)));
                switch (pick(random, 4)) {
                case 0: input.goodNetworks.push_back(untouchable.back()); break;
                case 1: input.guards.consoles.push_back({untouchable.back(), QStringLiteral("console")}); break;
                default: input.guards.allow.add({untouchable.back(), {}, {}});
                }
            }
            for (const auto& offer : optimise(input)) {
                bans += int(offer.bans.size());
                for (const auto& ban : offer.bans) {
                    QVERIFY(std::none_of(untouchable.begin(), untouchable.end(), [&](const Prefix& p) { return p.overlaps(ban.prefix); }));
                }
                QVERIFY(checkBans(offer.bans, input.guards).isAllowed());
            }
        }
        QVERIFY(bans > 10000); // the offers are not empty
    }

    void moreRulesAreNeverWorse()
    {
        Random random(8);
        const auto far = country("CN", "110.0.0.0/6", 300, random);
        std::vector<IpAddress> sources;
        for (int i = 0; i < 1000; ++i) {
            sources.push_back(anyOf(far, random));
        }
        double before = -1;
        for (const std::size_t rules : {1U, 2U, 5U, 10U, 30U, 100U, 300U, 1000U}) {
            auto input = inputOf(sources, {far});
            input.maxRules = rules;
            const auto offer = offerOf(optimise(input), OfferKind::Balanced);
            QVERIFY(offer.bans.size() <= rules);
            std::vector<IpAddress> fresh;
            Random again(9);
            for (int i = 0; i < 20000; ++i) {
                fresh.push_back(anyOf(far, again));
            }
            const double stopped = stoppedPct(offer, fresh);
            QVERIFY2(stopped >= before, qPrintable(QStringLiteral("%1 rules: %2 after %3").arg(rules).arg(stopped).arg(before)));
            before = stopped;
        }
        QVERIFY(before > 98);
    }

    void ipv6SourcesAreStoppedByTheirNetworks()
    {
        Random random(10);
        const CandidateGroup far{QStringLiteral("CN"), GroupKind::Country, {net("240e::/20"), net("2408:8000::/20")}};
        std::vector<IpAddress> sources;
        for (int i = 0; i < 600; ++i) {
            sources.push_back(anyOf(far, random));
        }
        sources.push_back(*IpAddress::parse("2001:db8:7::1"));
        const std::vector<Good> good{{*IpAddress::parse("2001:db8:7::2"), "a@example.org", 1}, {anyOf(far, random), "b@example.org", 1}};
        const auto offers = optimise(inputOf(sources, {far}, good));
        const auto& balanced = offerOf(offers, OfferKind::Balanced);
        QVERIFY(balanced.expected.nextSourcesCoveredPct >= 95);
        QCOMPARE(balanced.expected.goodLoginsCut, 0U);
        for (const auto& login : good) {
            QVERIFY(!stops(balanced, login.address));
        }
    }

    /// An address of one's own network does not vanish behind a ban that the guards would refuse; the reason is told.
    void tellsWhatTheGuardsRefused()
    {
        const auto offers = optimise(inputOf({*IpAddress::parse("10.1.2.3"), *IpAddress::parse("203.0.113.9")}, {}));
        for (const auto& offer : offers) {
            QCOMPARE(offer.bans.size(), 1U);
            QCOMPARE(offer.bans.front().prefix, net("203.0.113.9"));
            QCOMPARE(offer.refused.size(), 1U);
            QCOMPARE(offer.refused.front().prefix, net("10.1.2.3"));
        }
    }

    void nothingToStop()
    {
        for (const auto& offer : optimise({})) {
            QVERIFY(offer.bans.empty());
            QCOMPARE(offer.expected.nextSourcesCoveredPct, 0.0);
        }
    }

    /// Half of the world under attack: the offer keeps below what the guards allow.
    void staysBelowTheLimitOnCoverage()
    {
        Random random(11);
        CandidateGroup wide{QStringLiteral("XX"), GroupKind::Country, {}};
        for (std::uint32_t i = 1; i < 126; ++i) {
            if (i != 10 && i != 100) {
                wide.ranges.emplace_back(IpAddress::fromV4(i << 24), 8);
            }
        }
        std::vector<IpAddress> sources;
        for (int i = 0; i < 1000; ++i) {
            sources.push_back(anyOf(wide, random));
        }
        const auto offers = optimise(inputOf(sources, {wide}));
        const auto& hard = offerOf(offers, OfferKind::Hard);
        QVERIFY(!hard.bans.empty());
        QVERIFY(hard.expected.addressesBlocked <= kLargestBannedShare * std::ldexp(1.0, 32));
        QVERIFY(hard.refused.empty());
    }

    void largeAttack_data()
    {
        QTest::addColumn<int>("abroadOneIn");
        QTest::newRow("one good address in 50 in the attack's ranges") << 50;
        QTest::newRow("all good addresses in the attack's ranges") << 1;
    }

    /// 20,000 sources and as many good addresses; how long 100,000 take, mailward-bans-table --optimiser tells.
    void largeAttack()
    {
        QFETCH(int, abroadOneIn);
        constexpr int kCount = 20'000;
        const auto input = largeAttackOf(kCount, abroadOneIn);
        const auto offers = optimise(input);
        const auto& balanced = offerOf(offers, OfferKind::Balanced);
        QVERIFY(balanced.bans.size() <= input.maxRules);
        QVERIFY(balanced.expected.goodLoginsCut <= kCount / 200); // of 21,600 or 100,000
        QVERIFY(abroadOneIn == 1 || (balanced.expected.goodLoginsCut <= kCount / 1000 && balanced.expected.nextSourcesCoveredPct >= 95));
    }
};

QTEST_GUILESS_MAIN(TestOptimiser)
#include "tst_Optimiser.moc"
