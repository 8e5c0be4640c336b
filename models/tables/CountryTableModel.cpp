// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/CountryTableModel.h"

namespace mailward {

CountryTableModel::CountryTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{{}, {}, CellForm::Chip, 5},
                {QStringLiteral("country"), tr("Country"), CellForm::Text, 26},
                {QStringLiteral("addresses"), tr("Addresses"), CellForm::Figure, 11},
                {QStringLiteral("failed"), tr("Failed"), CellForm::Figure, 10},
                {{}, tr("of all failures"), CellForm::Figure, 14, 1},
                {QStringLiteral("succeeded"), tr("Let in"), CellForm::Figure, 10},
                {QStringLiteral("accounts"), tr("Accounts"), CellForm::Figure, 10},
                {QStringLiteral("first"), tr("First"), CellForm::Time, 15, 2},
                {QStringLiteral("last"), tr("Last"), CellForm::Time, 15}});
}

Cell CountryTableModel::cell(const CountryRow& row, int column) const
{
    switch (column) {
    case 0: return Cell::country(row.country, row.name);
    case 1: return row.country == kNoCountry ? Cell::own(tr("unknown or private"), Meaning::Muted) : Cell::own(row.name);
    case 2: return Cell::figure(row.addresses);
    case 3: return Cell::figure(row.failed, Meaning::Failure);
    case 4: return Cell::own(row.failed == 0 ? QStringLiteral("–") : formatPercent(row.failedShare * 100), Meaning::Muted);
    case 5: return Cell::figure(row.succeeded, Meaning::Success);
    case 6: return row.complete ? Cell::figure(row.accounts) : Cell::pending();
    case 7: return row.complete ? Cell::time(row.first, zone(), now()) : Cell::pending();
    default: return row.complete ? Cell::time(row.last, zone(), now()) : Cell::pending();
    }
}

Target CountryTableModel::targetOf(const CountryRow& row) const
{
    return {TargetKind::Country, std::string(countryText(row.country)), {}};
}

} // namespace mailward
