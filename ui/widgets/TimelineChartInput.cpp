// SPDX-License-Identifier: GPL-3.0-or-later
// How hands work the timeline: mouse, wheel, keyboard. Its drawing is in TimelineChart.cpp.
#include "models/tables/Format.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/TimelineChart.h"

#include <QHelpEvent>
#include <QRegularExpression>
#include <QToolTip>

namespace mailward {

void TimelineChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    place();
}

void TimelineChart::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_areas.front() != nullptr) {
        colourSeries();
        place();
    }
}

bool TimelineChart::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && !m_view.bins.empty()) {
        auto* help = static_cast<QHelpEvent*>(event);
        if (m_plot.contains(help->pos())) {
            QToolTip::showText(help->globalPos(), binTip(binAt(help->pos().x())), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QChartView::viewportEvent(event);
}

void TimelineChart::mousePressEvent(QMouseEvent* event)
{
    if (m_mini || event->button() != Qt::LeftButton || m_view.bins.empty()) {
        return;
    }
    if (const TimelineMark* mark = markAt(event->position())) {
        emit markActivated(mark->target);
        return;
    }
    m_press = binAt(event->position().x());
    m_drag = m_press;
}

void TimelineChart::mouseMoveEvent(QMouseEvent* event)
{
    if (m_press >= 0) {
        const int bin = binAt(event->position().x());
        if (bin != m_drag) {
            m_drag = bin;
            emit rangeMoved(rangeOf(m_press, m_drag));
        }
        viewport()->update();
    }
}

void TimelineChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_press < 0 || event->button() != Qt::LeftButton) {
        return;
    }
    const int first = m_press;
    const int last = m_drag;
    m_press = m_drag = -1;
    if (first == last && m_view.brush) {
        m_view.brush.reset();
        viewport()->update();
        emit rangeRequested(std::nullopt);
    } else {
        requestBrush(first, last);
    }
}

void TimelineChart::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_view.brush) {
        menu->addAction(tr("Give up the chosen time"), this, [this] { emit rangeRequested(std::nullopt); });
    }
    menu->addAction(tr("Show all times"), this, [this] { emit windowRequested(std::nullopt); });
    menu->addSeparator();
    menu->addAction(icon(QStringLiteral("file")), tr("Save the timeline as a picture …"), this, &TimelineChart::pictureRequested);
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    menu->popup(keyboard ? viewport()->mapToGlobal(viewport()->rect().center()) : event->globalPos());
}

void TimelineChart::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (!m_mini && event->button() == Qt::LeftButton) {
        emit windowRequested(std::nullopt);
    }
}

void TimelineChart::zoom(double factor, Instant around)
{
    const TimeRange all = m_view.range();
    const auto scale = [factor](std::chrono::microseconds part) {
        return std::chrono::microseconds(static_cast<std::int64_t>(static_cast<double>(part.count()) * factor));
    };
    const TimeRange wanted{around - scale(around - all.begin), around + scale(all.end - around)};
    if (wanted.length() >= std::chrono::minutes(1) && wanted.length() < std::chrono::days(366 * 20)) {
        emit windowRequested(wanted);
    }
}

void TimelineChart::wheelEvent(QWheelEvent* event)
{
    const int turn = event->angleDelta().y();
    if (m_mini || m_view.bins.empty() || turn == 0) {
        event->ignore();
        return;
    }
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        const auto by = m_view.range().length() / 10 * (turn > 0 ? -1 : 1);
        emit windowRequested(TimeRange{m_view.begin + by, m_view.range().end + by});
    } else {
        zoom(turn > 0 ? 0.8 : 1.25, timeAt(event->position().x()));
    }
    event->accept();
}

void TimelineChart::moveCursor(int by, bool extend)
{
    const auto bins = static_cast<int>(m_view.bins.size());
    const int next = std::clamp(m_cursor < 0 ? 0 : m_cursor + by, 0, bins - 1);
    if (extend) {
        m_anchor = m_anchor < 0 ? std::max(0, m_cursor) : m_anchor;
        m_cursor = next;
        requestBrush(m_anchor, m_cursor);
    } else {
        m_anchor = -1;
        m_cursor = next;
    }
    QString said = binTip(m_cursor);
    said.replace(QLatin1String("<br>"), QLatin1String(", ")).remove(QRegularExpression(QStringLiteral("<[^>]*>|■")));
    setAccessibleDescription(said);
    viewport()->update();
}

void TimelineChart::keyPressEvent(QKeyEvent* event)
{
    if (m_mini || m_view.bins.empty()) {
        QChartView::keyPressEvent(event);
        return;
    }
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const auto bins = static_cast<int>(m_view.bins.size());
    switch (event->key()) {
    case Qt::Key_Left: moveCursor(-1, shift); break;
    case Qt::Key_Right: moveCursor(1, shift); break;
    case Qt::Key_Home: moveCursor(-bins, shift); break;
    case Qt::Key_End: moveCursor(bins, shift); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: requestBrush(std::max(0, m_cursor), std::max(0, m_cursor)); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(0.8, m_view.begin + m_view.binWidth * std::max(0, m_cursor)); break;
    case Qt::Key_Minus: zoom(1.25, m_view.begin + m_view.binWidth * std::max(0, m_cursor)); break;
    case Qt::Key_0: emit windowRequested(std::nullopt); break;
    default: QChartView::keyPressEvent(event);
    }
}

void TimelineChart::focusInEvent(QFocusEvent* event)
{
    QChartView::focusInEvent(event);
    if (m_cursor < 0 && !m_view.bins.empty() && event->reason() != Qt::MouseFocusReason) {
        m_cursor = 0;
    }
    viewport()->update();
}

} // namespace mailward
