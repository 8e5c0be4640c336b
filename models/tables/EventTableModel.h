// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"
#include "models/tables/TableModel.h"

#include <map>

namespace mailward {

/// One event as shown.
struct EventLine {
    Instant time{};
    UntrustedText server;
    Service service = Service::Other;
    EventKind kind = EventKind::Probe;
    Outcome outcome = Outcome::None;
    std::uint32_t attempts = 0;
    std::optional<IpAddress> address;
    CountryCode country = kNoCountry;
    QString countryName;
    UntrustedText account;
    UntrustedText detail;
    LineRef line;
};

/// "password refused", "let in", "bounced" ... and what it means.
[[nodiscard]] QString eventKindText(EventKind kind);
[[nodiscard]] Meaning eventKindMeaning(EventKind kind);

/// The events of the filter, as many as there are; only the pages in sight are held. A row that is not there yet asks for
/// its page with pageRequested() once, and is blank until setPage().
class EventTableModel final : public TableModel
{
    Q_OBJECT

public:
    static constexpr int kPageSize = 200;

    explicit EventTableModel(QObject* parent = nullptr);

    /// A new filter or new data: forget all pages.
    void reset(std::uint64_t total);
    /// Rows from `offset` on, a multiple of kPageSize. Rows beyond the total are dropped.
    void setPage(std::uint64_t offset, std::vector<EventLine> rows);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] Target rowTarget(int row) const override;

signals:
    void pageRequested(quint64 offset) const;

protected:
    [[nodiscard]] Cell cellAt(int row, int column) const override;

private:
    [[nodiscard]] const EventLine* find(int row) const;

    int m_count = 0;
    std::map<int, std::vector<EventLine>> m_pages;
    mutable std::vector<int> m_asked;
};

} // namespace mailward
