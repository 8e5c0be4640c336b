// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Clock.h"
#include "models/logs/Correlator.h"
#include "models/logs/StreamParser.h"
#include "models/servers/PullSink.h"
#include "models/servers/ServerProfile.h"
#include "models/store/LocalEventStore.h"

#include <functional>
#include <future>
#include <map>
#include <memory>

namespace mailward {

/// What one server brought in this run.
struct IngestTotals {
    std::uint64_t bytes = 0;
    std::uint64_t lines = 0;
    std::uint64_t events = 0;
    std::uint64_t boring = 0;
    std::uint64_t unknown = 0;
    Instant newest{}; ///< stamp of the youngest event
};

/// The way of a server's bytes: lines, events, what belongs together, then events and offset into the store in one
/// transaction. Used in its puller's thread; the store does its part in its own.
class ServerIngest final : public PullSink
{
public:
    ServerIngest(LocalEventStore& store, std::shared_ptr<const RuleBook> rules, const ServerProfile& profile, const Clock& clock);

    void setServerZone(const QString& zone) override;
    [[nodiscard]] Result<std::vector<PulledFile>> known(const std::string& path) override;
    [[nodiscard]] Result<PulledFile> begin(const PulledFile& file) override;
    [[nodiscard]] Result<void> commit(const PullChunk& chunk) override;
    [[nodiscard]] Result<void> settle() override;

    /// Called when a commit is stored, in the puller's thread.
    void setCommitted(std::function<void()> committed) { m_committed = std::move(committed); }

    [[nodiscard]] const IngestTotals& totals() const { return m_totals; }

private:
    [[nodiscard]] Result<ServerId> serverId();
    [[nodiscard]] Result<std::vector<FileState>> files();
    [[nodiscard]] Result<void> warmUp();
    [[nodiscard]] StreamParser makeParser(FileId file, std::uint64_t offset, std::uint64_t lineNumber) const;
    [[nodiscard]] Result<void> stored(const Result<void>& done);
    void forget();

    LocalEventStore& m_store;
    std::shared_ptr<const RuleBook> m_rules;
    StreamOptions m_options;
    bool m_asksZone; ///< the profile names none: the server's is used
    const Clock& m_clock;
    ServerId m_server;
    bool m_warm = false;
    Correlator m_correlator;
    std::map<FileId, StreamParser> m_parsers;
    std::future<Result<void>> m_pending; ///< the last large commit, while the next one is parsed
    IngestTotals m_pendingTotals;        ///< once it is stored
    IngestTotals m_totals;
    std::function<void()> m_committed;
};

} // namespace mailward
