// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/TableText.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>
#include <set>

namespace mailward {

namespace {

QString rowText(const TableModel& model, int row, int left, int right, CopyForm form)
{
    QStringList fields;
    for (int column = left; column <= right; ++column) {
        const QModelIndex index = model.index(row, column);
        fields << index.data(form == CopyForm::Csv ? int(CsvRole) : int(Qt::DisplayRole)).toString();
    }
    const QString text = fields.join(form == CopyForm::Csv ? QLatin1Char(',') : QLatin1Char('\t'));
    return form == CopyForm::Defanged ? defang(text) : text;
}

QString headerText(const TableModel& model, int left, int right)
{
    QStringList titles;
    for (int column = left; column <= right; ++column) {
        const QString title = model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        titles << UntrustedText((title.isEmpty() ? TableModel::tr("Country") : title).toStdString()).csv();
    }
    return titles.join(QLatin1Char(','));
}

} // namespace

QString tableText(const TableModel& model, const QItemSelection& selection, CopyForm form)
{
    std::set<int> rows;
    int left = model.columnCount();
    int right = -1;
    for (const QItemSelectionRange& range : selection) {
        left = std::min(left, range.left());
        right = std::max(right, range.right());
        for (int row = range.top(); row <= range.bottom(); ++row) {
            rows.insert(row);
        }
    }
    QStringList lines;
    if (form == CopyForm::Csv && !rows.empty()) {
        lines << headerText(model, left, right);
    }
    for (const int row : rows) {
        lines << rowText(model, row, left, right, form);
    }
    return lines.join(QLatin1Char('\n'));
}

QString tableCsv(const TableModel& model)
{
    const int last = model.columnCount() - 1;
    QStringList lines{headerText(model, 0, last)};
    for (int row = 0; row < model.rowCount(); ++row) {
        lines << rowText(model, row, 0, last, CopyForm::Csv);
    }
    return lines.join(QLatin1String("\r\n")) + QLatin1String("\r\n");
}

QString tableJsonLines(const TableModel& model)
{
    QString text;
    for (int row = 0; row < model.rowCount(); ++row) {
        QJsonObject object;
        for (int column = 0; column < model.columnCount(); ++column) {
            const TableColumn& about = model.columns()[static_cast<std::size_t>(column)];
            const QString key = about.key.isEmpty() ? about.title.toLower() : about.key;
            object.insert(key.isEmpty() ? QStringLiteral("column%1").arg(column) : key, model.index(row, column).data(JsonRole).toJsonValue());
        }
        text += QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) + QLatin1Char('\n');
    }
    return text;
}

QString targetText(const Target& target, CopyForm form)
{
    QString text = UntrustedText(target.key).plain();
    if (target.kind == TargetKind::Asn) {
        text = target.key == "0" ? TableModel::tr("unknown network") : QStringLiteral("AS") + text;
    } else if (target.kind == TargetKind::Country && target.key.empty()) {
        text = formatCountry(kNoCountry);
    }
    return form == CopyForm::Defanged ? defang(text) : text;
}

} // namespace mailward
