// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/AuditTableModel.h"

namespace mailward {

AuditTableModel::AuditTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{{}, tr("No."), CellForm::Figure, 7},
                {{}, tr("When"), CellForm::Time, 15},
                {{}, tr("Who"), CellForm::Text, 14},
                {{}, tr("Server"), CellForm::Text, 12},
                {{}, tr("What"), CellForm::Text, 20},
                {{}, tr("In detail"), CellForm::Text, 50},
                {{}, tr("Chain"), CellForm::Light, 12},
                {{}, tr("Hash"), CellForm::Mono, 18}});
}

Cell AuditTableModel::cell(const AuditRow& row, int column) const
{
    switch (column) {
    case 0: return Cell::figure(row.number, Meaning::Muted);
    case 1: return Cell::time(row.time, zone(), now());
    case 2: return Cell::own(row.who);
    case 3: return Cell::own(row.server);
    case 4: return Cell::own(row.action);
    case 5: return Cell::foreign(row.summary);
    case 6: return row.chained ? Cell::own(tr("unbroken"), Meaning::Good) : Cell::own(tr("broken"), Meaning::Critical);
    default: return Cell::own(row.hash.left(16), Meaning::Muted).withTip(row.hash);
    }
}

Target AuditTableModel::targetOf(const AuditRow&) const
{
    return {};
}

} // namespace mailward
