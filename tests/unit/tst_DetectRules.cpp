// SPDX-License-Identifier: GPL-3.0-or-later
// Single detectors on small, hand-made logs.
#include "HandMadeLog.h"
#include "models/detect/IncidentContinuity.h"
#include "models/detect/ReplayJail.h"
#include "models/detect/SiteChangeDetector.h"
#include "models/detect/SiteThresholds.h"
#include "models/detect/Tape.h"
#include "models/detect/Tripwire.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <set>

using namespace mailward;

class tst_DetectRules : public QObject
{
    Q_OBJECT

private slots:
    void nothing();
    void aWaveWithoutAnyPast();
    void anOfficeWithAnOldPasswordIsNoSource();
    void aMistakeThatIsPutRightIsNone();
    void neighboursInAWaveAreNoAttackOfTheirOwn();
    void anAttackKeepsItsIdWhileItsKindBecomesClear();
    void officesAreSeenWithoutAnySuccess();
    void botsOfEveryDayAreNoAttack();
    void aSlowAttackDoesNotHideAmongThem();
    void aSlowAttackFromNextDoorIsSeenWhereNobodyFails();
    void theOwnerAfterTheThiefIsNoStranger();
    void thievesAreNotAtHomeForTheirNumber();
    void homeIsKnownWithoutCountries();
    void anOpenedAccountIsSeenWithoutCountries();
    void aMailboxThatNobodyUsedOpensAtTheFirstGuess_data();
    void aMailboxThatNobodyUsedOpensAtTheFirstGuess();
    void oneTravellerIsAskedAndManyAreLost();
    void scoresFollowTheSameSieges();
    void theTripwire();
    void oneLoudSource();
    void allowedAddressesAreNeverNamed();
    void ownBouncesAndBackscatter();
    void hostsThatBringBouncesAreNoProbes();
    void betaBinomial();
    void settings();
    void unknownSettingsAreRefused();
    void aFalseAlarmQuietensItsDetector();
    void anIncidentKeepsItsId();
    void jailCountsLikeFail2ban();
};

void tst_DetectRules::nothing()
{
    QVERIFY(Log().incidents().empty());
}

void tst_DetectRules::aWaveWithoutAnyPast()
{
    Log log;
    addWave(log, 0);
    const auto incidents = log.incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    QCOMPARE(incidents[0].kind, IncidentKind::DistributedGuessing);
    QVERIFY(incidents[0].sources.size() >= 297);
    QCOMPARE(incidents[0].severity, Severity::High);
    QVERIFY(incidents[0].running);
    QVERIFY(incidents[0].alarm <= Log::at(30));
}

void tst_DetectRules::anOfficeWithAnOldPasswordIsNoSource()
{
    Log log;
    for (int user = 0; user < 8; ++user) {
        log.login(user, "198.51.100.7", "user" + std::to_string(user) + "@example.com", true);
    }
    for (int i = 0; i < 200; ++i) {
        log.login(10 + i, "198.51.100.7", "user3@example.com", false);
    }
    addWave(log, 10);
    const auto incidents = log.incidents();
    QVERIFY(!names(incidents, "198.51.100.7"));
    const auto stale = std::find_if(incidents.begin(), incidents.end(), [](const Incident& i) { return i.kind == IncidentKind::StalePassword; });
    QVERIFY(stale != incidents.end());
    QCOMPARE(stale->severity, Severity::Info);
    QCOMPARE(stale->accounts.at(0).name.raw(), std::string("user3@example.com"));
}

void tst_DetectRules::aMistakeThatIsPutRightIsNone()
{
    Log log;
    addWave(log, 0);
    log.login(60, "203.0.113.77", "user5@example.com", false);
    log.login(61, "203.0.113.77", "user5@example.com", true);
    log.login(70, "203.0.113.88", "usre6", false); // the name misspelt
    log.login(71, "203.0.113.88", "user6@example.com", true);
    const auto incidents = log.incidents();
    QVERIFY(!names(incidents, "203.0.113.77"));
    QVERIFY(!names(incidents, "203.0.113.88"));
    for (const Incident& incident : incidents) {
        QVERIFY(incident.opened.empty());
    }
}

void tst_DetectRules::neighboursInAWaveAreNoAttackOfTheirOwn()
{
    Log log;
    addWave(log, 0);
    for (int i = 0; i < 15; ++i) {
        log.login(20 + i * 9, "46.7.7." + std::to_string(i + 1), user(i), false);
    }
    const auto incidents = log.incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    QCOMPARE(incidents[0].kind, IncidentKind::DistributedGuessing);
    QVERIFY(names(incidents, "46.7.7.1") && names(incidents, "46.7.7.15"));
}

void tst_DetectRules::anAttackKeepsItsIdWhileItsKindBecomesClear()
{
    Log leaked;
    for (int i = 0; i < 120; ++i) { // a hundred and twenty pairs once each: they must be leaked ones
        leaked.login(i / 3, address(45, i), user(i), false);
    }
    const auto before = leaked.incidents();
    QCOMPARE(before.front().kind, IncidentKind::CredentialStuffing);
    for (int i = 120; i < 600; ++i) { // the same accounts again and again: guesses
        leaked.login(i / 3, address(45, i), user(i % 120), false);
    }
    auto now = leaked.incidents();
    QCOMPARE(now.front().kind, IncidentKind::DistributedGuessing);
    QCOMPARE(now.front().id, before.front().id);
    now.front().id = "another";
    keepIds(before, now);
    QCOMPARE(now.front().id, before.front().id);
}

void tst_DetectRules::officesAreSeenWithoutAnySuccess()
{
    Log log;
    addWave(log, 0);
    for (int minute = 0; minute < 180; ++minute) {
        for (int phone = 0; phone < 4; ++phone) {
            log.login(minute, "84.1.2.3", "phone" + std::to_string(phone) + "@example.com", false);
        }
    }
    const auto incidents = log.incidents();
    QCOMPARE(worstOf(incidents), Severity::High);
    QVERIFY(!names(incidents, "84.1.2.3"));
    QCOMPARE(std::count_if(incidents.begin(), incidents.end(), [](const Incident& i) { return i.kind == IncidentKind::StalePassword; }), 4);
}

void tst_DetectRules::botsOfEveryDayAreNoAttack()
{
    for (const int days : {2, 9}) {
        Log log;
        addEveryday(log, days);
        const auto incidents = log.incidents();
        QVERIFY2(worstOf(incidents) <= Severity::Low, qPrintable(incidents.front().title));
    }
}

void tst_DetectRules::aSlowAttackDoesNotHideAmongThem()
{
    Log log;
    addEveryday(log, 9);
    constexpr int kBegin = 6 * 1440;
    for (int i = 0; i < 200; ++i) { // four an hour
        log.login(kBegin + i * 15, address(46, i), user(i % 40), false);
    }
    const auto incidents = log.incidents();
    QVERIFY(worstOf(incidents) > Severity::Low);
    QVERIFY2(incidents.front().alarm <= Log::at(kBegin + 6 * 60), qPrintable(QString::fromStdString(formatRfc3339(incidents.front().alarm))));
    int named = 0;
    for (int i = 0; i < 200; ++i) {
        named += names(incidents, address(46, i)) ? 1 : 0;
    }
    QVERIFY2(named >= 186, qPrintable(QString::number(named)));
    for (int i = 0; i < 40; ++i) {
        QVERIFY(!names(incidents, address(84, i)));
    }
}

/// Two tries an hour, a tenth of them from where customers live: on a site whose people hardly ever fail, these are part of it, too.
void tst_DetectRules::aSlowAttackFromNextDoorIsSeenWhereNobodyFails()
{
    Log log;
    addEveryday(log, 9);
    const auto source = [](int i) { return i % 10 == 4 ? address(84, 100 + i) : address(46, i); };
    for (int i = 0; i < 90; ++i) {
        log.login(6 * 1440 + i * 30, source(i), user(i * 7 % 40), false);
    }
    const auto incidents = log.incidents({}, countryByNet);
    QVERIFY(worstOf(incidents) > Severity::Low);
    int named = 0, neighbours = 0;
    for (int i = 0; i < 90; ++i) {
        named += names(incidents, source(i)) ? 1 : 0;
        neighbours += i % 10 == 4 && names(incidents, source(i)) ? 1 : 0;
    }
    QVERIFY2(named >= 84 && neighbours >= 6, qPrintable(QStringLiteral("%1, %2").arg(named).arg(neighbours)));
    for (int i = 0; i < 40; ++i) {
        QVERIFY(!names(incidents, address(84, i)));
    }
}

void tst_DetectRules::theOwnerAfterTheThiefIsNoStranger()
{
    Log log;
    addEveryday(log, 6);
    const int day = 5 * 1440;
    for (int i = 0; i < 90; ++i) { // a mailbox that nobody had used before
        const std::string thief = address(200 + i % 4, i % 4);
        log.login(day + i, thief, "rare@example.com", true, Service::Submission);
        log.mail(day + i, EventKind::Accepted, "rare@example.com", "", thief);
        log.mail(day + i, i % 2 == 0 ? EventKind::Bounced : EventKind::Sent, "rare@example.com");
    }
    log.login(day + 40, address(84, 77), "rare@example.com", true);
    const auto incidents = log.incidents({}, countryByNet);
    QVERIFY(names(incidents, address(200, 0)) && names(incidents, address(203, 3)));
    QVERIFY(!names(incidents, address(84, 77)));
}

/// On a small site those who hold the passwords may come from as many networks as its people: an account that has a home gets no second.
void tst_DetectRules::thievesAreNotAtHomeForTheirNumber()
{
    Log log;
    for (int minute = 0; minute < 7 * 1440; minute += 1440) {
        for (int i = 0; i < 8; ++i) {
            log.login(minute + 400 + i, address(84, i), user(i), true);
        }
    }
    for (int i = 0; i < 24; ++i) {
        log.login(7 * 1440 + i, address(200 + i / 8, i), user(i % 8), true);
    }
    const auto incidents = log.incidents({}, countryByNet);
    QVERIFY(!incidents.empty());
    QCOMPARE(incidents.front().opened.size(), std::size_t{8});
}

void tst_DetectRules::homeIsKnownWithoutCountries()
{
    Log log;
    addEveryday(log, 6);
    const int day = 5 * 1440;
    const auto send = [&](int minute, std::string_view ip) {
        log.login(minute, ip, user(5), true, Service::Submission);
        log.mail(minute, EventKind::Accepted, user(5), "", ip);
    };
    for (int i = 0; i < 120; ++i) {
        send(day + 500 + i / 4, address(200 + i % 6, i % 6));
        log.mail(day + 500 + i / 4, i % 2 == 0 ? EventKind::Bounced : EventKind::Sent, user(5));
    }
    send(day + 510, "84.5.77.9"); // the owner, whose provider gave another address
    const auto incidents = log.incidents();
    QVERIFY(names(incidents, address(200, 0)) && names(incidents, address(205, 5)));
    QVERIFY(!names(incidents, "84.5.77.9"));
}

void tst_DetectRules::anOpenedAccountIsSeenWithoutCountries()
{
    Log log;
    addEveryday(log, 4);
    addWave(log, 3 * 1440);
    log.login(3 * 1440 + 100, "200.1.2.3", user(3), true);
    log.login(3 * 1440 + 100, "201.1.2.3", user(30), true); // not attacked: somebody travels
    const auto incidents = log.incidents();
    QCOMPARE(worstOf(incidents), Severity::Critical);
    QCOMPARE(incidents.front().opened.size(), std::size_t{1});
    QCOMPARE(incidents.front().opened[0].name.raw(), user(3));
}

void tst_DetectRules::aMailboxThatNobodyUsedOpensAtTheFirstGuess_data()
{
    QTest::addColumn<int>("days"); // of a past
    QTest::addColumn<bool>("attack");
    QTest::addColumn<int>("net"); // it is used from: 45 is the attack's country, 84 is where people live
    QTest::addColumn<QString>("account");
    QTest::addColumn<bool>("opened");
    QTest::newRow("from where the attack comes from") << 5 << true << 45 << "unused@example.com" << true;
    QTest::newRow("from home") << 5 << true << 84 << "unused@example.com" << false;
    QTest::newRow("from a third country") << 5 << true << 201 << "unused@example.com" << false;
    QTest::newRow("nobody attacks") << 5 << false << 45 << "unused@example.com" << false;
    QTest::newRow("who was at home before may travel") << 5 << true << 45 << "user30@example.com" << false;
    QTest::newRow("in a young log everything is new") << 2 << true << 45 << "unused@example.com" << false;
}

void tst_DetectRules::aMailboxThatNobodyUsedOpensAtTheFirstGuess()
{
    QFETCH(int, days);
    QFETCH(bool, attack);
    QFETCH(int, net);
    QFETCH(QString, account);
    QFETCH(bool, opened);
    Log log;
    addEveryday(log, days);
    const int begin = (days - 1) * 1440;
    for (int i = 0; attack && i < 300; ++i) {
        log.login(begin + i * 180 / 300, address(45, 2'000 + i), user(i % 20), false);
    }
    log.login(begin + 100, address(net, 3'000), account.toStdString(), true);
    const auto incidents = log.incidents({}, countryByNet);
    const auto holds = [&](const OpenedAccount& lost) { return lost.name.raw() == account.toStdString(); };
    const auto named = std::count_if(incidents.begin(), incidents.end(), [&](const Incident& incident) { return std::any_of(incident.opened.begin(), incident.opened.end(), holds); });
    QCOMPARE(named, opened ? 1 : 0);
    if (opened) {
        QCOMPARE(incidents.front().severity, Severity::Critical);
        QVERIFY(names(incidents, address(net, 3'000)));
    }
}

void tst_DetectRules::oneTravellerIsAskedAndManyAreLost()
{
    for (const int many : {1, 2, 8}) {
        Log log;
        addEveryday(log, 4);
        for (int i = 0; i < many; ++i) {
            for (const int net : {200, 201, 202}) { // three countries within minutes
                log.login(3 * 1440 + 600 + (net - 200) * 5 + i, address(net, i), user(i), true);
            }
        }
        const auto incidents = log.incidents({}, countryByNet);
        const auto found = std::find_if(incidents.begin(), incidents.end(), [](const Incident& i) { return i.kind == IncidentKind::AccountCompromise; });
        QVERIFY(found != incidents.end());
        QCOMPARE(found->opened.size(), static_cast<std::size_t>(many));
        QCOMPARE(found->severity, many >= 3 ? Severity::High : Severity::Medium);
    }
}

void tst_DetectRules::scoresFollowTheSameSieges()
{
    Log log;
    addEveryday(log, 9);
    for (int i = 0; i < 900; ++i) { // a wave of three days: a success is suspicious near the tries at that very account alone
        log.login(5 * 1440 + i * 5, address(46, i), user(i % 20), false);
    }
    log.login(6 * 1440 + 200, address(46, 901), user(3), true);
    log.login(6 * 1440 + 300, address(46, 902), user(30), true); // never tried: somebody travels
    const auto data = log.columns(countryByNet);
    const detect::Tape tape = detect::readTape(*data, INT64_MAX);
    const DetectSettings settings;
    DetectRequest request;
    request.now = data->range().end;
    const Findings found = findAll(tape, settings, request);
    QCOMPARE(found.incidents.size(), findIncidents(tape, settings, request).size());
    std::set<std::string> told, scored;
    for (const Incident& incident : found.incidents) {
        for (const OpenedAccount& opened : incident.opened) {
            told.insert(opened.name.raw());
        }
    }
    for (const AccountScore& score : found.accounts) {
        if (score.score >= settings.riskAlert) {
            scored.insert(score.name.raw());
        }
    }
    QVERIFY(told.contains(user(3)));
    QVERIFY(told == scored);
}

void tst_DetectRules::theTripwire()
{
    Log log;
    addEveryday(log, 2);
    EventColumns columns;
    columns.append(log.events());
    detect::Tripwire tripwire;
    tripwire.looked(*columns.snapshot());
    Log people, strangers;
    for (int i = 0; i < 40; ++i) {
        people.login(2 * 1440 + 20, address(84, i), user(i), i % 4 == 0);
    }
    columns.append(people.events());
    QVERIFY(!tripwire.isTripped(*columns.snapshot()));
    for (int i = 0; i < 30; ++i) {
        strangers.login(2 * 1440 + 21, address(46, i), user(i), false);
    }
    columns.append(strangers.events());
    QVERIFY(tripwire.isTripped(*columns.snapshot()));
    tripwire.looked(*columns.snapshot());
    QVERIFY(!tripwire.isTripped(*columns.snapshot()));
}

void tst_DetectRules::oneLoudSource()
{
    Log log;
    for (int i = 0; i < 40; ++i) {
        log.login(i, "45.1.2.3", "user" + std::to_string(i % 7), false, Service::Imap, 2);
    }
    log.login(41, "45.1.2.3", "user4", true);
    const auto incidents = log.incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    QCOMPARE(incidents[0].kind, IncidentKind::BruteForce);
    QCOMPARE(incidents[0].counts.attempts, std::uint64_t{80});
    QCOMPARE(incidents[0].opened.size(), std::size_t{1});
    QCOMPARE(incidents[0].opened[0].name.raw(), std::string("user4"));
    QCOMPARE(incidents[0].severity, Severity::Critical);
}

void tst_DetectRules::allowedAddressesAreNeverNamed()
{
    Log log;
    for (int i = 0; i < 200; ++i) {
        log.login(i, "45.1.2.3", "user" + std::to_string(i % 50), false);
    }
    QVERIFY(names(log.incidents(), "45.1.2.3"));
    QVERIFY(log.incidents({*Prefix::parse("45.1.0.0/16")}).empty());
}

void tst_DetectRules::ownBouncesAndBackscatter()
{
    Log log;
    for (int i = 0; i < 300; ++i) {
        log.mail(i, EventKind::Dsn, "", "backscatter");
    }
    const auto incidents = log.incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    QCOMPARE(incidents[0].kind, IncidentKind::Backscatter);
    QCOMPARE(incidents[0].counts.bounces, std::uint64_t{300});
    QVERIFY(incidents[0].opened.empty() && incidents[0].accounts.empty());
}

void tst_DetectRules::hostsThatBringBouncesAreNoProbes()
{
    Log log;
    for (int i = 0; i < 150; ++i) {
        log.mail(i, EventKind::Reject, "", "null-sender", "198.51.100.7");
        log.mail(i, EventKind::Reject, "", "refused", "198.51.100.8"); // on a block list
        log.mail(i, EventKind::Reject, "", "relay-denied", "198.51.100.9");
        log.mail(i + 5 * 1440, EventKind::Reject, "", "relay-denied", "198.51.100.10");
    }
    const auto incidents = log.incidents();
    QVERIFY(!names(incidents, "198.51.100.7") && !names(incidents, "198.51.100.8"));
    QVERIFY(std::any_of(incidents.begin(), incidents.end(), [](const Incident& i) { return i.kind == IncidentKind::Backscatter && i.counts.bounces == 150; }));
    QCOMPARE(std::count_if(incidents.begin(), incidents.end(), [](const Incident& i) { return i.kind == IncidentKind::RelayProbe; }), 2); // five days apart
}

void tst_DetectRules::betaBinomial()
{
    // With a = b = 1 every count is equally likely: P(at least k of n) = (n - k + 1) / (n + 1).
    QVERIFY(std::abs(detect::betaBinomialTail(10, 4, 1, 1) - 7.0 / 11) < 1e-9);
    QVERIFY(std::abs(detect::betaBinomialTail(100, 0, 2, 5) - 1) < 1e-9);
}

void tst_DetectRules::settings()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("thresholds.toml"));
    QCOMPARE(SiteThresholds::load(path).value().effective(), DetectSettings());
    SiteThresholds site;
    QVERIFY(site.set("fanInHour", 9, Log::at(0), QStringLiteral("anna")).has_value());
    QVERIFY(!site.set("fanInHour", 0, Log::at(0), QStringLiteral("anna")).has_value());
    QVERIFY(!site.set("fanInHuor", 3, Log::at(0), QStringLiteral("anna")).has_value());
    QVERIFY(site.setJail({3, std::chrono::seconds(60), std::chrono::seconds(120), true, {}}, Log::at(0), QStringLiteral("anna")).has_value());
    QVERIFY(site.save(path).has_value());
    const SiteThresholds read = SiteThresholds::load(path).value();
    QCOMPARE(read.effective(), site.effective());
    QCOMPARE(read.effective().fanInHour, 9.0);
    QCOMPARE(read.jail.maxretry, 3U);
    QVERIFY(read.jail.increment);
    QCOMPARE(read.changes.size(), std::size_t{2});
    QCOMPARE(read.changes[0].what, std::string("fanInHour"));
    for (const SettingDescription& description : settingDescriptions()) {
        const double value = DetectSettings().*(description.value);
        QVERIFY2(value >= description.least && value <= description.most, description.name);
    }
}

void tst_DetectRules::unknownSettingsAreRefused()
{
    QVERIFY(!SiteThresholds::fromToml("[thresholds]\nfanInHuor = 3").has_value());
    QVERIFY(!SiteThresholds::fromToml("[thresholds]\nfanInHour = 0").has_value());
    QVERIFY(!SiteThresholds::fromToml("[thresholds]\nfanInHour = \"x\"").has_value());
    QVERIFY(!SiteThresholds::fromToml("[thresholds").has_value());
    QVERIFY(!SiteThresholds::fromToml("[treshold]\nfanInHour = 7").has_value());
    QVERIFY(!SiteThresholds::fromToml("[jail]\nmaxretry = 0").has_value());
    QCOMPARE(SiteThresholds::fromToml("[thresholds]\nfanInHour = 7").value().effective().fanInHour, 7.0);
}

void tst_DetectRules::aFalseAlarmQuietensItsDetector()
{
    Log log;
    addWave(log, 0);
    auto incidents = log.incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    SiteThresholds site;
    site.markFalseAlarm(incidents[0], Log::at(500), QStringLiteral("anna \"the\" admin"));
    QCOMPARE(site.effective().minSources, 30.0); // half more, not 301: one click must not blind the detector
    site.apply(incidents);
    QCOMPARE(incidents[0].severity, Severity::Info);
    QVERIFY(incidents[0].reasons[0].contains(QStringLiteral("false alarm")));

    const SiteThresholds read = SiteThresholds::fromToml(site.toToml()).value();
    QCOMPARE(read.effective().minSources, 30.0);
    QVERIFY(read.markOf(incidents[0]) != nullptr);
    Incident grown = incidents[0];
    grown.sources.resize(1000);
    QVERIFY2(read.markOf(grown) == nullptr, "what grew to three times its size is another matter");

    SiteThresholds undone = read;
    QVERIFY(undone.unmarkFalseAlarm(incidents[0], Log::at(600), QStringLiteral("anna")));
    QCOMPARE(undone.effective(), DetectSettings());
    QVERIFY(!undone.unmarkFalseAlarm(incidents[0], Log::at(600), QStringLiteral("anna")));
    QCOMPARE(undone.changes.size(), std::size_t{2});
}

void tst_DetectRules::anIncidentKeepsItsId()
{
    const auto incident = [](const char* id, int begin, int end, int firstSource, int sources) {
        Incident made;
        made.id = id;
        made.start = Log::at(begin);
        made.end = Log::at(end);
        for (int i = 0; i < sources; ++i) {
            made.sources.push_back({IpAddress::fromV4(0x2D000000U + static_cast<std::uint32_t>(firstSource + i)), kNoCountry, 0, 1, 1, made.start, made.end});
        }
        return made;
    };
    const std::vector<Incident> before{incident("a", 10, 60, 0, 50), incident("b", 30, 60, 100, 80)};
    std::vector<Incident> grown{incident("x", 5, 90, 0, 200)}; // its start moved, and the two have become one
    keepIds(before, grown);
    QCOMPARE(grown[0].id, std::string("a"));
    std::vector<Incident> other{incident("a", 100, 120, 500, 9), incident("y", 12, 70, 0, 60)};
    keepIds(before, other);
    QCOMPARE(other[1].id, std::string("a"));
    QVERIFY2(other[0].id != "a", "one id, one incident");
}

void tst_DetectRules::jailCountsLikeFail2ban()
{
    Log log;
    for (const int minute : {0, 1, 2, 3, 4, 20}) { // the third failure brings ten minutes of ban
        log.login(minute, "45.1.2.3", "user1", false);
    }
    log.login(30, "198.51.100.7", "user2", false, Service::Imap, 3);
    log.login(31, "198.51.100.7", "user2", true);
    Incident attack;
    attack.sources.push_back({*IpAddress::parse("45.1.2.3"), kNoCountry, 0, 1, 6, Log::at(0), Log::at(20)});
    JailSpec jail;
    jail.maxretry = 3;
    const ReplayResult result = replayJail(*log.columns(), {attack}, jail);
    QCOMPARE(result.bans, std::uint64_t{2});
    QVERIFY(std::abs(result.attemptsStoppedPct - 100.0 / 3) < 0.01);
    QCOMPARE(result.sourcesStoppedPct, 100.0);
    QCOMPARE(result.goodLoginsCut, std::uint64_t{1});
    QCOMPARE(result.examplesCut.at(0).account, std::string("user2"));
    QVERIFY(result.firstStoppedAt == Log::at(3));
}

QTEST_GUILESS_MAIN(tst_DetectRules)
#include "tst_DetectRules.moc"
