// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/Fail2banImport.h"
#include "models/logs/PatternExample.h"
#include "models/logs/StreamParser.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <map>

using namespace mailward;

namespace {

Fail2banImport imported(const std::string& text, const std::map<std::string, std::string>& others = {})
{
    const auto includes = [&](const std::string& name) -> std::optional<std::string> {
        const auto found = others.find(name);
        return found == others.end() ? std::nullopt : std::optional(found->second);
    };
    const auto result = importFail2ban("ftpd", text, includes);
    return result ? *result : Fail2banImport{{}, 0, {result.error().text.toStdString(), result.error().hint.toStdString()}};
}

ParsedBatch parsedWith(const std::string& toml, const std::string& line)
{
    const std::array<std::pair<std::string, std::string>, 1> packs{{{"ftpd", toml}}};
    StreamParser parser(RuleBook::fromTexts(packs), {}, FileId{1});
    ParsedBatch batch;
    parser.feed(line + "\n", batch);
    return batch;
}

const std::string kPlain = "[INCLUDES]\nbefore = common.conf\n[Definition]\n_daemon = (?:x)?ftpd(?:-ssl)?\n"
                           "failregex = ^%(__prefix_line)sfailed login of <F-USER>\\S+</F-USER> from <HOST>$\n"
                           "            ^%(__prefix_line)sno such user from <ADDR>(?: port \\d+)?\\s*$\n"
                           "ignoreregex =\n";
const std::map<std::string, std::string> kCommon{{"common.conf", "[DEFAULT]\n_daemon = \\S*\n__prefix_line = \\s*(?:\\S+ )?%(_daemon)s\\s\n"}};

} // namespace

class TestFail2banImport : public QObject
{
    Q_OBJECT
private slots:
    void aFilterBecomesAPackThatWorks()
    {
        const auto import = imported(kPlain, kCommon);
        QCOMPARE(import.rules, std::size_t(2));
        QVERIFY(import.left.empty());
        for (const char* program : {"ftpd", "xftpd", "ftpd-ssl", "xftpd-ssl"}) {
            const auto batch = parsedWith(import.toml, std::string("Nov 23 14:42:34 mx1 ") + program + "[12]: failed login of bob from 198.51.100.7");
            QCOMPARE(batch.events.size(), std::size_t(1));
            QCOMPARE(batch.events[0].ip->toString(), std::string("198.51.100.7"));
            QCOMPARE(batch.events[0].account, std::string("bob"));
            QVERIFY(batch.events[0].outcome == Outcome::Failure);
        }
        QVERIFY(parsedWith(import.toml, "Nov 23 14:42:34 mx1 ftpd[12]: failed login of bob from host.example.net").events[0].ip == std::nullopt);
        QCOMPARE(parsedWith(import.toml, "Nov 23 14:42:34 mx1 ftpd[12]: no such user from [2001:db8::7] port 22").events[0].ip->toString(), std::string("2001:db8::7"));
    }

    void optionsAndTagsAreFilledIn()
    {
        const auto import = imported("[Definition]\n_daemon = ftpd\nhow = refused|denied\nmode = hard\nre-hard = ^%(__prefix_line)saccess (?:%(how)s) for <HOST>$\n"
                                     "re-soft = ^never$\nfailregex = <re-<mode>>\n");
        QCOMPARE(import.rules, std::size_t(1));
        QCOMPARE(parsedWith(import.toml, "Nov 23 14:42:34 mx1 ftpd: access denied for 198.51.100.8").events.size(), std::size_t(1));
    }

    void aCommonFrontIsPutAround()
    {
        const auto import = imported("[Definition]\n_daemon = ftpd\nprefregex = ^%(__prefix_line)sclient <HOST>: <F-CONTENT>.+</F-CONTENT>$\n"
                                     "failregex = ^wrong password for <F-USER>.*</F-USER>$\n            ^<F-NOFAIL>hello</F-NOFAIL> again$\n");
        QCOMPARE(import.rules, std::size_t(2));
        const auto batch = parsedWith(import.toml, "Nov 23 14:42:34 mx1 ftpd[1]: client 198.51.100.9: wrong password for x from 192.0.2.66");
        QCOMPARE(batch.events[0].ip->toString(), std::string("198.51.100.9"));
        QVERIFY(parsedWith(import.toml, "Nov 23 14:42:34 mx1 ftpd[1]: client 198.51.100.9: hello again").events[0].outcome == Outcome::None);
    }

    void aPythonBackReferenceStaysOne()
    {
        const auto import = imported("[Definition]\nfailregex = ^(?P<word>in|out) by <F-USER>\\w+</F-USER> (?P=word) for (?P=user) at <HOST>$\n");
        QCOMPARE(import.rules, std::size_t(1));
        QCOMPARE(parsedWith(import.toml, "2026-11-23 14:42:34 out by bob out for bob at 198.51.100.1").events.size(), std::size_t(1));
        QCOMPARE(parsedWith(import.toml, "2026-11-23 14:42:34 out by bob in for bob at 198.51.100.1").events.size(), std::size_t(0));
    }

    void whatCannotBeCarriedOverIsSaid_data()
    {
        QTest::addColumn<QString>("regex");
        QTest::addColumn<QString>("says");
        QTest::newRow("not anchored") << QStringLiteral("failed from <HOST>$") << QStringLiteral("not anchored at its start");
        QTest::newRow("several lines") << QStringLiteral("^a<SKIPLINES>b <HOST>$") << QStringLiteral("several lines");
        QTest::newRow("no address") << QStringLiteral("^nobody$") << QStringLiteral("names no address");
        QTest::newRow("network") << QStringLiteral("^net <SUBNET>$") << QStringLiteral("<SUBNET>");
        QTest::newRow("broken") << QStringLiteral("^a (<HOST>$") << QStringLiteral("pattern:");
    }

    void whatCannotBeCarriedOverIsSaid()
    {
        QFETCH(QString, regex);
        QFETCH(QString, says);
        const auto import = imported("[Definition]\nfailregex = ^good <HOST>$\n            " + regex.toStdString() + "\n");
        QCOMPARE(import.rules, std::size_t(1));
        QCOMPARE(import.left.size(), std::size_t(1));
        QVERIFY2(QString::fromStdString(import.left[0]).contains(says), import.left[0].c_str());
    }

    void anImportedPackComesBeforeOursAndLeavesThemWhole()
    {
        const auto import = imported("[Definition]\n_daemon = sshd\nfailregex = ^%(__prefix_line)sInvalid user <F-USER>.*</F-USER> from <HOST>(?: port \\d+)?$\n");
        QCOMPARE(import.rules, std::size_t(1));
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("mine.toml")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(import.toml)) > 0);
        file.close();
        const auto book = RuleBook::load(folder.path());
        QVERIFY(book.has_value());
        QVERIFY((*book)->problems().empty());
        QCOMPARE((*book)->rules().size(), (*RuleBook::load())->rules().size() + 1);
        StreamParser parser(*book, {}, FileId{1});
        ParsedBatch batch;
        parser.feed("Nov 23 14:42:34 mx1 sshd[1]: Invalid user bob from 198.51.100.7 port 22\n", batch);
        QCOMPARE(batch.events.size(), std::size_t(1));
        QVERIFY(batch.events[0].detail.empty()); // ours would say "unknown-user"
    }

    void anOptionThatRefersToItselfIsRefused_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QString>("says");
        QTest::newRow("itself") << QByteArray("failregex = ^bad <HOST>$\n  %(failregex)s") << QStringLiteral("the option failregex refers to itself");
        QTest::newRow("in odd bytes") << QByteArray("failregex = \xF7\xF7%(failregex)silregex = %(failregex)s <x>\xA2") << QStringLiteral("failregex refers to itself");
        QTest::newRow("by a tag") << QByteArray("failregex = ^bad <HOST> <failregex>$") << QStringLiteral("failregex refers to itself");
        QTest::newRow("in a circle") << QByteArray("failregex = ^bad %(a)s <HOST>$\na = %(b)s\nb = <a>") << QStringLiteral("the option a refers to itself, by way of b");
        QTest::newRow("by a made name") << QByteArray("failregex = ^bad <a-<m>> <HOST>$\nm = x\na-x = <a-<m>>") << QStringLiteral("the option a-x refers to itself");
        QTest::newRow("too deep") << QByteArray("failregex = ^%(a)s <HOST>$\na=%(b)s\nb=%(c)s\nc=%(d)s\nd=%(e)s\ne=%(f)s\nf=%(g)s\ng=%(h)s\nh=%(i)s\ni=%(j)s\nj=k")
                                 << QStringLiteral("more than 10 deep");
    }

    void anOptionThatRefersToItselfIsRefused()
    {
        QFETCH(QByteArray, filter);
        QFETCH(QString, says);
        const auto import = imported("[Definition]\n" + filter.toStdString() + "\n");
        QCOMPARE(import.rules, std::size_t(0));
        QCOMPARE(import.left.size(), std::size_t(2));
        QVERIFY2(QString::fromStdString(import.left[1]).contains(says), import.left[1].c_str());
    }

    void anOptionMayBeNamedOftenButNotGrowWithoutEnd()
    {
        const std::string ten = "^bad %(a)s%(a)s%(a)s%(a)s%(a)s%(a)s%(a)s%(a)s%(a)s%(a)s <HOST>$";
        QCOMPARE(imported("[Definition]\na = x\nfailregex = " + ten + "\n").rules, std::size_t(1));
        std::string filter = "[Definition]\nfailregex = ^bad %(o7)s <HOST>$\no0 = " + std::string(64, 'x') + "\n";
        for (int i = 1; i < 8; ++i) {
            const std::string inner = "%(o" + std::to_string(i - 1) + ")s";
            filter += "o" + std::to_string(i) + " = " + inner + inner + inner + inner + inner + inner + "\n";
        }
        const auto import = imported(filter);
        QCOMPARE(import.rules, std::size_t(0));
        QVERIFY2(import.left.at(1).find("grows beyond 64 KiB") != std::string::npos, import.left.at(1).c_str());
    }

    void aFilterExtendsWhatItIncludesInTurn()
    {
        const auto import = imported("[INCLUDES]\nbefore = middle.conf\n[Definition]\nfailregex = %(known/failregex)s\n  ^three <HOST>$\n",
                                     {{"middle.conf", "[INCLUDES]\nbefore = base.conf\n[Definition]\nfailregex = %(known/failregex)s\n  ^two <HOST>$\n"},
                                      {"base.conf", "[Definition]\nfailregex = ^one <HOST>$\n"}});
        QCOMPARE(import.rules, std::size_t(3));
        for (const char* word : {"one", "two", "three"}) {
            QCOMPARE(parsedWith(import.toml, std::string("2026-11-23 14:42:34 ") + word + " 198.51.100.1").events.size(), std::size_t(1));
        }
    }

    void aNameThatThePatternItselfHasIsKept()
    {
        const auto import = imported("[Definition]\nfailregex = ^<F-USER>ROOT</F-USER> login refused from <HOST>$\n");
        QCOMPARE(import.rules, std::size_t(1));
        QCOMPARE(parsedWith(import.toml, "2026-11-23 14:42:34 ROOT login refused from 198.51.100.1").events.at(0).account, std::string("ROOT"));
    }

    void rulesThatOverlapAllLoad()
    {
        const auto import = imported("[Definition]\nfailregex = ^bad \\S+ from <HOST>(?: port \\d+)?$\n  ^bad <F-USER>\\w+</F-USER> from <HOST>(?: over \\w+)?$\n"
                                     "  ^bad dog from <HOST>$\n  ^bad dog from <HOST>$\n");
        QCOMPARE(import.left.size(), std::size_t(1)); // the one that stands there twice
        QVERIFY2(import.left[0].find("failregex-4: the rules before it take the same lines") != std::string::npos, import.left[0].c_str());
        QCOMPARE(import.rules, std::size_t(3));
        const std::array<std::pair<std::string, std::string>, 1> packs{{{"ftpd", import.toml}}};
        const auto book = RuleBook::fromTexts(packs, 1);
        QVERIFY2(book->problems().empty(), book->problems().empty() ? "" : book->problems()[0].text.c_str());
        QCOMPARE(book->rules().size(), std::size_t(3));
        QCOMPARE(parsedWith(import.toml, "2026-11-23 14:42:34 bad cat from 198.51.100.1 over tls").events.at(0).account, std::string("cat"));
    }

    void nothingOfUseIsAnError()
    {
        QCOMPARE(imported("").rules, std::size_t(0));
        QCOMPARE(imported("[Definition]\nfailregex =\n").rules, std::size_t(0));
        QCOMPARE(imported("[INCLUDES]\nbefore = a.conf\n[Definition]\nfailregex = %(x)s", {{"a.conf", "[INCLUDES]\nbefore = a.conf\n[Definition]\nx = %(x)s%(x)s"}}).rules, std::size_t(0));
    }

    void spellingsOfAProgram()
    {
        QCOMPARE(spellingsOf("(?:courier)?imapd?", 16), (std::vector<std::string>{"courierimap", "courierimapd", "imap", "imapd"}));
        QCOMPARE(spellingsOf("postfix(-\\w+)?/smtpd", 16), (std::vector<std::string>{"postfix-*/smtpd", "postfix/smtpd"}));
        QVERIFY(spellingsOf("(a|b|c)(a|b|c)(a|b|c)", 16).empty());
        QCOMPARE(exampleOf("a[^b-d]{3}(?!x)(e|f)+\\d", nullptr), std::string("axxxe1"));
        QCOMPARE(exampleOf("a(?: b)? c*", nullptr), std::string("a "));
        QCOMPARE(exampleOf("a(?: b)? c*", nullptr, ExampleLength::WithOptional), std::string("a b c"));
    }
};

QTEST_GUILESS_MAIN(TestFail2banImport)
#include "tst_Fail2banImport.moc"
