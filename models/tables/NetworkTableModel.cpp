// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/NetworkTableModel.h"

namespace mailward {

namespace {

QString numberText(const NetworkRow& row)
{
    if (row.target.kind == TargetKind::Network) {
        return ascii(row.target.key);
    }
    return row.target.key == "0" ? QStringLiteral("–") : QStringLiteral("AS") + ascii(row.target.key);
}

} // namespace

NetworkTableModel::NetworkTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{QStringLiteral("name"), tr("Network"), CellForm::Text, 32},
                {{}, tr("Number"), CellForm::Mono, 12, 1},
                {{}, {}, CellForm::Chip, 5},
                {QStringLiteral("addresses"), tr("Addresses"), CellForm::Figure, 11},
                {QStringLiteral("failed"), tr("Failed"), CellForm::Figure, 10},
                {QStringLiteral("succeeded"), tr("Let in"), CellForm::Figure, 10},
                {QStringLiteral("accounts"), tr("Accounts"), CellForm::Figure, 10},
                {QStringLiteral("first"), tr("First"), CellForm::Time, 15, 2},
                {QStringLiteral("last"), tr("Last"), CellForm::Time, 15}});
}

Cell NetworkTableModel::cell(const NetworkRow& row, int column) const
{
    switch (column) {
    case 0: return row.name.isEmpty() ? Cell::own(tr("not announced or unknown"), Meaning::Muted) : Cell::foreign(row.name);
    case 1: return Cell::own(numberText(row), Meaning::Muted);
    case 2: return Cell::country(row.country, row.countryName);
    case 3: return Cell::figure(row.addresses);
    case 4: return Cell::figure(row.failed, Meaning::Failure);
    case 5: return Cell::figure(row.succeeded, Meaning::Success);
    case 6: return row.complete ? Cell::figure(row.accounts) : Cell::pending();
    case 7: return row.complete ? Cell::time(row.first, zone(), now()) : Cell::pending();
    default: return row.complete ? Cell::time(row.last, zone(), now()) : Cell::pending();
    }
}

Target NetworkTableModel::targetOf(const NetworkRow& row) const
{
    return row.target;
}

} // namespace mailward
