// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/ContainTableModel.h"

#include <QLocale>

namespace mailward {

ContainTableModel::ContainTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{{}, tr("Account"), CellForm::Text, 36},
                {{}, tr("Server"), CellForm::Text, 12},
                {{}, tr("Password kept in"), CellForm::Text, 26},
                {{}, tr("IMAP"), CellForm::Figure, 5},
                {{}, tr("SMTP"), CellForm::Figure, 5},
                {{}, tr("Mail"), CellForm::Figure, 5},
                {{}, tr("Forwards"), CellForm::Figure, 9},
                {{}, tr("State"), CellForm::Light, 42}});
}

Cell ContainTableModel::cell(const ContainRow& row, int column) const
{
    switch (column) {
    case 0: return Cell::account(row.account);
    case 1: return Cell::own(row.server);
    case 2: return Cell::own(row.place, Meaning::Muted).withTip(row.place);
    case 3: return Cell::figure(row.sessions).withTip(tr("Open IMAP and POP3 sessions"));
    case 4: return Cell::figure(row.smtp).withTip(tr("Open SMTP sessions"));
    case 5: return Cell::figure(row.mails, Meaning::Sent).withTip(tr("Messages of this account in the queue"));
    case 6: return Cell::figure(row.rules, Meaning::High).withTip(tr("Redirects, forwards and application passwords to look at"));
    default: return Cell::own(row.state, row.meaning).withTip(row.state);
    }
}

Target ContainTableModel::targetOf(const ContainRow& row) const
{
    return {TargetKind::Account, row.account.raw(), {}};
}

HeldMailTableModel::HeldMailTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{{}, tr("Account"), CellForm::Text, 22},
                {{}, tr("Server"), CellForm::Text, 8},
                {{}, tr("Queue id"), CellForm::Mono, 14},
                {{}, tr("Sender"), CellForm::Text, 24},
                {{}, tr("To"), CellForm::Text, 30},
                {{}, tr("Handed in from"), CellForm::Mono, 17},
                {{}, tr("Size"), CellForm::Figure, 9},
                {{}, tr("Arrived"), CellForm::Time, 15},
                {{}, tr("State"), CellForm::Light, 12}});
}

Cell HeldMailTableModel::cell(const HeldMail& row, int column) const
{
    switch (column) {
    case 0: return Cell::account(row.account);
    case 1: return Cell::own(row.server);
    case 2: return Cell::own(row.id);
    case 3: return Cell::foreign(row.sender);
    case 4: return Cell::foreign(row.recipients, Meaning::Muted);
    case 5: return Cell::foreign(row.client, Meaning::Muted);
    case 6: {
        Cell size = Cell::own(QLocale().formattedDataSize(static_cast<qint64>(row.bytes), 0), Meaning::Muted);
        size.json = static_cast<qint64>(row.bytes);
        return size;
    }
    case 7: return Cell::time(row.arrived, zone(), now());
    default: return row.held ? Cell::own(tr("on hold"), Meaning::Good) : Cell::own(tr("released"), Meaning::Muted);
    }
}

Target HeldMailTableModel::targetOf(const HeldMail& row) const
{
    return {TargetKind::Account, row.account.raw(), {}};
}

ContainRuleTableModel::ContainRuleTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{{}, tr("Account"), CellForm::Text, 24},
                {{}, tr("Server"), CellForm::Text, 8},
                {{}, tr("What"), CellForm::Light, 18},
                {{}, tr("Leads to"), CellForm::Text, 30},
                {{}, tr("Written in"), CellForm::Text, 30}});
}

Cell ContainRuleTableModel::cell(const ContainRule& row, int column) const
{
    switch (column) {
    case 0: return Cell::account(row.account);
    case 1: return Cell::own(row.server);
    case 2: return Cell::own(row.kind, Meaning::High);
    case 3: return Cell::foreign(row.target);
    default: return Cell::foreign(row.where, Meaning::Muted);
    }
}

Target ContainRuleTableModel::targetOf(const ContainRule& row) const
{
    return {TargetKind::Account, row.account.raw(), {}};
}

} // namespace mailward
