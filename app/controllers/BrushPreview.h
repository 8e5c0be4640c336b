// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/JobThread.h"
#include "models/store/BrushCursor.h"
#include "models/store/LocalEventStore.h"

#include <QObject>
#include <memory>
#include <optional>

namespace mailward {

/// What the views show while a person still drags the brush: the index is made at the first move, then each move is answered
/// from it, the latest first; moves that came too quickly are left out. Lives in the window's thread.
class BrushPreview final : public QObject
{
    Q_OBJECT

public:
    BrushPreview(const LocalEventStore& store, JobThread& queries, QObject* parent = nullptr) : QObject(parent), m_store(store), m_queries(queries) {}

    /// The brush is at `range`; `spec` as for BrushIndex.
    void move(const TimeRange& range, const Filter& filter, const QuerySpec& spec);
    /// The brush was let go: nothing more is answered, and the index is forgotten.
    void end();
    [[nodiscard]] bool isActive() const { return m_isActive; }

signals:
    void answered(const std::shared_ptr<const mailward::QueryResult>& result, const std::shared_ptr<const mailward::BrushIndex>& index);

private:
    void ask();

    const LocalEventStore& m_store;
    JobThread& m_queries;
    std::optional<TimeRange> m_wish;
    Filter m_filter;
    QuerySpec m_spec;
    std::shared_ptr<BrushCursor> m_cursor; ///< used by one job at a time
    std::stop_source m_stop;
    quint64 m_drag = 0; ///< answers of an earlier drag are stale
    bool m_isActive = false;
    bool m_isAsking = false;
};

} // namespace mailward
