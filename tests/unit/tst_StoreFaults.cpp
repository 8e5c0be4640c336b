// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SchemaMigration.h"
#include "models/store/SqlSession.h"
#include "models/store/LocalEventStore.h"
#include "models/store/StoreCheck.h"
#include "tests/unit/StoreFixture.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <random>
#include <thread>

using namespace mailward;
using namespace std::string_literals;

namespace {

/// Endless commits of 40 lines with an amendment each, until somebody kills this process.
int writeUntilKilled(const QString& path)
{
    auto database = opened(path);
    const auto files = database->files(*database->serverId("mx1"));
    MadeLog log;
    if (files->empty()) {
        log = newLog(*database);
    } else {
        log.file = files->front();
        log.lines = log.file.lineNumber;
    }
    for (;;) {
        auto commit = log.next(40);
        commit.batch.amendments.emplace_back().line = commit.batch.events.front().line;
        commit.batch.amendments.back().attempts = 2;
        if (!database->commitPull(commit)) {
            return 1;
        }
        log.took(commit);
        fputc('.', stdout);
        fflush(stdout);
    }
}

/// Holds the store open until somebody kills this process.
int hold(const QString& path)
{
    const InUseMark mark(path);
    fputc('.', stdout);
    fflush(stdout);
    std::this_thread::sleep_for(std::chrono::minutes(1));
    return 1;
}

} // namespace

class TestStoreFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void survivesKill();
    void fullDiskLosesNothing();
    void brokenFileIsKeptAside_data();
    void brokenFileIsKeptAside();
    void damagedBlockIsSaid();
    void crashIsFollowedByACheck();
    void randomBytesAreNoBlock();
    void newerSchemaIsRefused();
    void otherProgramsDatabaseIsRefused();
    void migratesInOneTransaction();
    void folderMissingIsSaid();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("events.db")); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStoreFaults::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestStoreFaults::survivesKill()
{
    std::mt19937 random(9);
    std::uint64_t seen = 0;
    for (int round = 0; round < 12; ++round) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write-until-killed"), path()});
        QVERIFY(child.waitForStarted());
        const auto wanted = 1 + static_cast<qsizetype>(random() % 25);
        QByteArray said;
        while (said.size() < wanted && child.waitForReadyRead(20'000)) {
            said += child.readAll();
        }
        QVERIFY2(said.size() >= wanted, child.readAllStandardError().constData());
        child.kill(); // SIGKILL, wherever it is
        QVERIFY(child.waitForFinished());
        said += child.readAll();

        const auto database = opened(path());
        QVERIFY(checkStore(path(), {}));
        const auto files = database->files(*database->serverId("mx1"));
        const auto events = allEvents(*database);
        QCOMPARE(files->size(), std::size_t{1});
        // Every commit that was reported is there, at most one more, and nothing in halves.
        QCOMPARE(events.size() % 40, std::size_t{0});
        const std::uint64_t commits = (events.size() - seen) / 40;
        QVERIFY(commits == static_cast<std::uint64_t>(said.size()) || commits == static_cast<std::uint64_t>(said.size()) + 1);
        std::uint64_t offset = 0;
        for (std::size_t i = 0; i < events.size(); ++i) {
            QCOMPARE(events[i].line.number, std::uint64_t{i + 1});
            QCOMPARE(events[i].line.offset, offset);
            offset += MadeLog::text(i).size() + 1;
        }
        QCOMPARE(files->front().offset, offset);
        QCOMPARE(database->servers()->front().events, events.size());
        QCOMPARE(database->tailBytes(files->front().id, std::size_t{1} << 30U)->size(), static_cast<qsizetype>(offset));
        seen = events.size();
    }
}

void TestStoreFaults::fullDiskLosesNothing()
{
    // SQLite's own limit on pages stands for the disk: the same code (SQLITE_FULL) comes back, at any write.
    auto database = opened(path());
    MadeLog log = newLog(*database);
    const auto first = log.next(100);
    QVERIFY(database->commitPull(first));
    log.took(first);
    const int pages = database->limitPages(8);
    auto big = log.next(100'000);
    const auto refused = database->commitPull(big);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::LimitExceeded);
    QVERIFY(!refused.error().hint.isEmpty());
    QCOMPARE(allEvents(*database).size(), std::size_t{100});
    QCOMPARE(database->files(log.file.server)->front().offset, first.newState.offset);
    QVERIFY(database->limitPages(1'000'000) >= pages);
    QVERIFY(database->commitPull(big));
    QCOMPARE(allEvents(*database).size(), std::size_t{100'100});
    QVERIFY(checkStore(path(), {}));
}

void TestStoreFaults::brokenFileIsKeptAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("this is no database, and longer than a header of one is. ").repeated(100);
    QTest::newRow("short") << QByteArray("SQLite");
    QTest::newRow("header only") << QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\x7f');
    QTest::newRow("our own with a broken first page") << QByteArray();
}

void TestStoreFaults::brokenFileIsKeptAside()
{
    QFETCH(QByteArray, content);
    if (content.isEmpty()) {
        {
            auto database = opened(path());
            MadeLog log = newLog(*database);
            QVERIFY(database->commitPull(log.next(500)));
        }
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        content = file.readAll();
        content.replace(100, 900, QByteArray(900, '\xee'));
    }
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(content);
    file.close();
    const auto broken = EventDatabase::open(path());
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, ErrorCode::Corrupt);
    const QStringList kept = QDir(m_folder->path()).entryList({QStringLiteral("events.db.broken-*")});
    QCOMPARE(kept.size(), 1);
    QVERIFY2(broken.error().hint.contains(kept.front()), qPrintable(broken.error().hint));
    QFile aside(m_folder->filePath(kept.front()));
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QVERIFY(aside.readAll() == content);
    QVERIFY(EventDatabase::open(path())); // afresh
}

void TestStoreFaults::damagedBlockIsSaid()
{
    {
        auto database = opened(path());
        MadeLog log = newLog(*database);
        for (int i = 0; i < 3; ++i) {
            const auto commit = log.next(2000);
            QVERIFY(database->commitPull(commit));
            log.took(commit);
        }
    }
    {
        SqlSession sql;
        QVERIFY(sql.open(path()));
        QVERIFY(sql.run(QStringLiteral("UPDATE blocks SET events = substr(events, 1, 40) || x'00' || substr(events, 42) WHERE id = 2")));
    }
    const auto database = opened(path());
    std::size_t events = 0;
    const auto done = database->loadAll([&](const EventBlock& block, const std::vector<Amendment>&) {
        events += block.size();
        return true;
    });
    QCOMPARE(events, std::size_t{4000});
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::Corrupt);
    const auto checked = checkStore(path(), {});
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::Corrupt);
}

/// The mark of a process that is gone has everything checked in the background; one that is alive, or ended in order, not.
void TestStoreFaults::crashIsFollowedByACheck()
{
    damagedBlockIsSaid();
    const QString mark = path() + QStringLiteral(".in-use");
    const auto open = [this](std::atomic<int>& troubles) {
        LocalEventStore::Options options;
        options.path = path();
        options.troubled = [&troubles](const Error& error) { troubles += error.code == ErrorCode::Corrupt ? 1 : 0; };
        return LocalEventStore::open(std::move(options));
    };
    std::atomic<int> troubles = 0;
    {
        const auto store = open(troubles);
        QVERIFY(store);
        QVERIFY(!(*store)->waitUntilLoaded());
        QVERIFY(QFile::exists(mark));
        QVERIFY(!InUseMark(path()).foundCrash());
    }
    QVERIFY(!QFile::exists(mark));
    QCOMPARE(troubles.load(), 0);
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--hold"), path()});
    QVERIFY(child.waitForReadyRead(20'000));
    child.kill();
    QVERIFY(child.waitForFinished());
    QVERIFY(QFile::exists(mark));
    const auto store = open(troubles);
    QVERIFY(store);
    QTRY_COMPARE(troubles.load(), 1);
}

void TestStoreFaults::randomBytesAreNoBlock()
{
    std::mt19937 random(3);
    EventBlockBuilder builder;
    for (std::uint64_t i = 0; i < 50; ++i) {
        builder.add(MadeLog::event(FileId{1}, i, i * 10));
    }
    Compressor compressor;
    const QByteArray good = encodeBlock(builder.block(), compressor);
    QVERIFY(decodeBlock(good));
    for (int round = 0; round < 2000; ++round) {
        QByteArray bad = good;
        for (auto flips = 1 + random() % 4; flips > 0; --flips) {
            bad[static_cast<qsizetype>(random() % static_cast<unsigned long>(bad.size()))] = static_cast<char>(random());
        }
        if (random() % 3 == 0) {
            bad.truncate(static_cast<qsizetype>(random() % static_cast<unsigned long>(bad.size())));
        }
        const auto block = decodeBlock(bad);
        QVERIFY(bad == good || !block || block->size() == 50);
        const auto amendments = decodeAmendments(bad);
        QVERIFY(!amendments);
    }
    QVERIFY(!decodeBlock({}));
}

void TestStoreFaults::newerSchemaIsRefused()
{
    opened(path()).reset();
    {
        SqlSession sql;
        QVERIFY(sql.open(path()));
        QVERIFY(sql.run(QStringLiteral("PRAGMA user_version=999")));
    }
    const auto newer = EventDatabase::open(path());
    QVERIFY(!newer);
    QCOMPARE(newer.error().code, ErrorCode::Conflict);
    QVERIFY(newer.error().text.contains(QStringLiteral("999")));
    QVERIFY(QFile::exists(path()));
}

void TestStoreFaults::otherProgramsDatabaseIsRefused()
{
    {
        SqlSession sql;
        QVERIFY(sql.open(path()));
        QVERIFY(sql.run(QStringLiteral("CREATE TABLE moz_places (id INTEGER)")));
    }
    const auto other = EventDatabase::open(path());
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::InvalidInput);
    SqlSession sql;
    QVERIFY(sql.open(path()));
    QVERIFY(sql.run(QStringLiteral("SELECT * FROM moz_places")));
}

void TestStoreFaults::migratesInOneTransaction()
{
    SqlSession sql;
    QVERIFY(sql.open(path()));
    const SchemaStep one{1, QStringLiteral("001"), {QStringLiteral("CREATE TABLE a (x)")}};
    QVERIFY(migrateSchema(sql, {one}));
    QVERIFY(sql.run(QStringLiteral("INSERT INTO a VALUES (5)")));
    const SchemaStep bad{2, QStringLiteral("002"), {QStringLiteral("ALTER TABLE a ADD COLUMN y"), QStringLiteral("CREATE TABLE a (x)")}};
    QVERIFY(!migrateSchema(sql, {one, bad}));
    QVERIFY(!sql.run(QStringLiteral("SELECT y FROM a")));
    QCOMPARE(sql.value(QStringLiteral("PRAGMA user_version"))->toInt(), 1);
    const SchemaStep good{2, QStringLiteral("002"), {QStringLiteral("ALTER TABLE a ADD COLUMN y DEFAULT 7")}};
    QVERIFY(migrateSchema(sql, {one, good}));
    QCOMPARE(sql.value(QStringLiteral("SELECT x + y FROM a"))->toInt(), 12);
    QVERIFY(migrateSchema(sql, {one, good}));
}

void TestStoreFaults::folderMissingIsSaid()
{
    const auto none = EventDatabase::open(m_folder->filePath(QStringLiteral("no/such/folder/events.db")));
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::Permission);
    QVERIFY(!none.error().hint.isEmpty());
}

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == QStringLiteral("--write-until-killed")) {
        return writeUntilKilled(arguments[2]);
    }
    if (arguments.size() == 3 && arguments[1] == QStringLiteral("--hold")) {
        return hold(arguments[2]);
    }
    TestStoreFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_StoreFaults.moc"
