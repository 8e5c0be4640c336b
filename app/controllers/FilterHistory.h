// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Filter.h"
#include "models/tables/Target.h"

#include <QObject>
#include <vector>

namespace mailward {

/// Where a person is: the filter, what the drawer shows, and the page in front.
struct Step {
    Filter filter;
    Target detail;
    int page = 0;
    bool operator==(const Step&) const = default;
};

/// The one filter that all linked views obey, and the way that led there: back and forward as in a browser, 200 steps.
/// Lives in the window's thread.
class FilterHistory : public QObject
{
    Q_OBJECT

public:
    explicit FilterHistory(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] const Filter& filter() const { return m_steps[m_position].filter; }
    /// Makes `filter` the current one; what had been undone is gone. No step when nothing changes.
    void set(Filter filter);
    /// Adds a condition; a positive one on the same field and value is not doubled, its opposite is replaced.
    void add(const FilterTerm& term);
    void removeTerm(std::size_t index);
    void setTimes(std::optional<Instant> after, std::optional<Instant> before);
    void clear() { set({}); }
    void setDetail(const Target& detail);
    void setPage(int page);

    [[nodiscard]] bool canUndo() const { return m_position > 0; }
    [[nodiscard]] bool canRedo() const { return m_position + 1 < m_steps.size(); }
    void undo();
    void redo();

signals:
    void changed(); ///< the filter
    void grown();   ///< a step was added that left the filter as it was
    void moved(const mailward::Step& step); ///< a step back or forward

private:
    void push(Step step);
    void go(std::size_t position);

    std::vector<Step> m_steps{Step{}};
    std::size_t m_position = 0;
};

} // namespace mailward
