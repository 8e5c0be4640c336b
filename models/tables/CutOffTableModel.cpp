// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/CutOffTableModel.h"

namespace mailward {

CutOffTableModel::CutOffTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{{}, tr("Account"), CellForm::Text, 30},
                {{}, tr("Comes from"), CellForm::Mono, 20},
                {{}, tr("Place"), CellForm::Text, 20},
                {{}, tr("Servers"), CellForm::Text, 12},
                {{}, tr("Good log-ins"), CellForm::Figure, 13},
                {{}, tr("Last"), CellForm::Time, 15},
                {{}, tr("Another way in"), CellForm::Light, 20}});
}

Cell CutOffTableModel::cell(const CutOffRow& row, int column) const
{
    switch (column) {
    case 0: return row.account.raw().empty() ? Cell::own(tr("not named in the log"), Meaning::Muted) : Cell::account(row.account);
    case 1: return Cell::foreign(row.from);
    case 2: return Cell::own(row.colleagues == 0 ? tr("alone there") : tr("office of %1 people").arg(formatCount(row.colleagues + 1)), row.colleagues == 0 ? Meaning::Muted : Meaning::Warning);
    case 3: return Cell::foreign(row.servers, Meaning::Muted);
    case 4: return Cell::figure(row.goodLogins, Meaning::Success);
    case 5: return Cell::time(row.last, zone(), now());
    default: return row.onlyHere ? Cell::own(tr("none"), Meaning::Critical) : Cell::own(tr("yes"), Meaning::Good);
    }
}

Target CutOffTableModel::targetOf(const CutOffRow& row) const
{
    return {TargetKind::Account, row.account.raw(), {}};
}

} // namespace mailward
