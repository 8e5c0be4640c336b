// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/LogFiles.h"
#include "models/logs/LogReader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <zlib.h>

using namespace mailward;

namespace {

std::string gzip(const std::string& text)
{
    std::string out(compressBound(static_cast<uLong>(text.size())) + 64, '\0');
    z_stream z{};
    deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    deflate(&z, Z_FINISH);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

} // namespace

class TestLogsInput : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        const auto book = RuleBook::load();
        QVERIFY(book.has_value());
        m_rules = *book;
    }

    void formats_data()
    {
        QTest::addColumn<QByteArray>("packed");
        QTest::newRow("plain") << QByteArray("hello log\n");
        QTest::newRow("short") << QByteArray("a");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("gzip") << QByteArray::fromStdString(gzip("hello log\n"));
        QTest::newRow("two gzips") << QByteArray::fromStdString(gzip("hello ") + gzip("log\n"));
        // As the tools write them.
        QTest::newRow("xz") << QByteArray::fromHex("fd377a585a000004e6d6b4460200210116000000742fe5a301000968656c6c6f206c6f670a0000003601"
                                                   "dc83672ca86b0001220a151ae1671fb6f37d010000000004595a");
        QTest::newRow("bzip2") << QByteArray::fromHex("425a6839314159265359169a19e700000251000010400002c4a000221a63508601953a0b3c5dc914e1"
                                                      "42405a68679c");
        QTest::newRow("zstd") << QByteArray::fromHex("28b52ffd045851000068656c6c6f206c6f670a194fc3fd");
    }

    void formats()
    {
        QFETCH(QByteArray, packed);
        const std::string name = QTest::currentDataTag();
        for (const int piece : {1, 3, 1000}) {
            Unpacker unpacker;
            ByteBuffer out;
            for (qsizetype at = 0; at < packed.size(); at += piece) {
                const QByteArray part = packed.mid(at, piece);
                const auto fed = unpacker.feed({part.constData(), static_cast<std::size_t>(part.size())}, out);
                QVERIFY2(fed.has_value(), qPrintable(QStringLiteral("piece of %1 at %2").arg(piece).arg(at)));
            }
            QVERIFY(unpacker.finish(out).has_value());
            QCOMPARE(std::string(out.view()), name == "short" ? "a" : name == "empty" ? "" : "hello log\n");
        }
    }

    void damage()
    {
        std::string line(100'001, 'x');
        line.back() = '\n';
        const std::string whole = gzip(line);
        ByteBuffer out;
        Unpacker cut;
        QVERIFY(cut.feed(std::string_view(whole).substr(0, whole.size() / 2), out).has_value());
        const auto ended = cut.finish(out);
        QVERIFY(!ended.has_value());
        QCOMPARE(ended.error().code, ErrorCode::Corrupt);
        QVERIFY(!out.empty());

        std::string broken = whole;
        broken[12] = static_cast<char>(broken[12] ^ 0x55);
        Unpacker unpacker;
        const auto fed = unpacker.feed(broken, out);
        QVERIFY(!fed.has_value() || !unpacker.finish(out).has_value());
    }

    void aBombIsRefused()
    {
        const std::string bomb = gzip(std::string(80U << 20, '\0'));
        Unpacker unpacker;
        ByteBuffer out;
        Result<void> fed;
        for (std::size_t at = 0; at < bomb.size() && fed; at += 1000) {
            fed = unpacker.feed(std::string_view(bomb).substr(at, 1000), out);
        }
        QVERIFY(!fed.has_value());
        QCOMPARE(fed.error().code, ErrorCode::LimitExceeded);
        QVERIFY(out.size() < (65U << 20));
    }

    void threadsChangeNothing()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("mail.log"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(3'000'000, 'x') + "\n"); // a line longer than a block
        for (int i = 0; i < 4'000; ++i) {
            file.write("Nov 23 14:42:34 mx1 postfix/smtpd[398]: connect from unknown[198.51.100.72]\n");
            file.write(QByteArray("Nov 23 14:42:34 mx1 postfix/smtpd[398]: warning: unknown[198.51.100.72]: SASL PLAIN authentication failed: x, sasl_username=u") +
                       QByteArray::number(i) + "\n");
            file.write("Nov 23 14:42:35 mx1 last message repeated 2 times\n");
        }
        file.write("Nov 23 14:42:34 mx1 sshd[1]: no such message");
        file.close();

        const auto read = [&](int threads) {
            ParsedBatch all;
            StreamOptions options;
            options.fileTime = parseRfc3339("2026-11-24T00:00:00Z");
            LogReader reader(std::move(*LogInput::open(path)), m_rules, options, FileId(1), threads);
            while (auto block = reader.next()) {
                append(*block, all);
                reader.giveBack(std::move(block));
            }
            return all;
        };
        StreamParser parser(m_rules, {}, FileId(1));
        ParsedBatch streamed;
        QVERIFY(file.open(QIODevice::ReadOnly));
        parser.feed(file.readAll().toStdString(), streamed);
        parser.finish(streamed);
        for (const int threads : {0, 1, 2, 3}) {
            const ParsedBatch got = read(threads);
            QCOMPARE(got.lines, std::uint64_t(12'002));
            QCOMPARE(got.events.size(), std::size_t(8'000));
            QCOMPARE(got.boring, std::uint64_t(4'000));
            QCOMPARE(got.unknown, std::uint64_t(2));
            QCOMPARE(got.cut, std::uint64_t(1));
            for (std::size_t i = 0; i < got.events.size(); ++i) {
                QVERIFY(got.events[i].line == streamed.events[i].line);
                QVERIFY(got.events[i].account == streamed.events[i].account);
                QVERIFY(got.events[i].attempts == streamed.events[i].attempts);
            }
        }
    }

    /// Without a sink less is worked out; the figures must be those of the whole work.
    void totalsAloneAreTheSame()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("mail.log")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 1500; ++i) {
            const QByteArray n = QByteArray::number(i);
            const QByteArray ip = "198.51." + QByteArray::number(i % 200) + ".7";
            file.write("Nov 23 14:42:34 mx1 dovecot: auth: passwd-file(u" + n + "@example.org," + ip + "): unknown user\n");
            file.write("Nov 23 14:42:34 mx1 dovecot: auth: sql(u" + n + "@example.org," + ip + "): Password mismatch\n");
            file.write(i % 3 == 0 ? "Nov 23 14:42:34 mx1 dovecot: imap-login: Login: user=<u" + n + "@example.org>, method=PLAIN, rip=" + ip + ", lip=192.0.2.1, mpid=1, session=<a" + n + ">\n"
                                  : "Nov 23 14:42:36 mx1 postfix/smtpd[1]: warning: unknown[" + ip + "]: SASL LOGIN authentication failed: x, sasl_username=u" + n + "@example.org\n");
            file.write("Nov 23 14:42:36 mx1 postfix/qmgr[5]: A" + n + ": from=<u@example.org>, size=1, nrcpt=1 (queue active)\n");
            file.write("Nov 23 14:42:36 mx1 postfix/smtp[5]: A" + n + ": to=<x@example.net>, relay=none, delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent (ok)\n");
            file.write(i % 2 == 0 ? "Nov 23 14:42:36 mx1 last message repeated 2 times\n"
                                  : "Nov 23 14:42:36 mx1 dropbear[9]: Bad password attempt for 'root' from 198.51.100.9:4000\nNov 23 14:42:36 mx1 last message repeated 2 times\n");
        }
        file.close();
        std::uint64_t events = 0;
        const auto whole = LogFiles(m_rules, {}).read({file.fileName()}, [&](const Event&) { return ++events > 0; });
        const auto totals = LogFiles(m_rules, {}).read({file.fileName()}, {});
        QVERIFY(whole.has_value() && totals.has_value());
        QCOMPARE(totals->events, events);
        QCOMPARE(totals->events, whole->events);
        QCOMPARE(totals->failures, whole->failures);
        QCOMPARE(totals->successes, whole->successes);
        QCOMPARE(totals->successes, std::uint64_t(500));
        QCOMPARE(totals->unknown, std::uint64_t(0));
    }

    void aMissingFileIsSaid()
    {
        const auto totals = LogFiles(m_rules, {}).read({QStringLiteral("/nowhere/mail.log")}, [](const Event&) { return true; });
        QVERIFY(!totals.has_value());
        QCOMPARE(totals.error().code, ErrorCode::NotFound);
    }

    void aSinkThatHadEnoughIsNotCalledAgain()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("auth.log")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 1000; ++i) {
            file.write("Nov 23 14:43:27 mx1 sshd[622]: Failed password for root from 198.51.100.21 port 44121 ssh2\n");
        }
        file.close();
        int calls = 0;
        const auto totals = LogFiles(m_rules, {}).read({file.fileName()}, [&](const Event&) { return ++calls < 10; });
        QVERIFY(totals.has_value());
        QCOMPARE(calls, 10);
    }

private:
    std::shared_ptr<const RuleBook> m_rules;
};

QTEST_GUILESS_MAIN(TestLogsInput)
#include "tst_LogsInput.moc"
