// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Clock.h"
#include "models/logs/Correlator.h"
#include "models/logs/StreamParser.h"
#include "models/servers/PullSink.h"
#include "models/servers/ServerProfile.h"
#include "models/store/EncodedPull.h"
#include "models/store/LocalEventStore.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace mailward {

/// What one server brought in this run.
struct IngestTotals {
    std::uint64_t bytes = 0;
    std::uint64_t lines = 0;
    std::uint64_t events = 0;
    std::uint64_t boring = 0;
    std::uint64_t unknown = 0;
    std::vector<UnknownSample> notUnderstood; ///< by program, each with its first line; at most kMostPrograms
    Instant newest{}; ///< stamp of the youngest event

    static constexpr std::size_t kMostPrograms = 64;
    void add(const UnknownSample& sample);
    void add(const IngestTotals& more);
};

/// The way of a server's bytes: lines, events, what belongs together, then events and offset into the store in one
/// transaction. Called in its puller's thread. A backlog comes in large chunks: while the puller reads on, one more thread parses
/// them and another one packs them for the store, which writes in its own.
class ServerIngest final : public PullSink
{
public:
    ServerIngest(LocalEventStore& store, std::shared_ptr<const RuleBook> rules, const ServerProfile& profile, const Clock& clock);
    ~ServerIngest() override;

    void setServerZone(const QString& zone) override;
    [[nodiscard]] Result<std::vector<PulledFile>> known(const std::string& path) override;
    [[nodiscard]] Result<PulledFile> begin(const PulledFile& file) override;
    [[nodiscard]] Result<void> commit(const PullChunk& chunk) override;
    [[nodiscard]] Result<void> settle() override;

    /// Called when a commit is stored, in the puller's thread.
    void setCommitted(std::function<void()> committed) { m_committed = std::move(committed); }

    [[nodiscard]] const IngestTotals& totals() const { return m_totals; }

private:
    /// A chunk that is understood, on its way to the store.
    struct Understood {
        std::shared_ptr<EncodedPull> pull;
        IngestTotals totals;
    };
    class Backlog;

    [[nodiscard]] Result<ServerId> serverId();
    [[nodiscard]] Result<std::vector<FileState>> files();
    [[nodiscard]] Result<void> warmUp();
    [[nodiscard]] StreamParser makeParser(FileId file, std::uint64_t offset, std::uint64_t lineNumber) const;
    [[nodiscard]] Result<Understood> understand(const PullChunk& chunk);
    void note(const Result<void>& done, const IngestTotals& totals);
    [[nodiscard]] bool hasFailed();
    [[nodiscard]] Result<void> takeNotes();
    void forget();

    LocalEventStore& m_store;
    std::shared_ptr<const RuleBook> m_rules;
    StreamOptions m_options;
    bool m_asksZone; ///< the profile names none: the server's is used
    const Clock& m_clock;
    ServerId m_server;
    IngestTotals m_totals;
    std::function<void()> m_committed;

    // Of the thread that parses: the backlog's while there is one, else the puller's.
    bool m_warm = false;
    Correlator m_correlator;
    std::map<FileId, StreamParser> m_parsers;

    std::mutex m_noting; ///< guards what became of chunks and was not told yet
    std::optional<Error> m_failed;
    IngestTotals m_stored;

    std::unique_ptr<Backlog> m_backlog; ///< the last member: its threads use the others
};

} // namespace mailward
