// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/LocalEventStore.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace mailward {

/// One thread owns the database and writes the columns; others hand it work and wait.
class LocalEventStore::Private
{
public:
    explicit Private(Options opts) : options(std::move(opts)), columns(options.geo) {}
    ~Private();

    [[nodiscard]] Result<void> start();
    /// Runs `work` in the store's thread and waits for it.
    void call(const std::function<void()>& work);

    Options options;
    EventColumns columns;
    std::unique_ptr<EventDatabase> database; ///< only in the store's thread
    std::shared_future<Result<void>> loaded;

private:
    void run(std::promise<Result<void>> opened, std::promise<Result<void>> finished);
    [[nodiscard]] Result<void> load();
    void runPending();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::packaged_task<void()>> m_pending;
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};

LocalEventStore::Private::~Private()
{
    m_stop = true;
    {
        const std::lock_guard lock(m_mutex);
        m_wake.notify_all();
    }
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

Result<void> LocalEventStore::Private::start()
{
    std::promise<Result<void>> opened;
    std::promise<Result<void>> finished;
    auto result = opened.get_future();
    loaded = finished.get_future().share();
    m_thread = std::thread(&Private::run, this, std::move(opened), std::move(finished));
    return result.get();
}

void LocalEventStore::Private::run(std::promise<Result<void>> opened, std::promise<Result<void>> finished)
{
    // A QtSql connection belongs to the thread that made it, to its last breath.
    auto db = EventDatabase::open(options.path);
    if (!db) {
        opened.set_value(tl::unexpected(db.error()));
        finished.set_value(tl::unexpected(db.error()));
        return;
    }
    database = std::move(*db);
    opened.set_value({});
    finished.set_value(load());
    while (!m_stop) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stop || !m_pending.empty(); });
        }
        runPending();
    }
    database.reset();
}

Result<void> LocalEventStore::Private::load()
{
    std::uint64_t events = 0;
    return database->loadAll([&](const EventBlock& block, const std::vector<Amendment>& amendments) {
        columns.append(block, amendments);
        events += block.size();
        if (options.loading) {
            options.loading(events);
        }
        return !m_stop;
    });
}

void LocalEventStore::Private::runPending()
{
    for (;;) {
        std::packaged_task<void()> task;
        {
            const std::lock_guard lock(m_mutex);
            if (m_pending.empty()) {
                return;
            }
            task = std::move(m_pending.front());
            m_pending.pop_front();
        }
        task();
    }
}

void LocalEventStore::Private::call(const std::function<void()>& work)
{
    std::packaged_task<void()> task(work);
    auto done = task.get_future();
    {
        const std::lock_guard lock(m_mutex);
        m_pending.push_back(std::move(task));
        m_wake.notify_all();
    }
    done.get();
}

LocalEventStore::LocalEventStore(std::unique_ptr<Private> impl) : d(std::move(impl)) {}
LocalEventStore::~LocalEventStore() = default;

Result<std::unique_ptr<LocalEventStore>> LocalEventStore::open(Options options)
{
    auto impl = std::make_unique<Private>(std::move(options));
    if (const auto started = impl->start(); !started) {
        return tl::unexpected(started.error());
    }
    return std::unique_ptr<LocalEventStore>(new LocalEventStore(std::move(impl)));
}

Result<QueryResult> LocalEventStore::query(const Filter& filter, const QuerySpec& spec) const
{
    return runQuery(*snapshot(), filter, spec);
}

Result<RawLine> LocalEventStore::rawLine(const LineRef& line) const
{
    Result<RawLine> result = failure(ErrorCode::Internal, {});
    d->call([&] { result = d->database->rawLine(line); });
    return result;
}

Result<std::vector<RawLine>> LocalEventStore::rawContext(const LineRef& line, int before, int after) const
{
    Result<std::vector<RawLine>> result = failure(ErrorCode::Internal, {});
    d->call([&] { result = d->database->rawContext(line, before, after); });
    return result;
}

std::shared_ptr<const ColumnsSnapshot> LocalEventStore::snapshot() const { return d->columns.snapshot(); }

Result<void> LocalEventStore::waitUntilLoaded() { return d->loaded.get(); }

Result<void> LocalEventStore::commitPull(const PullCommit& commit)
{
    Result<void> result = failure(ErrorCode::Internal, {});
    d->call([&] {
        result = d->database->commitPull(commit);
        if (result) {
            d->columns.append(commit.batch.events, commit.batch.amendments);
            if (d->options.changed) {
                d->options.changed();
            }
        }
    });
    return result;
}

void LocalEventStore::setGeo(const GeoLookup& geo)
{
    d->call([&] {
        d->columns.lookUpAgain(geo);
        if (d->options.changed) {
            d->options.changed();
        }
    });
}

void LocalEventStore::withDatabase(const std::function<void(EventDatabase&)>& work) const
{
    d->call([&] { work(*d->database); });
}

} // namespace mailward
