// SPDX-License-Identifier: GPL-3.0-or-later
// The families of incidents at a few seeds; mailward-detect-table measures them over many.
#include "models/detect/ReplayJail.h"
#include "tests/bench/detect/Score.h"

#include <QJsonDocument>
#include <QTest>
#include <algorithm>

using namespace mailward;

namespace {

/// Countries of the built-in ranges, by the generator's own truth: no data files are needed.
GeoLookup truthfulLookup(const story::Run& run)
{
    std::map<IpAddress, CountryCode> countries;
    for (const story::Attack& attack : run.truth.attacks) {
        for (const auto& [ip, part] : attack.sources) {
            countries[ip] = part.country;
        }
    }
    for (const auto& [ip, roles] : run.truth.innocents) {
        if (!roles.contains("traveller")) {
            countries[ip] = CountryCode{'I', 'N'};
        }
    }
    return [countries](IpAddress ip) {
        const auto found = countries.find(ip);
        return AddressFacts{found == countries.end() ? kNoCountry : found->second, 0, addressClassOf(ip)};
    };
}

story::Run runOf(std::string_view family, std::uint64_t seed)
{
    story::RunOptions options;
    options.family = std::string(family);
    options.seed = seed;
    options.start = *parseRfc3339("2026-11-09T00:00:00Z");
    return story::generate(options, story::AddressPool(), story::StampFormat::Rfc3339);
}

QByteArray textOf(const std::vector<Incident>& incidents)
{
    QByteArray out;
    for (const Incident& incident : incidents) {
        out += QJsonDocument(toJson(incident)).toJson();
    }
    return out;
}

std::vector<Incident> findAll(const ColumnsSnapshot& data, Instant now)
{
    DetectRequest request;
    request.now = now;
    return findIncidents(data, DetectSettings(), request);
}

const Incident* firstOf(const std::vector<Incident>& incidents, IncidentKind kind)
{
    const auto found = std::find_if(incidents.begin(), incidents.end(), [&](const Incident& i) { return i.kind == kind; });
    return found == incidents.end() ? nullptr : &*found;
}

} // namespace

class tst_Detect : public QObject
{
    Q_OBJECT

private slots:
    void families_data();
    void families();
    void theStory();
    void orderAndPiecesDoNotMatter();
    void aJailSeesNothing();
};

void tst_Detect::families_data()
{
    QTest::addColumn<QByteArray>("family");
    QTest::addColumn<bool>("quiet");
    for (const story::Family& family : story::families()) {
        QTest::newRow(std::string(family.name).c_str()) << QByteArray(family.name.data(), static_cast<qsizetype>(family.name.size())) << family.quiet;
    }
}

void tst_Detect::families()
{
    QFETCH(QByteArray, family);
    QFETCH(bool, quiet);
    const story::Run run = runOf(family.toStdString(), 101);
    const story::Score score = story::play(run, truthfulLookup(run));
    QCOMPARE(score.sharedNamed, std::size_t{0});
    QVERIFY2(score.innocentsNamed * 1000 <= score.innocents, qPrintable(QString::number(score.innocentsNamed)));
    QVERIFY(score.openedWrongly <= 1);
    QVERIFY2(score.bouncesTraced * 100 >= score.bounces * 99, qPrintable(QStringLiteral("%1 of %2").arg(score.bouncesTraced).arg(score.bounces)));
    QCOMPARE(score.straysBlamed, std::size_t{0});
    if (quiet) {
        QVERIFY(score.worst <= Severity::Low);
        return;
    }
    QCOMPARE(score.missedAttacks, std::size_t{0});
    QCOMPARE(score.kindsRight, run.truth.attacks.size());
    for (const double cards : score.cards) {
        QCOMPARE(cards, 1.0);
    }
    QVERIFY2(score.membersNamed >= 0.93, qPrintable(QString::number(score.membersNamed)));
    QCOMPARE(score.openedNamed, score.opened);
    const bool slow = family == "slow" || family == "weekend-drip"; // under ten tries an hour
    const bool creeping = family == "story" || family == "ramp"; // spam is known by its bounces; fifteen addresses in the first two hours
    QVERIFY2(score.seenMinutes <= (slow ? 360 : creeping ? 120 : 30), qPrintable(QString::number(*score.seenMinutes)));
}

void tst_Detect::theStory()
{
    const story::Run run = runOf("story", 1);
    const auto data = story::parseRun(run, truthfulLookup(run));
    const auto incidents = findAll(*data, run.range.end);
    const Incident* wave = firstOf(incidents, IncidentKind::DistributedGuessing);
    QVERIFY(wave != nullptr);
    QCOMPARE(wave->severity, Severity::Critical);
    QCOMPARE(wave->opened.size(), std::size_t{1});
    QVERIFY2(wave->title.contains(QStringLiteral("one try each")) && wave->title.contains(QStringLiteral("1 account opened")) &&
                 wave->title.contains(QStringLiteral("97 % CN")), qPrintable(wave->title));
    QVERIFY(!wave->running);
    QVERIFY(firstOf(incidents, IncidentKind::BruteForce) != nullptr);
    QVERIFY(firstOf(incidents, IncidentKind::SshBruteForce) != nullptr);
    const Incident* spam = firstOf(incidents, IncidentKind::OutboundSpam);
    QVERIFY(spam != nullptr && spam->counts.bounces > 0 && !spam->opened.empty());
    QVERIFY(std::is_sorted(incidents.begin(), incidents.end(), [](const Incident& a, const Incident& b) { return a.severity > b.severity; }));
    for (const Incident& incident : incidents) {
        QVERIFY2(incident.kind != IncidentKind::StalePassword || incident.sources.empty(), "an old password is nobody's attack");
    }
}

void tst_Detect::orderAndPiecesDoNotMatter()
{
    const story::Run run = runOf("two-at-once", 5);
    const GeoLookup geo = truthfulLookup(run);
    const auto data = story::parseRun(run, geo);
    std::vector<Event> events;
    for (RowId row = 0; row < data->rows(); ++row) {
        events.push_back(data->event(row));
    }
    const QByteArray expected = textOf(findAll(*data, run.range.end));
    story::Rng rng(7);
    rng.shuffle(events);
    EventColumns shuffled(geo);
    for (std::size_t at = 0; at < events.size();) {
        const std::size_t size = std::min<std::size_t>(1 + rng.below(5000), events.size() - at);
        shuffled.append(std::vector<Event>(events.begin() + static_cast<std::ptrdiff_t>(at), events.begin() + static_cast<std::ptrdiff_t>(at + size)));
        at += size;
    }
    QCOMPARE(textOf(findAll(*shuffled.snapshot(), run.range.end)), expected);
}

void tst_Detect::aJailSeesNothing()
{
    const story::Run run = runOf("one-try", 3);
    const auto data = story::parseRun(run, truthfulLookup(run));
    const auto incidents = findAll(*data, run.range.end);
    JailSpec jail;
    jail.maxretry = 2;
    jail.bantime = std::chrono::hours(10);
    const ReplayResult story = replayJail(*data, incidents, jail);
    QVERIFY2(story.attemptsStoppedPct < 1, qPrintable(QString::number(story.attemptsStoppedPct)));
    jail.maxretry = 1;
    jail.findtime = std::chrono::hours(1);
    const ReplayResult strict = replayJail(*data, incidents, jail);
    QVERIFY(strict.bans > story.bans);
    QVERIFY2(strict.goodLoginsCut > 0 && !strict.examplesCut.empty(), "one mistake would cut people off");
    QVERIFY(strict.attemptsStoppedPct < 5); // the ban comes after the only try
}

QTEST_GUILESS_MAIN(tst_Detect)
#include "tst_Detect.moc"
