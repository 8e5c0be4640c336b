// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/AllowTableModel.h"

namespace mailward {

AllowTableModel::AllowTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{{}, tr("Never banned"), CellForm::Mono, 24},
                {{}, tr("Comment"), CellForm::Text, 34},
                {{}, tr("Until"), CellForm::Time, 16},
                {{}, tr("State"), CellForm::Light, 22}});
}

Cell AllowTableModel::cell(const AllowRow& row, int column) const
{
    switch (column) {
    case 0: return Cell::own(ascii(row.prefix.toString()));
    case 1: return Cell::foreign(UntrustedText(row.comment.toStdString()));
    case 2: return row.expires ? Cell::time(row.expires, zone(), now()) : Cell::own(tr("no end"), Meaning::Muted);
    default:
        if (row.expires && *row.expires <= now()) {
            return Cell::own(tr("over"), Meaning::Muted);
        }
        return row.banned > 0 ? Cell::own(counted(row.banned, tr("%1 ban meets it"), tr("%1 bans meet it")), Meaning::Critical) : Cell::own(tr("in force"), Meaning::Good);
    }
}

Target AllowTableModel::targetOf(const AllowRow& row) const
{
    return {row.prefix.isHost() ? TargetKind::Address : TargetKind::Network, row.prefix.toString(), {}};
}

} // namespace mailward
