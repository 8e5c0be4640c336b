// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/AddressTableModel.h"

namespace mailward {

namespace {

/// "lata.iyer12 +61": the one most tried, and how many more.
Cell accountsCell(const AddressRow& row)
{
    Cell cell = Cell::account(row.account);
    if (row.accounts > 1) {
        cell.text += QStringLiteral("  +%1").arg(formatCount(row.accounts - 1));
    }
    return cell;
}

} // namespace

AddressTableModel::AddressTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{QStringLiteral("address"), tr("Address"), CellForm::Mono, 17},
                {{}, {}, CellForm::Chip, 4},
                {QStringLiteral("network"), tr("Network"), CellForm::Text, 20},
                {QStringLiteral("failed"), tr("Failed"), CellForm::Figure, 8},
                {QStringLiteral("succeeded"), tr("Let in"), CellForm::Figure, 8},
                {QStringLiteral("accounts"), tr("Accounts"), CellForm::Text, 22},
                {QStringLiteral("first"), tr("First"), CellForm::Time, 15, 2},
                {QStringLiteral("last"), tr("Last"), CellForm::Time, 15},
                {{}, tr("State"), CellForm::Light, 15, 1}});
}

Cell AddressTableModel::cell(const AddressRow& row, int column) const
{
    switch (column) {
    case 0: return Cell::address(row.address);
    case 1: return Cell::country(row.country, row.countryName);
    case 2: {
        const Target target{TargetKind::Asn, std::to_string(row.asn), {}};
        return Cell::foreign(row.network, Meaning::Muted).to(row.asn == 0 ? Target{} : target);
    }
    case 3: return Cell::figure(row.failed, Meaning::Failure);
    case 4: return Cell::figure(row.succeeded, Meaning::Success);
    case 5: return row.complete ? accountsCell(row) : Cell::pending();
    case 6: return row.complete ? Cell::time(row.first, zone(), now()) : Cell::pending();
    case 7: return row.complete ? Cell::time(row.last, zone(), now()) : Cell::pending();
    default: return Cell::own(row.state, row.stateMeaning);
    }
}

Target AddressTableModel::targetOf(const AddressRow& row) const
{
    return {TargetKind::Address, row.address.toString(), {}};
}

} // namespace mailward
