// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/LogPuller.h"

#include "models/servers/JournalPull.h"
#include "models/servers/LiveReader.h"
#include "models/servers/SourcePull.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>

namespace mailward {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr auto kSettlePause = 1s;
constexpr int kMaxSettleRounds = 5;
constexpr qsizetype kRingBytes = 1024 * 1024;
constexpr std::size_t kMaxLive = 4; ///< channels: sshd allows 10 a connection

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

/// Adds what was read live to a careful round's figures of the same sources.
void addReports(RoundReport& round, const RoundReport& live)
{
    for (SourceReport& source : round.sources) {
        for (const SourceReport& one : live.sources) {
            if (one.path == source.path) {
                source.bytes += one.bytes;
                source.bytesLost += one.bytesLost;
            }
        }
    }
}

/// Of rounds that follow each other: how it stands is said by the last one, what came and what was lost by all of them.
void addEarlier(RoundReport& last, const RoundReport& earlier)
{
    addReports(last, earlier);
    for (SourceReport& source : last.sources) {
        for (const SourceReport& one : earlier.sources) {
            for (const QString& note : one.notes) {
                if (one.path == source.path && std::find(source.notes.begin(), source.notes.end(), note) == source.notes.end()) {
                    source.notes.push_back(note);
                }
            }
        }
    }
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

LogPuller::~LogPuller() = default;

Result<SourceReport> LogPuller::pullOne(std::size_t index, const SourceListing& listing, std::int64_t now)
{
    if (m_paths[index] != LogSource::kJournal) {
        return SourcePull(*this, m_paths[index], listing, now).run();
    }
    if (!m_rung && Clock::now() < m_journalRead + m_options.journalInterval) {
        SourceReport quiet;
        quiet.path = m_paths[index];
        return quiet;
    }
    m_journalRead = Clock::now();
    return JournalPull(m_runner, m_sink, m_user, {now - m_backfillSeconds, m_options.bytesPerRound}).run();
}

/// What a listing promises; for a progress line.
Result<std::uint64_t> LogPuller::unread(const Listing& listing) const
{
    constexpr std::uint64_t kUsualRatio = 7;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < m_paths.size(); ++i) {
        const auto& files = listing.sources[i].files;
        const auto isNew = [&](const RemoteFile& file) {
            const auto seen = m_seen.find(keyOf(m_paths[i], file.stat));
            return seen == m_seen.end() || seen->second.stat != file.stat;
        };
        if (std::none_of(files.begin(), files.end(), isNew)) {
            continue;
        }
        const auto known = m_sink.known(m_paths[i]);
        if (!known) {
            return tl::unexpected(known.error());
        }
        for (const RemoteFile& file : files) {
            const auto same = std::find_if(known->rbegin(), known->rend(), [&](const PulledFile& one) {
                return one.device == file.stat.device && one.inode == file.stat.inode;
            });
            if (same != known->rend() && !file.isCompressed()) {
                sum += file.stat.size - std::min(file.stat.size, same->offset);
            } else if (isNew(file) && known->empty() && file.stat.modified >= listing.now - m_backfillSeconds) {
                sum += file.isCompressed() ? file.stat.size * kUsualRatio : file.stat.size;
            }
        }
    }
    return sum;
}

/// What rotation has deleted need not be remembered.
void LogPuller::forgetMissing(const Listing& listing)
{
    std::set<FileKey> listed;
    for (std::size_t i = 0; i < m_paths.size(); ++i) {
        for (const RemoteFile& file : listing.sources[i].files) {
            listed.insert(keyOf(m_paths[i], file.stat));
        }
    }
    std::erase_if(m_seen, [&](const auto& seen) { return !listed.contains(seen.first); });
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
    m_sink.setServerZone(listing->zone);
    forgetMissing(*listing);
    const auto expected = unread(*listing);
    if (!expected) {
        return tl::unexpected(expected.error());
    }
    m_expected = *expected;
    m_absent = 0;
    for (std::size_t i = 0; i < m_paths.size(); ++i) {
        if (m_stop.stop_requested()) {
            return stopped();
        }
        m_absent += m_paths[i] != LogSource::kJournal && !listing->sources[i].hasLive ? std::size_t{1} : std::size_t{0};
        auto source = pullOne(i, listing->sources[i], listing->now);
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
    RoundReport earlier;
    for (;;) {
        auto report = round();
        if (!report) {
            return report;
        }
        if (progress) {
            progress(*report);
        }
        const bool isIdle = report->bytes() + report->bytesLost() == 0;
        addEarlier(*report, earlier);
        if (report->isCaughtUp()) {
            return report;
        }
        earlier = *report;
        if (isIdle) {
            if (++settling > kMaxSettleRounds) {
                return report; // a rotation that takes longer than that: the next call goes on
            }
            pause(m_stop, kSettlePause);
        }
    }
}

/// Waits for the doorbell, and takes all that it has to say. False: it was silent.
Result<bool> LogPuller::awaitRing(CommandStream& bell)
{
    if (bell.atEnd()) {
        pause(m_stop, m_options.pollInterval); // no tail there: look from time to time
        return false;
    }
    auto ring = bell.read(kRingBytes, m_options.pollInterval);
    const bool rung = ring && !ring->isEmpty();
    while (ring && !ring->isEmpty()) {
        ring = bell.atEnd() ? Result<QByteArray>(QByteArray()) : bell.read(kRingBytes, 0ms);
    }
    return ring ? Result<bool>(rung) : tl::unexpected(ring.error());
}

/// After a careful round: the files that can be read as they grow.
Result<void> LogPuller::refreshLive()
{
    for (const std::string& path : m_paths) {
        const auto whole = m_whole.find(path);
        if (path == LogSource::kJournal || whole == m_whole.end() || (m_live.size() >= kMaxLive && !m_live.contains(path))) {
            continue;
        }
        const auto known = m_sink.known(path);
        if (!known) {
            return tl::unexpected(known.error());
        }
        const auto file = std::find_if(known->begin(), known->end(), [&](const PulledFile& one) { return one.id == whole->second; });
        if (file == known->end() || !LiveReader::isFit(*file)) {
            m_live.erase(path);
            continue;
        }
        Live& live = m_live[path];
        if (!live.reader || live.file.id != file->id) {
            auto reader = LiveReader::start(m_runner, path);
            if (!reader) {
                m_live.erase(path);
                if (reader.error().code == ErrorCode::Remote) {
                    continue; // no channel left: its careful reading goes on
                }
                return tl::unexpected(reader.error());
            }
            live.reader = std::move(*reader);
        }
        live.file = *file;
    }
    return {};
}

/// Reads what the growing files got. False: a careful round has to look.
Result<bool> LogPuller::readLive(RoundReport& report)
{
    bool plain = isAllLive();
    for (auto at = m_live.begin(); at != m_live.end();) {
        SourceReport source;
        source.path = at->first;
        const auto read = at->second.reader->read(m_sink, at->second.file, source);
        report.sources.push_back(std::move(source));
        if (!read && read.error().code != ErrorCode::Remote && read.error().code != ErrorCode::Timeout) {
            return tl::unexpected(read.error());
        }
        const bool same = read && *read == LiveReader::Outcome::Same;
        plain = plain && same;
        at = same ? std::next(at) : m_live.erase(at);
    }
    // A ring that brought nothing may be of a file that was not there before.
    return plain && (m_absent == 0 || report.bytes() > 0);
}

Result<void> LogPuller::follow(const Progress& progress)
{
    m_rung = true;
    m_live.clear();
    if (const auto caught = catchUp(progress); !caught) {
        return tl::unexpected(caught.error());
    }
    const auto bell = m_runner.start(doorbellCommand(m_paths));
    if (!bell) {
        return tl::unexpected(bell.error());
    }
    Clock::time_point careful{}; // at once: what came while the doorbell was hung up
    bool caughtUp = false;
    while (!m_stop.stop_requested()) {
        const auto begun = Clock::now();
        RoundReport report;
        const auto plain = m_rung ? readLive(report) : Result<bool>(true);
        if (!plain) {
            return tl::unexpected(plain.error());
        }
        // Single lines at once, floods in gulps. A careful round costs more, and asks for more rest only where each ring needs one.
        const auto restAfter = [&] { return std::clamp<Clock::duration>((Clock::now() - begun) * m_options.restFactor, m_options.minInterval, 1s); };
        auto rest = restAfter();
        const bool due = begun > careful + (isAllLive() && caughtUp ? m_options.carefulInterval : m_options.pollInterval);
        if (!*plain || due) {
            auto round = this->round();
            if (!round) {
                return tl::unexpected(round.error());
            }
            if (const auto live = refreshLive(); !live) {
                return live;
            }
            rest = *plain ? rest : restAfter();
            careful = Clock::now();
            caughtUp = round->isCaughtUp();
            addReports(*round, report);
            report = std::move(*round);
        }
        if (progress && !report.sources.empty()) {
            progress(report);
        }
        pause(m_stop, rest);
        const auto rung = awaitRing(**bell);
        if (!rung) {
            return tl::unexpected(rung.error());
        }
        m_rung = *rung;
    }
    return stopped();
}

} // namespace mailward
