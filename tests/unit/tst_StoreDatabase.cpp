// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/LocalEventStore.h"
#include "tests/unit/StoreFixture.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <thread>

using namespace mailward;
using namespace std::string_literals;

class TestStoreDatabase : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsEverythingOfAnEvent();
    void smallPullsBecomeFewBlocks();
    void refusesWhatDoesNotContinue_data();
    void refusesWhatDoesNotContinue();
    void amendmentsComeBackInOrder();
    void countsLinesAndUnknown();
    void unknownProgramsAreCapped();
    void findsRawLines();
    void findsContextAcrossBlocks();
    void tailEndsAtTheOffset();
    void settingsStay();
    void retentionDropsOldOnly();
    void retentionKeepsTheFileWithinItsSize();
    void rawLinesComeBack();
    void storeLoadsWhatWasStored();
    void storeTakesManyWriters();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("events.db")); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStoreDatabase::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestStoreDatabase::keepsEverythingOfAnEvent()
{
    Event event = MadeLog::event({}, 7, 0);
    event.detail = "wrong-password";
    event.qid = "4ABC";
    event.from = "a@example.org";
    event.to = kHostile;
    event.status = "bounced";
    event.dsn = "5.1.1";
    event.ip = IpAddress::parse("2001:db8::7");
    Event bare;
    bare.time = fromMicros(-5);
    {
        auto database = opened(path());
        MadeLog log = newLog(*database);
        auto commit = log.next(2);
        event.line = commit.batch.events[0].line;
        bare.line = commit.batch.events[1].line;
        commit.batch.events = {event, bare};
        QVERIFY(database->commitPull(commit));
    }
    const auto database = opened(path());
    const auto events = allEvents(*database);
    QCOMPARE(events.size(), std::size_t{2});
    QCOMPARE(events[0].time, event.time);
    QCOMPARE(events[0].service, event.service);
    QCOMPARE(events[0].kind, event.kind);
    QCOMPARE(events[0].outcome, event.outcome);
    QCOMPARE(events[0].attempts, event.attempts);
    QVERIFY(events[0].ip == event.ip);
    for (const auto field : {&Event::account, &Event::server, &Event::program, &Event::detail, &Event::qid, &Event::from,
                             &Event::to, &Event::status, &Event::dsn, &Event::session}) {
        QCOMPARE(events[0].*field, event.*field);
        QCOMPARE(events[1].*field, std::string());
    }
    QVERIFY(events[0].line == event.line);
    QCOMPARE(events[1].time, fromMicros(-5));
    QVERIFY(!events[1].ip);
    const auto files = database->files(*database->serverId("mx1"));
    QCOMPARE(files->size(), std::size_t{1});
    QCOMPARE(files->front().inode, 0xFFFFFFFFFFFFFFFFULL);
    QCOMPARE(files->front().fingerprint, std::string("\x00\xff", 2));
}

/// Each block at least as long as what follows it: as many as the number of doublings, not as many as pulls.
void TestStoreDatabase::smallPullsBecomeFewBlocks()
{
    auto database = opened(path());
    MadeLog log = newLog(*database);
    for (int i = 0; i < 50; ++i) {
        const auto commit = log.next(3);
        QVERIFY(database->commitPull(commit));
        log.took(commit);
    }
    int blocks = 0;
    std::uint64_t line = 0;
    bool right = true;
    QVERIFY(database->loadAll([&](const EventBlock& block, const std::vector<Amendment>&) {
        ++blocks;
        for (std::size_t i = 0; i < block.size(); ++i, ++line) {
            right = right && block.event(i).line.number == line + 1 && block.event(i).session == "s" + std::to_string(line);
        }
        return true;
    }));
    QCOMPARE(line, std::uint64_t{150});
    QVERIFY(right);
    QVERIFY2(blocks <= 7, qPrintable(QString::number(blocks)));
}

void TestStoreDatabase::refusesWhatDoesNotContinue_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("the same pull again") << 0;
    QTest::newRow("a gap") << 1;
    QTest::newRow("raw bytes of another length") << 2;
    QTest::newRow("an event outside of its bytes") << 3;
    QTest::newRow("one line twice") << 4;
    QTest::newRow("an event of another file") << 5;
    QTest::newRow("a file that nobody registered") << 6;
}

void TestStoreDatabase::refusesWhatDoesNotContinue()
{
    QFETCH(int, what);
    auto database = opened(path());
    MadeLog log = newLog(*database);
    const auto first = log.next(10);
    QVERIFY(database->commitPull(first));
    log.took(first);
    auto commit = what == 0 ? first : log.next(10);
    switch (what) {
    case 1: commit.startOffset += 10; break;
    case 2: commit.rawBytes.chop(1); break;
    case 3: commit.batch.events.back().line.offset = commit.newState.offset; break;
    case 4: commit.batch.events[1].line.offset = commit.batch.events[0].line.offset; break;
    case 5: commit.batch.events[1].line.file = FileId{99}; break;
    case 6: commit.newState.id = FileId{99}; break;
    default: break;
    }
    QVERIFY(!database->commitPull(commit));
    QCOMPARE(allEvents(*database).size(), std::size_t{10});
    QCOMPARE(database->files(log.file.server)->front().offset, first.newState.offset);
    QVERIFY(database->commitPull(log.next(10))); // a refusal leaves no lock and no half of anything behind
    QCOMPARE(allEvents(*database).size(), std::size_t{20});
}

void TestStoreDatabase::amendmentsComeBackInOrder()
{
    auto database = opened(path());
    MadeLog log = newLog(*database);
    auto commit = log.next(5);
    const LineRef line = commit.batch.events[2].line;
    QVERIFY(database->commitPull(commit));
    log.took(commit);
    for (const unsigned attempts : {7U, 8U, 9U}) {
        commit = log.next(1);
        Amendment& amendment = commit.batch.amendments.emplace_back();
        amendment.line = line;
        amendment.attempts = attempts;
        amendment.outcome = Outcome::Success;
        amendment.kind = EventKind::AuthSuccess;
        amendment.service = Service::Pop3;
        amendment.account = kHostile;
        amendment.detail = "late";
        QVERIFY(database->commitPull(commit));
        log.took(commit);
    }
    std::vector<unsigned> attempts;
    bool right = true;
    QVERIFY(database->loadAll([&](const EventBlock&, const std::vector<Amendment>& amendments) {
        for (const Amendment& a : amendments) {
            attempts.push_back(*a.attempts);
            right = right && a.line.offset == line.offset && a.line.file == line.file && a.outcome == Outcome::Success
                    && a.kind == EventKind::AuthSuccess && a.service == Service::Pop3 && a.account == kHostile && a.detail == "late";
        }
        return true;
    }));
    QCOMPARE(attempts, (std::vector<unsigned>{7, 8, 9}));
    QVERIFY(right);
}

void TestStoreDatabase::countsLinesAndUnknown()
{
    auto database = opened(path());
    MadeLog log = newLog(*database);
    for (int i = 0; i < 3; ++i) {
        auto commit = log.next(4);
        commit.batch.lines = 10;
        commit.batch.boring = 4;
        commit.batch.unknown = 2;
        commit.batch.samples = {{kHostile, 2, "sample "s + kHostile, commit.batch.events[0].line}};
        QVERIFY(database->commitPull(commit));
        log.took(commit);
    }
    const auto servers = database->servers();
    QCOMPARE(servers->size(), std::size_t{1});
    QCOMPARE(servers->front().name, "mx1"s);
    QCOMPARE(servers->front().lines, std::uint64_t{30});
    QCOMPARE(servers->front().events, std::uint64_t{12});
    QCOMPARE(servers->front().boring, std::uint64_t{12});
    QCOMPARE(servers->front().unknown, std::uint64_t{6});
    QCOMPARE(servers->front().bytes, log.file.offset);
    const auto unknown = database->unknownLines();
    QCOMPARE(unknown->size(), std::size_t{1});
    QCOMPARE(unknown->front().program, std::string(kHostile));
    QCOMPARE(unknown->front().count, std::uint64_t{6});
}

void TestStoreDatabase::unknownProgramsAreCapped()
{
    auto database = opened(path());
    MadeLog log = newLog(*database);
    auto commit = log.next(1);
    for (int i = 0; i < 3000; ++i) {
        commit.batch.samples.push_back({"p" + std::to_string(i), 1, "x", commit.batch.events[0].line});
    }
    QVERIFY(database->commitPull(commit));
    const auto unknown = database->unknownLines();
    QVERIFY(unknown->size() <= 1001);
    std::uint64_t sum = 0;
    for (const auto& row : *unknown) {
        sum += row.count;
    }
    QCOMPARE(sum, std::uint64_t{3000});
}

void TestStoreDatabase::findsRawLines()
{
    auto database = opened(path());
    MadeLog log = newLog(*database);
    MadeLog other = newLog(*database, "/var/log/auth.log");
    for (int i = 0; i < 4; ++i) {
        for (MadeLog* each : {&log, &other}) {
            const auto commit = each->next(i == 2 ? 3000 : 5);
            QVERIFY(database->commitPull(commit));
            each->took(commit);
        }
    }
    for (const Event& event : allEvents(*database)) {
        if (event.line.number % 97 != 1) {
            continue;
        }
        LineRef line = event.line;
        line.length = 0; // columns do not keep it
        const auto raw = database->rawLine(line);
        QVERIFY(raw);
        QCOMPARE(raw->text, MadeLog::text(event.line.number - 1));
        QVERIFY(raw->ref == event.line);
    }
    QVERIFY(!database->rawLine(LineRef{log.file.id, log.file.offset, 0, 0}));
    QVERIFY(!database->rawLine(LineRef{FileId{77}, 0, 0, 0}));
    QCOMPARE(database->rawLine(LineRef{FileId{77}, 0, 0, 0}).error().code, ErrorCode::NotFound);
}

void TestStoreDatabase::findsContextAcrossBlocks()
{
    auto database = opened(path());
    MadeLog log = newLog(*database);
    for (int i = 0; i < 3; ++i) {
        const auto commit = log.next(2000); // more than one block holds
        QVERIFY(database->commitPull(commit));
        log.took(commit);
    }
    const auto events = allEvents(*database);
    for (const std::size_t at : {0UL, 1UL, 1999UL, 2000UL, 3500UL, 5999UL}) {
        const auto lines = database->rawContext(events[at].line, 2500, 2500);
        QVERIFY(lines);
        const std::size_t first = at < 2500 ? 0 : at - 2500;
        const std::size_t last = std::min<std::size_t>(at + 2500, 5999);
        QCOMPARE(lines->size(), last - first + 1);
        for (std::size_t i = 0; i < lines->size(); ++i) {
            QCOMPARE((*lines)[i].text, MadeLog::text(first + i));
            QCOMPARE((*lines)[i].ref.number, std::uint64_t{first + i + 1});
        }
    }
}

void TestStoreDatabase::tailEndsAtTheOffset()
{
    auto database = opened(path());
    MadeLog log = newLog(*database);
    QByteArray all;
    for (int i = 0; i < 3; ++i) {
        const auto commit = log.next(2000);
        all += commit.rawBytes;
        QVERIFY(database->commitPull(commit));
        log.took(commit);
    }
    for (const std::size_t size : {std::size_t{1}, std::size_t{100}, std::size_t{100'000}, std::size_t{1} << 30U}) {
        const auto tail = database->tailBytes(log.file.id, size);
        QVERIFY(tail);
        QVERIFY(static_cast<std::size_t>(tail->size()) <= size);
        QVERIFY(all.endsWith(*tail));
        const auto start = all.size() - tail->size();
        QVERIFY(start == 0 || all[start - 1] == '\n');
        QVERIFY(static_cast<std::size_t>(tail->size()) + 100 >= std::min<std::size_t>(size, static_cast<std::size_t>(all.size())));
    }
}

void TestStoreDatabase::settingsStay()
{
    {
        auto database = opened(path());
        QVERIFY(!database->setting(QStringLiteral("filter"))->has_value());
        QVERIFY(database->setSetting(QStringLiteral("filter"), QStringLiteral("country:CN")));
        QVERIFY(database->setSetting(QStringLiteral("filter"), QStringLiteral("'; DROP TABLE settings;--")));
    }
    QCOMPARE(*opened(path())->setting(QStringLiteral("filter")), std::optional(QStringLiteral("'; DROP TABLE settings;--")));
}

namespace {

/// A sweep to its end: how many events it dropped.
std::uint64_t swept(const EventDatabase& database, Instant now)
{
    std::uint64_t dropped = 0;
    auto sweep = database.sweep(now);
    for (bool done = !sweep; !done;) {
        const auto step = sweep->step();
        dropped += step ? step->events : 0;
        done = !step || step->isDone;
    }
    return dropped;
}

} // namespace

void TestStoreDatabase::retentionDropsOldOnly()
{
    auto database = opened(path());
    MadeLog log = newLog(*database);
    PullCommit commit;
    for (int i = 0; i < 4; ++i) {
        commit = log.next(2000);
        if (i == 1) {
            commit.batch.amendments.emplace_back().line = log.next(1).batch.events[0].line; // of an event that stays
            commit.batch.amendments.back().attempts = 7;
        }
        QVERIFY(database->commitPull(commit));
        log.took(commit);
    }
    const auto before = allEvents(*database);
    const auto full = database->size();
    QCOMPARE(full->events, std::uint64_t{8000});
    QCOMPARE(*full->oldest, before.front().time);
    Retention limits;
    QCOMPARE(*database->retention(), limits);
    limits.eventDays = 10;
    limits.rawBytes = full->rawBytes / 2 + 100;
    QVERIFY(database->setRetention(limits));
    QVERIFY(!database->setRetention({0, 0, 0}));
    // The first 2000 are older than ten days then; of the rest two blocks' bytes are within the limit.
    const Instant now = before[2000].time + std::chrono::hours(240);
    QCOMPARE(swept(*database, now), std::uint64_t{2000});
    const auto after = allEvents(*database);
    QCOMPARE(after.size(), std::size_t{6000});
    QVERIFY(after.front().line == before[2000].line);
    QVERIFY(!database->rawLine(before[2500].line)); // its bytes went, its event stays
    QVERIFY(database->rawLine(before[4500].line));
    QVERIFY(database->size()->rawBytes <= limits.rawBytes);
    QCOMPARE(swept(*database, now), std::uint64_t{0});
    int amendments = 0;
    QVERIFY(database->loadAll([&](const EventBlock&, const std::vector<Amendment>& list) { return amendments += int(list.size()), true; }));
    QCOMPARE(amendments, 1);
    QVERIFY(database->commitPull(log.next(1)));
    // When the last event that it corrects is gone, a correction goes too.
    QCOMPARE(swept(*database, before.back().time + std::chrono::hours(241)), std::uint64_t{6001});
    amendments = 0;
    QVERIFY(database->loadAll([&](const EventBlock&, const std::vector<Amendment>& list) { return amendments += int(list.size()), true; }));
    QCOMPARE(amendments, 0);
}

void TestStoreDatabase::retentionKeepsTheFileWithinItsSize()
{
    auto database = opened(path());
    MadeLog log = newLog(*database);
    // Bytes that do not compress: a store that is too large after a few of them.
    QRandomGenerator random(7);
    for (int i = 0; i < 12; ++i) {
        PullCommit commit = log.next(1);
        QByteArray noise(2'000'000, '\n');
        std::generate(noise.begin(), noise.end() - 1, [&] { return static_cast<char>(random.bounded(11, 256)); });
        commit.rawBytes += noise;
        commit.newState.offset += static_cast<std::uint64_t>(noise.size());
        QVERIFY(database->commitPull(commit));
        log.took(commit);
    }
    const std::uint64_t before = database->size()->fileBytes;
    QVERIFY(before > (20ULL << 20));
    QVERIFY(database->setRetention({3650, 1ULL << 40, 16ULL << 20}));
    const auto events = allEvents(*database);
    const std::uint64_t dropped = swept(*database, events.back().time);
    QVERIFY(dropped > 0 && dropped < 12);
    QVERIFY(database->size()->fileBytes <= (16ULL << 20));
    QVERIFY(!database->rawLine(events.front().line));
    QVERIFY(database->rawLine(events.back().line));
}

void TestStoreDatabase::rawLinesComeBack()
{
    auto database = opened(path());
    MadeLog log = newLog(*database);
    auto commit = log.next(100);
    const QByteArray bytes = commit.rawBytes;
    const LineRef line = commit.batch.events[42].line;
    commit.rawBytes.clear();
    QVERIFY(database->commitPull(commit));
    QVERIFY(!database->rawLine(line));
    const auto missing = database->missingRaw(line);
    QVERIFY(missing && *missing);
    QCOMPARE((*missing)->server, std::string("mx1"));
    QCOMPARE((*missing)->end, commit.newState.offset);
    QCOMPARE((*missing)->file.fingerprint, log.file.fingerprint);
    QVERIFY(!database->restoreRaw(**missing, bytes.chopped(1)));
    QVERIFY(database->restoreRaw(**missing, bytes));
    QCOMPARE(database->rawLine(line)->text, MadeLog::text(42));
    const auto complete = database->missingRaw(line);
    QVERIFY(complete && !*complete);
    QVERIFY(!database->missingRaw(LineRef{line.file, 1ULL << 40, 0, 0}));
}

void TestStoreDatabase::storeLoadsWhatWasStored()
{
    LineRef amended;
    MadeLog log;
    {
        auto database = opened(path());
        log = newLog(*database);
        auto commit = log.next(3000);
        amended = commit.batch.events[1234].line;
        QVERIFY(database->commitPull(commit));
        log.took(commit);
        commit = log.next(10);
        commit.batch.amendments.emplace_back().line = amended;
        commit.batch.amendments.back().attempts = 501;
        QVERIFY(database->commitPull(commit));
        log.took(commit);
    }
    LocalEventStore::Options options;
    options.path = path();
    options.onlyStores = true;
    {
        const auto filled = LocalEventStore::open(options);
        QVERIFY(filled);
        QVERIFY((*filled)->commitPull(log.next(5)));
        QCOMPARE((*filled)->snapshot()->rows(), std::uint64_t{0}); // what is not asked for costs no memory
    }
    options.onlyStores = false;
    auto store = LocalEventStore::open(options);
    QVERIFY(store);
    QVERIFY((*store)->waitUntilLoaded());
    QuerySpec spec;
    spec.pageOffset = 0;
    const auto result = (*store)->query({}, spec);
    QVERIFY(result);
    QCOMPARE(result->totals.events, std::uint64_t{3015});
    QCOMPARE(result->totals.series[0], std::uint64_t{3515});
    QCOMPARE((*store)->rawLine(result->page.rows.front().event.line)->text, MadeLog::text(3014));
}

void TestStoreDatabase::storeTakesManyWriters()
{
    LocalEventStore::Options options;
    options.path = path();
    std::atomic<int> changes = 0;
    options.changed = [&] { ++changes; };
    auto store = LocalEventStore::open(options);
    QVERIFY(store);
    std::vector<MadeLog> logs(4);
    (*store)->withDatabase([&](EventDatabase& database) {
        for (std::size_t i = 0; i < logs.size(); ++i) {
            logs[i] = newLog(database, "/var/log/" + std::to_string(i));
        }
    });
    std::atomic<int> failures = 0;
    std::vector<std::thread> writers;
    for (MadeLog& log : logs) {
        writers.emplace_back([&store, &log, &failures] {
            for (int i = 0; i < 20; ++i) {
                const auto commit = log.next(25);
                failures += (*store)->commitPull(commit) ? 0 : 1;
                log.took(commit);
            }
        });
    }
    for (std::thread& writer : writers) {
        writer.join();
    }
    QCOMPARE(failures.load(), 0);
    QVERIFY2(changes >= 20 && changes <= 80, qPrintable(QString::number(changes.load()))); // pulls that wait together are told together
    QCOMPARE((*store)->snapshot()->rows(), std::uint64_t{2000});
    store->reset();
    QCOMPARE(allEvents(*opened(path())).size(), std::size_t{2000});
}

QTEST_GUILESS_MAIN(TestStoreDatabase)
#include "tst_StoreDatabase.moc"
