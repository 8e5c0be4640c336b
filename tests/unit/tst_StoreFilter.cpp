// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/Filter.h"

#include <QTest>
#include <random>

using namespace mailward;
using namespace std::string_literals;

namespace {

const Instant kNow = *parseRfc3339("2026-11-23T12:00:00Z");

} // namespace

class TestStoreFilter : public QObject
{
    Q_OBJECT

private slots:
    void readsTerms_data();
    void readsTerms();
    void readsTimes_data();
    void readsTimes();
    void pointsAtTheWrongWord_data();
    void pointsAtTheWrongWord();
    void textRoundTrips_data();
    void textRoundTrips();
    void randomFiltersRoundTrip();
    void randomTextNeverBreaks();
    void matchesPatterns_data();
    void matchesPatterns();
    void longPatternsAreNotSlow();
    void escapedNameMatchesOnlyItself();
};

void TestStoreFilter::readsTerms_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("negate");
    const auto row = [](const char* text, FilterField field, const QByteArray& value, bool negate = false) {
        QTest::newRow(text) << QString::fromUtf8(text) << static_cast<int>(field) << value << negate;
    };
    row("country:CN", FilterField::Country, "CN");
    row("country:cn", FilterField::Country, "CN");
    row("country:??", FilterField::Country, "??");
    row("-country:IN", FilterField::Country, "IN", true);
    row("outcome:failure", FilterField::Outcome, "failure");
    row("account:bob*", FilterField::Account, "bob*");
    row("account:\"\"", FilterField::Account, "");
    row("account:\"two words\"", FilterField::Account, "two words");
    row("account:\"a \"\"b\"\"\"", FilterField::Account, "a \"b\"");
    row("account:\\xff\\x2a", FilterField::Account, "\xff\\*");
    row("account:müller", FilterField::Account, "m\xc3\xbcller");
    row("ip:203.0.113.77", FilterField::Address, "203.0.113.77");
    row("ip:203.0.113.77/24", FilterField::Address, "203.0.113.0/24");
    row("net:2001:db8::/32", FilterField::Network, "2001:db8::/32");
    row("asn:4134", FilterField::Asn, "4134");
    row("asn:AS4134", FilterField::Asn, "4134");
    row("class:private", FilterField::AddressKind, "private");
    row("service:imap", FilterField::Service, "imap");
    row("server:mx1", FilterField::Server, "mx1");
    row("kind:auth-failure", FilterField::Kind, "auth-failure");
    row("bob", FilterField::Word, "bob");
    row("-bob", FilterField::Word, "bob", true);
    row("\"country:CN\"", FilterField::Word, "country:CN");
    row("203.0.113.9", FilterField::Address, "203.0.113.9");
    row("2001:DB8::1", FilterField::Address, "2001:db8::1");
    row("-198.51.100.0/24", FilterField::Address, "198.51.100.0/24", true);
    row("\"203.0.113.9\"", FilterField::Word, "203.0.113.9");
}

void TestStoreFilter::readsTerms()
{
    QFETCH(QString, text);
    QFETCH(int, field);
    QFETCH(QByteArray, value);
    QFETCH(bool, negate);
    const auto filter = parseFilter(text, kNow);
    QVERIFY2(filter, filter ? "" : qPrintable(filter.error().error.toString()));
    QCOMPARE(filter->terms.size(), std::size_t{1});
    QCOMPARE(static_cast<int>(filter->terms[0].field), field);
    QCOMPARE(QByteArray::fromStdString(filter->terms[0].value), value);
    QCOMPARE(filter->terms[0].negate, negate);
}

void TestStoreFilter::readsTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("before");
    const auto row = [](const char* text, const char* after, const char* before) {
        QTest::newRow(text) << QString::fromUtf8(text) << QByteArray(after) << QByteArray(before);
    };
    row("after:-6h", "2026-11-23T06:00:00.000000Z", "");
    row("after:-90s before:-15m", "2026-11-23T11:58:30.000000Z", "2026-11-23T11:45:00.000000Z");
    row("after:-2d", "2026-11-21T12:00:00.000000Z", "");
    row("after:-1w", "2026-11-16T12:00:00.000000Z", "");
    row("before:2026-11-20", "", "2026-11-20T00:00:00.000000Z");
    row("before:2026-11-20T07:30", "", "2026-11-20T07:30:00.000000Z");
    row("after:2026-11-20T07:30:00+05:30", "2026-11-20T02:00:00.000000Z", "");
    row("after:-2000000000w", "0000-01-01T00:00:00.000000Z", "");
}

void TestStoreFilter::readsTimes()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, before);
    const auto filter = parseFilter(text, kNow);
    QVERIFY(filter);
    const auto shown = [](std::optional<Instant> at) { return at ? QByteArray::fromStdString(formatRfc3339(*at)) : QByteArray(); };
    QCOMPARE(shown(filter->after), after);
    QCOMPARE(shown(filter->before), before);
}

void TestStoreFilter::pointsAtTheWrongWord_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wrong");
    const auto row = [](const char* text, const char* wrong) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(wrong);
    };
    row("country:CN contry:IN", "contry:IN");
    row("country:CHN", "country:CHN");
    row("bob ip:300.1.1.1 alice", "ip:300.1.1.1");
    row("service:gopher", "service:gopher");
    row("outcome:maybe", "outcome:maybe");
    row("kind:x", "kind:x");
    row("class:nice", "class:nice");
    row("asn:", "asn:");
    row("asn:99999999999", "asn:99999999999");
    row("account:", "account:");
    row("after:yesterday", "after:yesterday");
    row("-after:-6h", "-after:-6h");
    row("after:-6h after:-5h", "after:-5h");
    row("x account:\"open", "account:\"open");
    row("after:-6", "after:-6");
    row("müller -", "-");
}

void TestStoreFilter::pointsAtTheWrongWord()
{
    QFETCH(QString, text);
    QFETCH(QString, wrong);
    const auto filter = parseFilter(text, kNow);
    QVERIFY(!filter);
    QCOMPARE(text.mid(filter.error().position, filter.error().length), wrong);
    QVERIFY(!filter.error().error.text.isEmpty());
    QVERIFY(!filter.error().error.hint.isEmpty());
}

void TestStoreFilter::textRoundTrips_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("plain") << QByteArray("bob@example.org");
    QTest::newRow("wildcards") << QByteArray("a*b?c\\d");
    QTest::newRow("looks like an escape") << QByteArray("\\x41");
    QTest::newRow("quotes and blanks") << QByteArray(" \"a\" 'b' ");
    QTest::newRow("markup") << QByteArray("<img src=x onerror=alert(1)>");
    QTest::newRow("not UTF-8") << QByteArray("\xff\xfe*\\");
    QTest::newRow("controls") << QByteArray("a\x00\x1b[2J\r\n", 8);
    QTest::newRow("bidi") << QByteArray("bob\xe2\x80\xaegro.elpmaxe");
    QTest::newRow("umlaut") << QByteArray("m\xc3\xbcller");
    QTest::newRow("emoji") << QByteArray("\xf0\x9f\x94\x92");
    QTest::newRow("minus") << QByteArray("-after:-6h");
    QTest::newRow("sql") << QByteArray("'; DROP TABLE events;--");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("8 kB") << QByteArray(8192, '*');
}

void TestStoreFilter::textRoundTrips()
{
    QFETCH(QByteArray, name);
    for (const FilterField field : {FilterField::Account, FilterField::Server, FilterField::Word}) {
        if (field == FilterField::Word && name.isEmpty()) {
            continue;
        }
        const std::string raw = name.toStdString();
        Filter filter;
        filter.terms.push_back({field, field == FilterField::Word ? raw : escapePattern(raw), true});
        const QString text = filter.toText();
        for (const QChar c : text) {
            QVERIFY2(c.isPrint() || c.isSurrogate() || c == QLatin1Char(' '), "a filter is shown on a chip: nothing in it may be invisible");
        }
        const auto read = parseFilter(text, kNow);
        QVERIFY2(read, qPrintable(text));
        QCOMPARE(*read, filter);
    }
}

void TestStoreFilter::randomFiltersRoundTrip()
{
    std::mt19937 random(20261123);
    const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    const std::vector<std::string> alphabet{"a", "*", "?", "\\", "\"", " ", ":", "-", "\xff", "\xc3\xa9", "\n", "x41", "1.2.3.4", "::"};
    for (int round = 0; round < 2000; ++round) {
        Filter filter;
        for (unsigned terms = pick(5); terms > 0; --terms) {
            std::string name;
            for (unsigned i = 1 + pick(6); i > 0; --i) {
                name += alphabet[pick(static_cast<unsigned>(alphabet.size()))];
            }
            const bool word = pick(3) == 0;
            filter.terms.push_back({word ? FilterField::Word : FilterField::Account, word ? name : escapePattern(name), pick(2) == 0});
        }
        if (pick(2) == 0) {
            filter.after = kNow - std::chrono::microseconds(random());
        }
        if (pick(2) == 0) {
            filter.before = kNow + std::chrono::microseconds(random());
        }
        const auto read = parseFilter(filter.toText(), kNow);
        QVERIFY2(read, qPrintable(filter.toText()));
        QCOMPARE(*read, filter);
    }
}

void TestStoreFilter::randomTextNeverBreaks()
{
    std::mt19937 random(4);
    const QString alphabet = QString::fromUtf8("ab:-\"\\x*? 0123456789./ip country after \u202e\u00fc");
    for (int round = 0; round < 5000; ++round) {
        QString text;
        for (auto i = random() % 40; i > 0; --i) {
            text += alphabet[static_cast<qsizetype>(random() % static_cast<unsigned>(alphabet.size()))];
        }
        const auto filter = parseFilter(text, kNow);
        if (filter) {
            const auto again = parseFilter(filter->toText(), kNow);
            QVERIFY2(again && *again == *filter, qPrintable(text));
        } else {
            QVERIFY(filter.error().position >= 0 && filter.error().length > 0);
            QVERIFY(filter.error().position + filter.error().length <= text.size());
        }
    }
}

void TestStoreFilter::matchesPatterns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<bool>("matches");
    QTest::newRow("same") << QByteArray("bob") << QByteArray("bob") << true;
    QTest::newRow("case") << QByteArray("Bob@Example.ORG") << QByteArray("bob@example.org") << true;
    QTest::newRow("no part") << QByteArray("bobby") << QByteArray("bob") << false;
    QTest::newRow("star") << QByteArray("bob@example.org") << QByteArray("bob*") << true;
    QTest::newRow("star in front") << QByteArray("bob@example.org") << QByteArray("*@example.org") << true;
    QTest::newRow("two stars") << QByteArray("aXbXc") << QByteArray("*x*x*") << true;
    QTest::newRow("falls back") << QByteArray("aab") << QByteArray("*ab") << true;
    QTest::newRow("question mark") << QByteArray("bob") << QByteArray("b?b") << true;
    QTest::newRow("question mark needs one") << QByteArray("bb") << QByteArray("b?b") << false;
    QTest::newRow("escaped star") << QByteArray("a*b") << QByteArray("a\\*b") << true;
    QTest::newRow("escaped star is no wildcard") << QByteArray("axb") << QByteArray("a\\*b") << false;
    QTest::newRow("empty") << QByteArray() << QByteArray() << true;
    QTest::newRow("empty is not anything") << QByteArray("a") << QByteArray() << false;
    QTest::newRow("star takes nothing too") << QByteArray() << QByteArray("*") << true;
}

void TestStoreFilter::matchesPatterns()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, pattern);
    QFETCH(bool, matches);
    QCOMPARE(matchesPattern(text.toStdString(), pattern.toStdString()), matches);
}

void TestStoreFilter::longPatternsAreNotSlow()
{
    std::string pattern;
    for (int i = 0; i < 40; ++i) {
        pattern += "a*";
    }
    QVERIFY(!matchesPattern(std::string(4000, 'a'), pattern + "b")); // exponential matching would never return
}

void TestStoreFilter::escapedNameMatchesOnlyItself()
{
    const std::string name = "a*b?c\\";
    QVERIFY(matchesPattern(name, escapePattern(name)));
    QVERIFY(!matchesPattern("aXb?c\\", escapePattern(name)));
    QVERIFY(!matchesPattern("a*bXc\\", escapePattern(name)));
}

QTEST_GUILESS_MAIN(TestStoreFilter)
#include "tst_StoreFilter.moc"
