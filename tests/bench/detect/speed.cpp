// SPDX-License-Identifier: GPL-3.0-or-later
// bench-detect [MILLIONS [SECONDS]]: how long findIncidents() takes on a busy site's columns; then, for SECONDS, what it costs to keep
// up with 5,000 further events a second, looked through at the console's own pace, and whether live and batch give the same answer.
#include "models/detect/Detection.h"
#include "models/detect/Tape.h"
#include "models/detect/Tripwire.h"
#include "models/store/EventColumns.h"
#include "tests/support/story/Rng.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>

#include <QJsonDocument>

using namespace mailward;

namespace {

/// A busy site: 50,000 accounts, 30,000 home networks, one event in twelve a failure, 200,000 one-try attackers in the last tenth.
Event anyEvent(story::Rng& rng, std::uint64_t index, std::uint64_t total)
{
    Event event;
    event.time = fromMicros(1'760'000'000'000'000 + static_cast<std::int64_t>(index * (30ULL * 86'400'000'000ULL / total)));
    const auto account = static_cast<std::uint32_t>(rng.below(50'000));
    event.account = "user" + std::to_string(account) + "@example.com";
    event.server = "mx1";
    event.program = "dovecot";
    event.service = rng.perMille(300) ? Service::Submission : Service::Imap;
    event.attempts = 1;
    const bool attack = index * 10 > total * 9 && rng.perMille(200);
    const bool failure = attack || rng.perMille(80);
    event.kind = failure ? EventKind::AuthFailure : EventKind::AuthSuccess;
    event.outcome = failure ? Outcome::Failure : Outcome::Success;
    event.detail = failure ? "wrong-password" : "logged-in";
    event.ip = attack ? IpAddress::fromV4(0x3B000000U + static_cast<std::uint32_t>(rng.below(200'000) * 37))
                      : IpAddress::fromV4(0x75000000U + account % 30'000 * 256 + account % 200);
    return event;
}

constexpr std::uint64_t kPerSecond = 5'000;
constexpr std::uint64_t kTick = kPerSecond / 4; ///< as often as a console's batches come in

double cpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); // of all threads: while one looks, the others wait for it
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

QByteArray textOf(const std::vector<Incident>& incidents)
{
    QByteArray out;
    for (const Incident& incident : incidents) {
        out += QJsonDocument(toJson(incident)).toJson();
    }
    return out;
}

std::vector<Incident> ask(const detect::Tape& tape)
{
    DetectRequest request;
    request.now = fromMicros(tape.end);
    return findIncidents(tape, DetectSettings(), request);
}

/// The looks of one thread, with the pauses and the tripwire of the console. Appending is somebody else's cost.
void live(EventColumns& columns, story::Rng& rng, std::uint64_t total, int seconds)
{
    using Clock = std::chrono::steady_clock;
    const auto since = [](Clock::time_point then) { return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - then); };
    detect::GrowingTape growing;
    detect::Tripwire tripwire;
    growing.update(columns.snapshot()); // as it was read when the console started
    tripwire.looked(*columns.snapshot());
    const double cpuBefore = cpuSeconds();
    const auto begin = Clock::now();
    auto early = begin, looked = begin;
    std::chrono::milliseconds took{0};
    double cost = 0, longest = 0;
    int looks = 0, glances = 0;
    std::uint64_t sent = 0;
    for (int tick = 0; tick < seconds * 4; ++tick) {
        std::vector<Event> batch;
        for (; batch.size() < kTick; ++sent) {
            batch.push_back(anyEvent(rng, total + sent, total));
            batch.back().time = fromMicros(1'760'000'000'000'000 + 30LL * 86'400'000'000 + static_cast<std::int64_t>(sent * 1'000'000 / kPerSecond));
        }
        columns.append(batch);
        const auto data = columns.snapshot();
        const double before = cpuSeconds();
        bool look = since(looked) >= detect::LookPace::pauseAfter(took);
        if (!look && detect::LookPace::mayBeEarly(since(early), took)) {
            ++glances;
            look = tripwire.isTripped(*data);
            early = look ? Clock::now() : early;
        }
        if (look) {
            const auto start = Clock::now();
            static_cast<void>(ask(growing.update(data)));
            tripwire.looked(*data);
            looked = Clock::now();
            took = since(start);
            longest = std::max(longest, cpuSeconds() - before);
            ++looks;
        }
        cost += cpuSeconds() - before;
        std::this_thread::sleep_until(begin + std::chrono::milliseconds(250 * (tick + 1)));
    }
    const double wall = std::chrono::duration<double>(Clock::now() - begin).count();
    std::printf("live: %llu events at %llu/s, %d looks (longest %.2f s), %d glances: %.1f %% of a core (appending them included: %.1f %%)\n", static_cast<unsigned long long>(sent),
                static_cast<unsigned long long>(kPerSecond), looks, longest, glances, 100 * cost / wall, 100 * (cpuSeconds() - cpuBefore) / wall);
    const auto data = columns.snapshot();
    const bool same = textOf(ask(growing.update(data))) == textOf(ask(detect::readTape(*data, INT64_MAX)));
    std::printf("live and batch give %s\n", same ? "the same answer" : "DIFFERENT ANSWERS");
}

} // namespace

int main(int argc, char** argv)
{
    const std::uint64_t total = (argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10) * 1'000'000;
    EventColumns columns;
    story::Rng rng(1);
    std::vector<Event> batch;
    for (std::uint64_t i = 0; i < total; ++i) {
        batch.push_back(anyEvent(rng, i, total));
        if (batch.size() == 65'536 || i + 1 == total) {
            columns.append(batch);
            batch.clear();
        }
    }
    const auto data = columns.snapshot();
    DetectRequest request;
    request.now = data->range().end;
    const auto begin = std::chrono::steady_clock::now();
    const double cpuBefore = cpuSeconds(); // of the threads that it makes, too
    const auto incidents = findIncidents(*data, DetectSettings(), request);
    const double cpu = cpuSeconds() - cpuBefore;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::printf("%llu events, %zu incidents, %.2f s (%.2f s of processor time)\n", static_cast<unsigned long long>(total), incidents.size(), seconds, cpu);
    for (std::size_t i = 0; i < std::min<std::size_t>(incidents.size(), 3); ++i) {
        std::printf("  %s\n", qUtf8Printable(incidents[i].title));
    }
    if (argc > 2) {
        live(columns, rng, total, std::atoi(argv[2]));
    }
    return 0;
}
