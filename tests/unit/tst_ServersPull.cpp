// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/LogBytes.h"
#include "models/servers/LogPuller.h"
#include "models/servers/ServerConnection.h"
#include "tests/support/LocalRunner.h"
#include "tests/support/LocalSshd.h"
#include "tests/support/MemorySink.h"
#include "tests/support/NumberedLog.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QSet>
#include <QTest>

#include <csignal>
#include <random>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace mailward;
using namespace mailward::test;
using namespace std::chrono_literals;

class TestServersPull : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsNewLinesOnly();
    void waitsForTheEndOfALine();
    void followsARename();
    void followsARenameThatIsCompressedAtOnce();
    void followsTwoRotationsWhileAway();
    void followsCopyTruncate();
    void aRotationCostsNoLookAtWhatIsKnown();
    void rotationOvertakesTheReader();
    void linesWrittenToTheRenamedFileAreRead();
    void inodeReuseIsANewFile();
    void fullRewriteIsANewFile();
    void shortFileKeepsItsIdentityWhileItGrows();
    void shortenedFileGoesOnFromItsEnd();
    void backfillTakesWhatIsYoungEnough();
    void halfCompressedFileIsNotTaken();
    void foreignNamesAreNotTaken();
    void missingAndUnreadableLeaveTheOthersAlone();
    void aPipeIsNoLog();
    void tooLongLineIsSkippedAndCounted_data();
    void tooLongLineIsSkippedAndCounted();
    void bombIsLeftOut();
    void failedCommitComesAgain();
    void cutsLoseNothing();
    void randomRotationsLoseNothing();
    void followsLive();
    void linesAreFetchedAgainWhereverTheyAre();
    void overSshWithTheServerKilledAgainAndAgain();

private:
    /// A puller that has seen nothing yet, as after a restart.
    [[nodiscard]] Result<RoundReport> pull();
    void compare();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<NumberedLog> m_log;
    std::unique_ptr<MemorySink> m_sink;
    LocalRunner m_runner;
    ServerProfile m_profile;
};

void TestServersPull::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_log = std::make_unique<NumberedLog>(m_folder->path());
    m_sink = std::make_unique<MemorySink>();
    m_runner.breakAfter(-1);
    m_profile.endpoint.user = QStringLiteral("mwops");
    m_profile.logs = {{m_log->path().toStdString()}};
}

Result<RoundReport> TestServersPull::pull()
{
    return LogPuller(m_runner, *m_sink, m_profile).catchUp();
}

void TestServersPull::compare()
{
    QSet<QByteArray> seen;
    const QList<QByteArray> lines = m_sink->lines();
    for (const QByteArray& line : lines) {
        QVERIFY2(!seen.contains(line), line.constData());
        seen.insert(line);
    }
    QCOMPARE(static_cast<int>(lines.size()), m_log->written());
}

void TestServersPull::readsNewLinesOnly()
{
    m_log->write(1000);
    LogPuller puller(m_runner, *m_sink, m_profile);
    const auto first = puller.catchUp();
    QVERIFY(first);
    QCOMPARE(first->bytes(), static_cast<std::uint64_t>(QFileInfo(m_log->path()).size()));
    const int before = m_runner.commands;
    QCOMPARE(puller.round()->bytes(), 0U);
    QCOMPARE(m_runner.commands, before + 1); // nothing new: one look and no more
    m_log->write(5);
    QVERIFY(puller.round());
    m_log->write(5);
    QVERIFY(pull());
    compare();
    QCOMPARE(m_sink->files.size(), 1U);
}

void TestServersPull::waitsForTheEndOfALine()
{
    m_log->write(3);
    m_log->append("Nov 23 14:42:34 mx1 dovecot: imap-");
    QVERIFY(pull());
    QCOMPARE(m_sink->lines().size(), 3);
    m_log->append("login: the rest\n");
    QVERIFY(pull());
    QCOMPARE(m_sink->lines().last(), QByteArray("Nov 23 14:42:34 mx1 dovecot: imap-login: the rest"));
}

void TestServersPull::followsARename()
{
    m_log->write(100);
    QVERIFY(pull());
    m_log->write(50);
    m_log->rename(QStringLiteral(".1"));
    m_log->write(30);
    QVERIFY(pull());
    compare();
    QCOMPARE(m_sink->files.size(), 2U);
}

void TestServersPull::followsARenameThatIsCompressedAtOnce()
{
    m_log->write(100);
    QVERIFY(pull());
    m_log->write(50);
    m_log->rename(QStringLiteral("-20261123"));
    m_log->age(QStringLiteral("-20261123"));
    m_log->compress(QStringLiteral("-20261123"));
    m_log->write(30);
    QVERIFY(pull());
    compare();
    const int before = m_runner.commands;
    QVERIFY(pull());
    QVERIFY(m_runner.commands <= before + 3);
    compare();
}

void TestServersPull::followsTwoRotationsWhileAway()
{
    m_log->write(100);
    QVERIFY(pull());
    m_log->write(10);
    m_log->rename(QStringLiteral(".2"));
    m_log->age(QStringLiteral(".2"), 7200);
    m_log->compress(QStringLiteral(".2"));
    m_log->write(20);
    m_log->rename(QStringLiteral(".1"));
    m_log->age(QStringLiteral(".1"), 3600);
    m_log->write(30);
    QVERIFY(pull());
    compare();
}

void TestServersPull::followsCopyTruncate()
{
    m_log->write(100);
    QVERIFY(pull());
    m_log->write(50);
    m_log->copyTruncate(QStringLiteral(".1"));
    m_log->write(30);
    QVERIFY(pull());
    compare();
    m_log->copyTruncate(QStringLiteral(".2"));
    QVERIFY(pull());
    compare();
}

void TestServersPull::aRotationCostsNoLookAtWhatIsKnown()
{
    LogPuller puller(m_runner, *m_sink, m_profile);
    for (int rotation = 0; rotation < 8; ++rotation) {
        m_log->write(10);
        QVERIFY(puller.catchUp());
        m_log->rotate();
    }
    m_log->write(10);
    const int before = m_runner.commands;
    QVERIFY(puller.round());
    QCOMPARE(m_runner.commands, before + 2); // the listing, and the new file
    compare();
}

void TestServersPull::rotationOvertakesTheReader()
{
    // While each of the first commands is on its way, all files get another name.
    m_log->write(10);
    for (int i = 0; i < 5; ++i) {
        m_log->rotate();
        m_log->age(QStringLiteral(".1"), 60 - i);
        m_log->write(10);
    }
    int rotations = 0;
    m_runner.meanwhile = [&] {
        if (++rotations <= 4) {
            m_log->rotate();
            m_log->age(QStringLiteral(".1"), 50 - rotations);
            m_log->write(10);
        }
    };
    LogPuller puller(m_runner, *m_sink, m_profile);
    QVERIFY(puller.round());
    m_runner.meanwhile = {};
    compare();
}

void TestServersPull::linesWrittenToTheRenamedFileAreRead()
{
    m_log->write(10);
    LogPuller puller(m_runner, *m_sink, m_profile);
    QVERIFY(puller.catchUp());
    m_log->rename(QStringLiteral(".1"));
    m_log->write(10);
    QVERIFY(puller.catchUp());
    QFile old(m_log->path() + QStringLiteral(".1"));
    QVERIFY(old.open(QIODevice::Append) && old.write("the daemon had not been told yet\n") > 0);
    old.close();
    QVERIFY(puller.catchUp());
    QCOMPARE(m_sink->lines().size(), 21);
}

void TestServersPull::inodeReuseIsANewFile()
{
    m_log->write(100);
    QVERIFY(pull());
    // The same inode with other content is what a reused inode looks like from here.
    QFile file(m_log->path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    m_log->write(200);
    QVERIFY(pull());
    compare();
    QCOMPARE(m_sink->files.size(), 2U);
}

void TestServersPull::fullRewriteIsANewFile()
{
    // The same first kilobyte, but not the same before the offset.
    const QByteArray head(2000, 'h');
    m_log->append(head + "\nold line\n");
    QVERIFY(pull());
    QVERIFY(QFile::resize(m_log->path(), 0));
    m_log->append(head + "\nnew line, and longer\nmore\n");
    QVERIFY(pull());
    QCOMPARE(m_sink->lines().count("new line, and longer"), 1);
    QCOMPARE(m_sink->lines().count("old line"), 1);
}

void TestServersPull::shortFileKeepsItsIdentityWhileItGrows()
{
    LogPuller puller(m_runner, *m_sink, m_profile);
    for (int i = 0; i < 40; ++i) {
        m_log->write(1);
        QVERIFY(i % 2 == 0 ? puller.catchUp() : pull());
    }
    compare();
    QCOMPARE(m_sink->files.size(), 1U);
}

void TestServersPull::shortenedFileGoesOnFromItsEnd()
{
    m_log->write(100);
    QVERIFY(pull());
    QVERIFY(QFile::resize(m_log->path(), 50 * (QFileInfo(m_log->path()).size() / 100)));
    const auto report = pull();
    QVERIFY(report);
    QCOMPARE(report->sources.front().notes.size(), 1U);
    m_log->append("\n");
    m_log->write(10);
    QVERIFY(pull());
    QCOMPARE(m_sink->lines().size(), 110);
}

void TestServersPull::backfillTakesWhatIsYoungEnough()
{
    m_profile.backfillDays = 3;
    m_log->append("too old\n");
    m_log->rename(QStringLiteral(".3"));
    m_log->age(QStringLiteral(".3"), 10 * 86400);
    m_log->compress(QStringLiteral(".3"));
    m_log->write(10);
    m_log->rename(QStringLiteral(".2"));
    m_log->age(QStringLiteral(".2"), 2 * 86400);
    m_log->compress(QStringLiteral(".2"));
    m_log->write(10);
    m_log->rename(QStringLiteral(".1"));
    m_log->age(QStringLiteral(".1"), 86400);
    m_log->write(10);
    QVERIFY(pull());
    compare();
    QVERIFY(m_sink->content.indexOf("line 0\n") < m_sink->content.indexOf("line 10\n"));
    QVERIFY(m_sink->content.indexOf("line 10\n") < m_sink->content.indexOf("line 20\n"));
    QVERIFY(pull());
    compare();
    m_profile.backfillDays = 30;
}

void TestServersPull::halfCompressedFileIsNotTaken()
{
    m_log->write(1000);
    m_log->rename(QStringLiteral(".1"));
    m_log->age(QStringLiteral(".1"));
    QVERIFY(runTool(QStringLiteral("gzip"), {QStringLiteral("-k"), m_log->path() + QStringLiteral(".1")}));
    QVERIFY(QFile::resize(m_log->path() + QStringLiteral(".1.gz"), 500));
    m_log->write(1);
    const auto report = pull();
    QVERIFY(report);
    QVERIFY(!report->sources.front().error);
    compare();
}

void TestServersPull::foreignNamesAreNotTaken()
{
    m_log->write(10);
    for (const char* suffix : {".1; touch x", ".bak", ".1\n1 1 1 1 x", "-x", ".1.gz.tmp", "er"}) {
        QVERIFY(QFile::copy(m_log->path(), m_log->path() + QString::fromLatin1(suffix)));
        QFile file(m_log->path() + QString::fromLatin1(suffix));
        QVERIFY(file.open(QIODevice::Append) && file.write("not ours\n") > 0);
    }
    QVERIFY(pull());
    compare();
}

void TestServersPull::missingAndUnreadableLeaveTheOthersAlone()
{
    m_log->write(10);
    const QString locked = m_folder->filePath(QStringLiteral("locked.log"));
    QVERIFY(QFile::copy(m_log->path(), locked));
    m_profile.logs = {{m_folder->filePath(QStringLiteral("missing.log")).toStdString()},
                      {locked.toStdString()},
                      {m_log->path().toStdString()}};
    if (geteuid() == 0) {
        QVERIFY(QFile::remove(locked));
        QVERIFY(QDir().mkdir(locked)); // root reads all: a folder is what it cannot read as a file
    } else {
        QVERIFY(QFile::setPermissions(locked, {}));
    }
    const auto report = pull();
    QVERIFY(report);
    QCOMPARE(report->sources[0].error->code, ErrorCode::NotFound);
    QVERIFY(report->sources[1].error);
    QCOMPARE(report->sources[1].error->code,
             geteuid() == 0 ? ErrorCode::InvalidInput : ErrorCode::Permission);
    QVERIFY(!report->sources[2].error);
    compare();
}

void TestServersPull::aPipeIsNoLog()
{
    QVERIFY(::mkfifo(m_log->path().toUtf8().constData(), 0600) == 0);
    const auto report = pull();
    QVERIFY(report);
    QCOMPARE(report->sources.front().error->code, ErrorCode::InvalidInput);
}

void TestServersPull::tooLongLineIsSkippedAndCounted_data()
{
    QTest::addColumn<double>("slowLink");
    QTest::newRow("in one round") << 0.0;
    QTest::newRow("in two, the second packed: the link is slow") << 1e18;
}

void TestServersPull::tooLongLineIsSkippedAndCounted()
{
    QFETCH(double, slowLink);
    LogPuller::Options options;
    options.slowLink = slowLink;
    m_log->write(5);
    m_log->append(QByteArray(5'000'000, 'x') + '\n');
    m_log->write(5);
    const auto report = LogPuller(m_runner, *m_sink, m_profile, {}, options).catchUp();
    QVERIFY(report);
    QCOMPARE(report->sources.front().bytesLost, 5'000'001U);
    compare();
    m_log->append(QByteArray(3'000'000, 'y'));
    QVERIFY(pull());
    m_log->append("Nov 23 forged end of a long line\n");
    m_log->write(1);
    QVERIFY(pull());
    compare();
}

void TestServersPull::bombIsLeftOut()
{
    m_log->write(5);
    QVERIFY(runTool(QStringLiteral("sh"),
                    {QStringLiteral("-c"), QStringLiteral("head -c 100000000 /dev/zero | gzip -9 > \"$1\""),
                     QStringLiteral("sh"), m_log->path() + QStringLiteral(".1.gz")}));
    m_log->age(QStringLiteral(".1.gz"));
    const auto report = pull();
    QVERIFY(report);
    QCOMPARE(report->sources.front().error->code, ErrorCode::LimitExceeded);
    compare();
}

void TestServersPull::failedCommitComesAgain()
{
    m_log->write(200'000);
    for (int n = 0; n < 3; ++n) {
        m_sink->failAfter = n;
        const auto report = pull();
        QVERIFY(n == 2 || !report);
    }
    m_sink->failAfter = -1;
    QVERIFY(pull());
    compare();
    // A full disk is not the file's fault: the same puller reads the compressed file again.
    m_log->write(100);
    m_log->rename(QStringLiteral(".1"));
    m_log->write(100);
    m_log->age(QStringLiteral(".1"));
    m_log->compress(QStringLiteral(".1"));
    LogPuller puller(m_runner, *m_sink, m_profile);
    m_sink->failAfter = 0;
    QCOMPARE(puller.catchUp().error().code, ErrorCode::LimitExceeded);
    QVERIFY(puller.catchUp());
    compare();
}

void TestServersPull::cutsLoseNothing()
{
    std::mt19937 random(3);
    for (int i = 0; i < 40; ++i) {
        m_log->write(200);
        if (i % 10 == 4) {
            m_log->rename(QStringLiteral(".%1").arg(i));
            m_log->age(QStringLiteral(".%1").arg(i), 1000 - 10 * i);
        }
        m_runner.breakAfter(static_cast<qint64>(random() % 20'000));
        (void)pull();
    }
    m_runner.breakAfter(-1);
    QVERIFY(pull());
    compare();
}

void TestServersPull::randomRotationsLoseNothing()
{
    std::mt19937 random(5);
    auto puller = std::make_unique<LogPuller>(m_runner, *m_sink, m_profile);
    for (int i = 0; i < 60; ++i) {
        m_log->write(static_cast<int>(random() % 60));
        const QString suffix = QStringLiteral("-202611%1").arg(i + 10);
        const auto kind = random() % 8;
        if (QFile::exists(m_log->path()) && QFileInfo(m_log->path()).size() > 0 && kind < 3) {
            if (kind == 0) {
                m_log->rename(suffix);
            } else {
                m_log->copyTruncate(suffix);
            }
            m_log->age(suffix, 10'000 - 100 * i);
            if (kind == 2) {
                m_log->compress(suffix);
            }
        } else if (kind == 3) {
            puller = std::make_unique<LogPuller>(m_runner, *m_sink, m_profile);
        } else if (kind < 6) {
            QVERIFY(puller->round());
        }
    }
    QVERIFY(pull());
    compare();
}

/// The same bytes from the live file, from the renamed one and from the compressed one; never another file's.
void TestServersPull::linesAreFetchedAgainWhereverTheyAre()
{
    m_log->write(3000);
    QVERIFY(pull());
    const PulledFile file = m_sink->files.front();
    const QByteArray wanted = m_sink->content.mid(1000, 70'000);
    const auto fetch = [&] { return fetchLogBytes(m_runner, file, 1000, 71'000, {}); };
    QCOMPARE(fetch().value_or(QByteArray()), wanted);
    m_log->rename(QStringLiteral(".1"));
    m_log->append("another file, shorter\n");
    QCOMPARE(fetch().value_or(QByteArray()), wanted);
    m_log->compress(QStringLiteral(".1"));
    QCOMPARE(fetch().value_or(QByteArray()), wanted);
    QVERIFY(QFile::remove(m_log->path() + QStringLiteral(".1.gz")));
    QCOMPARE(fetch().error().code, ErrorCode::NotFound);
    QVERIFY(!fetch().error().hint.isEmpty());
    QCOMPARE(fetchLogBytes(m_runner, file, 10, 10, {}).error().code, ErrorCode::InvalidInput);
    PulledFile journal = file;
    journal.path = LogSource::kJournal;
    QCOMPARE(fetchLogBytes(m_runner, journal, 0, 10, {}).error().code, ErrorCode::NotFound);
}

void TestServersPull::followsLive()
{
    m_log->write(10);
    std::stop_source stop;
    LogPuller puller(m_runner, *m_sink, m_profile, stop.get_token());
    int rounds = 0;
    QElapsedTimer time;
    const auto ended = puller.follow([&](const RoundReport& report) {
        if (report.bytes() > 0 && ++rounds <= 3) {
            m_log->write(5); // the next round is rung by this
            time.start();
        } else if (rounds > 3) {
            stop.request_stop();
        }
    });
    QCOMPARE(ended.error().code, ErrorCode::Cancelled);
    QVERIFY(time.elapsed() < 4000);
    compare();
}

void TestServersPull::overSshWithTheServerKilledAgainAndAgain()
{
    LocalSshd sshd;
    QVERIFY(sshd.start());
    m_profile.name = QStringLiteral("here");
    m_profile.endpoint = sshd.endpoint();
    ConnectionCallbacks callbacks;
    callbacks.acceptHostKey = [](const HostKeyInfo&) { return true; };
    std::mt19937 random(9);
    int broken = 0;
    for (int i = 0; i < 12; ++i) {
        m_log->write(20'000);
        if (i % 4 == 2) {
            m_log->rename(QStringLiteral(".%1").arg(20 - i));
            m_log->age(QStringLiteral(".%1").arg(20 - i), 1000 - 10 * i);
        }
        ServerConnection connection(m_profile, sshd.folder(), {});
        QVERIFY(connection.open(callbacks));
        const auto parent = connection.session().run(RemoteCommand::script("echo $PPID"));
        QVERIFY(parent);
        std::jthread killer(
            [pid = parent->out.trimmed().toInt(), pause = std::chrono::milliseconds(random() % 60)] {
                std::this_thread::sleep_for(pause);
                ::kill(pid, SIGKILL);
            });
        const auto report = LogPuller(connection.session(), *m_sink, m_profile).catchUp();
        broken += report ? 0 : 1;
        QVERIFY(report || report.error().code == ErrorCode::Network);
    }
    ServerConnection connection(m_profile, sshd.folder(), {});
    QVERIFY(connection.open());
    QVERIFY(LogPuller(connection.session(), *m_sink, m_profile).catchUp());
    compare();
    QVERIFY2(broken > 0, "no pull was ever cut: the test proves nothing");
}

QTEST_GUILESS_MAIN(TestServersPull)
#include "tst_ServersPull.moc"
