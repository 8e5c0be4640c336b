// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/Correlator.h"
#include "models/logs/LogFiles.h"

#include <QTemporaryDir>
#include <QTest>
#include <map>

using namespace mailward;

namespace {

/// Reads a log in one go, or line by line with a batch each (so that corrections travel as amendments).
std::vector<Event> readLog(const std::shared_ptr<const RuleBook>& rules, const QStringList& lines, bool lineByLine)
{
    StreamOptions options;
    options.fileTime = parseRfc3339("2026-11-24T00:00:00Z");
    StreamParser parser(rules, options, FileId(1));
    Correlator correlator;
    std::vector<Event> events;
    ParsedBatch batch;
    const auto take = [&] {
        correlator.process(batch);
        for (const auto& amendment : batch.amendments) {
            for (auto& event : events) {
                if (event.line == amendment.line) {
                    event.outcome = amendment.outcome.value_or(event.outcome);
                    event.kind = amendment.kind.value_or(event.kind);
                    event.attempts = amendment.attempts.value_or(event.attempts);
                    event.account = amendment.account.value_or(event.account);
                    event.service = amendment.service.value_or(event.service);
                    event.detail = amendment.detail.value_or(event.detail);
                }
            }
        }
        events.insert(events.end(), batch.events.begin(), batch.events.end());
        batch = {};
    };
    for (const QString& line : lines) {
        parser.feed(line.toStdString() + "\n", batch);
        if (lineByLine) {
            take();
        }
    }
    take();
    return events;
}

/// "kind/outcome/attempts/account" of each event, for comparing.
QStringList brief(const std::vector<Event>& events)
{
    QStringList out;
    for (const Event& event : events) {
        const auto text = [](std::string_view t) { return QString::fromUtf8(t.data(), static_cast<qsizetype>(t.size())); };
        out << QStringLiteral("%1/%2/%3/%4").arg(text(eventKindName(event.kind)), text(outcomeName(event.outcome))).arg(event.attempts).arg(text(event.account));
    }
    return out;
}

QStringList lines(std::initializer_list<const char*> texts)
{
    QStringList out;
    for (const char* text : texts) {
        out << QString::fromUtf8(text);
    }
    return out;
}

} // namespace

class TestLogsCorrelation : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        const auto book = RuleBook::load();
        QVERIFY(book.has_value());
        m_rules = *book;
    }

    void stories_data()
    {
        QTest::addColumn<QStringList>("log");
        QTest::addColumn<QStringList>("events");

        QTest::newRow("imap: auth line, then the log-in line") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(alice@example.org,198.51.100.1,<S1>): Password mismatch",
            "Nov 23 14:42:36 mx1 dovecot: imap-login: Disconnected: Aborted login by logging out (auth failed, 1 attempts in 2 secs): user=<alice@example.org>, method=PLAIN, rip=198.51.100.1, lip=192.0.2.11, session=<S1>"})
            << lines({"auth-failure/failure/1/alice@example.org", "auth-failure/failure/0/alice@example.org"});
        QTest::newRow("imap: the lines come in the other order") << lines({
            "Nov 23 14:42:36 mx1 dovecot: imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<alice@example.org>, method=PLAIN, rip=198.51.100.1, lip=192.0.2.11, session=<S1>",
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(alice@example.org,198.51.100.1,<S1>): Password mismatch"})
            << lines({"auth-failure/failure/1/alice@example.org", "auth-failure/failure/0/alice@example.org"});
        QTest::newRow("imap: three tries, two with an auth line") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(alice@example.org,198.51.100.1,<S1>): Password mismatch",
            "Nov 23 14:42:37 mx1 dovecot: auth: passwd-file(bob@example.org,198.51.100.1,<S1>): unknown user",
            "Nov 23 14:42:46 mx1 dovecot: imap-login: Disconnected: Connection closed (auth failed, 3 attempts in 12 secs): user=<bob@example.org>, method=PLAIN, rip=198.51.100.1, lip=192.0.2.11, session=<S1>"})
            << lines({"auth-failure/failure/1/alice@example.org", "auth-failure/failure/1/bob@example.org", "auth-failure/failure/1/bob@example.org"});
        QTest::newRow("a line without a name gets it from the session") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(alice@example.org,198.51.100.3,<S2>): Password mismatch",
            "Nov 23 14:42:35 mx1 dovecot: imap-login: Disconnected: Connection queue full (disconnected while authenticating, waited 1 secs): user=<>, method=PLAIN, rip=198.51.100.3, lip=192.0.2.11, session=<S2>"})
            << lines({"auth-failure/failure/1/alice@example.org", "auth-aborted//0/alice@example.org"});
        QTest::newRow("a mail program reads and sends in one second: a log-in at each door") << lines({
            "Nov 23 14:42:34 mx1 dovecot: pop3-login: Login: user=<alice@example.org>, method=PLAIN, rip=198.51.100.1, lip=192.0.2.11, mpid=166, session=<S1>",
            "Nov 23 14:42:34 mx1 dovecot: imap-login: Login: user=<alice@example.org>, method=PLAIN, rip=198.51.100.1, lip=192.0.2.11, mpid=168, session=<S2>",
            "Nov 23 14:42:34 mx1 postfix/submission/smtpd[153]: 93E8A78: client=unknown[198.51.100.1], sasl_method=PLAIN, sasl_username=alice@example.org",
            "Nov 23 14:42:35 mx1 postfix/submission/smtpd[153]: disconnect from unknown[198.51.100.1] ehlo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6"})
            << lines({"auth-success/success/1/alice@example.org", "auth-success/success/1/alice@example.org", "accepted/success/1/alice@example.org",
                      "auth-success/success/0/alice@example.org"});
        QTest::newRow("one guess at imap and one at smtp, the same name from the same address: two") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(alice@example.org,198.51.100.1,<S1>): Password mismatch",
            "Nov 23 14:42:36 mx1 dovecot: imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<alice@example.org>, method=PLAIN, rip=198.51.100.1, lip=192.0.2.11, session=<S1>",
            "Nov 23 14:42:38 mx1 postfix/smtpd[398]: warning: unknown[198.51.100.1]: SASL PLAIN authentication failed: x"})
            << lines({"auth-failure/failure/1/alice@example.org", "auth-failure/failure/0/alice@example.org", "auth-failure/failure/1/"});
        QTest::newRow("smtp: auth line, then postfix, which has no name") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(test@example.org,198.51.100.72): Password mismatch",
            "Nov 23 14:42:36 mx1 postfix/smtpd[398]: warning: unknown[198.51.100.72]: SASL PLAIN authentication failed: x"})
            << lines({"auth-failure/failure/1/test@example.org", "auth-failure/failure/0/test@example.org"});
        QTest::newRow("smtp: postfix first, without a name") << lines({
            "Nov 23 14:42:36 mx1 postfix/smtpd[398]: warning: unknown[198.51.100.72]: SASL PLAIN authentication failed: x",
            "Nov 23 14:42:35 mx1 dovecot: auth: passwd-file(test@example.org,198.51.100.72): Password mismatch"})
            << lines({"auth-failure/failure/1/test@example.org", "auth-failure/failure/0/test@example.org"});
        QTest::newRow("a long name, cut off by Dovecot") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(aaaaaaaaaaaaaaaaaaaaaaaa...,198.51.100.72): unknown user",
            "Nov 23 14:42:36 mx1 postfix/submission/smtpd[9]: warning: unknown[198.51.100.72]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org"})
            << lines({"auth-failure/failure/1/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org", "auth-failure/failure/0/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org"});
        QTest::newRow("a name with an odd byte, written in two ways") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(x?Nov 23 14:42:34 mx1,198.51.100.72): unknown user",
            "Nov 23 14:42:36 mx1 postfix/submission/smtpd[9]: warning: unknown[198.51.100.72]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=x?nNov 23 14:42:34 mx1"})
            << lines({"auth-failure/failure/1/x?Nov 23 14:42:34 mx1", "auth-failure/failure/0/x?Nov 23 14:42:34 mx1"});
        QTest::newRow("two tries of one name within seconds are two") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(a@example.org,198.51.100.7): Password mismatch",
            "Nov 23 14:42:35 mx1 dovecot: auth: passwd-file(a@example.org,198.51.100.7): Password mismatch",
            "Nov 23 14:42:36 mx1 postfix/smtpd[398]: warning: unknown[198.51.100.7]: SASL PLAIN authentication failed: x, sasl_username=a@example.org",
            "Nov 23 14:42:37 mx1 postfix/smtpd[399]: warning: unknown[198.51.100.7]: SASL PLAIN authentication failed: x, sasl_username=a@example.org"})
            << lines({"auth-failure/failure/1/a@example.org", "auth-failure/failure/1/a@example.org", "auth-failure/failure/0/a@example.org", "auth-failure/failure/0/a@example.org"});
        QTest::newRow("other addresses are other tries") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(a@example.org,198.51.100.7): Password mismatch",
            "Nov 23 14:42:36 mx1 postfix/smtpd[398]: warning: unknown[198.51.100.8]: SASL PLAIN authentication failed: x, sasl_username=a@example.org"})
            << lines({"auth-failure/failure/1/a@example.org", "auth-failure/failure/1/a@example.org"});
        QTest::newRow("two password databases, both refuse") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(u8@example.net,198.51.100.7,<S3>): unknown user",
            "Nov 23 14:42:34 mx1 dovecot: auth: sql(u8@example.net,198.51.100.7,<S3>): Password mismatch"})
            << lines({"auth-failure/failure/1/u8@example.net", "auth-failure/failure/0/u8@example.net"});
        QTest::newRow("two password databases, the second knows the name") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(u8@example.net,192.0.2.1,<S4>): unknown user",
            "Nov 23 14:42:34 mx1 dovecot: imap-login: Login: user=<u8@example.net>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.12, mpid=395, session=<S4>"})
            << lines({"auth-aborted//0/u8@example.net", "auth-success/success/1/u8@example.net"});
        QTest::newRow("the same, the log-in line first") << lines({
            "Nov 23 14:42:34 mx1 dovecot: imap-login: Login: user=<u8@example.net>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.12, mpid=395, session=<S4>",
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(u8@example.net,192.0.2.1,<S4>): unknown user"})
            << lines({"auth-success/success/1/u8@example.net", "auth-aborted//0/u8@example.net"});
        QTest::newRow("smtp over two databases, told by the disconnect alone") << lines({
            "Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(u8@example.net,192.0.2.1): unknown user",
            "Nov 23 14:42:38 mx1 postfix/submission/smtpd[300]: disconnect from client.example.com[192.0.2.1] ehlo=1 auth=1 quit=1 commands=3"})
            << lines({"auth-aborted//0/u8@example.net", "auth-success/success/1/"});
        QTest::newRow("a wrong password before the right one stays") << lines({
            "Nov 23 14:42:30 mx1 dovecot: auth: passwd-file(bob@example.org,192.0.2.1,<S5>): Password mismatch",
            "Nov 23 14:42:34 mx1 dovecot: imap-login: Login: user=<bob@example.org>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.12, mpid=395, session=<S5>"})
            << lines({"auth-failure/failure/1/bob@example.org", "auth-success/success/1/bob@example.org"});
        QTest::newRow("sshd: pam and sshd tell of one try") << lines({
            "Nov 23 14:43:25 mx1 sshd[622]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=198.51.100.21  user=root",
            "Nov 23 14:43:27 mx1 sshd[622]: Failed password for root from 198.51.100.21 port 44121 ssh2",
            "Nov 23 14:43:31 mx1 sshd[622]: message repeated 2 times: [ Failed password for root from 198.51.100.21 port 44121 ssh2]",
            "Nov 23 14:43:32 mx1 sshd[622]: PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=198.51.100.21  user=root"})
            << lines({"auth-failure/failure/1/root", "auth-failure/failure/0/root", "auth-failure/failure/2/root", "auth-failure/failure/0/root"});
        QTest::newRow("sshd: an unknown name is one try, in three lines") << lines({
            "Nov 23 14:43:27 mx1 sshd[624]: Invalid user oracle from 198.51.100.22 port 53583",
            "Nov 23 14:43:27 mx1 sshd[624]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=198.51.100.22",
            "Nov 23 14:43:29 mx1 sshd[624]: Failed password for invalid user oracle from 198.51.100.22 port 53583 ssh2"})
            << lines({"auth-failure/failure/1/oracle", "auth-failure/failure/0/oracle", "auth-failure/failure/0/oracle"});
        QTest::newRow("last message repeated") << lines({
            "Nov 23 14:43:27 mx1 postfix/smtpd[1]: warning: unknown[198.51.100.7]: SASL PLAIN authentication failed: x",
            "Nov 23 14:43:30 mx1 last message repeated 5 times"})
            << lines({"auth-failure/failure/1/", "auth-failure/failure/5/"});
        QTest::newRow("a bounce finds its account, and so does the notification") << lines({
            "Nov 23 14:43:51 mx1 postfix/submission/smtpd[558]: 75E32F3: client=client.example.com[192.0.2.1], sasl_method=PLAIN, sasl_username=alice@example.org",
            "Nov 23 14:43:51 mx1 postfix/qmgr[286]: 75E32F3: from=<ceo@bank.example>, size=319, nrcpt=1 (queue active)",
            "Nov 23 14:43:51 mx1 postfix/smtp[671]: 75E32F3: to=<nobody@mx2.example.net>, relay=mx2.example.net[192.0.2.12]:25, delay=0.05, delays=0/0/0.04/0.01, dsn=5.1.1, status=bounced (x)",
            "Nov 23 14:43:51 mx1 postfix/bounce[672]: 75E32F3: sender non-delivery notification: 812DBF5",
            "Nov 23 14:43:51 mx1 postfix/qmgr[286]: 812DBF5: from=<>, size=2427, nrcpt=1 (queue active)",
            "Nov 23 14:43:51 mx1 postfix/virtual[748]: 812DBF5: to=<ceo@bank.example>, relay=virtual, delay=0.01, delays=0/0.01/0/0, dsn=2.0.0, status=sent (x)"})
            << lines({"accepted/success/1/alice@example.org", "bounced//0/alice@example.org", "dsn//0/alice@example.org", "dsn//0/alice@example.org"});
        QTest::newRow("deliveries that are read before the log-in") << lines({
            "Nov 23 14:43:51 mx1 postfix/smtp[671]: 75E32F3: to=<x@example.net>, relay=none, delay=0, delays=0/0/0/0, dsn=4.4.4, status=deferred (x)",
            "Nov 23 14:43:51 mx1 postfix/submission/smtpd[558]: 75E32F3: client=client.example.com[192.0.2.1], sasl_method=PLAIN, sasl_username=alice@example.org"})
            << lines({"deferred//0/alice@example.org", "accepted/success/1/alice@example.org"});
        QTest::newRow("further mail is no further log-in") << lines({
            "Nov 23 14:43:51 mx1 postfix/submission/smtpd[558]: 75E32F3: client=c[192.0.2.1], sasl_method=PLAIN, sasl_username=alice@example.org",
            "Nov 23 14:43:52 mx1 postfix/submission/smtpd[558]: 75E32F4: client=c[192.0.2.1], sasl_method=PLAIN, sasl_username=alice@example.org",
            "Nov 23 14:43:53 mx1 postfix/submission/smtpd[558]: disconnect from c[192.0.2.1] ehlo=1 auth=1 mail=2 rcpt=2 data=2 quit=1 commands=8"})
            << lines({"accepted/success/1/alice@example.org", "accepted/success/0/alice@example.org", "auth-success/success/0/alice@example.org"});
    }

    void stories()
    {
        QFETCH(QStringList, log);
        QFETCH(QStringList, events);
        QCOMPARE(brief(readLog(m_rules, log, false)), events);
        QCOMPARE(brief(readLog(m_rules, log, true)), events);
    }

    void backscatter()
    {
        const auto events = readLog(m_rules, lines({
            "Nov 23 14:43:51 mx1 postfix/smtpd[558]: AAAA1: client=mx.example.net[203.0.113.5]",
            "Nov 23 14:43:51 mx1 postfix/qmgr[286]: AAAA1: from=<>, size=2427, nrcpt=1 (queue active)",
            "Nov 23 14:43:51 mx1 postfix/virtual[748]: AAAA1: to=<never@example.org>, relay=virtual, delay=0.01, delays=0/0.01/0/0, dsn=2.0.0, status=sent (x)",
            "Nov 23 14:44:51 mx1 postfix/submission/smtpd[558]: AAAA2: client=c[192.0.2.1], sasl_method=PLAIN, sasl_username=alice@example.org",
            "Nov 23 14:45:51 mx1 postfix/smtpd[558]: AAAA3: client=mx.example.net[203.0.113.5]",
            "Nov 23 14:45:51 mx1 postfix/qmgr[286]: AAAA3: from=<>, size=2427, nrcpt=1 (queue active)",
            "Nov 23 14:45:51 mx1 postfix/virtual[748]: AAAA3: to=<Alice@example.org>, relay=virtual, delay=0.01, delays=0/0.01/0/0, dsn=2.0.0, status=sent (x)"}), false);
        QCOMPARE(events.size(), std::size_t(5));
        QCOMPARE(events[1].kind, EventKind::Dsn);
        QCOMPARE(events[1].detail, std::string("backscatter"));
        QCOMPARE(events[4].detail, std::string("notification-from-outside"));
    }

    void filesAreMergedByTime()
    {
        QTemporaryDir folder;
        const auto write = [&](const char* name, const char* text) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            if (file.open(QIODevice::WriteOnly)) {
                file.write(text);
            }
            return file.fileName();
        };
        const QString mail = write("mail", "2026-11-23T14:42:36+00:00 mx1 postfix/smtpd[398]: warning: unknown[198.51.100.72]: SASL PLAIN authentication failed: x\n");
        const QString rotated = write("auth", "2026-11-23T14:42:34+00:00 mx1 dovecot: auth: passwd-file(test@example.org,198.51.100.72): Password mismatch\n");
        std::vector<Event> events;
        const auto totals = LogFiles(m_rules, {}).read({mail, rotated}, [&](const Event& event) {
            events.push_back(event);
            return true;
        });
        QVERIFY(totals.has_value());
        QCOMPARE(totals->lines, std::uint64_t(2));
        QCOMPARE(totals->failures, std::uint64_t(1));
        QCOMPARE(brief(events), lines({"auth-failure/failure/1/test@example.org", "auth-failure/failure/0/test@example.org"}));
        QCOMPARE(events[0].line.file, FileId(1));
    }

    void memoryIsBounded()
    {
        // More guesses and queue ids than are kept: the newest still find their partners.
        Correlator correlator;
        ParsedBatch batch;
        StreamOptions options;
        options.fileTime = parseRfc3339("2026-11-24T00:00:00Z");
        StreamParser parser(m_rules, options, FileId(1));
        std::uint64_t attempts = 0;
        constexpr unsigned kTries = 150'000;
        for (unsigned i = 0; i < kTries; ++i) {
            const auto address = IpAddress::fromV4(0xC6120000U + i % 65000).toString();
            const auto name = "u" + std::to_string(i);
            parser.feed("Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(" + name + "," + address + "): Password mismatch\n"
                        "Nov 23 14:42:34 mx1 postfix/smtpd[3]: warning: unknown[" + address + "]: SASL PLAIN authentication failed: x, sasl_username=" + name + "\n", batch);
            if (batch.events.size() > 4000 || i + 1 == kTries) {
                correlator.process(batch);
                for (const auto& event : batch.events) {
                    attempts += event.attempts;
                }
                batch = {};
            }
        }
        QCOMPARE(attempts, std::uint64_t(kTries));
    }

    /// A refused key of another address is not a step on the way of who was let in, though the process id is the same.
    void anotherAddressIsAnotherTry()
    {
        const auto events = readLog(m_rules, lines({"Nov 23 14:42:34 mx1 sshd[3]: Accepted password for dave from 203.0.113.1 port 42532 ssh2",
                                                    "Nov 23 14:42:34 mx1 sshd[3]: Failed publickey for dave from 198.51.100.9 port 8759 ssh2"}), false);
        QCOMPARE(brief(events), QStringList({QStringLiteral("auth-success/success/1/dave"), QStringLiteral("auth-failure/failure/1/dave")}));
    }

    /// The ring grows while its oldest guesses may still find a partner.
    void aPairFarApartIsFoundInAFlood()
    {
        StreamOptions options;
        options.fileTime = parseRfc3339("2026-11-24T00:00:00Z");
        StreamParser parser(m_rules, options, FileId(1));
        Correlator correlator;
        ParsedBatch batch;
        parser.feed("Nov 23 14:42:00 mx1 dovecot: auth: passwd-file(eva,203.0.113.9,<s9>): Password mismatch\n", batch);
        for (int i = 0; i < 20'000; ++i) {
            parser.feed("Nov 23 14:42:30 mx1 dovecot: auth: passwd-file(u" + std::to_string(i) + ",198.18." + std::to_string(i / 250) + "." + std::to_string(i % 250) + "): Password mismatch\n", batch);
        }
        parser.feed("Nov 23 14:42:31 mx1 dovecot: imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<eva>, method=PLAIN, rip=203.0.113.9, lip=192.0.2.1, session=<s9>\n", batch);
        correlator.process(batch);
        QCOMPARE(batch.events.size(), std::size_t(20'002));
        QCOMPARE(batch.events.front().attempts, 1U);
        QCOMPARE(batch.events.back().attempts, 0U);
    }

private:
    std::shared_ptr<const RuleBook> m_rules;
};

QTEST_GUILESS_MAIN(TestLogsCorrelation)
#include "tst_LogsCorrelation.moc"
