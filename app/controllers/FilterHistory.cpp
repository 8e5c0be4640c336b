// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/FilterHistory.h"

#include <algorithm>

namespace mailward {

namespace {
constexpr std::size_t kLongest = 200;
}

void FilterHistory::set(Filter filter)
{
    Step step = m_steps[m_position];
    step.filter = std::move(filter);
    push(std::move(step));
}

void FilterHistory::setDetail(const Target& detail)
{
    Step step = m_steps[m_position];
    step.detail = detail;
    push(std::move(step));
}

void FilterHistory::setPage(int page)
{
    Step step = m_steps[m_position];
    step.page = page;
    push(std::move(step));
}

void FilterHistory::push(Step step)
{
    if (step == m_steps[m_position]) {
        return;
    }
    const bool filtered = !(step.filter == m_steps[m_position].filter);
    m_steps.resize(m_position + 1);
    m_steps.push_back(std::move(step));
    if (m_steps.size() > kLongest) {
        m_steps.erase(m_steps.begin());
    }
    m_position = m_steps.size() - 1;
    filtered ? emit changed() : emit grown();
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
        go(m_position - 1);
    }
}

void FilterHistory::redo()
{
    if (canRedo()) {
        go(m_position + 1);
    }
}

void FilterHistory::go(std::size_t position)
{
    const bool filtered = !(m_steps[position].filter == m_steps[m_position].filter);
    m_position = position;
    if (filtered) {
        emit changed();
    }
    emit moved(m_steps[m_position]);
}

} // namespace mailward
