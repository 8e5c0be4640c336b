// SPDX-License-Identifier: GPL-3.0-or-later
#include "QuerySample.h"
#include "models/store/BrushCursor.h"
#include "models/store/Query.h"

#include <QTest>

using namespace mailward;
using namespace std::string_literals;

/// What changes under readers: amendments, another geography, a brush that moves.
class TestStoreColumns : public QObject
{
    Q_OBJECT

private slots:
    void amendmentsCorrectWhatIsThere();
    void oldSnapshotsStayAsTheyWere();
    void anotherGeographyIsAskedAboutAll();
    void brushAgreesWithTheQuery_data();
    void brushAgreesWithTheQuery();
    void amendmentsNeverRunOutOfMixes();
    void rowsAfterManyAmendmentsAreCounted();
};

void TestStoreColumns::amendmentsCorrectWhatIsThere()
{
    EventColumns columns(factsOf);
    auto events = randomEvents(kChunkRows + 10, 5);
    columns.append(events);
    for (const std::size_t index : {std::size_t{3}, std::size_t{4}, std::size_t{kChunkRows} + 4}) {
        Amendment amendment;
        amendment.line = events[index].line;
        amendment.outcome = Outcome::Success;
        amendment.attempts = 41;
        amendment.account = "late@example.org";
        amendment.service = Service::Sieve;
        amendment.detail = "late";
        columns.append(std::vector<Event>{}, {amendment});
    }
    Amendment nowhere;
    nowhere.line = LineRef{FileId{0}, 33, 0, 0};
    nowhere.attempts = 1000;
    columns.append(std::vector<Event>{}, {nowhere});
    QuerySpec spec;
    spec.groups = {Group::Account};
    spec.pageOffset = 0;
    const QueryResult result = runQuery(*columns.snapshot(), filterOf(QStringLiteral("account:late@example.org service:sieve")), spec);
    QCOMPARE(result.totals.events, std::uint64_t{3});
    QCOMPARE(result.totals.series[static_cast<std::size_t>(Series::Success)], std::uint64_t{123});
    QCOMPARE(result.page.rows.size(), std::size_t{3});
    for (const EventRow& row : result.page.rows) {
        QCOMPARE(row.event.detail, "late"s);
        QCOMPARE(row.event.program, "postfix/smtpd"s);
    }
    const AccountId late = columns.snapshot()->findAccount("late@example.org");
    QCOMPARE(columns.snapshot()->rowsOfAccount(late).size(), std::size_t{3});
}

void TestStoreColumns::oldSnapshotsStayAsTheyWere()
{
    EventColumns columns(factsOf);
    const auto events = randomEvents(100, 6);
    columns.append({events.begin(), events.begin() + 50});
    const auto before = columns.snapshot();
    const QueryResult old = runQuery(*before, {}, {});
    Amendment amendment;
    amendment.line = events[7].line;
    amendment.outcome = Outcome::Failure;
    amendment.attempts = 1'000'000;
    columns.append({events.begin() + 50, events.end()}, {amendment});
    const QueryResult again = runQuery(*before, {}, {});
    QCOMPARE(again.totals, old.totals);
    QCOMPARE(before->rows(), std::uint64_t{50});
    QVERIFY(runQuery(*columns.snapshot(), {}, {}).totals.series[0] >= 1'000'000);
    QVERIFY(columns.snapshot()->version() > before->version());
}

void TestStoreColumns::anotherGeographyIsAskedAboutAll()
{
    EventColumns columns(factsOf);
    columns.append(randomEvents(3000, 5));
    const auto before = columns.snapshot();
    QuerySpec spec;
    spec.groups = {Group::Country, Group::Asn};
    spec.topN = 0;
    const QueryResult then = runQuery(*before, {}, spec);
    columns.lookUpAgain([](IpAddress ip) {
        AddressFacts facts = factsOf(ip);
        facts.asn = 64500;
        facts.country = facts.cls == AddressClass::Public ? countryCodeOf("NP") : kNoCountry;
        return facts;
    });
    const auto after = columns.snapshot();
    QVERIFY(after->version() > before->version());
    QCOMPARE(after->addressCount(), before->addressCount());
    const QueryResult now = runQuery(*after, {}, spec);
    QCOMPARE(now.group(Group::Country)->rows.size(), std::size_t{1});
    QCOMPARE(now.group(Group::Country)->rows.front().label, std::string("NP"));
    QCOMPARE(now.group(Group::Asn)->rows.size(), std::size_t{1});
    QCOMPARE(now.totals.events, then.totals.events);
    QCOMPARE(runQuery(*before, {}, spec).group(Group::Country)->rows, then.group(Group::Country)->rows); // readers keep what they have
}

void TestStoreColumns::brushAgreesWithTheQuery_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("inOrder");
    QTest::addColumn<bool>("few");
    for (const char* text : {"", "country:CN service:imap ip:3.0.1.0/24", "account:bob* -server:mx1", "outcome:failure server:mx2", "bob -3.0"}) {
        for (const bool few : {false, true}) {
            QTest::addRow("%s in order%s", text, few ? ", of few kinds" : "") << QString::fromUtf8(text) << true << few;
            QTest::addRow("%s as it comes%s", text, few ? ", of few kinds" : "") << QString::fromUtf8(text) << false << few;
        }
    }
}

void TestStoreColumns::brushAgreesWithTheQuery()
{
    QFETCH(QString, text);
    QFETCH(bool, inOrder);
    QFETCH(bool, few);
    std::vector<Event> events = randomEvents(kChunkRows + 20'000, 8);
    events = few ? fewKinds(std::move(events)) : events;
    std::for_each(events.begin(), events.end(), [](Event& event) { event.attempts = std::min(event.attempts, 70'000U); });
    if (inOrder) {
        std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.time < b.time; });
        for (std::size_t i = 0; i < events.size(); ++i) {
            events[i].line = LineRef{FileId{1}, i * 100, 0, 0};
        }
    }
    EventColumns columns(factsOf);
    columns.append(events);
    const auto data = columns.snapshot();
    QuerySpec spec;
    spec.bins = 0;
    spec.details = false;
    spec.crossfilter = true;
    spec.topN = inOrder ? 0 : 20; // all, or those above a bar
    spec.groups = {Group::Address, Group::Network, Group::Asn, Group::Country, Group::Account, Group::Service, Group::Server};
    Filter filter = filterOf(text);
    const auto index = BrushIndex::make(data, filter, spec);
    QVERIFY(index);
    BrushCursor cursor(index);
    std::mt19937 random(5);
    const TimeRange all = data->range();
    Instant edge = all.begin; // now and then it goes on by a step, over the other edge, too
    for (int round = 0; round < 11; ++round) {
        const auto at = [&] { return all.begin + std::chrono::microseconds(std::uint64_t{random()} * 4099 % static_cast<std::uint64_t>(all.length().count())); };
        const Instant one = round == 0 ? all.begin : round % 3 == 2 ? edge - all.length() / 90 : at();
        const Instant other = round == 0 ? all.end : round == 1 ? one : round % 3 == 2 ? edge + all.length() / 500 : at();
        edge = other;
        filter.after = std::min(one, other);
        filter.before = std::max(one, other);
        const QueryResult expected = runQuery(*data, filter, spec);
        const QueryResult got = cursor.at({*filter.after, *filter.before});
        QVERIFY(got.totals == expected.totals);
        QCOMPARE(got.groups.size(), expected.groups.size());
        for (std::size_t i = 0; i < got.groups.size(); ++i) {
            QVERIFY(got.groups[i].rows == expected.groups[i].rows);
            QCOMPARE(got.groups[i].total, expected.groups[i].total);
        }
    }
}

/// A session that is corrected again and again makes new kinds of events in a chunk without end.
void TestStoreColumns::amendmentsNeverRunOutOfMixes()
{
    std::vector<Event> events = randomEvents(kChunkRows + 10, 9);
    for (std::size_t i = 0; i < events.size(); ++i) {
        events[i].line = LineRef{FileId{1}, i * 100, 0, 0};
        events[i].outcome = Outcome::Failure;
        events[i].attempts = static_cast<std::uint32_t>(i);
    }
    EventColumns columns(factsOf);
    columns.append(events);
    const auto before = columns.snapshot();
    std::vector<Amendment> amendments;
    std::uint64_t attempts = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        Amendment amendment;
        amendment.line = events[i].line;
        amendment.attempts = static_cast<std::uint32_t>(1'000'000 + i);
        attempts += *amendment.attempts;
        i % 100 == 0 ? amendments.push_back(amendment) : void(attempts += i - *amendment.attempts);
    }
    columns.append(std::vector<Event>{}, amendments);
    const QueryResult now = runQuery(*columns.snapshot(), {}, {});
    QCOMPARE(now.totals.series[0], attempts);
    QCOMPARE(runQuery(*before, {}, {}).totals.series[0], std::uint64_t{events.size()} * (events.size() - 1) / 2);
}

/// 200 lines that are corrected so often that a chunk's numbers are used up long before its rows are.
void TestStoreColumns::rowsAfterManyAmendmentsAreCounted()
{
    std::vector<Event> events = randomEvents(200, 10);
    for (std::size_t i = 0; i < events.size(); ++i) {
        events[i].line = LineRef{FileId{1}, i * 100, 0, 0};
        events[i].outcome = Outcome::Failure;
    }
    EventColumns columns(factsOf);
    columns.append(events);
    std::uint32_t attempts = 0;
    for (std::uint32_t round = 0; round * events.size() <= kChunkRows; ++round) {
        std::vector<Amendment> amendments;
        for (const Event& event : events) {
            Amendment amendment;
            amendment.line = event.line;
            amendment.attempts = ++attempts;
            amendments.push_back(amendment);
        }
        columns.append(std::vector<Event>{}, amendments);
    }
    const auto before = columns.snapshot();
    std::uint64_t expected = 0;
    for (std::uint32_t i = 0; i < events.size(); ++i) {
        expected += attempts - i;
        events[i].line.offset += 1'000'000;
        events[i].attempts = i + 1; // numbers that the first lines had once
    }
    QCOMPARE(runQuery(*before, {}, {}).totals.series[0], expected);
    columns.append(events);
    QCOMPARE(runQuery(*columns.snapshot(), {}, {}).totals.series[0], expected + 200 * 201 / 2);
    QCOMPARE(runQuery(*before, {}, {}).totals.series[0], expected);
}

QTEST_GUILESS_MAIN(TestStoreColumns)
#include "tst_StoreColumns.moc"
