// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/Cell.h"

#include <QAbstractTableModel>
#include <algorithm>
#include <vector>

namespace mailward {

/// Roles beside Display, ToolTip and TextAlignment.
enum TableRole : int {
    FormRole = Qt::UserRole + 1, ///< int(CellForm) of the column
    MeaningRole,                 ///< int(Meaning) of the cell
    TargetRole,                  ///< Target of the cell, or of its row when the cell has none of its own
    CsvRole,                     ///< one CSV field
    JsonRole,                    ///< QJsonValue
    TrendRole                    ///< QList<int> of a Trend
};

/// A column: `key` is what sortRequested() says ("" = cannot be sorted), `width` in characters. `spare`: where room is short,
/// the column with the largest number goes first; 0 always stays.
struct TableColumn {
    QString key;
    QString title;
    CellForm form = CellForm::Text;
    int width = 12;
    int spare = 0;
};

/// Base of all tables. Holds no colours, sorts nothing by itself: sort() becomes the wish sortRequested(), because sorting
/// is the store's work. Lives in the GUI thread.
class TableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] const std::vector<TableColumn>& columns() const { return m_columns; }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

    /// What a row as a whole stands for; an invalid Target for rows that are nothing by themselves.
    [[nodiscard]] virtual Target rowTarget(int row) const = 0;
    /// Zone in which times are shown; `now` decides whether a year is needed.
    void setZone(const QTimeZone& zone);
    void setNow(Instant now) { m_now = now; }
    [[nodiscard]] const QTimeZone& zone() const { return m_zone; }
    /// Number of rows that there are altogether, for the tab's title; may be more than rowCount().
    [[nodiscard]] std::uint64_t total() const { return m_total; }

signals:
    /// The user wants another order: `key` of the column.
    void sortRequested(const QString& key, Qt::SortOrder order);
    void totalChanged(quint64 total);

protected:
    void setColumns(std::vector<TableColumn> columns) { m_columns = std::move(columns); }
    void setTotal(std::uint64_t total);
    [[nodiscard]] Instant now() const { return m_now; }
    /// The cell at valid `row` and `column`.
    [[nodiscard]] virtual Cell cellAt(int row, int column) const = 0;

private:
    std::vector<TableColumn> m_columns;
    QTimeZone m_zone = QTimeZone::utc();
    Instant m_now{};
    std::uint64_t m_total = 0;
};

/// A table over a vector of plain rows that its controller sets as a whole.
template <class Row>
class RowTableModel : public TableModel
{
public:
    using TableModel::TableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    /// `total`: rows that there are beyond those shown (0: as many as shown). Rows that stand for the same things as before
    /// are only changed, so that selection and place stay.
    void setRows(std::vector<Row> rows, std::uint64_t total = 0)
    {
        if (!rows.empty() && standForTheSame(rows)) {
            m_rows = std::move(rows);
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        } else {
            beginResetModel();
            m_rows = std::move(rows);
            endResetModel();
        }
        setTotal(std::max<std::uint64_t>(total, m_rows.size()));
    }
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] Target rowTarget(int row) const override { return targetOf(m_rows[static_cast<std::size_t>(row)]); }

protected:
    [[nodiscard]] virtual Cell cell(const Row& row, int column) const = 0;
    [[nodiscard]] virtual Target targetOf(const Row& row) const = 0;
    [[nodiscard]] Cell cellAt(int row, int column) const override
    {
        return cell(m_rows[static_cast<std::size_t>(row)], column);
    }

private:
    [[nodiscard]] bool standForTheSame(const std::vector<Row>& rows) const
    {
        return std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), [this](const Row& a, const Row& b) {
            const Target target = targetOf(a);
            return target.isValid() && target == targetOf(b);
        });
    }

    std::vector<Row> m_rows;
};

} // namespace mailward
