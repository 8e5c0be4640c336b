// SPDX-License-Identifier: GPL-3.0-or-later
// mailward-detect-table: families of incidents over seeds, what was found of them, as one table.
#include "models/geo/GeoDatabase.h"
#include "tests/bench/detect/Score.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <algorithm>
#include <cstdio>

namespace mailward::story {

namespace {

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

void printRow(const Family& family, const std::vector<Score>& scores)
{
    std::vector<double> named, alarms, seen;
    Score sum;
    std::size_t aboveLow = 0, high = 0;
    for (const Score& score : scores) {
        named.push_back(score.membersNamed);
        if (score.alarmMinutes) {
            alarms.push_back(*score.alarmMinutes);
        }
        if (score.seenMinutes) {
            seen.push_back(*score.seenMinutes);
        }
        sum.innocents += score.innocents;
        sum.innocentsNamed += score.innocentsNamed;
        sum.sharedNamed += score.sharedNamed;
        sum.missedAttacks += score.missedAttacks;
        sum.opened += score.opened;
        sum.openedNamed += score.openedNamed;
        sum.openedWrongly += score.openedWrongly;
        sum.seconds = std::max(sum.seconds, score.seconds);
        aboveLow += score.worst > Severity::Low ? 1U : 0U;
        high += score.worst >= Severity::High ? 1U : 0U;
    }
    const double worst = *std::min_element(named.begin(), named.end());
    const double latest = alarms.empty() ? 0 : *std::max_element(alarms.begin(), alarms.end());
    std::printf("%-22s %6.1f %6.1f %7zu %5zu/%-7zu %6zu %8.0f %8.0f %8.0f %8.0f %5zu/%-5zu %5zu %6zu/%-3zu %5zu %7.2f\n", std::string(family.name).c_str(),
                family.quiet ? 0.0 : 100 * median(named), family.quiet ? 0.0 : 100 * worst, sum.missedAttacks, sum.innocentsNamed, sum.innocents, sum.sharedNamed,
                median(alarms), latest, median(seen), seen.empty() ? 0 : *std::max_element(seen.begin(), seen.end()), sum.openedNamed, sum.opened, sum.openedWrongly, aboveLow, scores.size(), high, sum.seconds);
    std::fflush(stdout);
}

int run(const QCoreApplication& app)
{
    QCommandLineParser parser;
    const auto option = [&](const char* name, const char* what, const char* fallback) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(what), QStringLiteral("value"), QString::fromLatin1(fallback)});
        return [&parser, name] { return parser.value(QString::fromLatin1(name)); };
    };
    const auto seeds = option("seeds", "How many seeds a family.", "20");
    const auto first = option("first-seed", "The first of them.", "1");
    const auto only = option("family", "Only this family.", "");
    const auto share = option("share", "Folder with geo/; without it there are no countries.", "");
    parser.addHelpOption();
    parser.process(app);
    const auto geo = GeoDatabase::openShipped(share());
    if (!geo) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(geo.error().toString()));
        return 1;
    }
    const bool known = (*geo)->countrySource().isLoaded();
    const AddressPool pool = known ? AddressPool(**geo) : AddressPool();
    const GeoLookup lookup = [&](IpAddress ip) {
        const GeoInfo info = (*geo)->lookup(ip);
        return AddressFacts{info.country, info.asn, info.cls};
    };
    std::printf("family                 named%%  worst  missed  innocents     shared  alarm   latest     seen   latest  opened      wrong  above low  high seconds\n");
    for (const Family& family : families()) {
        if (!only().isEmpty() && only().toStdString() != family.name) {
            continue;
        }
        std::vector<Score> scores;
        for (int i = 0; i < seeds().toInt(); ++i) {
            RunOptions options;
            options.family = std::string(family.name);
            options.seed = first().toULongLong() + static_cast<unsigned>(i);
            options.start = *parseRfc3339("2026-11-09T00:00:00Z");
            scores.push_back(play(generate(options, pool, i % 2 == 0 ? StampFormat::Rfc3339 : StampFormat::Rfc3164), lookup));
        }
        printRow(family, scores);
    }
    return 0;
}

} // namespace

} // namespace mailward::story

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    return mailward::story::run(app);
}
