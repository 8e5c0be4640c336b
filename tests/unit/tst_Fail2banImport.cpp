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
    }
};

QTEST_GUILESS_MAIN(TestFail2banImport)
#include "tst_Fail2banImport.moc"
