// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/TableModel.h"

namespace mailward {

int TableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant TableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const CellForm form = m_columns[static_cast<std::size_t>(index.column())].form;
    if (role == FormRole) {
        return static_cast<int>(form);
    }
    if (role == Qt::TextAlignmentRole) {
        const bool right = form == CellForm::Figure || form == CellForm::Time;
        return static_cast<int>((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != MeaningRole && role != TargetRole && role != CsvRole && role != JsonRole &&
        role != TrendRole) {
        return {};
    }
    const Cell cell = cellAt(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.tip.isEmpty() ? QVariant() : cell.tip;
    case MeaningRole:
        return static_cast<int>(cell.meaning);
    case CsvRole:
        return cell.csv;
    case TrendRole:
        return QVariant::fromValue(QList<int>(cell.trend.begin(), cell.trend.end()));
    case JsonRole:
        return QVariant::fromValue(cell.json.isUndefined() ? QJsonValue(cell.text) : cell.json);
    default:
        return QVariant::fromValue(cell.target.isValid() ? cell.target : rowTarget(index.row()));
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    const TableColumn& column = m_columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole) {
        return column.title;
    }
    if (role == Qt::TextAlignmentRole) {
        const bool right = column.form == CellForm::Figure || column.form == CellForm::Time;
        return static_cast<int>((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return {};
}

void TableModel::sort(int column, Qt::SortOrder order)
{
    if (column >= 0 && column < columnCount() && !m_columns[static_cast<std::size_t>(column)].key.isEmpty()) {
        emit sortRequested(m_columns[static_cast<std::size_t>(column)].key, order);
    }
}

void TableModel::setZone(const QTimeZone& zone)
{
    m_zone = zone;
    if (rowCount() > 0) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

void TableModel::setTotal(std::uint64_t total)
{
    if (total != m_total) {
        m_total = total;
        emit totalChanged(total);
    }
}

} // namespace mailward
