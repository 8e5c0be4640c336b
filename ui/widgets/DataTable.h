// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"
#include "models/tables/TableText.h"

#include <QStyledItemDelegate>
#include <QTableView>

namespace mailward {

class Verbs;

/// Draws a cell by its form and its meaning: mono addresses, country chips, figures on the right, dots before states.
class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// A table of ours: rows as a whole, the same context menu everywhere, copying, and the current row kept by what it
/// stands for when the rows are replaced. Selection is read as ranges, which stays fast in tables of a million rows.
class DataTable final : public QTableView
{
    Q_OBJECT

public:
    explicit DataTable(Verbs* verbs, QWidget* parent = nullptr);

    void setTable(TableModel* model);
    [[nodiscard]] TableModel* table() const { return m_table; }
    /// Targets of the selected rows; at most kMostTargets of them.
    [[nodiscard]] Targets selectedTargets() const;
    /// The first selected row, -1 for none.
    [[nodiscard]] int selectedRow() const;
    void setZone(const QTimeZone& zone);
    /// Is drill-down on a click wanted? Tables without verbs (bans, audit) say no.
    void setPlainRows() { m_plainRows = true; }
    void copySelection(CopyForm form) const;

    static constexpr int kMostTargets = 2000;

signals:
    void rowChosen(int row);
    void exportRequested(const QString& csv);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void fitColumns();
    void popUpColumns(QPoint globalPosition);
    /// How wide each column becomes, 0 for those that are not shown; `share`: what part of the width that they would like the
    /// columns of words get.
    [[nodiscard]] std::vector<double> widths(const std::vector<bool>& shown, double& share) const;
    [[nodiscard]] double widthOf(const TableColumn& column) const;
    [[nodiscard]] double leastOf(const TableColumn& column) const;
    void keepCurrent();
    void restoreCurrent();
    void open(const QModelIndex& index);
    void popUp(QPoint globalPosition);

    Verbs* m_verbs;
    TableModel* m_table = nullptr;
    Target m_kept;
    int m_keptScroll = 0;
    bool m_plainRows = false;
    bool m_restoring = false;
    bool m_fitting = false;
    bool m_sizedByHand = false;
    bool m_columnsByHand = false;
};

} // namespace mailward
