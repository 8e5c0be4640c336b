// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/LogPuller.h"
#include "models/servers/ProvenPieces.h"
#include "models/servers/PullConsumer.h"

#include <chrono>
#include <set>

namespace mailward {

/// One log source in one round: which of its files hold something new, and that, oldest file first.
class SourcePull
{
public:
    SourcePull(LogPuller& puller, const std::string& path, SourceListing listing, std::int64_t now);

    /// Errors of the whole server (link, cancelled, sink) come back; those of a file stand in the report.
    [[nodiscard]] Result<SourceReport> run();

private:
    /// What became of one file.
    enum class Step { Done, More, Wait, Moved };

    [[nodiscard]] Result<bool> readListed();
    [[nodiscard]] Result<Step> pullFile(const RemoteFile& file, bool live);
    [[nodiscard]] Result<Step> pullPlain(const RemoteFile& file, bool live);
    [[nodiscard]] Result<Step> pullCompressed(const RemoteFile& file);
    [[nodiscard]] Result<Step> unpack(const RemoteFile& file, OpenedLog& opened);
    [[nodiscard]] Result<Step> consume(const RemoteFile& file, OpenedLog& opened, PulledFile state);
    [[nodiscard]] Result<Step> shortened(const RemoteFile& file, bool live, OpenedLog& opened,
                                         const PulledFile& longer);
    [[nodiscard]] bool hasMoved(const RemoteFile& file, const RemoteFileStat& opened);
    [[nodiscard]] std::optional<PulledFile> guess(const RemoteFile& file) const;
    [[nodiscard]] std::optional<PulledFile> nextMatch(QByteArrayView head,
                                                      const std::set<FileId>& tried) const;
    [[nodiscard]] bool mayBegin(const RemoteFileStat& stat, bool live);
    [[nodiscard]] PulledFile freshFile(const RemoteFileStat& stat) const;
    [[nodiscard]] Result<OpenedLog> openPlain(const std::string& name, std::uint64_t offset);
    [[nodiscard]] Result<void> readInto(PullConsumer& consumer, OpenedLog& opened, std::uint64_t& received);
    void noteSpeed(std::uint64_t received, std::chrono::steady_clock::duration waited);
    [[nodiscard]] Result<void> feedProven(PullConsumer& consumer, ProvenPieces& pieces, std::uint64_t& received);
    [[nodiscard]] Result<void> settle(PullConsumer& consumer, const Result<void>& outcome);
    [[nodiscard]] Error withHint(Error error) const;

    LogPuller& m_puller;
    const std::string& m_path;
    SourceListing m_listing;
    std::int64_t m_now;
    std::vector<PulledFile> m_known;
    SourceReport m_report;
    std::uint64_t m_budget;
    bool m_sinkFailed = false; ///< whatever its error says, it is not about this file alone
    bool m_waits = false;      ///< mayBegin() said: not yet
    bool m_takesAny = false;   ///< also what is no longer what was listed
};

} // namespace mailward
