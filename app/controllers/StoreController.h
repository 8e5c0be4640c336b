// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/JobThread.h"
#include "app/controllers/RawFetch.h"
#include "models/tables/Notice.h"
#include "models/tables/StorageView.h"

#include <QObject>

namespace mailward {

/// What the event store holds and keeps, and raw lines that are fetched again. Asks in a thread of its own; lives in the
/// window's thread.
class StoreController final : public QObject
{
    Q_OBJECT

public:
    explicit StoreController(LocalEventStore& store, QObject* parent = nullptr);
    ~StoreController() override;

    /// Asks for figures; storageChanged() brings them.
    void refresh();
    void setLimits(int days, std::uint64_t rawBytes, std::uint64_t totalBytes);
    /// `connect` is called in another thread. linesFetched() or noticed() follows.
    void fetchLines(const LineRef& line, ConnectByName connect);

signals:
    void storageChanged(const mailward::StorageView& view);
    void linesFetched();
    void noticed(const mailward::Notice& notice);

private:
    LocalEventStore& m_store;
    std::stop_source m_stop;
    JobThread m_jobs; ///< last: its jobs use the store and post to this
};

} // namespace mailward
