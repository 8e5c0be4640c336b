// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the linked views answer: made-up events in memory, medians of several runs.
//   bench-views [MILLIONS] [ADDRESSES]            all figures
//   bench-views --answer MILLIONS ADDRESSES       answers requests line by line, for peers.py: "write FILE", "ask FILTER"
#include "PeerTable.h"
#include "models/store/BrushCursor.h"
#include "models/store/EventColumns.h"
#include "models/store/Query.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <random>

using namespace mailward;

namespace {

constexpr std::int64_t kStart = 1'790'000'000'000'000;
constexpr std::uint32_t kAccounts = 2500;

AddressFacts factsOf(IpAddress ip)
{
    const std::uint32_t net = ip.v4() >> 16U;
    AddressFacts facts;
    facts.country = {static_cast<char>('A' + net % 26), static_cast<char>('A' + net / 26 % 9)};
    facts.asn = 1 + net % 4000;
    return facts;
}

/// One chunk's worth of events in order of time; addresses and accounts skewed as in logs.
EventBlock makeBlock(std::uint64_t first, std::uint64_t total, std::uint32_t addresses, std::mt19937_64& random)
{
    EventBlock block;
    for (std::uint32_t i = 0; i < addresses; ++i) {
        block.addresses.push_back(IpAddress::fromV4(0x0B000000U + i * 131));
    }
    for (std::uint32_t i = 0; i < kAccounts; ++i) {
        block.strings.add("user" + std::to_string(i) + "@example.org");
    }
    for (const char* word : {"mx1", "mx2", "dovecot", "wrong-password"}) {
        block.strings.add(word);
    }
    const auto skewed = [&](std::uint32_t n) {
        const double u = static_cast<double>(random() >> 11U) * 0x1p-53;
        return std::min(static_cast<std::uint32_t>(u * u * n), n - 1);
    };
    const std::uint64_t count = std::min<std::uint64_t>(kChunkRows, total - first);
    for (std::uint64_t i = first; i < first + count; ++i) {
        const std::uint64_t dice = random();
        const auto kind = dice % 100 < 70 ? EventKind::AuthFailure : dice % 100 < 85 ? EventKind::AuthSuccess : dice % 100 < 95 ? EventKind::Sent : EventKind::Reject;
        block.time.push_back(kStart + static_cast<std::int64_t>(i * (std::uint64_t{30} * 86'400'000'000 / total)));
        block.address.push_back(skewed(addresses));
        for (std::size_t column = 0; column < EventBlock::kTextCount; ++column) {
            block.texts[column].push_back(EventBlock::kNone);
        }
        block.texts[EventBlock::Account].back() = skewed(kAccounts);
        block.texts[EventBlock::Server].back() = kAccounts + static_cast<std::uint32_t>(dice >> 8U & 1U);
        block.texts[EventBlock::Program].back() = kAccounts + 2;
        block.texts[EventBlock::Detail].back() = kAccounts + 3;
        block.service.push_back(static_cast<std::uint8_t>(dice >> 16U & 7U));
        block.kind.push_back(static_cast<std::uint8_t>(kind));
        block.outcome.push_back(static_cast<std::uint8_t>(kind == EventKind::AuthFailure ? Outcome::Failure : kind == EventKind::AuthSuccess ? Outcome::Success : Outcome::None));
        block.attempts.push_back(kind <= EventKind::AuthSuccess ? 1 : 0);
        block.file.push_back(1);
        block.length.push_back(140);
        block.offset.push_back(i * 141);
        block.number.push_back(i + 1);
    }
    return block;
}

/// Medians of wall time, and of processor time (all threads): on a busy machine only the second says much.
struct Time {
    double wall = 0;
    double processor = 0;
};

Time timeOf(const std::function<void()>& work)
{
    std::vector<double> wall;
    std::vector<double> processor;
    for (int i = 0; i < 7; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const std::clock_t ticks = std::clock();
        work();
        processor.push_back(static_cast<double>(std::clock() - ticks) * 1000 / CLOCKS_PER_SEC);
        wall.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(wall.begin(), wall.end());
    std::sort(processor.begin(), processor.end());
    return {wall[3], processor[3]};
}

double residentMiB()
{
    std::ifstream statm("/proc/self/statm");
    double pages = 0;
    statm >> pages >> pages;
    return pages * 4096 / 1048576;
}

Filter filterOf(const char* text) { return *parseFilter(QString::fromUtf8(text), fromMicros(kStart)); }

void report(const char* what, Time time) { std::printf("%-58s %8.2f ms, processor %8.2f ms\n", what, time.wall, time.processor); }

/// The brush of a person who drags: a hundred ranges, each a little further.
void runBrush(const std::shared_ptr<const ColumnsSnapshot>& data)
{
    QuerySpec spec;
    spec.topN = 100;
    spec.crossfilter = true;
    spec.groups = {Group::Address, Group::Asn, Group::Country, Group::Account};
    std::shared_ptr<const BrushIndex> index;
    report("brush: the index, made when a drag begins", timeOf([&] { index = BrushIndex::make(data, filterOf("outcome:failure"), spec); }));
    std::printf("%-58s %8.0f MiB\n", "brush: size of the index", static_cast<double>(index->bytes()) / 1048576);
    const auto length = data->range().length();
    const auto drag = [&](const char* what, auto rangeOf) {
        BrushCursor cursor(index);
        std::vector<double> moves;
        for (int i = 0; i < 100; ++i) {
            const std::clock_t ticks = std::clock();
            std::ignore = cursor.at(rangeOf(i));
            moves.push_back(static_cast<double>(std::clock() - ticks) * 1000 / CLOCKS_PER_SEC);
        }
        std::sort(moves.begin(), moves.end());
        std::printf("%-58s processor %8.2f ms, 99 of 100 below %.2f ms\n", what, moves[50], moves[98]);
    };
    // A timeline is some 1,200 points wide; a hand that aims moves by one or two of them a picture, a hand in a hurry by a dozen.
    const Instant first = data->range().begin;
    drag("brush: one edge, a point at a time", [&](int i) { return TimeRange{first + length / 3, first + length / 2 + length * i / 1200}; });
    drag("brush: both edges, two points at a time", [&](int i) { return TimeRange{first + length / 3 + length * i / 600, first + length / 2 + length * i / 600}; });
    drag("brush: both edges, a hundredth of the picture at a time", [&](int i) {
        const Instant begin = first + length * (i % 50) / 100 + std::chrono::seconds(i * 7);
        return TimeRange{begin, begin + length * (100 + i) / 400};
    });
}

void runAll(const ColumnsSnapshot& data)
{
    QuerySpec spec;
    spec.details = false;
    spec.groups = {Group::Address, Group::Network, Group::Asn, Group::Country, Group::Account, Group::Service, Group::Server, Group::HourOfWeek};
    const auto time = [&](const char* what, const char* filter) {
        report(what, timeOf([&] { std::ignore = runQuery(data, filterOf(filter), spec); }));
    };
    time("one filter, all views: everything", "");
    time("one filter, all views: one country", "country:IA");
    time("one filter, all views: failures over IMAP", "outcome:failure service:imap");
    time("one filter, all views: one day of 30", "after:2026-09-25 before:2026-09-26");
    time("one filter, all views: one account", "account:user77@example.org");
    time("one filter, all views: one address", "ip:11.0.8.48");
    time("one filter, all views: part of a name", "user77");
    spec.crossfilter = true;
    time("crossfilter, each view ignores its own: no filter", "");
    time("crossfilter: time, country, service, outcome", "after:2026-09-25 before:2026-10-10 country:IA country:JA country:KA service:imap service:pop3 outcome:failure");
    // What the window asks for, with the columns that need to know who met whom and when.
    spec.groups = {Group::Address, Group::Asn, Group::Country, Group::Account};
    spec.topN = 1000;
    spec.pageOffset = 0;
    spec.details = true;
    time("the window: the same, with first, last, distinct and a page", "after:2026-09-25 before:2026-10-10 country:IA country:JA country:KA service:imap service:pop3 outcome:failure");
    time("the window: everything, with first, last, distinct and a page", "");
    QuerySpec page;
    page.bins = 0;
    page.pageOffset = data.rows() / 2;
    report("a page of events from the middle", timeOf([&] { std::ignore = runQuery(data, {}, page); }));
}

void say(const QJsonObject& object)
{
    std::printf("%s\n", QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

/// The linked views as every engine can give them: no distinct counts, the hundred first of each.
int answerPeers(const ColumnsSnapshot& data)
{
    QuerySpec spec;
    spec.details = false;
    spec.topN = 100;
    spec.groups = {Group::Address, Group::Asn, Group::Country, Group::Account, Group::Service, Group::Server};
    for (std::string line; std::getline(std::cin, line);) {
        if (line.starts_with("write ")) {
            if (!writePeerTable(data, QString::fromStdString(line.substr(6)))) {
                return 1;
            }
            say({{QStringLiteral("events"), static_cast<qint64>(data.rows())}, {QStringLiteral("addresses"), static_cast<qint64>(data.addressCount())},
                 {QStringLiteral("imap"), static_cast<int>(Service::Imap)}});
            continue;
        }
        const Filter filter = filterOf(line.substr(std::min<std::size_t>(4, line.size())).c_str());
        const auto start = std::chrono::steady_clock::now();
        const QueryResult result = runQuery(data, filter, spec);
        const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
        QJsonObject answer = peerAnswer(data, result);
        answer[QStringLiteral("ms")] = ms;
        say(answer);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const bool forPeers = argc > 1 && std::string_view(argv[1]) == "--answer";
    const int first = forPeers ? 2 : 1;
    const std::uint64_t total = (argc > first ? std::strtoull(argv[first], nullptr, 10) : 10) * 1'000'000;
    const auto addresses = static_cast<std::uint32_t>(argc > first + 1 ? std::strtoul(argv[first + 1], nullptr, 10) : 20'000);
    std::mt19937_64 random(1);
    EventColumns columns(factsOf);
    const double before = residentMiB();
    const auto start = std::chrono::steady_clock::now();
    for (std::uint64_t at = 0; at < total; at += kChunkRows) {
        columns.append(makeBlock(at, total, addresses, random));
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const auto data = columns.snapshot();
    if (forPeers) {
        return answerPeers(*data);
    }
    std::printf("%llu events, %u addresses, %u accounts; made and appended in %.1f s; %.1f bytes an event\n", static_cast<unsigned long long>(data->rows()),
                data->addressCount(), data->accountCount(), seconds, (residentMiB() - before) * 1048576 / static_cast<double>(total));
    runAll(*data);
    runBrush(data);
    return 0;
}
