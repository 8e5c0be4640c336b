// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/BanList.h"

#include <QProcess>
#include <QTest>

#include <random>

using namespace mailward;
using namespace std::chrono_literals;

namespace {

const Instant kNow = *parseRfc3339("2026-11-23T12:00:00Z");

Prefix net(const char* text) { return *Prefix::parse(text); }

std::vector<Prefix> nets(const std::vector<const char*>& texts)
{
    std::vector<Prefix> prefixes;
    for (const char* text : texts) {
        prefixes.push_back(net(text));
    }
    std::sort(prefixes.begin(), prefixes.end());
    return prefixes;
}

const std::vector<ListedBan> kBans{{net("198.51.100.0/24"), authPorts(), kNow + 1h}, {net("203.0.113.7"), authPorts(), kNow + 48h}, {net("2001:db8:bad::/48"), authPorts(), {}},
                                   {net("203.0.113.64/26"), {}, kNow + 24h * 40},    {net("2001:db8::7"), {}, {}},                  {net("192.0.2.1"), authPorts(), kNow - 1s},
                                   {net("198.51.100.9"), authPorts(), kNow + 1h}};

} // namespace

class TestBanList : public QObject
{
    Q_OBJECT

private slots:
    /// What one console writes another reads: every network that is still banned, and nothing else.
    void everyFormatComesBack()
    {
        for (const BanListFormat format : kBanListFormats) {
            const QByteArray text = exportBans(kBans, format, kNow);
            const auto list = importBans(text);
            QVERIFY2(list, text.constData());
            auto wanted = nets({"198.51.100.0/24", "203.0.113.7", "203.0.113.64/26", "2001:db8:bad::/48", "2001:db8::7"});
            std::erase_if(wanted, [&](const Prefix& p) { return (format == BanListFormat::Iptables && !p.isV4()) || (format == BanListFormat::Ip6tables && p.isV4()); });
            QVERIFY2(list->prefixes == wanted, text.constData());
            QVERIFY2(list->unreadable == 0, text.constData());
            QCOMPARE(banListFormat(banListFormatName(format)), std::optional(format));
        }
    }

    /// The tools for which the lists are meant take them.
    void theirToolsReadThem()
    {
        if (::geteuid() != 0) {
            QSKIP("needs root: network namespaces with the real tools");
        }
        const std::vector<std::pair<BanListFormat, QStringList>> tools{{BanListFormat::Nftables, {QStringLiteral("nft"), QStringLiteral("-f"), QStringLiteral("/dev/stdin")}},
                                                                       {BanListFormat::Ipset, {QStringLiteral("ipset"), QStringLiteral("restore"), QStringLiteral("-exist")}},
                                                                       {BanListFormat::Iptables, {QStringLiteral("iptables-restore"), QStringLiteral("--noflush")}},
                                                                       {BanListFormat::Ip6tables, {QStringLiteral("ip6tables-restore"), QStringLiteral("--noflush")}}};
        for (const auto& [format, words] : tools) {
            QProcess process;
            process.start(QStringLiteral("unshare"), QStringList{QStringLiteral("-n")} + words);
            QVERIFY(process.waitForStarted());
            process.write(exportBans(kBans, format, kNow));
            process.closeWriteChannel();
            QVERIFY(process.waitForFinished(20'000));
            const QByteArray said = process.readAllStandardError();
            QVERIFY2(process.exitCode() == 0, said.constData());
        }
    }

    void readsWhatOthersWrite_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char* name, const char* text, const char* wanted) { QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(wanted); };
        row("plain", "# a list\n203.0.113.7\n198.51.100.5/24 ; SBL1\r\n\n2001:db8::/32\n", "198.51.100.0/24 203.0.113.7 2001:db8::/32");
        row("range", "192.0.2.4 - 192.0.2.11\n198.51.100.0-198.51.100.255\n", "192.0.2.4/30 192.0.2.8/30 198.51.100.0/24");
        row("mask", "198.51.100.0 255.255.255.0\n", "198.51.100.0/24");
        row("ipset save", "create bad hash:net family inet hashsize 1024 maxelem 65536\nadd bad 198.51.100.0/24 timeout 300\nadd bad 203.0.113.7 comment \"10.0.0.0/8 of friends\"\n", "198.51.100.0/24 203.0.113.7");
        row("nft list", "table ip f {\n\tset bad {\n\t\ttype ipv4_addr\n\t\tflags interval,timeout\n\t\telements = { 198.51.100.0/24 timeout 1h expires 59m, 203.0.113.7,\n\t\t\t     203.0.113.9 }\n\t}\n\tchain c {\n\t\ttype filter hook input priority filter; policy accept;\n\t\tip saddr @bad drop\n\t\tip saddr 192.0.2.9 tcp dport 25 drop\n\t\tip saddr 192.0.2.10 accept\n\t}\n}\n",
            "192.0.2.9 198.51.100.0/24 203.0.113.7 203.0.113.9");
        row("nft add", "add element inet filter bad { 198.51.100.7, 203.0.113.0/25 timeout 1d }\n", "198.51.100.7 203.0.113.0/25");
        row("iptables-save", "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -s 203.0.113.7/32 -p tcp -m multiport --dports 25,587 -j DROP\n-A INPUT -s 192.0.2.0/24 -j ACCEPT\n-A f2b-sshd -s 198.51.100.3/32 -j REJECT --reject-with icmp-port-unreachable\n-A f2b-sshd -j RETURN\nCOMMIT\n",
            "198.51.100.3 203.0.113.7");
        row("hosts.deny", "ALL: 198.51.100. 203.0.113.0/255.255.255.128\nsshd: [2001:db8:bad::]/48\nsshd : 192.0.2.7 : ALLOW\n", "198.51.100.0/24 203.0.113.0/25 2001:db8:bad::/48");
        row("asa", "object-group network BAD\n description from 10.0.0.0/8\n network-object host 203.0.113.7\n network-object 198.51.100.0 255.255.255.0\n network-object 2001:db8::/32\naccess-list OUT extended deny ip object-group BAD any\naccess-list OUT extended deny tcp 192.0.2.0 255.255.255.128 any eq 25\naccess-list OUT extended permit ip any any\n",
            "192.0.2.0/25 198.51.100.0/24 203.0.113.7 2001:db8::/32");
        row("ios", "ip access-list extended BAD\n 10 deny ip 198.51.100.0 0.0.0.255 any\n 20 deny ip host 203.0.113.7 any log\n 30 permit ip any any\naccess-list 101 deny tcp 192.0.2.0 0.0.0.127 any eq smtp\nipv6 access-list BAD6\n deny ipv6 2001:db8::/32 any\n permit ipv6 any any\n",
            "192.0.2.0/25 198.51.100.0/24 203.0.113.7 2001:db8::/32");
    }

    void readsWhatOthersWrite()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, wanted);
        const auto list = importBans(text);
        QVERIFY(list);
        QStringList found;
        for (const Prefix& prefix : list->prefixes) {
            found << QString::fromStdString(prefix.toString());
        }
        QCOMPARE(found.join(u' '), wanted);
        QCOMPARE(list->unreadable, 0U);
    }

    /// A line that is no entry is told, and never taken for half of one.
    void unreadableLinesAreCounted()
    {
        const auto list = importBans("203.0.113.7\nexample.org\nseen 2. time\n-A INPUT ! -s 192.0.2.0/24 -j DROP\nALL: ALL\nnetwork-object object HOME\n");
        QVERIFY(list);
        QCOMPARE(list->prefixes, nets({"203.0.113.7"}));
        QCOMPARE(list->unreadable, 5U);
        QCOMPARE(list->firstUnreadable, 2U);
        QVERIFY(!importBans("nothing of use\n") && !importBans(""));
    }

    void hostileTextIsAtWorstUnreadable()
    {
        std::mt19937 random(5);
        const std::string letters = "0123456789abcdef.:/-[]{},;#!\"'$()` \t\n\r\377\303" "addenyhostsaddr-j-s";
        for (int i = 0; i < 3000; ++i) {
            QByteArray text("203.0.113.7\n");
            for (auto n = random() % 200; n > 0; --n) {
                text += letters[random() % letters.size()];
            }
            const auto list = importBans(text);
            QVERIFY(list && !list->prefixes.empty());
            for (const BanListFormat format : kBanListFormats) { // nothing of the list but addresses comes out again
                QVERIFY(!exportBans({{list->prefixes.front(), {}, {}}}, format, kNow).contains('$'));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestBanList)
#include "tst_BanList.moc"
