// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/BanTableModel.h"

#include <QStringList>

namespace mailward {

namespace {

Cell driftCell(BanDrift drift)
{
    switch (drift) {
    case BanDrift::None: return Cell::own(BanTableModel::tr("as planned"), Meaning::Good);
    case BanDrift::MissingOnServer: return Cell::own(BanTableModel::tr("missing on the server"), Meaning::Critical);
    case BanDrift::NotOurs: return Cell::own(BanTableModel::tr("made by others"), Meaning::Muted);
    case BanDrift::Differs: return Cell::own(BanTableModel::tr("changed by others"), Meaning::Warning);
    }
    return {};
}

} // namespace

QString portsText(const std::vector<std::uint16_t>& ports)
{
    if (ports.empty()) {
        return BanTableModel::tr("all ports");
    }
    QStringList words;
    for (const std::uint16_t port : ports) {
        words << QString::number(port);
    }
    return words.join(QLatin1Char(' '));
}

BanTableModel::BanTableModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{{}, tr("Banned"), CellForm::Mono, 22},
                {{}, tr("Server"), CellForm::Text, 12},
                {{}, tr("Ports"), CellForm::Text, 26},
                {{}, tr("Remaining"), CellForm::Figure, 12},
                {{}, tr("State"), CellForm::Light, 20},
                {{}, tr("Why"), CellForm::Text, 30},
                {{}, tr("By"), CellForm::Text, 14},
                {{}, tr("Since"), CellForm::Time, 15},
                {{}, tr("Dropped by its set"), CellForm::Figure, 14}});
}

Cell BanTableModel::cell(const BanRow& row, int column) const
{
    switch (column) {
    case 0: return Cell::own(ascii(row.prefix.toString()));
    case 1: return Cell::own(row.server);
    case 2: return Cell::own(portsText(row.ports), Meaning::Muted);
    case 3: {
        if (!row.until) {
            return Cell::own(tr("no end"), Meaning::Muted);
        }
        const auto left = std::chrono::ceil<std::chrono::seconds>(*row.until - now());
        return Cell::own(formatDuration(left)).withTip(formatMomentFully(*row.until, zone()));
    }
    case 4: return driftCell(row.drift).withTip(row.backend);
    case 5: return Cell::foreign(row.reason);
    case 6: return Cell::foreign(row.by, Meaning::Muted);
    case 7: return Cell::time(row.since, zone(), now());
    default:
        if (!row.packets) {
            return Cell::own(tr("not counted"), Meaning::Muted);
        }
        return Cell::own(tr("%1 packets").arg(formatCount(*row.packets)), Meaning::Blocked)
            .withTip(tr("%1 bytes, by all bans of these ports together, since the rule was last written").arg(formatCount(row.bytes)));
    }
}

Target BanTableModel::targetOf(const BanRow& row) const
{
    return {row.prefix.isHost() ? TargetKind::Address : TargetKind::Network, row.prefix.toString(), {}};
}

} // namespace mailward
