// SPDX-License-Identifier: GPL-3.0-or-later
// bench-detect [MILLIONS]: how long findIncidents() takes on a busy site's columns.
#include "models/detect/Detection.h"
#include "models/store/EventColumns.h"
#include "tests/support/story/Rng.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

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
    const auto incidents = findIncidents(*data, DetectSettings(), request);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::printf("%llu events, %zu incidents, %.2f s\n", static_cast<unsigned long long>(total), incidents.size(), seconds);
    for (std::size_t i = 0; i < std::min<std::size_t>(incidents.size(), 3); ++i) {
        std::printf("  %s\n", qUtf8Printable(incidents[i].title));
    }
    return 0;
}
