// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/EventColumns.h"
#include "models/store/Query.h"

#include <QTest>
#include <atomic>
#include <thread>

using namespace mailward;

class TestStoreThreads : public QObject
{
    Q_OBJECT

private slots:
    void readersSeeWholeBatches();
};

/// One writer appends and amends, two readers ask: what they see is always a whole number of batches, each of them counted
/// right. The same under TSan shows that no reader touches what the writer writes.
void TestStoreThreads::readersSeeWholeBatches()
{
    constexpr std::uint64_t kBatch = 500;
    constexpr std::uint64_t kBatches = 300;
    EventColumns columns;
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    const auto read = [&] {
        std::uint64_t seen = 0;
        while (!done) {
            const auto data = columns.snapshot();
            QuerySpec spec;
            spec.groups = {Group::Address, Group::Account};
            spec.pageOffset = 0;
            spec.pageLimit = 20;
            const QueryResult result = runQuery(*data, {}, spec);
            const std::uint64_t events = result.totals.events;
            // Each batch's first event is amended from 1 to 3 attempts in the append after its own.
            const std::uint64_t batches = events / kBatch;
            const std::uint64_t attempts = events + (batches > 1 ? (batches - 1) * 2 : 0);
            wrong += events % kBatch != 0 || events < seen || result.totals.series[0] != attempts ? 1 : 0;
            seen = events;
        }
    };
    std::thread first(read);
    std::thread second(read);
    LineRef previous;
    for (std::uint64_t batch = 0; batch < kBatches; ++batch) {
        std::vector<Event> events(kBatch);
        for (std::uint64_t i = 0; i < kBatch; ++i) {
            events[i].time = fromMicros(static_cast<std::int64_t>(batch * kBatch + i));
            events[i].kind = EventKind::AuthFailure;
            events[i].outcome = Outcome::Failure;
            events[i].attempts = 1;
            events[i].ip = IpAddress::fromV4(static_cast<std::uint32_t>(0x01000000 + batch * 100 + i % 100));
            events[i].account = "user" + std::to_string((batch + i) % 700);
            events[i].line = LineRef{FileId{1}, batch * kBatch + i, 0, 0};
        }
        std::vector<Amendment> amendments;
        if (batch > 0) {
            amendments.emplace_back().line = previous;
            amendments.back().attempts = 3;
        }
        previous = events.front().line;
        columns.append(events, amendments);
    }
    done = true;
    first.join();
    second.join();
    QCOMPARE(wrong.load(), 0);
    QCOMPARE(columns.snapshot()->rows(), kBatch * kBatches);
}

QTEST_GUILESS_MAIN(TestStoreThreads)
#include "tst_StoreThreads.moc"
