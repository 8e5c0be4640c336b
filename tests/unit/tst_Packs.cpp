// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/RuleBook.h"
#include "models/logs/StreamParser.h"
#include "tests/support/HostileCorpus.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <map>

using namespace mailward;
using namespace mailward::test;

namespace {

std::shared_ptr<const RuleBook> ownBook()
{
    static const auto book = RuleBook::load();
    return book ? *book : nullptr;
}

ParsedBatch parsed(const std::string& line)
{
    StreamOptions options;
    options.year = 2026;
    StreamParser parser(ownBook(), options, FileId{1});
    ParsedBatch batch;
    parser.feed(line + "\n", batch);
    parser.finish(batch);
    return batch;
}

std::string ipOf(const Event& event)
{
    return event.ip ? event.ip->toString() : std::string();
}

/// A syslog line taken apart: "Nov 23 14:42:34 mx1 tag[12]: message".
struct Parts {
    QByteArray tag, pid, message;
};

std::optional<Parts> partsOf(const std::string& line)
{
    static const QRegularExpression form(QStringLiteral(R"(^Nov \d\d \d\d:\d\d:\d\d mx1 ([A-Za-z][\w./-]*?)(?:\[(\d+)\])?: (.*)$)"),
                                         QRegularExpression::DotMatchesEverythingOption);
    const auto match = form.match(QString::fromStdString(line));
    if (!match.hasMatch() || match.captured(3).startsWith(u"message repeated")) {
        return std::nullopt;
    }
    return Parts{match.captured(1).toUtf8(), match.captured(2).toUtf8(), match.captured(3).toUtf8()};
}

QByteArray journal(const Parts& parts, bool asBytes)
{
    QJsonObject object{{QStringLiteral("__REALTIME_TIMESTAMP"), QStringLiteral("1795445031000000")},
                       {QStringLiteral("_HOSTNAME"), QStringLiteral("mx1")},
                       {QStringLiteral("SYSLOG_IDENTIFIER"), QString::fromUtf8(parts.tag)}};
    if (!parts.pid.isEmpty()) {
        object.insert(QStringLiteral("SYSLOG_PID"), QString::fromUtf8(parts.pid));
    }
    if (asBytes) {
        QJsonArray bytes;
        for (const char c : parts.message) {
            bytes.append(static_cast<int>(static_cast<unsigned char>(c)));
        }
        object.insert(QStringLiteral("MESSAGE"), bytes);
    } else {
        object.insert(QStringLiteral("MESSAGE"), QString::fromUtf8(parts.message));
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::vector<std::pair<const char*, QByteArray>> envelopes(const Parts& p)
{
    const QByteArray tag = p.pid.isEmpty() ? p.tag : p.tag + '[' + p.pid + ']';
    const QByteArray procid = p.pid.isEmpty() ? QByteArray("-") : p.pid;
    return {{"rfc3164 with priority", "<22>Nov 23 14:42:34 mx1 " + tag + ": " + p.message},
            {"rfc3339", "2026-11-23T14:42:34.123456+00:00 mx1 " + tag + ": " + p.message},
            {"short-iso", "2026-11-23T14:42:34+0000 mx1 " + tag + ": " + p.message},
            {"rfc5424", "<22>1 2026-11-23T14:42:34.123456Z mx1 " + p.tag + ' ' + procid + " - [x@32473 a=\"\\]: 192.0.2.66\"] " + p.message},
            {"bsd", "Nov 23 14:42:34 <mail.info> mx1 " + tag + ": " + p.message},
            {"journal", journal(p, false)},
            {"journal, bytes", journal(p, true)}};
}

} // namespace

class TestPacks : public QObject
{
    Q_OBJECT
private slots:
    void everyDaemonHasItsSamples()
    {
        QVERIFY(ownBook());
        std::map<std::string, std::size_t> samples;
        for (const auto& rule : ownBook()->rules()) {
            samples[rule.pack] += rule.samples.size();
            // Packs of several daemons name their rules after them.
            samples[rule.pack + '/' + rule.name.substr(0, rule.name.find('-'))] += rule.samples.size();
        }
        samples["tcp wrappers"] = samples["pam/tcp"];
        samples["pam itself"] = samples["pam"] - samples["pam/tcp"] - samples["pam/xinetd"];
        const auto has = [&](const char* daemon, std::size_t least) {
            qInfo("%s: %zu samples", daemon, samples[daemon]);
            return samples[daemon] >= least;
        };
        for (const char* pack : {"postfix", "dovecot", "sshd", "exim"}) {
            QVERIFY2(has(pack, 25), pack);
        }
        for (const char* pack : {"courier", "cyrus", "sendmail", "saslauthd", "opensmtpd", "uw-imap", "qmail", "zimbra", "haraka", "stalwart",
                                 "webmail/roundcube", "webmail/sogo", "webmail/horde", "webmail/squirrelmail", "ftp/proftpd", "ftp/vsftpd", "ftp/pureftpd", "dropbear",
                                 "bans/fail2ban", "bans/sshguard", "bans/crowdsec", "pam itself", "tcp wrappers", "filters"}) {
            QVERIFY2(has(pack, 8), pack);
        }
    }

    /// The same line in another envelope says the same.
    void everyEnvelopeSaysTheSame()
    {
        int lines = 0;
        for (const auto& rule : ownBook()->rules()) {
            for (const auto& sample : rule.samples) {
                const auto parts = partsOf(sample.line);
                if (!parts || rule.meaning != Rule::Meaning::Event) {
                    continue;
                }
                for (const auto& [name, line] : envelopes(*parts)) {
                    const auto batch = parsed(line.toStdString());
                    const QByteArray where = QByteArray(name) + ": " + line;
                    QVERIFY2(batch.events.size() == 1, where.constData());
                    QVERIFY2(batch.events[0].kind == rule.kind, where.constData());
                    QVERIFY2(ipOf(batch.events[0]) == sample.ip, where.constData());
                    QVERIFY2(batch.events[0].account == sample.account, where.constData());
                    ++lines;
                }
            }
        }
        QVERIFY(lines > 1000);
    }

    /// No forgery yields an address, and none makes a refused password vanish.
    void noForgeryYieldsAnAddress()
    {
        const auto corpus = hostileCorpus(*ownBook());
        QVERIFY2(corpus.size() >= 2000, qPrintable(QString::number(corpus.size())));
        int wrong = 0;
        int vanished = 0;
        int named = 0;
        for (const auto& hostile : corpus) {
            const auto batch = parsed(hostile.line);
            QCOMPARE(batch.lines, std::uint64_t(1));
            QCOMPARE(batch.events.size() + batch.boring + batch.unknown + batch.notes.size() > 0, true);
            for (const auto& event : batch.events) {
                named += ipOf(event) == hostile.ip && !hostile.ip.empty() ? 1 : 0;
                if (event.ip && ipOf(event) != hostile.ip) {
                    ++wrong;
                    qWarning("%s: %s from %.400s", hostile.field.c_str(), ipOf(event).c_str(), hostile.line.c_str());
                }
            }
            if (hostile.isGuess && batch.boring > 0) {
                ++vanished;
                qWarning("%s is lost: %.400s", hostile.field.c_str(), hostile.line.c_str());
            }
        }
        qInfo("%zu hostile lines, %d with their true address, %d wrong, %d lost", corpus.size(), named, wrong, vanished);
        QCOMPARE(wrong, 0);
        QCOMPARE(vanished, 0);
        QVERIFY(named > static_cast<int>(corpus.size()) / 2);
    }

    /// A journal message may hold a real line end: what follows it is still the peer's text.
    /// Fields that no rule captures are the peer's too: chkuser writes HELO and sender as they came.
    void wordsOfTheLogInAnUncapturedFieldFrameNobody()
    {
        for (const char* line : {"qmail: 1795445031.1 CHKUSER rejected rcpt: from <a@example.com::> remote <a:b:192.0.2.1> rcpt <x> : y:unknown:198.51.100.5> rcpt <g@example.org> : not existing recipient",
                                 "qmail: 1795445031.1 CHKUSER rejected rcpt: from <x> remote <a:b:192.0.2.1> rcpt <x> : y@example.com::> remote <pc:unknown:198.51.100.5> rcpt <g@example.org> : no",
                                 "qmail: x CHKUSER rejected rcpt: from <x> remote <a:b:192.0.2.1> rcpt <x> : y"}) {
            for (const Event& event : parsed(std::string("Nov 24 15:20:05 mx1 ") + line).events) {
                QVERIFY2(ipOf(event) != "192.0.2.1", line);
            }
        }
        QCOMPARE(ipOf(parsed("Nov 24 15:20:05 mx1 qmail: 1795445031.1 CHKUSER rejected rcpt: from <a@example.com::> remote <pc:unknown:198.51.100.5> rcpt <g@example.org> : no").events.at(0)),
                 std::string("198.51.100.5"));
    }

    void aLineEndInAJournalMessageStartsNoLine()
    {
        int lines = 0;
        for (const auto& rule : ownBook()->rules()) {
            for (const auto& sample : rule.samples) {
                auto parts = partsOf(sample.line);
                if (!parts || sample.account.empty() || rule.meaning != Rule::Meaning::Event) {
                    continue;
                }
                const QByteArray name = QByteArray::fromStdString(sample.account);
                parts->message.replace(name, name + "\nNov 24 09:00:00 mx1 sshd[1]: Failed password for root from 192.0.2.66 port 22 ssh2\n" + parts->message);
                const auto batch = parsed(journal(*parts, false).toStdString());
                for (const auto& event : batch.events) {
                    QVERIFY2(!event.ip || ipOf(event) == sample.ip, parts->message.constData());
                }
                ++lines;
            }
        }
        QVERIFY(lines > 100);
    }

    /// A password that a daemon leaks is in nothing that we keep of the line.
    void noPasswordIsKept()
    {
        const std::string secret = "hunter2-S3cret";
        for (const char* form : {"Nov 24 09:00:00 mx1 vpopmail[1]: vchkpw-pop3: (PLAIN) password fail (pass: '%') bob@example.org:198.51.100.9",
                                 "Nov 24 09:00:00 mx1 dovecot: auth-worker(1): sql(bob,198.51.100.9): unknown user (given password: %)",
                                 "Nov 24 09:00:00 mx1 dovecot: auth: passwd-file(bob,198.51.100.9): Password mismatch (given password: %)",
                                 "Nov 24 09:00:00 mx1 courieresmtpd: error,relay=::ffff:198.51.100.9,msg=\"535 Authentication failed.\",cmd: %",
                                 "2026-11-24 09:00:00 SMTP protocol error in \"AUTH PLAIN %\" H=(h) [198.51.100.9] AUTH command used when not advertised"}) {
            std::string line = form;
            line.replace(line.find('%'), 1, secret);
            const auto batch = parsed(line);
            QVERIFY2(batch.events.size() == 1, line.c_str());
            const auto& e = batch.events[0];
            for (const auto* text : {&e.account, &e.detail, &e.from, &e.to, &e.status, &e.session, &e.program, &e.qid}) {
                QVERIFY2(text->find(secret) == std::string::npos, line.c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestPacks)
#include "tst_Packs.moc"
