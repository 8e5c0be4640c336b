// SPDX-License-Identifier: GPL-3.0-or-later
// What belongs together in one attack, and why each source is counted to it.
#include "HandMadeLog.h"
#include "models/detect/IncidentContinuity.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>
#include <algorithm>

using namespace mailward;

namespace {

/// Ten sources with thirty tries each at twenty accounts from `first` on, then, after `pause` minutes, one try each from three hundred
/// at the accounts 0 to 19.
Log adapting(int first, int pause)
{
    Log log;
    addEveryday(log, 10);
    const int day = 8 * 1440;
    for (int i = 0; i < 300; ++i) {
        log.login(day + i * 180 / 300, address(46, i % 10), user(first + i % 20), false);
    }
    for (int i = 0; i < 300; ++i) {
        log.login(day + 180 + pause + i * 180 / 300, address(47, i), user(i % 20), false);
    }
    return log;
}


/// Each first number of an address is a network operator, too.
AddressFacts operatorByNet(IpAddress ip)
{
    AddressFacts facts = countryByNet(ip);
    facts.asn = 64'500 + QString::fromStdString(ip.toString()).section(QLatin1Char('.'), 0, 0).toUInt();
    return facts;
}

} // namespace

class tst_AttackShape : public QObject
{
    Q_OBJECT

private slots:
    void manyTriesThenOneTryAreOneAttack();
    void twoAttacksAtDifferentAccountsAreTwo();
    void eachMemberHasItsReason();
    void aSprayFromAllOverOneOperator();
    void whatIsUsualIsSaidOnceItIsKnown();
};

void tst_AttackShape::manyTriesThenOneTryAreOneAttack()
{
    auto incidents = adapting(0, 240).incidents();
    QCOMPARE(std::count_if(incidents.begin(), incidents.end(), [](const Incident& i) { return isSerious(i); }), 1);
    const Incident& attack = incidents.front();
    QCOMPARE(attack.kind, IncidentKind::DistributedGuessing);
    QCOMPARE(attack.start, Log::at(8 * 1440));
    for (int i = 0; i < 10; ++i) {
        QVERIFY(names({attack}, address(46, i)) && names({attack}, address(47, i)));
    }
    QCOMPARE(attack.phases.size(), std::size_t{2});
    QCOMPARE(attack.phases[0].text, QStringLiteral("many tries a source"));
    QCOMPARE(attack.phases[1].text, QStringLiteral("one try a source"));
    QVERIFY(attack.phases[0].range.end < attack.phases[1].range.begin);

    // While it was loud alone it had a name already: the card that grew keeps it.
    Incident before = attack;
    before.kind = IncidentKind::BruteForce;
    before.id = "brute-force-1";
    before.end = Log::at(8 * 1440 + 180);
    std::erase_if(before.sources, [](const IncidentSource& source) { return source.attempts < 2; });
    keepIds({before}, incidents);
    QCOMPARE(incidents.front().id, before.id);
}

void tst_AttackShape::twoAttacksAtDifferentAccountsAreTwo()
{
    for (const auto& [first, pause] : {std::pair(20, 240), std::pair(0, 30 * 60)}) { // other accounts; more than a day later
        const auto incidents = adapting(first, pause).incidents();
        QVERIFY(std::any_of(incidents.begin(), incidents.end(), [](const Incident& i) { return i.kind == IncidentKind::BruteForce && names({i}, address(46, 3)); }));
        QVERIFY(std::any_of(incidents.begin(), incidents.end(), [](const Incident& i) { return i.kind == IncidentKind::DistributedGuessing && !names({i}, address(46, 3)); }));
    }
}

void tst_AttackShape::eachMemberHasItsReason()
{
    const auto incidents = adapting(0, 240).incidents({}, countryByNet);
    for (const IncidentSource& source : incidents.front().sources) {
        const bool loud = source.attempts > 1;
        QCOMPARE(source.signs.has(MemberSign::Loud), loud);
        QCOMPARE(source.signs.has(MemberSign::SharedTarget), !loud);
        QCOMPARE(source.signs.has(MemberSign::Country), !loud); // nobody here comes from that country
        QVERIFY(!source.signs.has(MemberSign::OwnerNearby));
    }
    const QJsonObject json = toJson(incidents.front());
    for (const auto& source : json.value(QStringLiteral("sources")).toArray()) {
        QVERIFY(!source.toObject().value(QStringLiteral("reason")).toString().isEmpty());
    }
    for (const Incident& incident : incidents) {
        for (const IncidentSource& source : incident.sources) {
            QVERIFY2(source.signs != MemberSigns(), qPrintable(incident.title));
        }
    }
}

/// Twenty accounts in twenty hours, each from another network of one operator, on a site where three strangers an hour fail anyway.
void tst_AttackShape::aSprayFromAllOverOneOperator()
{
    for (const bool peopleComeFromThere : {false, true}) {
        Log log;
        addEveryday(log, 10);
        for (int i = 0; i < 720; ++i) {
            log.login(i * 20, address(100 + i * 7 % 50, i), user(i * 11 % 40), false);
        }
        for (int i = 0; i < 20; ++i) {
            log.login(8 * 1440 + 7 + i * 60, address(51, i), user(i), false);
        }
        for (int i = 0; i < (peopleComeFromThere ? 8 : 1); ++i) { // one is a customer of anybody's
            log.login(2 * 1440 + i, address(51, 200 + i), user(30 + i), true);
        }
        const auto incidents = log.incidents({}, operatorByNet);
        const auto spray = std::find_if(incidents.begin(), incidents.end(), [](const Incident& i) { return i.kind == IncidentKind::PasswordSpray; });
        QCOMPARE(spray == incidents.end(), peopleComeFromThere);
        for (int i = 0; i < 20 && !peopleComeFromThere; ++i) {
            QVERIFY(names({*spray}, address(51, i)));
            QVERIFY(spray->sources.size() == 20 && spray->sources[0].signs.has(MemberSign::Sprayed));
        }
    }
}

void tst_AttackShape::whatIsUsualIsSaidOnceItIsKnown()
{
    for (const int days : {0, 9}) {
        Log log;
        addEveryday(log, days + 1);
        addWave(log, days * 1440);
        const auto incidents = log.incidents();
        const auto says = [&](const char* words) {
            return std::any_of(incidents.front().reasons.begin(), incidents.front().reasons.end(), [&](const QString& reason) { return reason.contains(QLatin1String(words)); });
        };
        QCOMPARE(says("too young to tell"), days == 0);
        QCOMPARE(says("at such hours"), days == 9);
    }
}

QTEST_GUILESS_MAIN(tst_AttackShape)
#include "tst_AttackShape.moc"
