// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/LogPuller.h"
#include "tests/support/LocalRunner.h"
#include "tests/support/MemorySink.h"
#include "tests/support/NumberedLog.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include <atomic>
#include <thread>

using namespace mailward;
using namespace mailward::test;
using namespace std::chrono_literals;

/// Logs that are followed while they grow and rotate, and the systemd journal.
class TestServersLive : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void livesThroughRotations();
    void copyTruncateInPeaceLosesNothing();
    void cutWhileItIsRead_data();
    void cutWhileItIsRead();
    void slowLinkIsPacked();
    void journalByCursor();
    void journalThatLostTheEntrySaysSo();
    void failedCommitOfTheJournalComesAgain();
    void followsTheJournal();

private:
    /// Follows until the sink has as many lines as were written, and the writer is done.
    void follow(const std::atomic<bool>& written);
    void compare();
    void armCut();
    /// The "server" gets a program of its own of that name.
    void putTool(const QString& name, const QByteArray& script);
    void writeJournal(int first, int count, int facility = 2);
    [[nodiscard]] QList<int> journalNumbers() const;
    [[nodiscard]] Result<RoundReport> pull() { return LogPuller(m_runner, *m_sink, m_profile).catchUp(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<NumberedLog> m_log;
    std::unique_ptr<MemorySink> m_sink;
    LocalRunner m_runner;
    ServerProfile m_profile;
    QByteArray m_path;
};

void TestServersLive::init()
{
    m_path = qgetenv("PATH");
    m_folder = std::make_unique<QTemporaryDir>();
    m_log = std::make_unique<NumberedLog>(m_folder->path());
    m_sink = std::make_unique<MemorySink>();
    m_profile = ServerProfile{};
    m_profile.endpoint.user = QStringLiteral("mwops");
    m_profile.logs = {{m_log->path().toStdString()}};
}

void TestServersLive::cleanup() { qputenv("PATH", m_path); }

void TestServersLive::compare()
{
    QSet<QByteArray> seen;
    const QList<QByteArray> lines = m_sink->lines();
    for (const QByteArray& line : lines) {
        QVERIFY2(!seen.contains(line), line.constData());
        seen.insert(line);
    }
    QCOMPARE(static_cast<int>(lines.size()), m_log->written());
}

void TestServersLive::follow(const std::atomic<bool>& written)
{
    std::stop_source stop;
    LogPuller puller(m_runner, *m_sink, m_profile, stop.get_token());
    const auto late = std::chrono::steady_clock::now() + 60s;
    const auto ended = puller.follow([&](const RoundReport&) {
        if ((written && m_sink->content.count('\n') >= m_log->written()) || std::chrono::steady_clock::now() > late) {
            stop.request_stop();
        }
    });
    QCOMPARE(ended.error().code, ErrorCode::Cancelled);
}

void TestServersLive::livesThroughRotations()
{
    m_log->write(100);
    std::atomic<bool> written = false;
    std::jthread writer([&] {
        for (int step = 0; step < 60; ++step) {
            m_log->write(step % 7 == 0 ? 4000 : 3);
            if (step % 20 == 10) {
                m_log->rename(QStringLiteral(".%1").arg(9 - step / 20));
                m_log->write(30); // a new file, too short to be told by its tail alone
            }
            std::this_thread::sleep_for(5ms);
        }
        m_log->write(1);
        written = true;
    });
    follow(written);
    compare();
}

void TestServersLive::copyTruncateInPeaceLosesNothing()
{
    m_log->write(100);
    std::atomic<bool> written = false;
    std::jthread writer([&] {
        for (int step = 0; step < 3; ++step) {
            m_log->write(200);
            m_log->copyTruncate(QStringLiteral(".%1").arg(9 - step));
            m_log->age(QStringLiteral(".%1").arg(9 - step), 60 - step);
            // Longer than it was: its size does not tell that it is another file.
            m_log->write(300 * (step + 1));
            std::this_thread::sleep_for(20ms);
        }
        written = true;
    });
    follow(written);
    compare();
}

void TestServersLive::putTool(const QString& name, const QByteArray& script)
{
    QDir().mkpath(m_folder->filePath(QStringLiteral("bin")));
    QFile tool(m_folder->filePath(QStringLiteral("bin/") + name));
    QVERIFY(tool.open(QIODevice::WriteOnly) && tool.write("#!/bin/sh\n" + script) > 0);
    QVERIFY(tool.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    tool.close();
    qputenv("PATH", m_folder->filePath(QStringLiteral("bin")).toLocal8Bit() + ':' + m_path);
}

/// The next read of the log meets 50 new lines, and, when it calls `cut`, 400 others instead: copied, cut short, grown past its size.
void TestServersLive::armCut()
{
    m_log->write(50);
    const QByteArray log = m_log->path().toLocal8Bit();
    const QByteArray size = QByteArray::number(QFileInfo(m_log->path()).size());
    m_log->write(400);
    QVERIFY(QFile::copy(m_log->path(), m_log->path() + QStringLiteral(".next")) && QFile::resize(m_log->path(), size.toLongLong()));
    putTool(QStringLiteral("cut"), "rm " + log + ".armed 2>/dev/null || exit 0\ncp " + log + ' ' + log + ".1; touch -d '-1 minute' " + log +
                                       ".1\n: >" + log + "; /usr/bin/tail -c +$((" + size + " + 1)) " + log + ".next >>" + log + '\n');
    QFile armed(m_log->path() + QStringLiteral(".armed"));
    QVERIFY(armed.open(QIODevice::WriteOnly));
}

void TestServersLive::cutWhileItIsRead_data()
{
    QTest::addColumn<int>("afterReports");
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QByteArray>("script");
    QTest::newRow("in a careful round") << 0 << QStringLiteral("dd") << QByteArray(R"sh(case $1 in if=/dev/fd/3) cut ;; esac
exec /usr/bin/dd "$@"
)sh");
    QTest::newRow("as it grows") << 2 << QStringLiteral("tail") << QByteArray(R"sh(case $1 in -c) ;; *) exec /usr/bin/tail "$@" ;; esac
from=${2#+}
/usr/bin/tail -c +"$from" /dev/fd/3 | head -c 256
cut
exec /usr/bin/tail -c +$((from + 256)) /dev/fd/3
)sh");
}

void TestServersLive::cutWhileItIsRead()
{
    QFETCH(int, afterReports);
    QFETCH(QString, tool);
    QFETCH(QByteArray, script);
    m_log->write(100);
    QVERIFY(pull());
    putTool(QStringLiteral("cut"), "exit 0\n");
    putTool(tool, script);
    std::stop_source stop;
    LogPuller puller(m_runner, *m_sink, m_profile, stop.get_token());
    const auto late = std::chrono::steady_clock::now() + 60s;
    int reports = 0;
    if (afterReports == 0) {
        armCut();
    }
    const auto ended = puller.follow([&](const RoundReport&) {
        if (++reports == afterReports) {
            armCut();
        }
        if (m_sink->content.count('\n') >= 550 || std::chrono::steady_clock::now() > late) {
            stop.request_stop();
        }
    });
    QCOMPARE(ended.error().code, ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(m_log->path() + QStringLiteral(".armed")));
    compare();
}

void TestServersLive::slowLinkIsPacked()
{
    m_log->write(200'000);
    LogPuller::Options options;
    for (const double slow : {1e15, 0.0}) { // any link is slow, none is
        options.slowLink = slow;
        m_sink = std::make_unique<MemorySink>();
        m_runner.carried = 0;
        QVERIFY(LogPuller(m_runner, *m_sink, m_profile, {}, options).catchUp());
        compare();
        const auto size = static_cast<qint64>(m_sink->content.size());
        QVERIFY(slow > 0 ? m_runner.carried < (5 << 20) + (size - (5 << 20)) / 3 : m_runner.carried >= size);
    }
}

void TestServersLive::writeJournal(int first, int count, int facility)
{
    QByteArray text;
    for (int i = first; i < first + count; ++i) {
        const QByteArray seconds = QByteArray::number(QDateTime::currentSecsSinceEpoch() - 3600 + i);
        text += "__REALTIME_TIMESTAMP=" + seconds + "000000\n__MONOTONIC_TIMESTAMP=" + QByteArray::number(i + 1) +
                "000000\n_BOOT_ID=0123456789abcdef0123456789abcdef\nMESSAGE=line " + QByteArray::number(i) + "\nSYSLOG_FACILITY=" + QByteArray::number(facility) +
                "\nSYSLOG_IDENTIFIER=postfix/smtpd\n_HOSTNAME=mx1\n\n";
    }
    const QString file = m_folder->filePath(QStringLiteral("export"));
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly) && out.write(text) == text.size());
    out.close();
    const QString journal = m_folder->filePath(QStringLiteral("x.journal"));
    QVERIFY(runTool(QStringLiteral("/lib/systemd/systemd-journal-remote"), {QStringLiteral("-o"), journal, file}));
    // The journalctl of this "server" knows this journal only.
    putTool(QStringLiteral("journalctl"), "exec /usr/bin/journalctl --file " + journal.toLocal8Bit() + " \"$@\"\n");
    m_profile.logs = {{LogSource::kJournal}};
}

QList<int> TestServersLive::journalNumbers() const
{
    QList<int> numbers;
    for (const QByteArray& line : m_sink->lines()) {
        numbers << QJsonDocument::fromJson(line).object().value(QStringLiteral("MESSAGE")).toString().mid(5).toInt();
    }
    return numbers;
}

void TestServersLive::journalByCursor()
{
    if (!QFile::exists(QStringLiteral("/lib/systemd/systemd-journal-remote"))) {
        QSKIP("systemd-journal-remote is not installed");
    }
    writeJournal(0, 5);
    QVERIFY(pull());
    QCOMPARE(journalNumbers(), (QList<int>{0, 1, 2, 3, 4}));
    QVERIFY(pull());
    QCOMPARE(journalNumbers().size(), 5);
    writeJournal(5, 3);
    writeJournal(8, 2, 0); // the kernel's
    writeJournal(10, 2, 10);
    const auto report = pull();
    QVERIFY(report && report->sources.front().notes.empty() && !report->sources.front().error);
    QCOMPARE(journalNumbers(), (QList<int>{0, 1, 2, 3, 4, 5, 6, 7, 10, 11}));
}

void TestServersLive::journalThatLostTheEntrySaysSo()
{
    if (!QFile::exists(QStringLiteral("/lib/systemd/systemd-journal-remote"))) {
        QSKIP("systemd-journal-remote is not installed");
    }
    writeJournal(0, 5);
    QVERIFY(pull());
    QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("x.journal"))));
    writeJournal(20, 3);
    const auto report = pull();
    QVERIFY(report);
    QCOMPARE(report->sources.front().notes.size(), 1U);
    QCOMPARE(journalNumbers(), (QList<int>{0, 1, 2, 3, 4, 20, 21, 22}));
}

void TestServersLive::failedCommitOfTheJournalComesAgain()
{
    if (!QFile::exists(QStringLiteral("/lib/systemd/systemd-journal-remote"))) {
        QSKIP("systemd-journal-remote is not installed");
    }
    writeJournal(0, 5);
    m_sink->failAfter = 0;
    QCOMPARE(pull().error().code, ErrorCode::LimitExceeded);
    QVERIFY(pull());
    QCOMPARE(journalNumbers(), (QList<int>{0, 1, 2, 3, 4}));
}

void TestServersLive::followsTheJournal()
{
    if (!QFile::exists(QStringLiteral("/lib/systemd/systemd-journal-remote"))) {
        QSKIP("systemd-journal-remote is not installed");
    }
    writeJournal(0, 3);
    std::stop_source stop;
    LogPuller puller(m_runner, *m_sink, m_profile, stop.get_token());
    bool more = false;
    const auto late = std::chrono::steady_clock::now() + 30s;
    const auto ended = puller.follow([&](const RoundReport&) {
        if (!more) {
            more = true;
            writeJournal(3, 2);
        } else if (m_sink->content.count('\n') >= 5 || std::chrono::steady_clock::now() > late) {
            stop.request_stop();
        }
    });
    QCOMPARE(ended.error().code, ErrorCode::Cancelled);
    QCOMPARE(journalNumbers(), (QList<int>{0, 1, 2, 3, 4}));
}

QTEST_GUILESS_MAIN(TestServersLive)
#include "tst_ServersLive.moc"
