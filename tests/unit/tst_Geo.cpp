// SPDX-License-Identifier: GPL-3.0-or-later
// Qt first: moc cannot read libstdc++'s <compare> otherwise.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "models/geo/AsnTable.h"
#include "models/geo/CountryNames.h"
#include "models/geo/GeoDatabase.h"
#include "models/geo/WorldMap.h"
#include "tests/support/MmdbWriter.h"

using namespace mailward;
using test::MmdbWriter;
using Layout = MmdbWriter::Layout;

namespace {

IpAddress ip(const char* literal)
{
    return IpAddress::parse(literal).value();
}

Prefix net(const char* literal)
{
    return Prefix::parse(literal).value();
}

QStringList texts(const std::vector<Prefix>& prefixes)
{
    QStringList out;
    for (const Prefix& prefix : prefixes) {
        out.append(QString::fromStdString(prefix.toString()));
    }
    return out;
}

QString country(const GeoInfo& info)
{
    const std::string_view code = countryText(info.country);
    return QString::fromLatin1(code.data(), static_cast<qsizetype>(code.size()));
}

MmdbWriter sample(Layout layout)
{
    MmdbWriter writer(layout);
    writer.add(net("1.0.0.0/8"), "CN");
    writer.add(net("1.2.3.0/24"), "IN");
    writer.add(net("1.2.4.0/25"), "IN");
    writer.add(net("1.2.4.128/25"), "IN");
    writer.add(net("49.36.0.0/14"), "IN");
    writer.add(net("2400::/12"), "CN");
    writer.add(net("2405:200::/32"), "IN");
    return writer;
}

} // namespace

class TestGeo : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString write(const QString& name, const QByteArray& bytes)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("cannot write %s", qPrintable(path));
        }
        return path;
    }
    QString writeAsn(const QString& name)
    {
        const auto bytes = AsnTable::serialize({{ip("1.2.4.0"), ip("1.2.6.255"), 64500},
                                                {ip("1.2.3.0"), ip("1.2.3.255"), 64500},
                                                {ip("9.0.0.1"), ip("9.0.0.6"), 64501},
                                                {ip("2405:200::"), ip("2405:200:0:ffff:ffff:ffff:ffff:ffff"), 64500},
                                                {ip("255.255.255.0"), ip("255.255.255.255"), 64502}},
                                               {{64500, "Example Telecom"}, {64501, ""}, {64502, "Last, Ltd."}},
                                               fromMicros(1'780'000'000'000'000));
        return write(name, bytes.value());
    }

private slots:
    void addressClasses_data();
    void addressClasses();
    void lookUpInEachLayout_data();
    void lookUpInEachLayout();
    void mappedAddressIsItsIpv4();
    void countryNetworkOfAnAddress();
    void countryPrefixesAreMergedAndComplete();
    void missingFilesAreAState();
    void brokenCountryFiles_data();
    void brokenCountryFiles();
    void mutatedCountryFilesNeverCrash();
    void verifyFindsWhatIsWrong();
    void whereDatabasesDisagreeAllSpeak();
    void networksOfAddresses();
    void prefixesOfANetwork();
    void overlappingRangesKeepTheLater();
    void brokenNetworkFiles();
    void countryNames();
    void projection();
    void mapSurvivesTheFile();
    void damagedMaps();
    void shippedMap();
    void shippedDatabase();
};

void TestGeo::addressClasses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("cls");
    const auto row = [](const char* address, const char* cls) {
        QTest::newRow(address) << QString::fromLatin1(address) << QString::fromLatin1(cls);
    };
    row("8.8.8.8", "public");
    row("0.0.0.0", "reserved");
    row("10.255.255.255", "private");
    row("11.0.0.0", "public");
    row("100.63.255.255", "public");
    row("100.64.0.0", "cgnat");
    row("100.127.255.255", "cgnat");
    row("127.0.0.53", "loopback");
    row("169.254.1.1", "link-local");
    row("172.15.255.255", "public");
    row("172.31.0.1", "private");
    row("192.0.0.8", "reserved");
    row("192.0.2.1", "documentation");
    row("192.168.1.1", "private");
    row("198.19.255.255", "documentation");
    row("198.51.100.7", "documentation");
    row("203.0.113.255", "documentation");
    row("203.0.114.0", "public");
    row("224.0.0.1", "multicast");
    row("255.255.255.255", "reserved");
    row("::ffff:10.0.0.1", "private");
    row("::1", "loopback");
    row("::", "reserved");
    row("2001:db8::1", "documentation");
    row("2001:db9::1", "public");
    row("3fff:1::", "documentation");
    row("64:ff9b::101:101", "public");
    row("fd00::1", "private");
    row("fe80::1", "link-local");
    row("ff02::1", "multicast");
    row("4000::1", "reserved");
}

void TestGeo::addressClasses()
{
    QFETCH(QString, address);
    QFETCH(QString, cls);
    const std::string_view name = addressClassName(addressClassOf(ip(address.toLatin1().constData())));
    QCOMPARE(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())), cls);
}

void TestGeo::lookUpInEachLayout_data()
{
    QTest::addColumn<int>("layout");
    QTest::newRow("flat") << static_cast<int>(Layout::Flat);
    QTest::newRow("country") << static_cast<int>(Layout::Country);
    QTest::newRow("registered country") << static_cast<int>(Layout::RegisteredCountry);
}

void TestGeo::lookUpInEachLayout()
{
    QFETCH(int, layout);
    const QString path = write(QStringLiteral("layout.mmdb"), sample(static_cast<Layout>(layout)).bytes());
    const auto geo = GeoDatabase::open(path, {});
    QVERIFY2(geo, geo ? "" : qPrintable(geo.error().toString()));
    QCOMPARE(country((*geo)->lookup(ip("1.2.3.4"))), QStringLiteral("IN"));
    QCOMPARE(country((*geo)->lookup(ip("1.2.2.255"))), QStringLiteral("CN"));
    QCOMPARE(country((*geo)->lookup(ip("2405:200::5"))), QStringLiteral("IN"));
    QCOMPARE(country((*geo)->lookup(ip("2405:201::5"))), QStringLiteral("CN"));
    QCOMPARE(country((*geo)->lookup(ip("8.8.8.8"))), QString());
    QCOMPARE((*geo)->countrySource().type, QStringLiteral("Test-Country"));
    QCOMPARE((*geo)->countrySource().ageDays(fromMicros(1'780'864'000'000'000)), std::optional(10));
    QVERIFY((*geo)->countrySource().isLoaded());
}

void TestGeo::mappedAddressIsItsIpv4()
{
    MmdbWriter writer;
    writer.add(net("0.0.0.0/0"), "IN"); // private addresses too: the class decides, not the file
    const auto geo = GeoDatabase::open(write(QStringLiteral("all.mmdb"), writer.bytes()), {});
    QVERIFY(geo);
    QCOMPARE(country((*geo)->lookup(ip("::ffff:1.2.3.4"))), QStringLiteral("IN"));
    QCOMPARE(country((*geo)->lookup(ip("192.168.1.1"))), QString());
    QCOMPARE((*geo)->lookup(ip("192.168.1.1")).cls, AddressClass::Private);
}

void TestGeo::countryNetworkOfAnAddress()
{
    const auto geo = GeoDatabase::open(write(QStringLiteral("net.mmdb"), sample(Layout::Flat).bytes()), {});
    QVERIFY(geo);
    QCOMPARE((*geo)->countryNetwork(ip("49.37.1.1")), std::optional(net("49.36.0.0/14")));
    QCOMPARE((*geo)->countryNetwork(ip("2405:200::1")), std::optional(net("2405:200::/32")));
    QCOMPARE((*geo)->countryNetwork(ip("8.8.8.8")), std::nullopt);
}

void TestGeo::countryPrefixesAreMergedAndComplete()
{
    const auto geo = GeoDatabase::open(write(QStringLiteral("walk.mmdb"), sample(Layout::Country).bytes()), {});
    QVERIFY(geo);
    QCOMPARE(texts((*geo)->countryPrefixes({'I', 'N'})),
             (QStringList{QStringLiteral("1.2.3.0/24"), QStringLiteral("1.2.4.0/24"), QStringLiteral("49.36.0.0/14"),
                          QStringLiteral("2405:200::/32")}));
    const auto china = (*geo)->countryPrefixes({'C', 'N'});
    QVERIFY(std::is_sorted(china.begin(), china.end()));
    std::uint64_t v4 = 0;
    for (const Prefix& prefix : china) {
        QVERIFY(!prefix.contains(ip("1.2.3.77")) && !prefix.contains(ip("2405:200::1")));
        v4 += prefix.isV4() ? std::uint64_t{1} << (32 - prefix.length()) : 0;
    }
    QCOMPARE(v4, std::uint64_t{(1 << 24) - 512});
    const std::vector<CountryCode> several{{'Z', 'Z'}, {'C', 'N'}, kNoCountry, {'I', 'N'}};
    const std::vector<std::vector<Prefix>> together = (*geo)->countryPrefixes(several);
    QCOMPARE(together.size(), several.size());
    for (std::size_t i = 0; i < several.size(); ++i) {
        QCOMPARE(texts(together[i]), texts((*geo)->countryPrefixes(several[i])));
    }
    QVERIFY((*geo)->countryPrefixes(kNoCountry).empty());
    QVERIFY((*geo)->countryPrefixes({'Z', 'Z'}).empty());
}

void TestGeo::missingFilesAreAState()
{
    const auto geo = GeoDatabase::open(m_folder.filePath(QStringLiteral("none.mmdb")), {});
    QVERIFY(geo);
    QVERIFY(!(*geo)->countrySource().isLoaded());
    QVERIFY((*geo)->countrySource().missing.contains(QStringLiteral("none.mmdb")));
    QVERIFY(!(*geo)->networkSource().missing.isEmpty());
    const GeoInfo info = (*geo)->lookup(ip("8.8.8.8"));
    QCOMPARE(info.country, kNoCountry);
    QCOMPARE(info.asn, 0U);
    QCOMPARE((*geo)->lookup(ip("100.64.1.1")).cls, AddressClass::Cgnat);
    QVERIFY((*geo)->countryPrefixes({'C', 'N'}).empty());
}

void TestGeo::brokenCountryFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = sample(Layout::Flat).bytes();
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("<html>404 not found</html>");
    QTest::newRow("cut in the tree") << good.left(100);
    QTest::newRow("cut in the metadata") << good.chopped(20);
    QTest::newRow("tree missing") << good.mid(good.size() / 2);
    QTest::newRow("nested lists") << MmdbWriter::nested(1'000'000);
    QTest::newRow("no countries") << MmdbWriter::nested(3);
    QTest::newRow("empty tree") << MmdbWriter().bytes();
}

void TestGeo::brokenCountryFiles()
{
    QFETCH(QByteArray, bytes);
    const auto geo = GeoDatabase::open(write(QStringLiteral("broken.mmdb"), bytes), {});
    QVERIFY(!geo);
    QCOMPARE(geo.error().code, ErrorCode::Corrupt);
    QVERIFY(geo.error().text.contains(QStringLiteral("broken.mmdb")));
    QVERIFY(!geo.error().hint.isEmpty());
}

void TestGeo::mutatedCountryFilesNeverCrash()
{
    const QByteArray good = sample(Layout::Country).bytes();
    std::uint32_t state = 7;
    const auto next = [&state](qsizetype below) {
        state = state * 1664525U + 1013904223U;
        return static_cast<qsizetype>((state >> 8) % static_cast<std::uint32_t>(below));
    };
    int opened = 0;
    for (int i = 0; i < 600; ++i) {
        QByteArray bad = good;
        for (qsizetype n = 1 + next(4); n > 0; --n) {
            bad[next(bad.size())] = static_cast<char>(next(256));
        }
        const auto geo = GeoDatabase::open(write(QStringLiteral("mutant.mmdb"), bad), {});
        if (geo) {
            ++opened;
            static_cast<void>((*geo)->lookup(ip("1.2.3.4")));
            static_cast<void>((*geo)->lookup(ip("2405:200::1")));
            static_cast<void>((*geo)->countryPrefixes({'I', 'N'}));
        }
    }
    QVERIFY(opened > 0); // otherwise this shows nothing
}

void TestGeo::verifyFindsWhatIsWrong()
{
    QVERIFY(verifyMmdb(write(QStringLiteral("good.mmdb"), sample(Layout::Flat).bytes())));
    MmdbWriter v6only;
    v6only.add(net("2400::/12"), "CN");
    const auto noV4 = verifyMmdb(write(QStringLiteral("v6.mmdb"), v6only.bytes()));
    QVERIFY(!noV4);
    QByteArray loop = sample(Layout::Flat).bytes();
    loop.replace(4 * 8, 8, QByteArray(8, '\0')); // a node whose both sides lead back to the root
    QVERIFY(!verifyMmdb(write(QStringLiteral("loop.mmdb"), loop)));
}

void TestGeo::whereDatabasesDisagreeAllSpeak()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("share/geo")));
    write(QStringLiteral("share/geo/country.mmdb"), sample(Layout::Flat).bytes());
    MmdbWriter second(Layout::Country);
    second.add(net("1.0.0.0/8"), "CN");
    second.add(net("49.36.0.0/14"), "NP");
    write(QStringLiteral("share/geo/country-second.mmdb"), second.bytes());
    const QString share = m_folder.filePath(QStringLiteral("share"));
    const auto shipped = GeoDatabase::openShipped(share);
    QVERIFY2(shipped, shipped ? "" : qPrintable(shipped.error().toString()));
    QCOMPARE((*shipped)->otherSources().size(), std::size_t{1});
    QVERIFY((*shipped)->otherCountries(ip("1.9.9.9")).empty()); // they agree
    QVERIFY((*shipped)->otherCountries(ip("10.0.0.1")).empty()); // nobody's
    QCOMPARE((*shipped)->otherCountries(ip("49.36.1.1")).size(), std::size_t{1});
    QCOMPARE((*shipped)->otherCountries(ip("49.36.1.1")).front().country, countryCodeOf("NP"));
    QCOMPARE(country((*shipped)->lookup(ip("49.36.1.1"))), QStringLiteral("IN"));
    // A person's own file comes first; both that we ship are opinions then.
    MmdbWriter own(Layout::RegisteredCountry);
    own.add(net("49.36.0.0/14"), "BD");
    own.add(net("1.0.0.0/8"), "CN");
    const auto mine = GeoDatabase::openShipped(share, write(QStringLiteral("own.mmdb"), own.bytes()));
    QVERIFY2(mine, mine ? "" : qPrintable(mine.error().toString()));
    QCOMPARE(country((*mine)->lookup(ip("49.36.1.1"))), QStringLiteral("BD"));
    QCOMPARE((*mine)->otherCountries(ip("49.36.1.1")).size(), std::size_t{2});
    QVERIFY((*mine)->otherCountries(ip("1.9.9.9")).empty());
}

void TestGeo::networksOfAddresses()
{
    const auto geo = GeoDatabase::open({}, writeAsn(QStringLiteral("asn.bin")));
    QVERIFY2(geo, geo ? "" : qPrintable(geo.error().toString()));
    const auto asn = [&](const char* address) { return (*geo)->lookup(ip(address)).asn; };
    QCOMPARE(asn("1.2.2.255"), 0U);
    QCOMPARE(asn("1.2.3.0"), 64500U);
    QCOMPARE(asn("1.2.6.255"), 64500U);
    QCOMPARE(asn("1.2.7.0"), 0U);
    QCOMPARE(asn("9.0.0.0"), 0U);
    QCOMPARE(asn("9.0.0.6"), 64501U);
    QCOMPARE(asn("2405:200::9"), 64500U);
    QCOMPARE(asn("2405:200:1::"), 0U);
    QVERIFY((*geo)->lookup(ip("1.2.3.9")).asnName == "Example Telecom");
    QVERIFY((*geo)->asnName(64502) == "Last, Ltd.");
    QVERIFY((*geo)->asnName(64501).empty());
    QVERIFY((*geo)->asnName(1).empty());
    QVERIFY((*geo)->networkSource().built.has_value());
}

void TestGeo::prefixesOfANetwork()
{
    const auto geo = GeoDatabase::open({}, writeAsn(QStringLiteral("asn.bin")));
    QVERIFY(geo);
    QCOMPARE(texts((*geo)->asnPrefixes(64500)), // 1.2.3.0-1.2.6.255 in one run
             (QStringList{QStringLiteral("1.2.3.0/24"), QStringLiteral("1.2.4.0/23"), QStringLiteral("1.2.6.0/24"),
                          QStringLiteral("2405:200::/48")}));
    QCOMPARE(texts((*geo)->asnPrefixes(64501)),
             (QStringList{QStringLiteral("9.0.0.1"), QStringLiteral("9.0.0.2/31"), QStringLiteral("9.0.0.4/31"),
                          QStringLiteral("9.0.0.6")}));
    QCOMPARE(texts((*geo)->asnPrefixes(64502)), QStringList{QStringLiteral("255.255.255.0/24")});
    QVERIFY((*geo)->asnPrefixes(0).empty());
    QCOMPARE(texts(prefixesOfRange(ip("0.0.0.0"), ip("255.255.255.255"))), QStringList{QStringLiteral("0.0.0.0/0")});
}

void TestGeo::overlappingRangesKeepTheLater()
{
    const auto bytes = AsnTable::serialize({{ip("5.0.0.0"), ip("5.0.1.255"), 1}, {ip("5.0.1.0"), ip("5.0.2.255"), 2}}, {}, {});
    QVERIFY(bytes);
    const auto geo = GeoDatabase::open({}, write(QStringLiteral("overlap.bin"), *bytes));
    QVERIFY(geo);
    QCOMPARE((*geo)->lookup(ip("5.0.0.255")).asn, 1U);
    QCOMPARE((*geo)->lookup(ip("5.0.1.7")).asn, 2U);
}

void TestGeo::brokenNetworkFiles()
{
    QFile file(writeAsn(QStringLiteral("asn.bin")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray good = file.readAll();
    for (qsizetype size = 0; size < good.size(); size += 7) {
        const auto geo = GeoDatabase::open({}, write(QStringLiteral("cut.bin"), good.left(size)));
        QVERIFY(!geo);
        QVERIFY(!geo.error().hint.isEmpty());
    }
    QByteArray disordered = good;
    disordered[36] = '\xFF'; // the end of the first range
    QVERIFY(!GeoDatabase::open({}, write(QStringLiteral("disordered.bin"), disordered.replace(32, 4, "\xFF\xFF\xFF\xFF"))));
}

void TestGeo::countryNames()
{
    const QByteArray json = R"({"languages":["en","de","hi"],"names":{"IN":["India","Indien","भारत"],"XK":["Kosovo","","कोसोवो"]}})";
    const auto names = CountryNames::load(write(QStringLiteral("countries.json"), json));
    QVERIFY(names);
    QCOMPARE(names->name({'I', 'N'}), QStringLiteral("India"));
    QCOMPARE(names->name({'I', 'N'}, QStringLiteral("de_DE")), QStringLiteral("Indien"));
    QCOMPARE(names->name({'I', 'N'}, QStringLiteral("hi")), QStringLiteral("भारत"));
    QCOMPARE(names->name({'I', 'N'}, QStringLiteral("fr")), QStringLiteral("India"));
    QCOMPARE(names->name({'X', 'K'}, QStringLiteral("de")), QStringLiteral("Kosovo"));
    QCOMPARE(names->name({'Z', 'Z'}), QStringLiteral("ZZ"));
    QCOMPARE(names->name(kNoCountry), QString());
    QCOMPARE(names->codes().size(), std::size_t{2});
    QVERIFY(!CountryNames::load(write(QStringLiteral("names.json"), "{}")));
    QVERIFY(!CountryNames::load(m_folder.filePath(QStringLiteral("none.json"))));
}

void TestGeo::projection()
{
    const auto near = [](MapPoint a, float x, float y) { return std::abs(a.x - x) < 1e-4F && std::abs(a.y - y) < 1e-4F; };
    QVERIFY(near(projectEqualEarth(0, 0), 0.5F, kMapHeight / 2));
    QVERIFY(near(projectEqualEarth(-180, 0), 0, kMapHeight / 2));
    QVERIFY(near(projectEqualEarth(180, 0), 1, kMapHeight / 2));
    QVERIFY(near(projectEqualEarth(0, 90), 0.5F, 0));
    QVERIFY(near(projectEqualEarth(0, -90), 0.5F, kMapHeight));
    // Equal areas: a degree square has half the area at 60 degrees that it has at the equator (cos 60 = 1/2).
    const auto area = [](double latitude) {
        const MapPoint a = projectEqualEarth(0, latitude - 0.5);
        const MapPoint b = projectEqualEarth(0, latitude + 0.5);
        const float width = projectEqualEarth(1, latitude).x - projectEqualEarth(0, latitude).x;
        return width * (a.y - b.y);
    };
    QVERIFY(std::abs(area(60) / area(0) - 0.5F) < 0.005F);
}

void TestGeo::mapSurvivesTheFile()
{
    WorldShapes world;
    world.outline = {{0, 0}, {1, 0}, {1, 0.5F}};
    world.shapes.push_back({{'I', 'N'}, QStringLiteral("India"), {{{0.1F, 0.2F}, {0.3F, 0.4F}, {0.1F, 0.4F}}}, {0.2F, 0.3F}});
    world.shapes.push_back({{'G', 'I'}, {}, {}, {0.5F, 0.1F}});
    const auto back = WorldMap::parse(WorldMap::serialize(world));
    QVERIFY(back);
    QCOMPARE(back->shapes.size(), world.shapes.size());
    QVERIFY(back->outline == world.outline);
    QVERIFY(back->shapes[0].country == world.shapes[0].country && back->shapes[0].rings == world.shapes[0].rings);
    QCOMPARE(back->shapes[0].name, QStringLiteral("India"));
    QVERIFY(back->shapes[1].rings.empty() && back->shapes[1].label == world.shapes[1].label);
}

void TestGeo::damagedMaps()
{
    WorldShapes world;
    world.outline = {{0, 0}, {1, 0}, {1, 0.5F}};
    world.shapes.push_back({{'I', 'N'}, QStringLiteral("India"), {{{0.1F, 0.2F}, {0.3F, 0.4F}}}, {0.2F, 0.3F}});
    const QByteArray good = WorldMap::serialize(world);
    for (qsizetype size = 0; size < good.size(); ++size) {
        QVERIFY(!WorldMap::parse(good.left(size)));
    }
    for (qsizetype at = 0; at < good.size(); ++at) {
        QByteArray bad = good;
        bad[at] = '\xFF';
        static_cast<void>(WorldMap::parse(bad)); // must come back, with little memory
    }
    QVERIFY(!WorldMap::load(m_folder.filePath(QStringLiteral("none.bin"))));
}

void TestGeo::shippedMap()
{
    const QString path = qEnvironmentVariable("MAILWARD_SHARE") + QStringLiteral("/map/world.bin");
    if (!QFile::exists(path)) {
        QSKIP("the data packages have not been fetched");
    }
    const auto world = WorldMap::load(path);
    QVERIFY(world);
    QVERIFY(world->shapes.size() > 250);
    std::map<CountryCode, const MapShape*> byCode;
    for (const MapShape& shape : world->shapes) {
        byCode.emplace(shape.country, &shape);
        QVERIFY(shape.label.x >= 0 && shape.label.x <= 1 && shape.label.y >= 0 && shape.label.y <= kMapHeight);
        for (const MapRing& ring : shape.rings) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const MapPoint& to = ring[(i + 1) % ring.size()];
                QVERIFY2(std::hypot(to.x - ring[i].x, to.y - ring[i].y) < 0.05F, qPrintable(shape.name)); // no bars
            }
        }
    }
    for (const CountryCode code : {CountryCode{'I', 'N'}, {'C', 'N'}, {'S', 'G'}, {'H', 'K'}, {'X', 'K'}, {'R', 'E'}}) {
        QVERIFY(byCode.contains(code));
    }
}

void TestGeo::shippedDatabase()
{
    const QString share = qEnvironmentVariable("MAILWARD_SHARE");
    if (!QFile::exists(share + QStringLiteral("/geo/asn.bin"))) {
        QSKIP("the data packages have not been fetched");
    }
    const auto geo = GeoDatabase::openShipped(share);
    QVERIFY2(geo, geo ? "" : qPrintable(geo.error().toString()));
    QCOMPARE(country((*geo)->lookup(ip("114.114.114.114"))), QStringLiteral("CN"));
    QCOMPARE(country((*geo)->lookup(ip("77.88.8.8"))), QStringLiteral("RU"));
    QCOMPARE((*geo)->lookup(ip("8.8.8.8")).asn, 15169U);
    QVERIFY((*geo)->countryPrefixes({'C', 'N'}).size() > 5000);
    QVERIFY((*geo)->asnPrefixes(15169).size() > 50);
    QVERIFY(verifyMmdb((*geo)->countrySource().path));
}

QTEST_GUILESS_MAIN(TestGeo)
#include "tst_Geo.moc"
