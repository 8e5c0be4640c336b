// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/AccountOverviewModel.h"

#include <QJsonArray>
#include <cmath>

namespace mailward {

namespace {

Cell riskCell(const AccountOverviewRow& row)
{
    if (row.riskText.isEmpty()) {
        Cell quiet = Cell::own({});
        quiet.json = QJsonValue(QStringLiteral("none"));
        return quiet;
    }
    return Cell::own(row.riskText, row.risk).withTip(row.reasons.join(QStringLiteral("\n")));
}

Cell whyCell(const AccountOverviewRow& row)
{
    return Cell::own(row.reasons.join(QStringLiteral("; ")), Meaning::Muted).withTip(row.reasons.join(QStringLiteral("\n")));
}

Cell trendCell(const AccountTrend& trend)
{
    Cell cell = Cell::own(trend.text, trend.meaning).withTip(trend.tip);
    QJsonArray days;
    for (const std::uint32_t count : trend.days) {
        days.append(static_cast<qint64>(count));
    }
    cell.json = days;
    cell.trend = trend.days;
    return cell;
}

} // namespace

QString ageText(Instant since, Instant now)
{
    const auto days = std::chrono::floor<std::chrono::days>(now - since).count();
    if (days < 1) {
        return AccountOverviewModel::tr("today");
    }
    if (days < 60) {
        return AccountOverviewModel::tr("%1 d").arg(days);
    }
    return days < 730 ? AccountOverviewModel::tr("%1 mo").arg(days / 30) : AccountOverviewModel::tr("%1 y").arg(days / 365);
}

AccountOverviewModel::AccountOverviewModel(QObject* parent) : RowTableModel(parent)
{
    setColumns({{QStringLiteral("account"), tr("Account"), CellForm::Text, 28},
                {QStringLiteral("risk"), tr("Risk"), CellForm::Light, 18},
                {QStringLiteral("score"), tr("Score"), CellForm::Figure, 7},
                {{}, tr("Why"), CellForm::Text, 36},
                {QStringLiteral("last"), tr("Last let in"), CellForm::Time, 14},
                {{}, {}, CellForm::Chip, 5},
                {{}, tr("From"), CellForm::Text, 20},
                {QStringLiteral("trend"), tr("Last day"), CellForm::Trend, 21, 1},
                {QStringLiteral("mails"), tr("Mails"), CellForm::Figure, 7},
                {QStringLiteral("bounced"), tr("Bounced"), CellForm::Figure, 9, 2},
                {QStringLiteral("failed"), tr("Failed"), CellForm::Figure, 8},
                {QStringLiteral("letIn"), tr("Let in"), CellForm::Figure, 8, 3},
                {QStringLiteral("countries"), tr("Countries"), CellForm::Figure, 10, 4},
                {QStringLiteral("networks"), tr("Networks"), CellForm::Figure, 10, 6},
                {{}, tr("Through"), CellForm::Text, 22, 7},
                {QStringLiteral("password"), tr("Password"), CellForm::Text, 22, 5}});
}

Cell AccountOverviewModel::cell(const AccountOverviewRow& row, int column) const
{
    switch (column) {
    case 0: return Cell::account(row.account);
    case 1: return riskCell(row);
    case 2: return Cell::figure(static_cast<std::uint64_t>(std::llround(row.score)), row.risk);
    case 3: return whyCell(row);
    case 4: return Cell::time(row.lastGood, zone(), now());
    case 5: return row.lastGood ? Cell::country(row.country, row.countryName) : Cell::own({});
    case 6: return Cell::foreign(row.network, Meaning::Muted).to(row.networkTarget);
    case 7: return trendCell(row.trend);
    case 8: return Cell::figure(row.mails, Meaning::Sent);
    case 9: return Cell::figure(row.bounced, Meaning::Bounced);
    case 10: return Cell::figure(row.failed, Meaning::Failure);
    case 11: return Cell::figure(row.letIn, Meaning::Success);
    case 12: return Cell::figure(static_cast<std::uint64_t>(row.countries.size()), row.countries.size() > 2 ? Meaning::High : Meaning::Plain).withTip(row.countries.join(QStringLiteral(", ")));
    case 13: return Cell::figure(row.networks);
    case 14: return Cell::own(row.protocols, Meaning::Muted);
    default: return passwordCell(row);
    }
}

Cell AccountOverviewModel::passwordCell(const AccountOverviewRow& row) const
{
    if (!row.state.isEmpty()) {
        return Cell::own(row.state, Meaning::Good);
    }
    if (row.backend.isEmpty()) {
        return Cell::own(tr("not read"), Meaning::Muted).withTip(tr("Where its password is kept, and how old it is, is not read from the servers yet."));
    }
    const QString age = row.passwordSince ? tr("%1 old").arg(ageText(*row.passwordSince, now())) : tr("age not kept");
    Cell cell = Cell::own(tr("%1 · %2").arg(age, row.backend)).withTip(row.passwordSince ? formatMomentFully(*row.passwordSince, zone()) : row.backend);
    cell.json = row.passwordSince ? QJsonValue(ascii(formatRfc3339(*row.passwordSince))) : QJsonValue(QJsonValue::Null);
    return cell;
}

Target AccountOverviewModel::targetOf(const AccountOverviewRow& row) const
{
    return {TargetKind::Account, row.account.raw(), {}};
}

} // namespace mailward
