// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/LogPuller.h"

#include "models/servers/SourcePull.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace mailward {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr auto kSettlePause = 1s;
constexpr int kMaxSettleRounds = 5;
constexpr qsizetype kRingBytes = 1024 * 1024;

tl::unexpected<Error> stopped()
{
    return failure(ErrorCode::Cancelled, QStringLiteral("Reading the logs was stopped."));
}

/// Sleeps, but not through a stop request.
void pause(const std::stop_token& stop, Clock::duration time)
{
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, time, [] { return false; });
}

} // namespace

std::uint64_t RoundReport::bytes() const
{
    std::uint64_t sum = 0;
    for (const SourceReport& source : sources) {
        sum += source.bytes;
    }
    return sum;
}

std::uint64_t RoundReport::bytesLost() const
{
    std::uint64_t sum = 0;
    for (const SourceReport& source : sources) {
        sum += source.bytesLost;
    }
    return sum;
}

bool RoundReport::isCaughtUp() const
{
    return std::none_of(sources.begin(), sources.end(),
                        [](const SourceReport& one) { return one.behind > 0 || one.settling; });
}

LogPuller::LogPuller(StreamingRunner& runner, PullSink& sink, const ServerProfile& profile,
                     std::stop_token stop, Options options)
    : m_runner(runner),
      m_sink(sink),
      m_user(profile.endpoint.user),
      m_backfillSeconds(profile.backfillDays * kSecondsPerDay),
      m_stop(std::move(stop)),
      m_options(options)
{
    for (const LogSource& log : profile.logs) {
        m_paths.push_back(log.path);
    }
}

LogPuller::LogPuller(StreamingRunner& runner, PullSink& sink, const ServerProfile& profile,
                     std::stop_token stop)
    : LogPuller(runner, sink, profile, std::move(stop), Options{})
{
}

Result<RoundReport> LogPuller::round()
{
    RoundReport report;
    if (m_paths.empty()) {
        return report;
    }
    const auto listing = listLogs(m_runner, m_paths);
    if (!listing) {
        return tl::unexpected(listing.error());
    }
    for (std::size_t i = 0; i < m_paths.size(); ++i) {
        if (m_stop.stop_requested()) {
            return stopped();
        }
        auto source = SourcePull(*this, m_paths[i], listing->sources[i], listing->now).run();
        if (!source) {
            return tl::unexpected(source.error());
        }
        report.sources.push_back(std::move(*source));
    }
    return report;
}

Result<RoundReport> LogPuller::catchUp(const Progress& progress)
{
    int settling = 0;
    for (;;) {
        auto report = round();
        if (!report) {
            return report;
        }
        if (progress) {
            progress(*report);
        }
        if (report->isCaughtUp()) {
            return report;
        }
        if (report->bytes() + report->bytesLost() == 0) {
            if (++settling > kMaxSettleRounds) {
                return report; // a rotation that takes longer than that: the next call goes on
            }
            pause(m_stop, kSettlePause);
        }
    }
}

Result<void> LogPuller::follow(const Progress& progress)
{
    if (const auto caught = catchUp(progress); !caught) {
        return tl::unexpected(caught.error());
    }
    auto bell = m_runner.start(doorbellCommand(m_paths));
    if (!bell) {
        return tl::unexpected(bell.error());
    }
    auto last = Clock::now();
    while (!m_stop.stop_requested()) {
        if ((*bell)->atEnd()) {
            pause(m_stop, m_options.pollInterval); // no tail there: look from time to time
        } else if (const auto ring = (*bell)->read(kRingBytes, m_options.pollInterval); !ring) {
            return tl::unexpected(ring.error());
        }
        // Single lines at once, floods in gulps.
        pause(m_stop, std::max(Clock::duration::zero(), last + m_options.minInterval - Clock::now()));
        while (!(*bell)->atEnd()) {
            const auto more = (*bell)->read(kRingBytes, 0ms);
            if (!more) {
                return tl::unexpected(more.error());
            }
            if (more->isEmpty()) {
                break;
            }
        }
        last = Clock::now();
        const auto report = round();
        if (!report) {
            return tl::unexpected(report.error());
        }
        if (progress) {
            progress(*report);
        }
    }
    return stopped();
}

} // namespace mailward
