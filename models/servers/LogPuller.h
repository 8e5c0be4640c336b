// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/CommandRunner.h"
#include "models/servers/PullSink.h"
#include "models/servers/RemoteLogs.h"
#include "models/servers/ServerProfile.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <tuple>
#include <vector>

namespace mailward {

class LiveReader;

/// How one log source fared in a round.
struct SourceReport
{
    std::string path;
    std::uint64_t bytes = 0;     ///< committed in this round
    std::uint64_t bytesLost = 0; ///< found to be gone, or skipped as part of a line too long
    std::uint64_t behind = 0;    ///< bytes that the server still has for us
    std::uint64_t offset = 0;    ///< in the live file
    bool settling = false;       ///< a file is being rotated right now: look again in two seconds
    std::vector<QString> notes;  ///< what a person should know: rotated, shortened ...
    std::optional<Error> error;  ///< this source could not be read; the others went on
};

struct RoundReport
{
    std::vector<SourceReport> sources;
    [[nodiscard]] std::uint64_t bytes() const;
    [[nodiscard]] std::uint64_t bytesLost() const;
    [[nodiscard]] bool isCaughtUp() const; ///< nothing behind, nothing settling
};

/// Pulls the log files of one server into a sink, each line exactly once, over any runner. Identity is
/// content: the first bytes and the bytes before the offset; names, inodes and times only say where to look
/// first. Each file is opened once per read, and what is known of it and the data come from that one open
/// file, so that a rotation in between cannot mix them. Blocking; one thread.
class LogPuller
{
public:
    struct Options
    {
        std::uint64_t bytesPerRound = 1ULL << 30;      ///< per source, so that no source starves the others
        std::uint64_t maxInflated = 1ULL << 30;        ///< per compressed file
        std::chrono::milliseconds pollInterval{2'000}; ///< while following: the doorbell's patience, and a careful round where not all is live
        std::chrono::milliseconds carefulInterval{10'000}; ///< ... and where all is read live
        std::chrono::milliseconds minInterval{10};     ///< between two reads while following, and at least
        int restFactor = 4; ///< ... so many times as long as the last read took: a busy server is asked less often
        std::uint64_t trialBytes = 3ULL << 20; ///< of the first long read tell how fast the link is
        double slowLink = 10e6; ///< bytes a second; below, the server packs what it sends (gzip -1 packs some 120 MB/s)
        std::chrono::milliseconds journalInterval{10'000}; ///< while the doorbell is silent
    };

    LogPuller(StreamingRunner& runner, PullSink& sink, const ServerProfile& profile, std::stop_token stop,
              Options options);
    LogPuller(StreamingRunner& runner, PullSink& sink, const ServerProfile& profile,
              std::stop_token stop = {});
    ~LogPuller();

    /// Reads what is new in all sources, rotated files first. An Error is about the whole server (link,
    /// cancelled, sink).
    [[nodiscard]] Result<RoundReport> round();

    /// Of the round under way: bytes that were still to be read when it began; compressed files by estimate.
    [[nodiscard]] std::uint64_t expected() const { return m_expected; }

    /// Rounds until everything that was there is read, waiting for rotations under way (a few seconds at
    /// most). Each round is told to `progress`; the answer sums what came and what was lost in all of them.
    using Progress = std::function<void(const RoundReport&)>;
    [[nodiscard]] Result<RoundReport> catchUp(const Progress& progress = {});

    /// catchUp(), then new lines as they come (a `tail -F` there rings, a LiveReader reads what is new; a rotation, and
    /// time, bring a careful round), until stopped (Cancelled) or an error.
    [[nodiscard]] Result<void> follow(const Progress& progress);

private:
    /// What a file looked like when it was last read to its end, and which incarnation it was.
    struct Seen
    {
        RemoteFileStat stat;
        FileId id;
    };
    using FileKey = std::tuple<std::string, std::uint64_t, std::uint64_t>; ///< source, device, inode: a rotation changes none of them
    using SeenFiles = std::map<FileKey, Seen>;
    [[nodiscard]] static FileKey keyOf(const std::string& source, const RemoteFileStat& stat) { return {source, stat.device, stat.inode}; }
    friend class SourcePull;
    /// A file that is read as it grows.
    struct Live
    {
        std::unique_ptr<LiveReader> reader;
        PulledFile file;
    };

    [[nodiscard]] Result<SourceReport> pullOne(std::size_t index, const SourceListing& listing, std::int64_t now);
    [[nodiscard]] Result<std::uint64_t> unread(const Listing& listing) const;
    void forgetMissing(const Listing& listing);
    [[nodiscard]] Result<bool> awaitRing(CommandStream& bell);
    [[nodiscard]] Result<void> refreshLive();
    [[nodiscard]] Result<bool> readLive(RoundReport& report);
    [[nodiscard]] bool isAllLive() const { return m_live.size() + m_absent == m_paths.size(); }

    StreamingRunner& m_runner;
    PullSink& m_sink;
    std::vector<std::string> m_paths;
    QString m_user;
    std::int64_t m_backfillSeconds;
    std::stop_token m_stop;
    Options m_options;
    SeenFiles m_seen;
    std::map<std::string, FileId> m_whole; ///< by source: the incarnation that its path led to when it was last read to its end
    std::uint64_t m_expected = 0;
    std::optional<double> m_linkSpeed; ///< bytes a second of the last long plain read
    std::map<std::string, Live> m_live;
    std::size_t m_absent = 0; ///< log files that are not there
    std::chrono::steady_clock::time_point m_journalRead{};
    bool m_rung = true; ///< something may be new: the journal, too, is asked
};

} // namespace mailward
