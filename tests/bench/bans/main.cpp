// SPDX-License-Identifier: GPL-3.0-or-later
// mailward-bans-table: a plan made half-way through each attack against the rest of it, beside what others would have done.
#include "tests/bench/Limits.h"
#include "tests/bench/bans/Blocking.h"
#include "tests/support/MadeUpAttack.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace mailward::story {

namespace {

using Way = Blocked BlockingRun::*;
struct NamedWay {
    const char* name;
    Way way;
};
constexpr NamedWay kWays[] = {{"gentle", &BlockingRun::gentle}, {"balanced", &BlockingRun::balanced}, {"hard", &BlockingRun::hard},
                              {"each seen address", &BlockingRun::seen}, {"whole country", &BlockingRun::country}, {"fail2ban 2/10h", &BlockingRun::jail}};

/// Sources of these come from ten countries at once, or from all over the customers' own: in no cluster that a plan could close.
bool isScattered(const Family& family)
{
    return family.name == "classic" || family.name == "stuffing" || family.name == "ssh" || family.name == "pulsed" || family.name == "ramp" || family.name == "own-country";
}

/// Where sources cluster, the balanced offer stops nearly all; wherever they are, it costs people next to nothing.
void judge(const Family& family, double stopped, double elsewhere, double cutPct, Limits& limits)
{
    if (!isScattered(family)) {
        limits.require(stopped >= 95, limitText(family.name, "later attempts stopped, % (median)", stopped, 95));
    }
    limits.require(elsewhere <= 0, limitText(family.name, "good log-ins cut outside of the attack's countries", elsewhere, 0));
    limits.require(cutPct <= 0.1, limitText(family.name, "good log-ins cut, %", cutPct, 0.1));
}

void printFamily(const Family& family, const std::vector<BlockingRun>& runs, Limits& limits)
{
    const auto found = std::count_if(runs.begin(), runs.end(), [](const BlockingRun& run) { return run.found; });
    double slowest = 0;
    for (const auto& run : runs) {
        slowest = std::max(slowest, run.seconds);
    }
    for (const NamedWay& named : kWays) {
        std::vector<double> stopped;
        std::uint64_t cut = 0, elsewhere = 0, good = 0, rules = 0;
        double worstCut = 0;
        for (const BlockingRun& run : runs) {
            const Blocked& way = run.*named.way;
            stopped.push_back(way.laterStoppedPct);
            cut += way.goodCut;
            elsewhere += way.elsewhereCut;
            good += way.goodLater;
            rules += way.rules;
            worstCut = std::max(worstCut, 100.0 * double(way.goodCut) / double(std::max<std::uint64_t>(way.goodLater, 1)));
        }
        std::sort(stopped.begin(), stopped.end());
        const double cutPct = 100.0 * double(cut) / double(std::max<std::uint64_t>(good, 1));
        std::printf("%-17s %2zu/%-2zu %-18s %7.1f %7.1f %9llu %9llu %8.4f %8.4f %8llu %6.2f\n", std::string(family.name).c_str(), std::size_t(found), runs.size(), named.name,
                    stopped[stopped.size() / 2], stopped.front(), static_cast<unsigned long long>(cut), static_cast<unsigned long long>(elsewhere),
                    cutPct, worstCut, static_cast<unsigned long long>(rules / runs.size()), slowest);
        if (named.way == &BlockingRun::balanced) {
            judge(family, stopped[stopped.size() / 2], double(elsewhere), cutPct, limits);
        }
    }
    std::fflush(stdout);
}

/// The three offers for an attack of 100,000 sources beside 100,000 good addresses: until they are there, and processor time.
int printOptimiser()
{
    Limits limits;
    for (const int abroadOneIn : {50, 1}) {
        const OptimiserInput input = madeup::largeAttackOf(100'000, abroadOneIn);
        std::vector<double> took, busy;
        std::vector<Offer> offers;
        for (int i = 0; i < 5; ++i) {
            const auto start = std::chrono::steady_clock::now();
            const auto before = std::clock();
            offers = optimise(input);
            busy.push_back(1000.0 * double(std::clock() - before) / CLOCKS_PER_SEC);
            took.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        }
        std::sort(took.begin(), took.end());
        std::sort(busy.begin(), busy.end());
        const auto balanced = std::find_if(offers.begin(), offers.end(), [](const Offer& offer) { return offer.kind == OfferKind::Balanced; });
        std::printf("100000 sources, 100000 good addresses, one in %d of them in the attack's ranges: %.0f ms (median of 5; %.0f to %.0f; processor %.0f), "
                    "%zu rules, %.1f %% of next sources, %llu good log-ins cut\n",
                    abroadOneIn, took[2], took.front(), took.back(), busy[2], balanced->bans.size(), balanced->expected.nextSourcesCoveredPct,
                    static_cast<unsigned long long>(balanced->expected.goodLoginsCut));
        limits.require(took[2] <= 1'000, limitText("100000 and 100000", "ms", took[2], 1'000));
    }
    return limits.conclude();
}

int run(const QCoreApplication& app)
{
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("seeds"), QStringLiteral("How many seeds a family."), QStringLiteral("n"), QStringLiteral("20")},
                       {QStringLiteral("family"), QStringLiteral("Only this family."), QStringLiteral("name")},
                       {QStringLiteral("optimiser"), QStringLiteral("How long the optimiser takes, and nothing else.")},
                       {QStringLiteral("share"), QStringLiteral("Folder with geo/."), QStringLiteral("dir")}});
    parser.addHelpOption();
    parser.process(app);
    if (parser.isSet(QStringLiteral("optimiser"))) {
        return printOptimiser();
    }
    const auto geo = GeoDatabase::openShipped(parser.value(QStringLiteral("share")));
    if (!geo || !(*geo)->countrySource().isLoaded()) {
        std::fprintf(stderr, "%s\n", geo ? "--share names no folder with geo/country.mmdb" : qUtf8Printable(geo.error().toString()));
        return 1;
    }
    const AddressPool pool(**geo);
    Limits limits;
    std::printf("family            found  way                stopped%%   worst  good cut elsewhere    cut%%  worst%%    rules seconds\n");
    for (const Family& family : families()) {
        const QString only = parser.value(QStringLiteral("family"));
        if (family.quiet || (!only.isEmpty() && only.toStdString() != family.name)) {
            continue;
        }
        std::vector<BlockingRun> runs;
        for (int seed = 1; seed <= parser.value(QStringLiteral("seeds")).toInt(); ++seed) {
            RunOptions options;
            options.family = std::string(family.name);
            options.seed = static_cast<std::uint64_t>(seed);
            options.start = *parseRfc3339("2026-11-09T00:00:00Z");
            runs.push_back(playBlocking(generate(options, pool, StampFormat::Rfc3339), *geo));
        }
        printFamily(family, runs, limits);
    }
    return limits.conclude();
}

} // namespace

} // namespace mailward::story

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    return mailward::story::run(app);
}
