// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/EventColumns.h"
#include "models/store/EventStore.h"

#include <future>
#include <memory>

namespace mailward {

struct EncodedPull;

/// The embedded engine: an EventDatabase in a thread of its own, and all events in EventColumns. Any thread may call;
/// what needs the disk waits for its turn, which is the back-pressure that pulling threads need.
class LocalEventStore final : public EventStore
{
public:
    struct Options {
        QString path = QStringLiteral(":memory:");
        GeoLookup geo;
        /// For who only brings events and asks nothing: what is stored is not read, and nothing is kept in memory.
        bool onlyStores = false;
        /// Called in the store's thread after new events are in the columns. Keep it short: post an event.
        std::function<void()> changed;
        /// Called in the store's thread while the stored events are read at start: events so far.
        std::function<void(std::uint64_t)> loading;
        /// Given by who keeps the store open for long: then it is looked after. What is beyond the retention is dropped a
        /// little at a time, and after a crash all that is stored is checked in the background. Called in a thread of the
        /// store when something is wrong.
        std::function<void(const Error&)> troubled;
    };

    /// Opens the database (see EventDatabase::open) and starts loading it into the columns in the background; queries
    /// answer from what is loaded so far.
    [[nodiscard]] static Result<std::unique_ptr<LocalEventStore>> open(Options options);
    ~LocalEventStore() override;

    [[nodiscard]] Result<QueryResult> query(const Filter& filter, const QuerySpec& spec) const override;
    [[nodiscard]] Result<RawLine> rawLine(const LineRef& line) const override;
    [[nodiscard]] Result<std::vector<RawLine>> rawContext(const LineRef& line, int before, int after) const override;

    /// Everything in memory, for detectors. Cheap, never blocks: also for the GUI thread.
    [[nodiscard]] std::shared_ptr<const ColumnsSnapshot> snapshot() const;
    /// Waits until the stored events are in the columns; an error if some could not be read.
    [[nodiscard]] Result<void> waitUntilLoaded();

    /// EventDatabase::commitPull(), then the same into the columns. Blocks for the disk.
    [[nodiscard]] Result<void> commitPull(const PullCommit& commit);
    /// A sealed pull, which waits for its turn while the caller goes on. Those of one file are stored in the order of the calls;
    /// one that follows a failed one does not fit and is refused.
    [[nodiscard]] std::future<Result<void>> commitLater(std::shared_ptr<const EncodedPull> pull);
    /// Other geography from now on, for the events that are here, too. Blocks until all addresses were asked about again.
    void setGeo(const GeoLookup& geo);
    /// Runs `work` with the database in the store's thread and waits for it: servers, files, settings, counters.
    void withDatabase(const std::function<void(EventDatabase&)>& work) const;

private:
    class Private;
    explicit LocalEventStore(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace mailward
