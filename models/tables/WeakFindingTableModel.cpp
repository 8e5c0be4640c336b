// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/WeakFindingTableModel.h"

namespace mailward {

WeakFindingTableModel::WeakFindingTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{{}, tr("Account"), CellForm::Text, 36}, {{}, tr("Server"), CellForm::Text, 12}, {{}, tr("Its password is"), CellForm::Light, 40}});
}

Cell WeakFindingTableModel::cell(const WeakFindingRow& row, int column) const
{
    switch (column) {
    case 0: return Cell::account(row.account);
    case 1: return Cell::own(row.server);
    default: return Cell::own(row.kind, Meaning::Critical);
    }
}

Target WeakFindingTableModel::targetOf(const WeakFindingRow& row) const
{
    return {TargetKind::Account, row.account.raw(), {}};
}

} // namespace mailward
