// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/AccountTableModel.h"

namespace mailward {

AccountTableModel::AccountTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{QStringLiteral("account"), tr("Account"), CellForm::Text, 34},
                {QStringLiteral("failed"), tr("Failed"), CellForm::Figure, 10},
                {QStringLiteral("succeeded"), tr("Let in"), CellForm::Figure, 10},
                {QStringLiteral("addresses"), tr("Addresses"), CellForm::Figure, 11},
                {QStringLiteral("first"), tr("First"), CellForm::Time, 15, 2},
                {QStringLiteral("last"), tr("Last"), CellForm::Time, 15},
                {{}, tr("State"), CellForm::Light, 24}});
}

Cell AccountTableModel::cell(const AccountRow& row, int column) const
{
    switch (column) {
    case 0: return row.account.isEmpty() ? Cell::own(tr("no account named"), Meaning::Muted) : Cell::account(row.account);
    case 1: return Cell::figure(row.failed, Meaning::Failure);
    case 2: return Cell::figure(row.succeeded, Meaning::Success);
    case 3: return row.complete ? Cell::figure(row.addresses) : Cell::pending();
    case 4: return row.complete ? Cell::time(row.first, zone(), now()) : Cell::pending();
    case 5: return row.complete ? Cell::time(row.last, zone(), now()) : Cell::pending();
    default: return Cell::own(row.state, row.stateMeaning);
    }
}

Target AccountTableModel::targetOf(const AccountRow& row) const
{
    return row.account.isEmpty() ? Target{} : Target{TargetKind::Account, row.account.raw(), {}};
}

} // namespace mailward
