// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/Event.h"
#include "models/core/IpAddress.h"
#include "models/core/Parallel.h"
#include "models/core/Time.h"
#include "models/core/UntrustedText.h"

#include <QTest>
#include <algorithm>
#include <numeric>
#include <random>
#include <stdexcept>

using namespace mailward;
using namespace std::string_literals;

class TestCore : public QObject
{
    Q_OBJECT

private slots:
    void readsAddresses_data();
    void readsAddresses();
    void refusesWhatIsNoAddress_data();
    void refusesWhatIsNoAddress();
    void addressTextRoundTrips();
    void prefixClearsHostBitsAndContains();
    void prefixNeverCrossesFamilies();
    void orderAndPrefixGoByBits();
    void readsTimes_data();
    void readsTimes();
    void refusesWhatIsNoTime_data();
    void refusesWhatIsNoTime();
    void timeTextRoundTrips();
    void showsHostileTextEscaped_data();
    void showsHostileTextEscaped();
    void htmlHasNoMarkup();
    void csvHasNoFormula_data();
    void csvHasNoFormula();
    void jsonKeepsEveryByteReadable();
    void namesRoundTrip();
    void stretchesAreEveryThingOnceInOrder();
    void aStretchThatFailsIsTheCallersFailure();
};

void TestCore::readsAddresses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("canonical");
    QTest::newRow("v4") << QByteArray("203.0.113.9") << QByteArray("203.0.113.9");
    QTest::newRow("v4 mapped") << QByteArray("::ffff:203.0.113.9") << QByteArray("203.0.113.9");
    QTest::newRow("v4 mapped hex") << QByteArray("::ffff:cb00:7109") << QByteArray("203.0.113.9");
    QTest::newRow("v6 upper case") << QByteArray("2001:DB8:0:0:0:0:0:1") << QByteArray("2001:db8::1");
    QTest::newRow("v6 any") << QByteArray("::") << QByteArray("::");
    QTest::newRow("v6 loopback") << QByteArray("::1") << QByteArray("::1");
    QTest::newRow("v6 tail gap") << QByteArray("2001:db8::") << QByteArray("2001:db8::");
    QTest::newRow("one zero group is not cut") << QByteArray("2001:db8:0:1:1:1:1:1") << QByteArray("2001:db8:0:1:1:1:1:1");
    QTest::newRow("first of equal runs") << QByteArray("1:0:0:2:0:0:3:4") << QByteArray("1::2:0:0:3:4");
}

void TestCore::readsAddresses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, canonical);
    const auto address = IpAddress::parse(text.toStdString());
    QVERIFY(address);
    QCOMPARE(QByteArray::fromStdString(address->toString()), canonical);
}

void TestCore::refusesWhatIsNoAddress_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto texts = {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4:25", "0x1.2.3.4",
                        "1..2.3", "::1%eth0", "[::1]", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":1::2", "1:2:3:4:5:6:7:",
                        "12345::", "g::", "::1.2.3", "1.2.3.4::", "1.2.3.4::5", "mail.example.org", "999.1.1.1", "1:2:3:4:5:6:7::8",
                        "-1.2.3.4", "+1.2.3.4", "1.2.3.4\n"};
    for (const char* text : texts) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void TestCore::refusesWhatIsNoAddress()
{
    QFETCH(QByteArray, text);
    QVERIFY(!IpAddress::parse(text.toStdString()));
}

void TestCore::addressTextRoundTrips()
{
    std::mt19937 random(7);
    for (int i = 0; i < 20000; ++i) {
        IpAddress::Bytes bytes{};
        for (auto& byte : bytes) {
            byte = (random() % 3 == 0) ? static_cast<std::uint8_t>(random()) : std::uint8_t{0};
        }
        const auto address = i % 2 == 0 ? IpAddress::fromBytes(bytes) : IpAddress::fromV4(static_cast<std::uint32_t>(random()));
        QCOMPARE(IpAddress::parse(address.toString()), std::optional(address));
    }
}

void TestCore::prefixClearsHostBitsAndContains()
{
    const auto prefix = Prefix::parse("203.0.113.77/27");
    QVERIFY(prefix);
    QCOMPARE(prefix->toString(), "203.0.113.64/27"s);
    QVERIFY(prefix->contains(*IpAddress::parse("203.0.113.95")));
    QVERIFY(!prefix->contains(*IpAddress::parse("203.0.113.96")));
    QCOMPARE(prefix->last().toString(), "203.0.113.95"s);
    QVERIFY(Prefix::parse("203.0.113.0/24")->contains(*prefix));
    QVERIFY(!prefix->contains(*Prefix::parse("203.0.113.0/24")));
    QCOMPARE(Prefix::parse("2001:db8:1:2:3::/48")->toString(), "2001:db8:1::/48"s);
    QCOMPARE(Prefix::parse("198.51.100.7")->toString(), "198.51.100.7"s);
    for (const char* bad : {"1.2.3.4/33", "1.2.3.4/", "1.2.3.4/-1", "1.2.3.4/+8", "1.2.3.4/8 ", "::/129", "/8"}) {
        QVERIFY2(!Prefix::parse(bad), bad);
    }
}

void TestCore::prefixNeverCrossesFamilies()
{
    QVERIFY(!Prefix::parse("::/0")->contains(*IpAddress::parse("192.0.2.1")));
    QVERIFY(!Prefix::parse("0.0.0.0/0")->contains(*IpAddress::parse("2001:db8::1")));
    QVERIFY(Prefix::parse("0.0.0.0/0")->contains(*IpAddress::parse("192.0.2.1")));
}

void TestCore::orderAndPrefixGoByBits()
{
    std::mt19937_64 random(11);
    for (int i = 0; i < 2000; ++i) {
        IpAddress::Bytes bytes{};
        std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<std::uint8_t>(random()); });
        const IpAddress a = i % 2 == 0 ? IpAddress::fromV4(static_cast<std::uint32_t>(random())) : IpAddress::fromBytes(bytes);
        auto other = a.bytes();
        const std::size_t flipped = a.isV4() ? 96 + random() % 32 : random() % 128;
        other[flipped / 8] ^= static_cast<std::uint8_t>(0x80U >> flipped % 8);
        const IpAddress b = IpAddress::fromBytes(other);
        QCOMPARE(a < b, a.bytes() < other);
        QVERIFY(a != b && (a < b) != (b < a));
        const int length = static_cast<int>(random() % (static_cast<unsigned>(a.bits()) + 1));
        const Prefix prefix(a, length);
        QVERIFY(prefix.contains(a) && prefix.contains(prefix.last()) && !(prefix.last() < a) && !(a < prefix.address()));
        for (int bit = 0; bit < a.bits(); ++bit) {
            QCOMPARE(prefix.address().bit(bit), bit < length && a.bit(bit));
            QCOMPARE(prefix.last().bit(bit), bit >= length || a.bit(bit));
        }
        if (a.isV4() == b.isV4()) {
            QCOMPARE(prefix.contains(b), length <= static_cast<int>(flipped) - (a.isV4() ? 96 : 0));
        }
    }
}

void TestCore::readsTimes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("utc");
    QTest::newRow("utc") << QByteArray("2026-11-23T14:42:34Z") << QByteArray("2026-11-23T14:42:34.000000Z");
    QTest::newRow("offset and micros") << QByteArray("2026-11-23T14:42:34.514157+05:30") << QByteArray("2026-11-23T09:12:34.514157Z");
    QTest::newRow("basic offset, blank") << QByteArray("2026-01-01 00:30:00,5+0100") << QByteArray("2025-12-31T23:30:00.500000Z");
    QTest::newRow("nanoseconds are cut") << QByteArray("2024-02-29T00:00:00.123456789Z") << QByteArray("2024-02-29T00:00:00.123456Z");
    QTest::newRow("leap second") << QByteArray("2016-12-31T23:59:60Z") << QByteArray("2017-01-01T00:00:00.000000Z");
}

void TestCore::readsTimes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, utc);
    const auto at = parseRfc3339(text.toStdString());
    QVERIFY(at);
    QCOMPARE(QByteArray::fromStdString(formatRfc3339(*at)), utc);
}

void TestCore::refusesWhatIsNoTime_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-23", "2026-11-23T24:00:00Z", "2026-11-23T14:42:34",
                             "2026-11-23T14:42:34.Z", "2026-11-23T14:42:34Zx", "2026-11-23T14:42:34+24:00", "26-11-23T14:42:34Z"}) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void TestCore::refusesWhatIsNoTime()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseRfc3339(text.toStdString()));
}

void TestCore::timeTextRoundTrips()
{
    std::mt19937_64 random(11);
    for (int i = 0; i < 20000; ++i) {
        const auto at = fromMicros(static_cast<std::int64_t>(random() % 4'000'000'000'000'000ULL));
        QCOMPARE(parseRfc3339(formatRfc3339(at)), std::optional(at));
    }
}

void TestCore::showsHostileTextEscaped_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QByteArray("alice@example.org") << QStringLiteral("alice@example.org");
    QTest::newRow("umlaut") << QByteArray("j\xC3\xB6rg") << QStringLiteral("jörg");
    QTest::newRow("right-to-left override") << QByteArray("a\xE2\x80\xAE") << QStringLiteral("a⟨U+202E⟩");
    QTest::newRow("zero width space") << QByteArray("a\xE2\x80\x8B") << QStringLiteral("a⟨U+200B⟩");
    QTest::newRow("escape") << QByteArray("\x1b[2J") << QStringLiteral("⟨U+001B⟩[2J");
    QTest::newRow("newline") << QByteArray("a\nb") << QStringLiteral("a⟨U+000A⟩b");
    QTest::newRow("no-break space") << QByteArray("a\xC2\xA0") << QStringLiteral("a⟨U+00A0⟩");
    QTest::newRow("not utf-8") << QByteArray("a\xFF\xC3") << QStringLiteral("a\\xff\\xc3");
    QTest::newRow("overlong slash") << QByteArray("\xC0\xAF") << QStringLiteral("\\xc0\\xaf");
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QStringLiteral("\\xed\\xa0\\x80");
    QTest::newRow("tag") << QByteArray("\xF3\xA0\x80\xA1") << QStringLiteral("⟨U+E0021⟩");
    QTest::newRow("nul") << QByteArray("a\0b", 3) << QStringLiteral("a⟨U+0000⟩b");
}

void TestCore::showsHostileTextEscaped()
{
    QFETCH(QByteArray, raw);
    QFETCH(QString, shown);
    QCOMPARE(UntrustedText(raw.toStdString()).plain(), shown);
    QCOMPARE(UntrustedText(std::string(9000, 'x')).plain().size(), 257);
}

void TestCore::htmlHasNoMarkup()
{
    const QString html = UntrustedText("<img src='x' onerror=\"y\">&"s).html();
    for (const char c : {'<', '>', '"', '\''}) {
        QVERIFY(!html.contains(QLatin1Char(c)));
    }
    QCOMPARE(html, QStringLiteral("&lt;img src=&#39;x&#39; onerror=&quot;y&quot;&gt;&amp;"));
}

void TestCore::csvHasNoFormula_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QString>("field");
    QTest::newRow("formula") << QByteArray("=1+1") << QStringLiteral("\"'=1+1\"");
    QTest::newRow("blank before") << QByteArray(" @SUM(A1)") << QStringLiteral("\"' @SUM(A1)\"");
    QTest::newRow("full width") << QByteArray("\xEF\xBC\x9D" "1") << QStringLiteral("\"'＝1\"");
    QTest::newRow("quote") << QByteArray("a\"b,c") << QStringLiteral("\"a\"\"b,c\"");
    QTest::newRow("tab") << QByteArray("\t=1") << QStringLiteral("\"⟨U+0009⟩=1\"");
}

void TestCore::csvHasNoFormula()
{
    QFETCH(QByteArray, raw);
    QFETCH(QString, field);
    QCOMPARE(UntrustedText(raw.toStdString()).csv(), field);
}

void TestCore::jsonKeepsEveryByteReadable()
{
    QCOMPARE(UntrustedText("a\xFF\nb"s).json(), QStringLiteral("a\\xff\nb"));
}

void TestCore::namesRoundTrip()
{
    for (int i = 0; i < kServiceCount; ++i) {
        QCOMPARE(serviceFromName(serviceName(static_cast<Service>(i))), std::optional(static_cast<Service>(i)));
    }
    for (int i = 0; i < kEventKindCount; ++i) {
        QCOMPARE(eventKindFromName(eventKindName(static_cast<EventKind>(i))), std::optional(static_cast<EventKind>(i)));
    }
    QVERIFY(!serviceFromName("gopher"));
}

void TestCore::stretchesAreEveryThingOnceInOrder()
{
    for (const std::size_t count : {0U, 1U, 2U, 3U, 7U, 100U, 1001U}) {
        for (const std::size_t stretches : {1U, 2U, 3U, 4U, 9U}) {
            const auto parts = inStretches(count, stretches, [](std::size_t begin, std::size_t end) {
                std::vector<std::size_t> part(end - begin);
                std::iota(part.begin(), part.end(), begin);
                return part;
            });
            QCOMPARE(parts.size(), stretches);
            std::size_t next = 0;
            for (const std::vector<std::size_t>& part : parts) {
                for (const std::size_t thing : part) {
                    QCOMPARE(thing, next++);
                }
            }
            QCOMPARE(next, count);
        }
    }
    QCOMPARE(stretchesOf(99, 100), std::size_t{1}); // too few for a thread
    QVERIFY(stretchesOf(1'000'000, 100) <= 4);
}

void TestCore::aStretchThatFailsIsTheCallersFailure()
{
    for (const std::size_t bad : {0U, 5U, 11U}) { // in a thread's stretch, and in the caller's own
        const auto work = [&](std::size_t begin, std::size_t end) {
            if (begin <= bad && bad < end) {
                throw std::runtime_error("bad");
            }
            return end - begin;
        };
        QVERIFY_EXCEPTION_THROWN(std::ignore = inStretches(12, 3, work), std::runtime_error);
    }
}

QTEST_GUILESS_MAIN(TestCore)
#include "tst_Core.moc"
