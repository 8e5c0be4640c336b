// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/BrushPreview.h"

namespace mailward {

void BrushPreview::move(const TimeRange& range, const Filter& filter, const QuerySpec& spec)
{
    if (!m_isActive) {
        m_isActive = true;
        m_filter = filter;
        m_spec = spec;
        m_stop = std::stop_source();
        m_spec.stop = m_stop.get_token();
        ++m_drag;
    }
    m_wish = range;
    ask();
}

void BrushPreview::end()
{
    m_stop.request_stop();
    m_isActive = false;
    m_isAsking = false;
    m_wish.reset();
    m_cursor.reset();
}

void BrushPreview::ask()
{
    if (m_isAsking || !m_wish) {
        return;
    }
    m_isAsking = true;
    const TimeRange range = *m_wish;
    m_wish.reset();
    m_queries.post([this, range, drag = m_drag, cursor = m_cursor, filter = m_filter, spec = m_spec]() mutable {
        if (!cursor && !spec.stop.stop_requested()) {
            const auto index = BrushIndex::make(m_store.snapshot(), filter, spec);
            cursor = index ? std::make_shared<BrushCursor>(index) : nullptr;
        }
        // Without an index (stopped, or sums beyond it) the picture waits for the brush to be let go.
        auto result = cursor ? std::make_shared<const QueryResult>(cursor->at(range)) : nullptr;
        QMetaObject::invokeMethod(this, [this, drag, cursor, result] {
            if (drag != m_drag || !m_isActive) {
                return;
            }
            m_isAsking = false;
            m_cursor = cursor;
            if (result) {
                emit answered(result, cursor->index());
                ask();
            }
        }, Qt::QueuedConnection);
    });
}

} // namespace mailward
