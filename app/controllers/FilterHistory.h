// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Filter.h"

#include <QObject>
#include <vector>

namespace mailward {

/// The one filter that all linked views obey, with its past: undo and redo as in an editor, 200 steps.
/// Lives in the window's thread.
class FilterHistory : public QObject
{
    Q_OBJECT

public:
    explicit FilterHistory(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] const Filter& filter() const { return m_states[m_position]; }
    /// Makes `filter` the current one; what had been undone is gone. No step when nothing changes.
    void set(Filter filter);
    /// Adds a condition; a positive one on the same field and value is not doubled, its opposite is replaced.
    void add(const FilterTerm& term);
    void removeTerm(std::size_t index);
    void setTimes(std::optional<Instant> after, std::optional<Instant> before);
    void clear() { set({}); }

    [[nodiscard]] bool canUndo() const { return m_position > 0; }
    [[nodiscard]] bool canRedo() const { return m_position + 1 < m_states.size(); }
    void undo();
    void redo();

signals:
    void changed();

private:
    std::vector<Filter> m_states{Filter{}};
    std::size_t m_position = 0;
};

} // namespace mailward
