// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/LocalEventStore.h"

#include "models/core/Clock.h"
#include "models/store/EncodedPull.h"
#include "models/store/StoreCheck.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <thread>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr auto kFirstSweep = 60s;
constexpr auto kBetweenSweeps = 10min;
constexpr auto kBetweenSteps = 20ms; ///< pulls come first

} // namespace

/// One thread owns the database and writes the columns; others hand it work and wait.
class LocalEventStore::Private
{
public:
    explicit Private(Options opts) : options(std::move(opts)), columns(options.geo) {}
    ~Private();

    [[nodiscard]] Result<void> start();
    /// Runs `work` in the store's thread and waits for it.
    void call(const std::function<void()>& work);
    /// Hands a pull over; the answer comes when it is on the disk and in the columns.
    [[nodiscard]] std::future<Result<void>> commit(std::shared_ptr<const EncodedPull> pull);

    Options options;
    EventColumns columns;
    std::unique_ptr<EventDatabase> database; ///< only in the store's thread
    std::shared_future<Result<void>> loaded;

private:
    struct Commit {
        std::shared_ptr<const EncodedPull> pull;
        std::promise<Result<void>> answer;
    };

    void run(std::promise<Result<void>> opened, std::promise<Result<void>> finished);
    [[nodiscard]] Result<void> load();
    void runPending();
    void commitPending();
    void sweepOn();
    void checkInBackground();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::packaged_task<void()>> m_pending;
    std::vector<Commit> m_commits;
    std::atomic<bool> m_stop = false;
    std::optional<RetentionSweep> m_sweep;         ///< under way; store's thread only, as is its time
    std::chrono::steady_clock::time_point m_sweepAt;
    std::jthread m_check;
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
    const InUseMark mark(options.path);
    opened.set_value({});
    finished.set_value(options.onlyStores ? Result<void>{} : load());
    if (mark.foundCrash() && options.troubled) {
        checkInBackground();
    }
    m_sweepAt = std::chrono::steady_clock::now() + kFirstSweep;
    while (!m_stop) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_until(lock, m_sweepAt, [this] { return m_stop || !m_pending.empty() || !m_commits.empty(); });
        }
        runPending();
        commitPending();
        if (options.troubled && std::chrono::steady_clock::now() >= m_sweepAt) {
            sweepOn();
        }
    }
    m_check.request_stop();
    m_sweep.reset();
    database.reset();
}

/// One step of the sweep under way, or of a new one.
void LocalEventStore::Private::sweepOn()
{
    auto sweep = m_sweep ? Result<RetentionSweep>(*m_sweep) : database->sweep(SystemClock().now());
    const auto step = sweep ? sweep->step() : Result<RetentionSweep::Step>(tl::unexpected(sweep.error()));
    if (step && !step->isDone) {
        m_sweep.emplace(*sweep);
        m_sweepAt = std::chrono::steady_clock::now() + kBetweenSteps;
        return;
    }
    m_sweep.reset();
    m_sweepAt = std::chrono::steady_clock::now() + kBetweenSweeps;
    if (!step) {
        options.troubled(step.error());
    }
}

void LocalEventStore::Private::checkInBackground()
{
    m_check = std::jthread([this](const std::stop_token& stop) {
        const auto checked = checkStore(options.path, stop);
        if (!checked && checked.error().code != ErrorCode::Cancelled) {
            options.troubled(checked.error());
        }
    });
}

Result<void> LocalEventStore::Private::load()
{
    constexpr std::uint64_t kStep = 65'536; ///< events that become visible at once
    std::uint64_t events = 0;
    std::uint64_t shown = 0;
    const auto show = [&] {
        columns.publish();
        shown = events;
        if (options.loading) {
            options.loading(events);
        }
    };
    auto loadedAll = database->loadAll([&](const EventBlock& block, const std::vector<Amendment>& amendments) {
        columns.add(block, amendments);
        events += block.size();
        if (events >= shown + kStep) {
            show();
        }
        return !m_stop;
    });
    show();
    return loadedAll;
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

/// All pulls that wait become one transaction and one new view of the columns: many servers at once cost little more than one.
void LocalEventStore::Private::commitPending()
{
    std::vector<Commit> commits;
    {
        const std::lock_guard lock(m_mutex);
        commits.swap(m_commits);
    }
    if (commits.empty()) {
        return;
    }
    std::vector<const EncodedPull*> pulls;
    std::transform(commits.begin(), commits.end(), std::back_inserter(pulls), [](const Commit& one) { return one.pull.get(); });
    const auto answers = database->commitPulls(pulls);
    for (std::size_t i = 0; i < commits.size() && !options.onlyStores; ++i) {
        if (answers[i]) {
            columns.add(pulls[i]->block, pulls[i]->amendments);
        }
    }
    if (!options.onlyStores) {
        columns.publish();
    }
    if (options.changed) {
        options.changed();
    }
    for (std::size_t i = 0; i < commits.size(); ++i) {
        commits[i].answer.set_value(answers[i]);
    }
}

std::future<Result<void>> LocalEventStore::Private::commit(std::shared_ptr<const EncodedPull> pull)
{
    std::promise<Result<void>> answer;
    auto done = answer.get_future();
    const std::lock_guard lock(m_mutex);
    m_commits.push_back({std::move(pull), std::move(answer)});
    m_wake.notify_all();
    return done;
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
    auto pull = encodePull(commit);
    return pull ? d->commit(std::make_shared<const EncodedPull>(std::move(*pull))).get() : Result<void>{tl::unexpected(pull.error())};
}

std::future<Result<void>> LocalEventStore::commitLater(std::shared_ptr<const EncodedPull> pull) { return d->commit(std::move(pull)); }

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
