// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/EarlierTableModel.h"

namespace mailward {

EarlierTableModel::EarlierTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{{}, tr("When"), CellForm::Time, 15},
                {{}, tr("Who"), CellForm::Text, 10},
                {{}, tr("What"), CellForm::Text, 14},
                {{}, tr("Accounts"), CellForm::Figure, 9},
                {{}, tr("Servers"), CellForm::Text, 12},
                {{}, tr("Why"), CellForm::Text, 26, 1},
                {{}, tr("State"), CellForm::Light, 30}});
}

Cell EarlierTableModel::cell(const EarlierRow& row, int column) const
{
    switch (column) {
    case 0: return Cell::time(row.made, zone(), now());
    case 1: return Cell::own(row.who.isEmpty() ? tr("not known") : row.who, row.who.isEmpty() ? Meaning::Muted : Meaning::Plain);
    case 2: return Cell::own(row.action);
    case 3: return Cell::figure(row.accounts);
    case 4: return Cell::own(row.servers).withTip(row.servers);
    case 5: return Cell::foreign(row.from, Meaning::Muted);
    default: return Cell::own(row.state, row.meaning).withTip(row.state);
    }
}

Target EarlierTableModel::targetOf(const EarlierRow&) const
{
    return {};
}

} // namespace mailward
