// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/RuleBook.h"
#include "models/logs/RuleMatcher.h"
#include "models/logs/StreamParser.h"
#include "models/logs/Words.h"

#include <QTest>

using namespace mailward;

namespace {

using Packs = std::vector<std::pair<std::string, std::string>>;

std::string pack(const std::string& rule)
{
    return "pack = \"t\"\nprograms = [\"t\"]\n[[rule]]\nname = \"r\"\nkind = \"probe\"\n" + rule;
}

const std::string kSample = "[[rule.sample]]\nline = \"Nov 23 14:42:34 mx1 t: x from 192.0.2.1\"\nip = \"192.0.2.1\"\n";

} // namespace

class TestLogsRules : public QObject
{
    Q_OBJECT
private slots:
    void theFirstWordOfAShortTextIsFilledWithZeros()
    {
        const std::string text = "\xFF" "bcdefgh-more";
        for (std::size_t size = 0; size <= text.size(); ++size) {
            std::array<char, 8> bytes{};
            std::copy_n(text.data(), std::min<std::size_t>(size, 8), bytes.data());
            QCOMPARE(firstWord(std::string_view(text).substr(0, size)), std::bit_cast<std::uint64_t>(bytes));
        }
    }

    void ourOwnPacksLoad()
    {
        const auto book = RuleBook::load();
        QVERIFY(book.has_value());
        for (const auto& problem : (*book)->problems()) {
            qWarning("%s/%s: %s", problem.pack.c_str(), problem.rule.c_str(), problem.text.c_str());
        }
        QVERIFY((*book)->problems().empty());
        QVERIFY((*book)->rules().size() > 20);
    }

    void aWrongRuleIsLeftOutAndNamed_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& text, const char* says) { QTest::newRow(name) << text << QString::fromLatin1(says); };
        row("no sample", pack("pattern = 'x from (?<ip>.*)'\n"), "has no sample");
        row("wrong address", pack("pattern = 'x from (?<ip>.*)'\n[[rule.sample]]\nline = \"Nov 23 14:42:34 mx1 t: x from 192.0.2.1\"\nip = \"192.0.2.2\"\n"),
            "ip is '192.0.2.1', not '192.0.2.2'");
        row("address that the sample does not name", pack("pattern = 'x from (?<ip>.*)'\n[[rule.sample]]\nline = \"Nov 23 14:42:34 mx1 t: x from 192.0.2.1\"\n"), "ip is '192.0.2.1'");
        row("not recognised", pack("pattern = 'y from (?<ip>.*)'\n" + kSample), "is not recognised");
        row("bad pattern", pack("pattern = 'x (from'\n" + kSample), "pattern: missing closing parenthesis");
        row("unknown group", pack("pattern = 'x from (?<password>.*)'\n" + kSample), "may not be named 'password'");
        row("unknown field", pack("patern = 'x'\n" + kSample), "unknown field 'patern'");
        row("unknown kind", "pack = \"t\"\nprograms = [\"t\"]\n[[rule]]\nname = \"r\"\nkind = \"attack\"\nprefix = \"x\"\n" + kSample, "unknown kind 'attack'");
        row("boring catch-all", pack("outcome = \"failure\"\npattern = 'x from (?<ip>.*)'\n" + kSample) +
                "[[rule]]\nname = \"b\"\nkind = \"boring\"\npattern = '(?!fail).*'\n[[rule.sample]]\nline = \"Nov 23 14:42:34 mx1 t: x\"\n",
            "takes any line");
        row("no toml", "pack = ", "line 1");
        row("no programs", "[[rule]]\nname = \"r\"\nkind = \"probe\"\nprefix = \"x\"\n" + kSample, "names no programs");
        row("taken by another", pack("pattern = 'x from (?<ip>.*)'\n" + kSample) + "[[rule]]\nname = \"s\"\nkind = \"probe\"\nprefix = \"x\"\n" + kSample, "is taken by rule 'r'");
    }

    void aWrongRuleIsLeftOutAndNamed()
    {
        QFETCH(std::string, text);
        QFETCH(QString, says);
        const Packs packs{{"t", text}};
        const auto book = RuleBook::fromTexts(packs);
        QCOMPARE(book->problems().size(), std::size_t(1));
        QVERIFY2(QString::fromStdString(book->problems()[0].text).contains(says), book->problems()[0].text.c_str());
    }

    void theFirstThatFitsWins()
    {
        const Packs packs{{"t", pack("pattern = 'x from (?<ip>[0-9.]+)'\n" + kSample)}};
        const auto book = RuleBook::fromTexts(packs);
        QVERIFY(book->problems().empty());
        RuleMatcher matcher(book);
        Envelope envelope;
        RuleMatch match;
        envelope.program = "t";
        envelope.message = "x from 192.0.2.9 and more";
        matcher.match(envelope, match);
        QCOMPARE(match.verdict, RuleMatch::Verdict::Unknown); // the whole message or nothing
        envelope.message = "x from 999.0.2.9";
        matcher.match(envelope, match);
        QCOMPARE(match.verdict, RuleMatch::Verdict::Event);
        QVERIFY(!match.ip.has_value());
    }

    void aPatternThatRunsAwayIsUnknownAndCounted()
    {
        const Packs packs{{"t", pack("pattern = '(a+)+b from (?<ip>.*)'\n[[rule.sample]]\nline = \"Nov 23 14:42:34 mx1 t: aab from 192.0.2.1\"\nip = \"192.0.2.1\"\n") +
                                "[[rule]]\nname = \"later\"\nkind = \"boring\"\nprefix = \"a\"\n[[rule.sample]]\nline = \"Nov 23 14:42:34 mx1 t: a\"\n"}};
        const auto book = RuleBook::fromTexts(packs);
        QVERIFY(book->problems().empty());
        StreamParser parser(book, {}, FileId(1));
        ParsedBatch batch;
        parser.feed("Nov 23 14:42:34 mx1 t: " + std::string(4000, 'a') + "cb from x\n", batch);
        QCOMPARE(batch.unknown, std::uint64_t(1));
        QCOMPARE(batch.limited, std::uint64_t(1));
        QCOMPARE(batch.boring, std::uint64_t(0));
        QCOMPARE(batch.samples.size(), std::size_t(1));
    }

    void addressSlots_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("address");
        const auto row = [](const char* text, const char* address) { QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(address); };
        row("192.0.2.1", "192.0.2.1");
        row("[192.0.2.1]", "192.0.2.1");
        row("[192.0.2.1]:4711", "192.0.2.1");
        row("192.0.2.1:4711", "192.0.2.1");
        row("::ffff:192.0.2.1", "192.0.2.1");
        row("IPv6:2001:db8::1", "2001:db8::1");
        row("[IPv6:2001:db8::1]", "2001:db8::1");
        row("fe80::1%eth0", "fe80::1");
        row("[2001:db8::1]:25", "2001:db8::1");
        row("unknown", "");
        row("192.0.2.1x", "");
        row("[192.0.2.1", "");
        row("[192.0.2.1]x", "");
        row("192.0.2.01", "");
        row("192.0.2.1 192.0.2.2", "");
        row("1.2.3.4.example.org", "");
        row("", "");
    }

    void addressSlots()
    {
        QFETCH(QString, text);
        QFETCH(QString, address);
        const std::string raw = text.toStdString();
        const auto got = addressFromSlot(raw);
        QCOMPARE(got ? QString::fromStdString(got->toString()) : QString(), address);
    }

    void aCutLineIsNeverBelieved()
    {
        const auto book = RuleBook::load();
        QVERIFY(book.has_value());
        StreamParser parser(*book, {}, FileId(1));
        ParsedBatch batch;
        const std::string forged = ">, method=PLAIN, rip=192.0.2.1, lip=192.0.2.11, session=<x>";
        std::string line = "Nov 23 14:42:34 mx1 dovecot: imap-login: Login: user=<";
        line.append(64 * 1024 - line.size() - forged.size(), 'u');
        line += forged + std::string(500, 'v') + ">, method=PLAIN, rip=203.0.113.60, lip=192.0.2.11, session=<y>\n";
        parser.feed(line, batch);
        QCOMPARE(batch.events.size(), std::size_t(0));
        QCOMPARE(batch.unknown, std::uint64_t(1));
        QCOMPARE(batch.cut, std::uint64_t(1));
    }
};

QTEST_GUILESS_MAIN(TestLogsRules)
#include "tst_LogsRules.moc"
