// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/FilterHistory.h"

#include <algorithm>

namespace mailward {

namespace {
constexpr std::size_t kLongest = 200;
}

void FilterHistory::set(Filter filter)
{
    if (filter == m_states[m_position]) {
        return;
    }
    m_states.resize(m_position + 1);
    m_states.push_back(std::move(filter));
    if (m_states.size() > kLongest) {
        m_states.erase(m_states.begin());
    }
    m_position = m_states.size() - 1;
    emit changed();
}

void FilterHistory::add(const FilterTerm& term)
{
    Filter next = filter();
    std::erase_if(next.terms, [&](const FilterTerm& t) { return t.field == term.field && t.value == term.value; });
    next.terms.push_back(term);
    set(std::move(next));
}

void FilterHistory::removeTerm(std::size_t index)
{
    Filter next = filter();
    if (index < next.terms.size()) {
        next.terms.erase(next.terms.begin() + static_cast<std::ptrdiff_t>(index));
        set(std::move(next));
    }
}

void FilterHistory::setTimes(std::optional<Instant> after, std::optional<Instant> before)
{
    Filter next = filter();
    next.after = after;
    next.before = before;
    set(std::move(next));
}

void FilterHistory::undo()
{
    if (canUndo()) {
        --m_position;
        emit changed();
    }
}

void FilterHistory::redo()
{
    if (canRedo()) {
        ++m_position;
        emit changed();
    }
}

} // namespace mailward
