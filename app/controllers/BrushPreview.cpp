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
    m_index.reset();
}

void BrushPreview::ask()
{
    if (m_isAsking || !m_wish) {
        return;
    }
    m_isAsking = true;
    const TimeRange range = *m_wish;
    m_wish.reset();
    m_queries.post([this, range, drag = m_drag, index = m_index, filter = m_filter, spec = m_spec]() mutable {
        if (!index && !spec.stop.stop_requested()) {
            index = BrushIndex::make(m_store.snapshot(), filter, spec);
        }
        // Without an index (stopped, or sums beyond it) the picture waits for the brush to be let go.
        auto result = index ? std::make_shared<const QueryResult>(index->at(range)) : nullptr;
        QMetaObject::invokeMethod(this, [this, drag, index, result] {
            if (drag != m_drag || !m_isActive) {
                return;
            }
            m_isAsking = false;
            m_index = index;
            if (result) {
                emit answered(result, index);
                ask();
            }
        }, Qt::QueuedConnection);
    });
}

} // namespace mailward
