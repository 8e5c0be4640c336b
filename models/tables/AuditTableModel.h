// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

#include <QStringList>

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

/// What came of checking the chain, by itself and beside what the servers hold of it.
struct AuditCheckView {
    Meaning meaning = Meaning::Plain; ///< Good: whole, and every server agrees; Warning: not all were asked; Critical: something is wrong
    QString text;        ///< one line
    QStringList details; ///< a line for each server, what is wrong first; may hold a server's words
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
