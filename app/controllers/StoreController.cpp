// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/StoreController.h"

namespace mailward {

namespace {

Result<StorageView> look(const LocalEventStore& store)
{
    Result<StoreSize> size = StoreSize{};
    Result<Retention> limits = Retention{};
    store.withDatabase([&](const EventDatabase& database) {
        size = database.size();
        limits = database.retention();
    });
    if (!size || !limits) {
        return tl::unexpected(size ? limits.error() : size.error());
    }
    return StorageView{size->fileBytes, size->rawBytes, size->events, size->oldest, limits->eventDays, limits->rawBytes, limits->totalBytes};
}

} // namespace

StoreController::StoreController(LocalEventStore& store, QObject* parent) : QObject(parent), m_store(store), m_jobs(QStringLiteral("storage")) {}

StoreController::~StoreController()
{
    m_stop.request_stop();
}

void StoreController::refresh()
{
    m_jobs.post([this] {
        auto view = std::make_shared<Result<StorageView>>(look(m_store));
        QMetaObject::invokeMethod(this, [this, view] { *view ? emit storageChanged(**view) : emit noticed(Notice::of(view->error())); }, Qt::QueuedConnection);
    });
}

void StoreController::setLimits(int days, std::uint64_t rawBytes, std::uint64_t totalBytes)
{
    m_jobs.post([this, limits = Retention{days, rawBytes, totalBytes}] {
        Result<void> done;
        m_store.withDatabase([&](EventDatabase& database) { done = database.setRetention(limits); });
        QMetaObject::invokeMethod(this, [this, done] { done ? refresh() : emit noticed(Notice::of(done.error())); }, Qt::QueuedConnection);
    });
}

void StoreController::fetchLines(const LineRef& line, ConnectByName connect)
{
    m_jobs.post([this, line, connect = std::move(connect), stop = m_stop.get_token()] {
        const auto fetched = fetchRawLines(m_store, line, connect, stop);
        QMetaObject::invokeMethod(this, [this, fetched] { fetched ? emit linesFetched() : emit noticed(Notice::of(fetched.error())); }, Qt::QueuedConnection);
    });
}

} // namespace mailward
