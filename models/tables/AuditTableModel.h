// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

namespace mailward {

struct AuditRow {
    std::uint64_t number = 0;
    Instant time{};
    QString who;
    QString server;
    QString action; ///< our word: "ban applied"
    UntrustedText summary;
    QString hash; ///< of the entry, hex
    bool chained = true; ///< its hash fits the one before
};

/// The audit log, newest first.
class AuditTableModel final : public RowTableModel<AuditRow>
{
    Q_OBJECT

public:
    explicit AuditTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const AuditRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const AuditRow& row) const override;
};

} // namespace mailward
