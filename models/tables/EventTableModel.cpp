// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/EventTableModel.h"

#include <algorithm>
#include <limits>

namespace mailward {

QString eventKindText(EventKind kind)
{
    switch (kind) {
    case EventKind::AuthFailure: return EventTableModel::tr("refused");
    case EventKind::AuthSuccess: return EventTableModel::tr("let in");
    case EventKind::AuthAborted: return EventTableModel::tr("gave up");
    case EventKind::Probe: return EventTableModel::tr("probe");
    case EventKind::Reject: return EventTableModel::tr("mail rejected");
    case EventKind::Accepted: return EventTableModel::tr("mail accepted");
    case EventKind::Sent: return EventTableModel::tr("mail sent");
    case EventKind::Deferred: return EventTableModel::tr("mail deferred");
    case EventKind::Bounced: return EventTableModel::tr("mail bounced");
    case EventKind::Dsn: return EventTableModel::tr("bounce notice");
    case EventKind::SessionEnd: return EventTableModel::tr("session ended");
    case EventKind::Ban: return EventTableModel::tr("ban");
    case EventKind::Unban: return EventTableModel::tr("ban lifted");
    case EventKind::ServerFault: return EventTableModel::tr("server fault");
    }
    return {};
}

Meaning eventKindMeaning(EventKind kind)
{
    switch (kind) {
    case EventKind::AuthFailure: return Meaning::Failure;
    case EventKind::AuthSuccess: return Meaning::Success;
    case EventKind::Reject:
    case EventKind::Ban:
    case EventKind::Unban: return Meaning::Blocked;
    case EventKind::Sent: return Meaning::Sent;
    case EventKind::Bounced:
    case EventKind::Dsn: return Meaning::Bounced;
    case EventKind::ServerFault: return Meaning::Critical;
    default: return Meaning::Muted;
    }
}

EventTableModel::EventTableModel(QObject* parent) : TableModel(parent)
{
    setColumns({{QStringLiteral("time"), tr("Time"), CellForm::Time, 15},
                {{}, tr("Server"), CellForm::Text, 9, 1},
                {{}, tr("Service"), CellForm::Text, 11},
                {{}, tr("What"), CellForm::Light, 15},
                {{}, tr("Tries"), CellForm::Figure, 6, 2},
                {{}, tr("Address"), CellForm::Mono, 17},
                {{}, {}, CellForm::Chip, 5},
                {{}, tr("Account"), CellForm::Text, 26},
                {{}, tr("Detail"), CellForm::Text, 28}});
}

void EventTableModel::reset(std::uint64_t total)
{
    beginResetModel();
    m_pages.clear();
    m_asked.clear();
    m_count = static_cast<int>(std::min<std::uint64_t>(total, std::numeric_limits<int>::max() / 64));
    endResetModel();
    setTotal(total);
}

void EventTableModel::setPage(std::uint64_t offset, std::vector<EventLine> rows)
{
    if (offset >= static_cast<std::uint64_t>(m_count) || offset % kPageSize != 0 || rows.empty()) {
        return;
    }
    const int first = static_cast<int>(offset);
    const auto room = static_cast<std::size_t>(std::min(kPageSize, m_count - first));
    rows.resize(std::min(rows.size(), room));
    const int last = first + static_cast<int>(rows.size()) - 1;
    m_pages[first / kPageSize] = std::move(rows);
    emit dataChanged(index(first, 0), index(last, columnCount() - 1));
}

int EventTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_count;
}

Target EventTableModel::rowTarget(int row) const
{
    const EventLine* event = find(row);
    return event != nullptr ? Target{TargetKind::Line, {}, event->line} : Target{};
}

const EventLine* EventTableModel::find(int row) const
{
    const int page = row / kPageSize;
    const auto found = m_pages.find(page);
    if (found != m_pages.end()) {
        const auto at = static_cast<std::size_t>(row % kPageSize);
        return at < found->second.size() ? &found->second[at] : nullptr;
    }
    if (std::find(m_asked.begin(), m_asked.end(), page) == m_asked.end()) {
        m_asked.push_back(page);
        // Later, because a view is in the middle of painting when it asks.
        QMetaObject::invokeMethod(
            const_cast<EventTableModel*>(this), // emitting does not change the model
            [this, page] { emit pageRequested(static_cast<quint64>(page) * kPageSize); }, Qt::QueuedConnection);
    }
    return nullptr;
}

Cell EventTableModel::cellAt(int row, int column) const
{
    const EventLine* event = find(row);
    if (event == nullptr) {
        return {};
    }
    switch (column) {
    case 0: return Cell::time(event->time, zone(), now());
    case 1: return Cell::foreign(event->server, Meaning::Muted);
    case 2: return Cell::own(ascii(serviceName(event->service)));
    case 3: return Cell::own(eventKindText(event->kind), eventKindMeaning(event->kind));
    case 4: return Cell::figure(event->attempts);
    case 5: return event->address ? Cell::address(*event->address) : Cell::own(QStringLiteral("–"), Meaning::Muted);
    case 6: return event->address ? Cell::country(event->country, event->countryName) : Cell{};
    case 7: return Cell::account(event->account);
    default: return Cell::foreign(event->detail, Meaning::Muted);
    }
}

} // namespace mailward
