// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/DataTable.h"

#include "models/core/Time.h"
#include "models/tables/Format.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/Verbs.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <cmath>

namespace mailward {

namespace {

constexpr int kCellPadding = 8;
/// Below this part of the width that words would like, a spare column goes.
constexpr double kTightWords = 0.75;
constexpr double kLeastWords = 0.35;
constexpr double kLeastLight = 0.75;
constexpr double kMostWords = 3;
constexpr int kSortArrow = 16;

bool stretches(const TableColumn& column)
{
    return column.form == CellForm::Text || column.form == CellForm::Light;
}

void paintChip(QPainter* painter, const QRect& cell, const QString& text, const QPalette& palette)
{
    painter->setFont(captionFont());
    const int width = painter->fontMetrics().horizontalAdvance(text) + 10;
    const QRectF chip(cell.left() + kCellPadding - 4, cell.center().y() - 8.5, width, 18);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(color(Token::Line, palette));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(chip, 3, 3);
    painter->setPen(color(text == QLatin1String("??") ? Token::Faint : Token::Muted, palette));
    painter->drawText(chip, Qt::AlignCenter, text);
}

/// "dispatch.122@…  +313": how many more there are stays to be seen.
QString elided(const QString& text, const QFontMetrics& metrics, int room)
{
    const qsizetype more = text.lastIndexOf(QLatin1String("  +"));
    if (more <= 0 || metrics.horizontalAdvance(text) <= room) {
        return metrics.elidedText(text, Qt::ElideRight, room);
    }
    const QString tail = text.mid(more);
    return metrics.elidedText(text.left(more), Qt::ElideRight, std::max(0, room - metrics.horizontalAdvance(tail))) + tail;
}

int paintDot(QPainter* painter, const QRect& cell, Token token, const QPalette& palette)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color(token, palette));
    painter->drawEllipse(QPointF(cell.left() + kCellPadding + 3, cell.center().y() + 0.5), 3.5, 3.5);
    return 13;
}

/// Bars on one base line, the last one in the meaning's colour; returns the room that they take.
int paintTrend(QPainter* painter, const QRect& cell, const QList<int>& bars, Token token, const QPalette& palette)
{
    constexpr int kBar = 2;
    const int most = bars.isEmpty() ? 0 : *std::max_element(bars.begin(), bars.end());
    const int high = cell.height() - 9;
    for (qsizetype i = 0; i < bars.size(); ++i) {
        const int height = bars[i] == 0 || most == 0 ? 0 : std::max(1, static_cast<int>(std::lround(static_cast<double>(bars[i]) * high / most)));
        const QRect bar(cell.left() + kCellPadding + static_cast<int>(i) * kBar, cell.bottom() - 4 - height, kBar - (i + 1 < bars.size() ? 1 : 0), height);
        painter->fillRect(bar, color(i + 1 < bars.size() ? Token::Faint : token == Token::Muted ? Token::Text : token, palette));
    }
    painter->setPen(color(Token::Line, palette));
    painter->drawLine(cell.left() + kCellPadding, cell.bottom() - 3, cell.left() + kCellPadding + static_cast<int>(bars.size()) * kBar, cell.bottom() - 3);
    return static_cast<int>(bars.size()) * kBar + 8;
}

} // namespace

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QPalette& palette = option.palette;
    const QRect cell = option.rect;
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(cell, color(Token::AccentSoft, palette));
    }
    painter->setPen(color(Token::FaintLine, palette));
    painter->drawLine(cell.bottomLeft(), cell.bottomRight());
    const QString text = index.data(Qt::DisplayRole).toString();
    const auto form = static_cast<CellForm>(index.data(FormRole).toInt());
    const Token token = tokenOf(static_cast<Meaning>(index.data(MeaningRole).toInt()));
    if (!text.isEmpty() && form == CellForm::Chip) {
        paintChip(painter, cell, text, palette);
    } else if (!text.isEmpty()) {
        const int indent = form == CellForm::Light   ? paintDot(painter, cell, token, palette)
                           : form == CellForm::Trend ? paintTrend(painter, cell, index.data(TrendRole).value<QList<int>>(), token, palette)
                                                     : 0;
        painter->setFont(form == CellForm::Mono ? monoFont() : option.font);
        painter->setPen(color(form == CellForm::Light ? Token::Text : token, palette));
        const QRect room = cell.adjusted(kCellPadding + indent, 0, -kCellPadding, -1);
        painter->drawText(room, index.data(Qt::TextAlignmentRole).toInt(), elided(text, painter->fontMetrics(), room.width()));
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(color(Token::Accent, palette));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(cell.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    return {option.fontMetrics.horizontalAdvance(text) + 2 * kCellPadding + 14, kRowHeight};
}

DataTable::DataTable(Verbs* verbs, QWidget* parent) : QTableView(parent), m_verbs(verbs)
{
    setItemDelegate(new CellDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setWordWrap(false);
    setSortingEnabled(true);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(kRowHeight);
    verticalHeader()->setDefaultSectionSize(kRowHeight);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSortIndicatorClearable(true);
    horizontalHeader()->setMinimumSectionSize(32);
    horizontalHeader()->setStretchLastSection(false);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] { m_sizedByHand = m_sizedByHand || !m_fitting; });
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, [this](QPoint at) {
        if (m_table != nullptr) {
            popUpColumns(horizontalHeader()->mapToGlobal(at));
        }
    });
    connect(this, &QTableView::activated, this, &DataTable::open);
    connect(this, &QTableView::clicked, this, &DataTable::open);
}

void DataTable::setTable(TableModel* model)
{
    if (m_table != nullptr) {
        disconnect(m_table, nullptr, this, nullptr);
    }
    m_table = model;
    horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder); // before the model: nobody asked for an order yet
    setModel(model);
    if (model == nullptr) {
        return;
    }
    m_sizedByHand = false;
    m_columnsByHand = false;
    fitColumns();
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &DataTable::keepCurrent);
    connect(model, &QAbstractItemModel::modelReset, this, &DataTable::restoreCurrent);
}

/// Figures, times and chips keep the width that they need; words share what is left.
void DataTable::fitColumns()
{
    if (m_table == nullptr || m_sizedByHand || viewport()->width() < 100) {
        return;
    }
    const auto& columns = m_table->columns();
    std::vector<bool> shown(columns.size(), true);
    if (m_columnsByHand) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            shown[i] = !isColumnHidden(static_cast<int>(i));
        }
    }
    double share = 1;
    std::vector<double> wide = widths(shown, share);
    while (!m_columnsByHand && share < kTightWords) {
        const auto goes = std::max_element(columns.begin(), columns.end(), [&](const TableColumn& a, const TableColumn& b) {
            const auto spare = [&](const TableColumn& c) { return shown[static_cast<std::size_t>(&c - columns.data())] ? c.spare : 0; };
            return spare(a) < spare(b);
        });
        const auto index = static_cast<std::size_t>(goes - columns.begin());
        if (goes->spare == 0 || !shown[index]) {
            break;
        }
        shown[index] = false;
        wide = widths(shown, share);
    }
    m_fitting = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        setColumnHidden(static_cast<int>(i), !shown[i]);
        if (shown[i]) {
            setColumnWidth(static_cast<int>(i), static_cast<int>(wide[i]));
        }
    }
    m_fitting = false;
}

double DataTable::widthOf(const TableColumn& column) const
{
    const double wanted = column.width * (fontMetrics().horizontalAdvance(QLatin1Char('0')) + 0.6) + kCellPadding;
    return stretches(column) ? wanted : std::max(wanted, leastOf(column));
}

/// A title is never cut, a time neither: other languages write both longer. Words that stand beside a light are few and all matter.
double DataTable::leastOf(const TableColumn& column) const
{
    const int arrow = column.key.isEmpty() || stretches(column) ? 0 : kSortArrow;
    double least = horizontalHeader()->fontMetrics().horizontalAdvance(column.title) + 2 * kCellPadding + arrow;
    if (column.form == CellForm::Time) {
        const QString longest = formatMoment(*parseRfc3339("2026-09-28T08:58:58Z"), QTimeZone::utc(), *parseRfc3339("2026-09-28T09:00:00Z"));
        least = std::max<double>(least, fontMetrics().horizontalAdvance(longest) + 2 * kCellPadding);
    } else if (stretches(column)) {
        const double wanted = widthOf(column);
        least = std::max(least, wanted * (column.form == CellForm::Light ? kLeastLight : kLeastWords));
    }
    return least;
}

std::vector<double> DataTable::widths(const std::vector<bool>& shown, double& share) const
{
    const auto& columns = m_table->columns();
    std::vector<double> wide(shown.size(), 0);
    std::vector<bool> words(shown.size(), false);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        words[i] = shown[i] && stretches(columns[i]);
        wide[i] = shown[i] ? widthOf(columns[i]) : 0;
    }
    for (bool again = true; again;) { // columns that cannot give way leave less for the others
        again = false;
        double fixed = 0, wanted = 0;
        for (std::size_t i = 0; i < shown.size(); ++i) {
            (words[i] ? wanted : fixed) += wide[i];
        }
        share = wanted > 0 ? (viewport()->width() - fixed) / wanted : viewport()->width() >= fixed ? 1 : 0;
        for (std::size_t i = 0; i < shown.size(); ++i) {
            if (words[i] && wide[i] * share < leastOf(columns[i])) {
                words[i] = false;
                wide[i] = leastOf(columns[i]);
                again = true;
            }
        }
    }
    for (std::size_t i = 0; i < shown.size(); ++i) {
        wide[i] *= words[i] ? std::min(share, kMostWords) : 1;
    }
    return wide;
}

/// Which columns are shown: chosen here, they stay so.
void DataTable::popUpColumns(QPoint globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int i = 0; i < m_table->columnCount(); ++i) {
        const QString title = m_table->columns()[static_cast<std::size_t>(i)].title;
        if (title.isEmpty()) {
            continue;
        }
        QAction* action = menu->addAction(title, this, [this, i](bool on) {
            m_columnsByHand = true;
            m_sizedByHand = false;
            setColumnHidden(i, !on);
            fitColumns();
        });
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(i));
    }
    menu->popup(globalPosition);
}

/// A row of which only a part fits is no row yet: it is left out.
void DataTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    const int last = rowAt(viewport()->height() - 1);
    if (last > 0 && rowViewportPosition(last) + rowHeight(last) > viewport()->height()) {
        QPainter(viewport()).fillRect(QRect(QPoint(0, rowViewportPosition(last)), viewport()->rect().bottomRight()), color(Token::Surface, this));
    }
}

void DataTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void DataTable::setZone(const QTimeZone& zone)
{
    if (m_table != nullptr) {
        m_table->setZone(zone);
    }
}

Targets DataTable::selectedTargets() const
{
    Targets targets;
    if (selectionModel() == nullptr) {
        return targets;
    }
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom() && targets.size() < kMostTargets; ++row) {
            const Target target = m_table->rowTarget(row);
            if (target.isValid()) {
                targets << target;
            }
        }
    }
    return targets;
}

int DataTable::selectedRow() const
{
    if (selectionModel() == nullptr || selectionModel()->selection().isEmpty()) {
        return -1;
    }
    return selectionModel()->selection().first().top();
}

void DataTable::keepCurrent()
{
    m_kept = currentIndex().isValid() ? m_table->rowTarget(currentIndex().row()) : Target{};
    m_keptScroll = verticalScrollBar()->value();
}

void DataTable::restoreCurrent()
{
    if (!m_kept.isValid() || m_kept.kind == TargetKind::Line) {
        return;
    }
    const int rows = std::min(m_table->rowCount(), 100'000);
    for (int row = 0; row < rows; ++row) {
        if (m_table->rowTarget(row) == m_kept) {
            m_restoring = true;
            setCurrentIndex(m_table->index(row, 0));
            m_restoring = false;
            verticalScrollBar()->setValue(m_keptScroll);
            return;
        }
    }
}

void DataTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (current.isValid() && !m_restoring && current.row() != previous.row()) {
        emit rowChosen(current.row());
    }
}

void DataTable::open(const QModelIndex& index)
{
    const Qt::KeyboardModifiers held = QApplication::keyboardModifiers();
    if (m_plainRows || held.testFlag(Qt::ShiftModifier) || held.testFlag(Qt::ControlModifier)) {
        return; // somebody is selecting
    }
    const Target target = m_table->rowTarget(index.row());
    if (target.isValid()) {
        emit m_verbs->drillDownRequested(target);
    }
}

void DataTable::copySelection(CopyForm form) const
{
    if (selectionModel() != nullptr && selectionModel()->hasSelection()) {
        QApplication::clipboard()->setText(tableText(*m_table, selectionModel()->selection(), form));
    }
}

void DataTable::popUp(QPoint globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Targets rows = selectedTargets();
    m_verbs->fill(*menu, rows);
    const QModelIndex under = currentIndex();
    const auto inner = under.isValid() ? under.data(TargetRole).value<Target>() : Target{};
    if (rows.size() == 1 && inner.isValid() && !(inner == rows.first())) {
        menu->addSeparator();
        m_verbs->fill(*menu, {inner});
    }
    if (!menu->isEmpty()) {
        menu->addSeparator();
    }
    menu->addAction(icon(QStringLiteral("copy")), tr("Copy rows"), this, [this] { copySelection(CopyForm::Text); });
    menu->addAction(tr("Copy rows as CSV"), this, [this] { copySelection(CopyForm::Csv); });
    menu->addAction(tr("Copy rows defanged"), this, [this] { copySelection(CopyForm::Defanged); });
    menu->addAction(icon(QStringLiteral("file")), tr("Export table as CSV …"), this, [this] { emit exportRequested(tableCsv(*m_table)); });
    menu->addAction(tr("Export table as JSON Lines …"), this, [this] { emit m_verbs->saveRequested(QStringLiteral("mailward.jsonl"), tableJsonLines(*m_table)); });
    menu->popup(globalPosition);
}

void DataTable::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_table == nullptr) {
        return;
    }
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    popUp(keyboard ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()) : event->globalPos());
}

void DataTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection(CopyForm::Text);
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        open(currentIndex());
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace mailward
