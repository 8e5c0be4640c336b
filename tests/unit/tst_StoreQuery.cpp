// SPDX-License-Identifier: GPL-3.0-or-later
#include "QuerySample.h"
#include "models/store/PairsSeen.h"
#include "models/store/Query.h"

#include <QTest>
#include <QTimeZone>
#include <random>
#include <set>

using namespace mailward;
using namespace std::string_literals;

namespace {

/// The same questions answered the slow way: no masks, no chunks, no cells.
class Reference
{
public:
    Reference(const std::vector<Event>& events, Filter filter) : m_events(events), m_filter(std::move(filter)) {}

    /// `ignored`: the field whose terms do not count; `ignoreTime` likewise.
    [[nodiscard]] bool passes(const Event& event, std::optional<FilterField> ignored, bool ignoreTime) const
    {
        if (!ignoreTime
            && ((m_filter.after && event.time < *m_filter.after) || (m_filter.before && event.time >= *m_filter.before))) {
            return false;
        }
        std::map<FilterField, bool> wanted; // field -> one of its alternatives fits
        for (const FilterTerm& term : m_filter.terms) {
            if (ignored && term.field == *ignored) {
                continue;
            }
            const bool hit = matches(event, term);
            if (term.negate ? hit : (term.field == FilterField::Word && !hit)) {
                return false;
            }
            if (!term.negate) {
                wanted[term.field] = wanted[term.field] || hit;
            }
        }
        return std::all_of(wanted.begin(), wanted.end(), [](const auto& item) { return item.second; });
    }

    [[nodiscard]] static bool matches(const Event& event, const FilterTerm& term)
    {
        const AddressFacts facts = event.ip ? factsOf(*event.ip) : AddressFacts{};
        switch (term.field) {
        case FilterField::Word: {
            const auto lower = [](std::string text) {
                std::transform(text.begin(), text.end(), text.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
                return text;
            };
            return lower(event.account).find(lower(term.value)) != std::string::npos
                   || (event.ip && event.ip->toString().find(lower(term.value)) != std::string::npos);
        }
        case FilterField::Address:
        case FilterField::Network: return term.value.empty() ? !event.ip : event.ip && Prefix::parse(term.value)->contains(*event.ip);
        case FilterField::Asn: return event.ip && std::to_string(facts.asn) == term.value;
        case FilterField::Country:
            return event.ip && (term.value == "??" ? facts.country == kNoCountry && facts.cls == AddressClass::Public
                                                   : term.value == countryText(facts.country));
        case FilterField::AddressKind: return event.ip && term.value == addressClassName(facts.cls);
        case FilterField::Account: return event.account.empty() ? term.value.empty() : matchesPattern(event.account, term.value);
        case FilterField::Service: return term.value == serviceName(event.service);
        case FilterField::Server: return matchesPattern(event.server, term.value);
        case FilterField::Kind: return term.value == eventKindName(event.kind);
        case FilterField::Outcome: return term.value == (event.outcome == Outcome::None ? "none" : outcomeName(event.outcome));
        }
        return false;
    }

    [[nodiscard]] static std::optional<std::string> keyOf(const Event& event, Group group, const QTimeZone& zone)
    {
        const bool byAddress = group <= Group::Country;
        if (byAddress && !event.ip) {
            return std::nullopt;
        }
        switch (group) {
        case Group::Address: return event.ip->toString();
        case Group::Network: return Prefix(*event.ip, event.ip->isV4() ? 24 : 64).toString();
        case Group::Asn: return std::to_string(factsOf(*event.ip).asn);
        case Group::Country:
            return factsOf(*event.ip).cls == AddressClass::Public ? std::optional(std::string(countryText(factsOf(*event.ip).country)))
                                                                  : std::nullopt;
        case Group::Account: return event.account.empty() ? std::nullopt : std::optional(event.account);
        case Group::Service: return std::string(serviceName(event.service));
        case Group::Server: return event.server;
        case Group::HourOfWeek: {
            const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMicros(event.time) / 1000, zone);
            return std::to_string((local.date().dayOfWeek() - 1) * 24 + local.time().hour());
        }
        }
        return std::nullopt;
    }

    struct Sums {
        std::uint64_t failed = 0, succeeded = 0, events = 0;
        Instant first = Instant::max(), last = Instant::min();
        std::set<std::string> addresses, accounts;
    };

    [[nodiscard]] std::map<std::string, Sums> group(Group group, bool crossfilter, const QTimeZone& zone) const
    {
        static const std::map<Group, FilterField> own{{Group::Address, FilterField::Address}, {Group::Network, FilterField::Network},
                                                      {Group::Asn, FilterField::Asn}, {Group::Country, FilterField::Country},
                                                      {Group::Account, FilterField::Account}, {Group::Service, FilterField::Service},
                                                      {Group::Server, FilterField::Server}};
        const auto field = own.find(group);
        std::map<std::string, Sums> sums;
        for (const Event& event : m_events) {
            const auto key = keyOf(event, group, zone);
            if (!key || !passes(event, crossfilter && field != own.end() ? std::optional(field->second) : std::nullopt, false)) {
                continue;
            }
            Sums& sum = sums[*key];
            sum.failed += event.outcome == Outcome::Failure ? event.attempts : 0;
            sum.succeeded += event.outcome == Outcome::Success ? event.attempts : 0;
            ++sum.events;
            sum.first = std::min(sum.first, event.time);
            sum.last = std::max(sum.last, event.time);
            if (event.ip) {
                sum.addresses.insert(event.ip->toString());
                if (!event.account.empty()) {
                    sum.accounts.insert(event.account);
                }
            }
        }
        return sums;
    }

private:
    const std::vector<Event>& m_events;
    Filter m_filter;
};

/// As most logs are: in order of time but for a server whose lines come late, and more addresses and accounts than lie near at hand.
std::vector<Event> manyMeetMany(std::size_t count)
{
    std::vector<Event> events = randomEvents(count, 9);
    std::mt19937 random(9);
    const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t host = pick(40) == 0 ? pick(9000) : pick(700); // some meet again and again
        events[i].ip = pick(50) == 0 ? std::optional<IpAddress>() : IpAddress::fromV4(((1 + host % 9) << 24U) + host);
        events[i].account = pick(30) == 0 ? std::string() : "u" + std::to_string(pick(4) == 0 ? pick(5000) : host % 60);
        const std::int64_t late = i > count / 2 && i < count / 2 + 900 ? -4000 : 0;
        events[i].time = kStart + std::chrono::seconds(static_cast<std::int64_t>(i) + late);
    }
    return events;
}

const std::vector<Group> kAllGroups{Group::Address, Group::Network, Group::Asn, Group::Country, Group::Account,
                                    Group::Service, Group::Server, Group::HourOfWeek};

} // namespace

class TestStoreQuery : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void agreesWithTheSlowWay_data();
    void agreesWithTheSlowWay();
    void randomFiltersAgreeWithTheSlowWay();
    void severalChunksAgreeWithTheSlowWay();
    void manyAddressesMeetManyAccounts();
    void pairsAreThrownOutOnlyWhenRepeated();
    void histogramCountsEverythingOnce();
    void pagesAreInOrder_data();
    void pagesAreInOrder();
    void sortsBy_data();
    void sortsBy();
    void findsRowsOfOne();
    void emptyDataAnswersEmpty();
    void memoryPerEventIsSmall();

private:
    void compare(const std::vector<Event>& events, const QString& text, bool crossfilter, int threads);


    std::vector<Event> m_events;
    EventColumns m_columns{factsOf};
    std::shared_ptr<const ColumnsSnapshot> m_data;
};

void TestStoreQuery::initTestCase()
{
    // More than one chunk, appended in uneven batches.
    m_events = randomEvents(kChunkRows + 9000, 1);
    std::size_t at = 0;
    for (const std::size_t size : {1UL, 700UL, 40'000UL, 30'000UL, m_events.size()}) {
        const std::size_t end = std::min(at + size, m_events.size());
        m_columns.append({m_events.begin() + static_cast<std::ptrdiff_t>(at), m_events.begin() + static_cast<std::ptrdiff_t>(end)});
        at = end;
    }
    m_data = m_columns.snapshot();
    QCOMPARE(m_data->rows(), m_events.size());
}

void TestStoreQuery::compare(const std::vector<Event>& events, const QString& text, bool crossfilter, int threads)
{
    EventColumns columns(factsOf);
    // In uneven batches, so that chunks are crossed in the middle of one.
    for (std::size_t at = 0; at < events.size(); at += 3700) {
        columns.append({events.begin() + static_cast<std::ptrdiff_t>(at),
                        events.begin() + static_cast<std::ptrdiff_t>(std::min(at + 3700, events.size()))});
    }
    const Filter filter = filterOf(text);
    const QTimeZone zone("Europe/Berlin");
    const Reference reference(events, filter);
    QuerySpec spec;
    spec.groups = kAllGroups;
    spec.topN = 0;
    spec.crossfilter = crossfilter;
    spec.threads = threads;
    spec.zone = &zone;
    const QueryResult result = runQuery(*columns.snapshot(), filter, spec);
    for (const Group group : kAllGroups) {
        const auto expected = reference.group(group, crossfilter, zone);
        const GroupResult* got = result.group(group);
        QVERIFY(got);
        const std::string what = text.toStdString() + " by " + std::string(groupName(group));
        QVERIFY2(got->rows.size() == expected.size() && got->total == expected.size(), what.c_str());
        for (const GroupRow& row : got->rows) {
            const auto at = expected.find(row.label);
            QVERIFY2(at != expected.end(), what.c_str());
            const auto& sums = at->second;
            const bool same = row.failed == sums.failed && row.succeeded == sums.succeeded && row.events == sums.events
                              && row.first == sums.first && row.last == sums.last;
            QVERIFY2(same, what.c_str());
            if (group <= Group::Country) {
                QVERIFY2(row.accounts == sums.accounts.size(), what.c_str());
            }
            if (group <= Group::Account) {
                QVERIFY2(row.addresses == sums.addresses.size(), what.c_str());
            }
        }
    }
    std::uint64_t passing = 0;
    for (const Event& event : events) {
        passing += reference.passes(event, std::nullopt, false) ? 1U : 0U;
    }
    QCOMPARE(result.totals.events, passing);
    std::array<std::uint64_t, kSeriesCount> binned{};
    for (const auto& bin : result.histogram.bins) {
        std::transform(bin.begin(), bin.end(), binned.begin(), binned.begin(), std::plus<>());
    }
    std::array<std::uint64_t, kSeriesCount> expected{};
    for (const Event& event : events) {
        const auto series = seriesOf(verdictOf(event.kind, event.outcome));
        if (series && reference.passes(event, std::nullopt, crossfilter)) {
            expected[static_cast<std::size_t>(*series)] += *series <= Series::Success ? event.attempts : 1;
        }
    }
    QVERIFY2(binned == expected, qPrintable(text));
}

void TestStoreQuery::agreesWithTheSlowWay_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"", "country:CN", "country:CN country:IN", "-country:CN", "country:??", "class:private", "asn:4001", "ip:3.0.1.7",
          "ip:3.0.1.0/24", "net:3.0.0.0/16 ip:3.0.1.7", "ip:2001:db8::3", "ip:\"\"", "account:bob*", "account:*", "account:\"\"",
          "account:a\\*b", "account:\\xff*", "service:imap -server:mx1", "kind:sent", "outcome:none", "bob", "bob -bobby", "1.2 b",
          "after:-3d before:-1d country:CN outcome:failure account:bob* service:imap", "after:2027-01-01", "server:mx*"}) {
        QTest::newRow(*text ? text : "everything") << QString::fromUtf8(text);
    }
}

void TestStoreQuery::agreesWithTheSlowWay()
{
    QFETCH(QString, text);
    const auto few = randomEvents(6000, 3);
    compare(few, text, false, 2);
    compare(few, text, true, 1);
}

void TestStoreQuery::randomFiltersAgreeWithTheSlowWay()
{
    std::mt19937 random(77);
    const QStringList words{QStringLiteral("country:CN"), QStringLiteral("country:??"), QStringLiteral("asn:4002"), QStringLiteral("asn:0"),
                            QStringLiteral("ip:4.0.0.0/8"), QStringLiteral("ip:5.0.0.3"), QStringLiteral("net:4.0.2.0/24"),
                            QStringLiteral("account:bob*"), QStringLiteral("account:\"\""), QStringLiteral("account:alice"),
                            QStringLiteral("service:ssh"), QStringLiteral("service:smtp"), QStringLiteral("server:mx2"),
                            QStringLiteral("kind:auth-failure"), QStringLiteral("outcome:success"), QStringLiteral("class:public"),
                            QStringLiteral("b"), QStringLiteral("\"1\"")};
    const auto few = randomEvents(6000, 4);
    for (int round = 0; round < 50; ++round) {
        QStringList parts;
        for (auto i = 1 + random() % 4; i > 0; --i) {
            parts << (random() % 3 == 0 ? QStringLiteral("-") : QString()) + words[static_cast<qsizetype>(random() % 18)];
        }
        if (random() % 2 == 0) {
            parts << QStringLiteral("after:-%1h").arg(random() % 120);
        }
        compare(few, parts.join(QLatin1Char(' ')), random() % 2 == 0, 1 + static_cast<int>(random() % 3));
    }
}

void TestStoreQuery::severalChunksAgreeWithTheSlowWay()
{
    compare(m_events, QStringLiteral("after:-3d country:CN outcome:failure account:bob*"), true, 2);
    compare(m_events, QStringLiteral("account:alice"), false, 2);
    // What the sealed chunk's rows are looked up by: a few addresses or accounts, some of which only a bare word names.
    const std::vector<Event> few = fewKinds(m_events);
    for (const char* text : {"ip:3.0.1.0/29", "2001:db8::", "2001:db8:: -alice", "alice 2001", "1.2.3.4", "-alice -bob", "country:CN service:imap", "alice outcome:failure"}) {
        compare(few, QString::fromUtf8(text), false, 2);
    }
}

void TestStoreQuery::manyAddressesMeetManyAccounts()
{
    const auto events = manyMeetMany(15'000);
    compare(events, QString(), true, 2);
    compare(events, QStringLiteral("account:u1* country:CN after:-5d"), true, 2);
    compare(events, QStringLiteral("ip:3.0.0.0/8 -account:u7"), false, 1);
}

void TestStoreQuery::pairsAreThrownOutOnlyWhenRepeated()
{
    EventColumns columns(factsOf);
    columns.append(manyMeetMany(60'000));
    const auto data = columns.snapshot();
    QuerySpec spec;
    spec.bins = 0;
    spec.topN = 0;
    spec.groups = {Group::Address, Group::Network, Group::Asn, Group::Country, Group::Account};
    const QueryResult expected = runQuery(*data, {}, spec);
    const FilterMask mask(*data, {});
    std::vector<PairsSeen> threads;
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back(data->addressCount(), data->accountCount(), 1); // no room: they are thrown out all the time
    }
    for (RowId row = 0; row < data->rows(); ++row) {
        const ChunkView& chunk = data->chunks()[row / kChunkRows];
        const std::uint32_t at = row % kChunkRows;
        threads[row / 1000 % 2].note(std::min(chunk.fixed->address[at], data->addressCount()), std::min(chunk.amendable->account[at], data->accountCount()),
                                     chunk.fixed->time[at], 0);
    }
    threads[0].take(threads[1]);
    std::vector<GroupResult> got = expected.groups;
    for (GroupResult& group : got) {
        for (GroupRow& row : group.rows) {
            row.first = row.last = {};
            (group.group == Group::Account ? row.addresses : row.accounts) = 0;
        }
    }
    threads[0].fill(*data, mask, spec, got);
    for (std::size_t i = 0; i < got.size(); ++i) {
        QVERIFY(got[i].rows == expected.groups[i].rows);
    }
}

void TestStoreQuery::histogramCountsEverythingOnce()
{
    for (const int bins : {1, 7, 60}) {
        QuerySpec spec;
        spec.bins = bins;
        const QueryResult result = runQuery(*m_data, {}, spec);
        QVERIFY(static_cast<int>(result.histogram.bins.size()) <= bins);
        QVERIFY(!result.histogram.bins.empty());
        for (std::size_t bin = 0; bin < result.histogram.bins.size(); ++bin) {
            const Instant begin = result.histogram.begin + result.histogram.binWidth * static_cast<std::int64_t>(bin);
            std::array<std::uint64_t, kSeriesCount> expected{};
            for (const Event& event : m_events) {
                const auto series = seriesOf(verdictOf(event.kind, event.outcome));
                if (series && event.time >= begin && event.time < begin + result.histogram.binWidth) {
                    expected[static_cast<std::size_t>(*series)] += *series <= Series::Success ? event.attempts : 1;
                }
            }
            QVERIFY(result.histogram.bins[bin] == expected);
        }
    }
}

void TestStoreQuery::pagesAreInOrder_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("everything") << QString();
    QTest::newRow("one account") << QStringLiteral("account:alice outcome:failure");
    QTest::newRow("a day") << QStringLiteral("after:-3d before:-2d");
    QTest::newRow("nothing") << QStringLiteral("account:nobody");
}

void TestStoreQuery::pagesAreInOrder()
{
    QFETCH(QString, text);
    const Filter filter = filterOf(text);
    const Reference reference(m_events, filter);
    std::vector<Instant> times;
    for (const Event& event : m_events) {
        if (reference.passes(event, std::nullopt, false)) {
            times.push_back(event.time);
        }
    }
    std::sort(times.begin(), times.end());
    for (const bool newestFirst : {false, true}) {
        std::set<RowId> rows;
        std::vector<Instant> got;
        for (std::uint64_t offset = 0; offset < times.size() + 1; offset += 10'000) {
            QuerySpec spec;
            spec.bins = 0;
            spec.newestFirst = newestFirst;
            spec.pageOffset = offset;
            spec.pageLimit = 10'000;
            const EventPage page = runQuery(*m_data, filter, spec).page;
            QCOMPARE(page.total, times.size());
            for (const EventRow& row : page.rows) {
                rows.insert(row.row);
                got.push_back(row.event.time);
            }
        }
        if (newestFirst) {
            std::reverse(got.begin(), got.end());
        }
        QVERIFY(got == times);
        QCOMPARE(rows.size(), times.size());
    }
}

void TestStoreQuery::sortsBy_data()
{
    QTest::addColumn<int>("sort");
    for (const GroupSort sort : {GroupSort::Failed, GroupSort::Succeeded, GroupSort::Events, GroupSort::First, GroupSort::Last,
                                 GroupSort::Addresses, GroupSort::Accounts}) {
        QTest::addRow("%d", static_cast<int>(sort)) << static_cast<int>(sort);
    }
}

void TestStoreQuery::sortsBy()
{
    QFETCH(int, sort);
    const auto key = [&](const GroupRow& row) -> std::int64_t {
        switch (static_cast<GroupSort>(sort)) {
        case GroupSort::Failed: return static_cast<std::int64_t>(row.failed);
        case GroupSort::Succeeded: return static_cast<std::int64_t>(row.succeeded);
        case GroupSort::Events: return static_cast<std::int64_t>(row.events);
        case GroupSort::First: return toMicros(row.first);
        case GroupSort::Last: return toMicros(row.last);
        case GroupSort::Addresses: return static_cast<std::int64_t>(row.addresses);
        case GroupSort::Accounts: return static_cast<std::int64_t>(row.accounts);
        }
        return 0;
    };
    for (const bool ascending : {false, true}) {
        QuerySpec spec;
        spec.bins = 0;
        spec.groups = kAllGroups;
        spec.ascending = ascending;
        spec.topN = 0;
        for (const Group group : kAllGroups) {
            spec.sort[group] = static_cast<GroupSort>(sort);
        }
        const QueryResult all = runQuery(*m_data, {}, spec);
        spec.topN = 5;
        spec.details = false;
        const QueryResult top = runQuery(*m_data, {}, spec);
        for (std::size_t g = 0; g < all.groups.size(); ++g) {
            const auto& rows = all.groups[g].rows;
            QVERIFY(std::is_sorted(rows.begin(), rows.end(), [&](const GroupRow& a, const GroupRow& b) {
                return ascending ? key(a) < key(b) : key(a) > key(b);
            }));
            QCOMPARE(top.groups[g].total, rows.size());
            QCOMPARE(top.groups[g].rows.size(), std::min<std::size_t>(5, rows.size()));
            for (std::size_t i = 0; i < top.groups[g].rows.size(); ++i) {
                QCOMPARE(top.groups[g].rows[i].id, rows[i].id);
            }
        }
    }
}

void TestStoreQuery::findsRowsOfOne()
{
    const IpAddress ip = *IpAddress::parse("3.0.1.7");
    const AddressId id = m_data->findAddress(ip);
    QVERIFY(id.isValid());
    const auto rows = m_data->rowsOfAddress(id);
    const auto expected = std::count_if(m_events.begin(), m_events.end(), [&](const Event& e) { return e.ip == ip; });
    QCOMPARE(static_cast<std::ptrdiff_t>(rows.size()), expected);
    for (const RowId row : rows) {
        QVERIFY(m_data->event(row).ip == ip);
    }
    QVERIFY(!m_data->findAddress(*IpAddress::parse("99.9.9.9")).isValid());
}

void TestStoreQuery::emptyDataAnswersEmpty()
{
    QuerySpec spec;
    spec.groups = kAllGroups;
    spec.pageOffset = 0;
    spec.crossfilter = true;
    const QueryResult result = runQuery(*EventColumns().snapshot(), filterOf(QStringLiteral("bob country:CN after:-6h")), spec);
    QCOMPARE(result.totals, Totals{});
    QVERIFY(result.histogram.bins.empty());
    for (const GroupResult& group : result.groups) {
        QVERIFY(group.rows.empty());
    }
}

void TestStoreQuery::memoryPerEventIsSmall()
{
    const double perEvent = static_cast<double>(sizeof(FixedColumns) + sizeof(AmendableColumns)) / kChunkRows + 2 * sizeof(std::uint16_t);
    QVERIFY2(perEvent <= 48, qPrintable(QString::number(perEvent)));
}

QTEST_GUILESS_MAIN(TestStoreQuery)
#include "tst_StoreQuery.moc"
