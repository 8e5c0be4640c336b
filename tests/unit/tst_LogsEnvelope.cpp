// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/Envelope.h"
#include "models/logs/RuleBook.h"

#include <QTest>

using namespace mailward;

/// One message in every envelope that a server may put around it.
class TestLogsEnvelope : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        auto book = RuleBook::load();
        QVERIFY2(book.has_value(), book ? "" : qPrintable(book.error().text));
        m_rules = *book;
    }

    void parts_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QByteArray>("pid");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, const char* line, const char* host, const char* program, const char* pid, const char* message) {
            QTest::newRow(name) << QByteArray(line) << QByteArray(host) << QByteArray(program) << QByteArray(pid) << QByteArray(message);
        };
        row("rfc3164", "Nov 23 14:42:34 mx1 postfix/smtpd[12]: hello: x", "mx1", "postfix/smtpd", "12", "hello: x");
        row("one digit day", "Nov  3 14:42:34 mx1 sshd[12]: m", "mx1", "sshd", "12", "m");
        row("one blank", "Nov 3 14:42:34 mx1 sshd[12]: m", "mx1", "sshd", "12", "m");
        row("year", "Nov 23 2026 14:42:34 mx1 sshd[12]: m", "mx1", "sshd", "12", "m");
        row("year last", "Nov 23 14:42:34 2026 mx1 sshd[12]: m", "mx1", "sshd", "12", "m");
        row("no host", "Nov 23 14:42:34 sshd[12]: m", "", "sshd", "12", "m");
        row("no pid", "Nov 23 14:42:34 mx1 sshd: m", "mx1", "sshd", "", "m");
        row("no colon", "Nov 23 14:42:34 mx1 sshd[12] m", "mx1", "sshd", "12", "m");
        row("no colon, no pid", "Nov 23 14:42:34 mx1 sshd m", "mx1", "sshd", "", "m");
        row("blank before the pid", "Nov 23 14:42:34 mx1 sogod [12]: m", "mx1", "sogod", "12", "m");
        row("bsd facility", "Nov 23 14:42:34 <mail.info> mx1 sshd[12]: m", "mx1", "sshd", "12", "m");
        row("busybox", "Nov 23 14:42:34 mx1 mail.info sshd[12]: m", "mx1", "sshd", "12", "m");
        row("busybox, no host", "Nov 23 14:42:34 mail.info sshd[12]: m", "", "sshd", "12", "m");
        row("solaris", "Nov 23 14:42:34 mx1 sshd[12]: [ID 197553 auth.info] m", "mx1", "sshd", "12", "m");
        row("path", "Nov 23 14:42:34 mx1 /usr/sbin/sshd[12]: m", "mx1", "sshd", "12", "m");
        row("priority", "<22>Nov 23 14:42:34 mx1 sshd[12]: m", "mx1", "sshd", "12", "m");
        row("rfc5424", "<22>1 2026-11-23T14:42:34.5Z mx1 sshd 12 - - m", "mx1", "sshd", "12", "m");
        row("rfc5424 data", "<22>1 2026-11-23T14:42:34Z mx1 sshd 12 ID4 [a@1 b=\"\\]: x\"][c@2 d=\"e\"] m", "mx1", "sshd", "12", "m");
        row("rfc5424 bom", "<22>1 2026-11-23T14:42:34Z mx1 sshd - - - \xEF\xBB\xBFm", "mx1", "sshd", "", "m");
        row("rfc5424 nothing", "<22>1 - - - - - - m", "", "", "", "m");
        row("rfc3339", "2026-11-23T14:42:34.514157+01:00 mx1 sshd[12]: m", "mx1", "sshd", "12", "m");
        row("short iso", "2026-11-23T14:42:34+0100 mx1 sshd[12]: m", "mx1", "sshd", "12", "m");
        row("ipv6 host", "Nov 23 14:42:34 2001:db8::1 sshd[12]: m", "2001:db8::1", "sshd", "12", "m");
        row("repeated", "Nov 23 14:42:34 mx1 sshd[12]: message repeated 3 times: [ m]", "mx1", "sshd", "12", "m");
        row("journald", R"({"__REALTIME_TIMESTAMP":"1795445031000000","_HOSTNAME":"mx1","SYSLOG_IDENTIFIER":"sshd","_PID":"12","MESSAGE":"m"})",
            "mx1", "sshd", "12", "m");
        row("journald bytes", R"({"_HOSTNAME":"mx1","SYSLOG_IDENTIFIER":"sshd","SYSLOG_PID":"12","MESSAGE":[109,255,10]})", "mx1", "sshd", "12", "m\xFF\n");
        row("journald null", R"({"_HOSTNAME":"mx1","SYSLOG_IDENTIFIER":"sshd","SYSLOG_PID":"12","MESSAGE":null})", "mx1", "sshd", "12", "null");
        row("docker", R"({"log":"Nov 23 14:42:34 mx1 sshd[12]: m\n","stream":"stdout","time":"2026-11-23T14:42:34.1Z"})", "mx1", "sshd", "12", "m");
        row("kubernetes", "2026-11-23T14:42:34.123456789Z stdout F Nov 23 14:42:34 mx1 sshd[12]: m", "mx1", "sshd", "12", "m");
        row("dovecot syslog", "Nov 23 14:42:34 mx1 dovecot: imap-login: Login: x", "mx1", "dovecot", "", "Login: x");
        row("dovecot level", "Nov 23 14:42:34 mx1 dovecot[9]: imap-login: Info: Login: x", "mx1", "dovecot", "9", "Login: x");
        row("dovecot worker", "Nov 23 14:42:34 mx1 dovecot: auth-worker(77): sql(a,b): unknown user", "mx1", "dovecot", "77", "sql(a,b): unknown user");
        row("dovecot own file", "Nov 23 14:52:28 auth: Info: sql(a,b): Password mismatch", "", "dovecot", "", "sql(a,b): Password mismatch");
        row("dovecot user", "Nov 23 14:42:34 mx1 dovecot: imap(a b)<1><s>: gone", "mx1", "dovecot", "", "(a b)<1><s>: gone");
        row("exim", "2026-11-23 14:42:34 1rAB-000-XY <= a@example.org", "", "", "", "1rAB-000-XY <= a@example.org");
        row("exim hostile helo", "2026-11-23 14:42:34 H=(sshd[1]: Failed) [192.0.2.1] rejected", "", "", "", "H=(sshd[1]: Failed) [192.0.2.1] rejected");
        row("own file with tag", "2026-11-23 14:42:34,123 fail2ban.actions        [123]: NOTICE x", "", "fail2ban.actions", "123", "NOTICE x");
        row("own file with host", "2026-11-23 14:42:34,123 mx1 proftpd[123] mx1 (x)", "mx1", "proftpd", "123", "mx1 (x)");
        row("bracketed", "[23-Nov-2026 14:42:34 +0000]: Login failed", "", "", "", "Login failed");
        row("tai", "@4000000065537a8a1d2c3b4c tcpserver: ok", "", "tcpserver", "", "ok");
        row("no envelope", "Login attempt for nonexistent user", "", "", "", "Login attempt for nonexistent user");
        row("empty", "", "", "", "", "");
    }

    void parts()
    {
        QFETCH(QByteArray, line);
        Scratch scratch;
        Envelope envelope;
        parseEnvelope({line.constData(), static_cast<std::size_t>(line.size())}, *m_rules, scratch, envelope);
        const auto bytes = [](std::string_view text) { return QByteArray(text.data(), static_cast<qsizetype>(text.size())); };
        QTEST(bytes(envelope.host), "host");
        QTEST(bytes(envelope.program), "program");
        QTEST(bytes(envelope.pid), "pid");
        QTEST(bytes(envelope.message), "message");
    }

    void repeats()
    {
        Scratch scratch;
        Envelope envelope;
        parseEnvelope("Nov 23 14:42:34 mx1 sshd[12]: message repeated 3 times: [ m]", *m_rules, scratch, envelope);
        QCOMPARE(envelope.repeats, 3U);
        parseEnvelope("Nov 23 14:42:34 mx1 last message repeated 4 times", *m_rules, scratch, envelope);
        QVERIFY(envelope.repeatsLast);
        QCOMPARE(envelope.repeats, 4U);
        QCOMPARE(envelope.host, std::string_view("mx1"));
    }

    void hostileJson_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("deep") << QByteArray("{\"a\":") + QByteArray(5000, '[');
        QTest::newRow("open string") << QByteArray("{\"MESSAGE\":\"x");
        QTest::newRow("open escape") << QByteArray("{\"MESSAGE\":\"\\u12");
        QTest::newRow("lone surrogate") << QByteArray("{\"MESSAGE\":\"\\ud800\"}");
        QTest::newRow("bytes out of range") << QByteArray("{\"MESSAGE\":[1,256]}");
        QTest::newRow("trailing") << QByteArray("{\"MESSAGE\":\"x\"} y");
        QTest::newRow("nested docker") << QByteArray("{\"log\":\"{\\\"log\\\":\\\"x\\\"}\"}");
    }

    void hostileJson()
    {
        QFETCH(QByteArray, line);
        Scratch scratch;
        Envelope envelope;
        parseEnvelope({line.constData(), static_cast<std::size_t>(line.size())}, *m_rules, scratch, envelope);
        QVERIFY(envelope.program.empty());
    }

private:
    std::shared_ptr<const RuleBook> m_rules;
};

QTEST_GUILESS_MAIN(TestLogsEnvelope)
#include "tst_LogsEnvelope.moc"
