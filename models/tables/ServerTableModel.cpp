// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/ServerTableModel.h"

namespace mailward {

QString serverStateText(LinkState state)
{
    switch (state) {
    case LinkState::Idle: return ServerTableModel::tr("not pulled");
    case LinkState::Connecting: return ServerTableModel::tr("connecting");
    case LinkState::Pulling: return ServerTableModel::tr("pulling");
    case LinkState::Live: return ServerTableModel::tr("live");
    case LinkState::Warning: return ServerTableModel::tr("needs a look");
    case LinkState::Failed: return ServerTableModel::tr("failed");
    }
    return {};
}

Meaning serverStateMeaning(LinkState state)
{
    switch (state) {
    case LinkState::Idle: return Meaning::Muted;
    case LinkState::Connecting:
    case LinkState::Pulling: return Meaning::Success;
    case LinkState::Live: return Meaning::Good;
    case LinkState::Warning: return Meaning::Warning;
    case LinkState::Failed: return Meaning::Critical;
    }
    return Meaning::Muted;
}

ServerTableModel::ServerTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{{}, tr("Server"), CellForm::Text, 14},
                {{}, tr("Host"), CellForm::Mono, 22},
                {{}, tr("State"), CellForm::Light, 14},
                {{}, tr("Last pull"), CellForm::Time, 15},
                {{}, tr("Lines"), CellForm::Figure, 11},
                {{}, tr("Events"), CellForm::Figure, 11},
                {{}, tr("Unknown"), CellForm::Figure, 10},
                {{}, tr("Behind"), CellForm::Figure, 10},
                {{}, tr("What is going on"), CellForm::Text, 34}});
}

Cell ServerTableModel::cell(const ServerRow& row, int column) const
{
    switch (column) {
    case 0: return Cell::own(row.name);
    case 1: return Cell::own(row.host);
    case 2: return Cell::own(serverStateText(row.state), serverStateMeaning(row.state)).withTip(row.hint);
    case 3: return Cell::time(row.lastPull, zone(), now());
    case 4: return Cell::figure(row.lines);
    case 5: return Cell::figure(row.events);
    case 6: return Cell::figure(row.unknown, Meaning::Warning).withTip(tr("Lines that no rule knows; none is dropped."));
    case 7: return Cell::own(row.lag ? formatDuration(*row.lag) : QStringLiteral("–"), Meaning::Muted);
    default: return Cell::foreign(row.message, row.state == LinkState::Failed ? Meaning::Critical : Meaning::Muted);
    }
}

Target ServerTableModel::targetOf(const ServerRow& row) const
{
    return {TargetKind::Server, row.name.toStdString(), {}};
}

} // namespace mailward
