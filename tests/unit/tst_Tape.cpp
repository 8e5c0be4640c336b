// SPDX-License-Identifier: GPL-3.0-or-later
// What the detectors read: one tape, and one answer, however a log came in and however many threads looked at it.
#include "HandMadeLog.h"
#include "models/detect/Ordering.h"
#include "models/detect/Tape.h"

#include <QJsonDocument>
#include <QTest>
#include <algorithm>
#include <numeric>
#include <random>
#include <set>

using namespace mailward;

class TestTape : public QObject
{
    Q_OBJECT

private slots:
    void aTapeThatGrowsIsTheWholeTape();
    void groupsAreCutBetweenKeys();
    void aLongLogGivesOneAnswerHoweverItIsRead();
};

void TestTape::aTapeThatGrowsIsTheWholeTape()
{
    Log log;
    for (int i = 0; i < 400; ++i) {
        log.login(i % 7 == 0 ? i - 5 : i, "45.1." + std::to_string(i % 30) + ".9", "user" + std::to_string(i % 20), i % 3 == 0);
    }
    addWave(log, 420);
    EventColumns columns;
    detect::GrowingTape growing;
    for (std::size_t at = 0; at < log.events().size(); at += 37) {
        std::vector<Event> piece(log.events().begin() + static_cast<std::ptrdiff_t>(at),
                                 log.events().begin() + static_cast<std::ptrdiff_t>(std::min(at + 37, log.events().size())));
        for (std::size_t i = 0; i < piece.size(); ++i) {
            piece[i].line.offset = at + i;
        }
        columns.append(piece);
        growing.update(columns.snapshot());
        if (at % 2 == 0) { // a later line says who it was
            Amendment amendment;
            amendment.line = piece.front().line;
            amendment.account = "amended@example.com";
            columns.append(std::vector<Event>(), {amendment});
        }
    }
    const auto data = columns.snapshot();
    const detect::Tape& grown = growing.update(data);
    const detect::Tape whole = detect::readTape(*data, INT64_MAX);
    QCOMPARE(grown.attempts.size(), whole.attempts.size());
    for (std::size_t i = 0; i < whole.attempts.size(); ++i) {
        QCOMPARE(grown.attempts[i].time, whole.attempts[i].time);
        QCOMPARE(grown.attempts[i].address, whole.attempts[i].address);
        QCOMPARE(grown.attempts[i].account, whole.attempts[i].account);
        QCOMPARE(grown.attempts[i].success, whole.attempts[i].success);
    }
    QCOMPARE(grown.begin, whole.begin);
    QCOMPARE(grown.end, whole.end);
}

void TestTape::groupsAreCutBetweenKeys()
{
    std::mt19937 random(5);
    for (int round = 0; round < 300; ++round) {
        const std::size_t keys = 1 + random() % 20, count = random() % 60;
        std::vector<std::uint32_t> keyOf(count), items(count);
        std::generate(keyOf.begin(), keyOf.end(), [&] { return static_cast<std::uint32_t>(random() % keys); });
        std::iota(items.begin(), items.end(), 0U);
        const detect::Grouped grouped(items, keys, [&](std::uint32_t item) { return keyOf[item]; });
        std::vector<std::uint32_t> seen;
        const std::size_t cut = count == 0 ? 0 : random() % count;
        for (const auto& [begin, end] : {std::pair(grouped.keyAt(0), grouped.keyAt(cut)), std::pair(grouped.keyAt(cut), grouped.keyAt(count))}) {
            for (std::size_t key = begin; key < end; ++key) {
                for (const std::uint32_t item : grouped.of(key)) {
                    QCOMPARE(std::size_t{keyOf[item]}, key);
                    seen.push_back(item);
                }
            }
        }
        std::vector<std::uint32_t> ordered(items);
        std::stable_sort(ordered.begin(), ordered.end(), [&](std::uint32_t a, std::uint32_t b) { return keyOf[a] < keyOf[b]; });
        QCOMPARE(seen, ordered);
        std::vector<std::uint32_t> visited;
        detect::forEachGroup(items, [&](std::uint32_t item) { return keyOf[item]; }, [&](std::span<const std::uint32_t> own) {
            visited.insert(visited.end(), own.begin(), own.end());
            QVERIFY(std::all_of(own.begin(), own.end(), [&](std::uint32_t item) { return keyOf[item] == keyOf[own.front()]; }));
        });
        QCOMPARE(visited, ordered);
        QCOMPARE(detect::countDistinct(keyOf), std::set<std::uint32_t>(keyOf.begin(), keyOf.end()).size());
    }
}

/// So long that threads share the work: in one go, and piece by piece, each too short for that.
void TestTape::aLongLogGivesOneAnswerHoweverItIsRead()
{
    constexpr int kEvents = 4 * static_cast<int>(kChunkRows) + 500;
    Log log;
    for (int i = 0; i < kEvents; ++i) {
        const bool attack = i > kEvents * 9 / 10 && i % 5 == 0;
        const bool fails = attack || i % 13 == 0;
        log.login(i / 6, attack ? "45." + std::to_string(i % 120) + "." + std::to_string(i % 250) + ".9" : "117.7." + std::to_string(i % 200) + "." + std::to_string(i % 97 + 1),
                  "user" + std::to_string(attack ? i * 7 % 3000 : i % 3000), !fails);
    }
    EventColumns columns;
    detect::GrowingTape growing;
    for (std::size_t at = 0; at < log.events().size(); at += kChunkRows) {
        const auto end = std::min(at + kChunkRows, log.events().size());
        columns.append(std::vector<Event>(log.events().begin() + static_cast<std::ptrdiff_t>(at), log.events().begin() + static_cast<std::ptrdiff_t>(end)));
        growing.update(columns.snapshot());
    }
    const auto data = columns.snapshot();
    const detect::Tape whole = detect::readTape(*data, INT64_MAX);
    const detect::Tape& grown = growing.tape();
    const auto valuesOf = [](const detect::Attempt& a) { return std::tuple(a.time, a.address, a.account, a.tries, a.success, a.service, a.unknownUser); };
    QVERIFY(std::equal(whole.attempts.begin(), whole.attempts.end(), grown.attempts.begin(), grown.attempts.end(),
                       [&](const detect::Attempt& a, const detect::Attempt& b) { return valuesOf(a) == valuesOf(b); }));
    DetectRequest request;
    request.now = data->range().end;
    const auto textOf = [&](const detect::Tape& tape) {
        QByteArray text;
        for (const Incident& incident : findIncidents(tape, DetectSettings(), request)) {
            text += QJsonDocument(toJson(incident)).toJson();
        }
        return text;
    };
    const QByteArray answer = textOf(whole);
    QVERIFY(answer.contains("sources") && answer.size() > 1000);
    QVERIFY(answer == textOf(grown));
    for (int i = 0; i < 3; ++i) {
        QVERIFY2(answer == textOf(whole), "threads do not decide an answer");
    }
}

QTEST_GUILESS_MAIN(TestTape)
#include "tst_Tape.moc"
