// SPDX-License-Identifier: GPL-3.0-or-later
// How hands work the map: mouse, wheel, keyboard. Its drawing is in MapWidget.cpp.
#include "ui/widgets/MapWidget.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/Verbs.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QLineF>
#include <QToolTip>

namespace mailward {

namespace {

Target countryTarget(CountryCode country)
{
    return {TargetKind::Country, std::string(countryText(country)), {}};
}

} // namespace

void MapWidget::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    forget();
}

void MapWidget::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        forget();
    }
}

bool MapWidget::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const CountryCode country = countryAt(help->pos());
        if (country == kNoCountry) {
            QToolTip::hideText();
        } else {
            QToolTip::showText(help->globalPos(), tip(country), this);
        }
        return true;
    }
    return QWidget::event(event);
}

void MapWidget::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        m_press = m_last = event->position();
        m_pressed = true;
        m_dragged = false;
    }
}

void MapWidget::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_pressed) {
        const CountryCode under = countryAt(event->position());
        if (under != m_hover) {
            m_hover = under;
            setCursor(under == kNoCountry ? Qt::ArrowCursor : Qt::PointingHandCursor);
            update();
        }
        return;
    }
    m_dragged = m_dragged || QLineF(m_press, event->position()).length() > 4;
    if (m_dragged && m_zoom > 1) {
        const QTransform back = transform().inverted();
        m_pan -= back.map(event->position()) - back.map(m_last);
        m_last = event->position();
        clampPan();
        forget();
    }
}

void MapWidget::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_pressed) {
        return;
    }
    m_pressed = false;
    const CountryCode country = countryAt(event->position());
    if (!m_dragged && country != kNoCountry) {
        emit m_verbs->filterRequested({countryTarget(country)});
    }
}

void MapWidget::wheelEvent(QWheelEvent* event)
{
    if (event->angleDelta().y() != 0) {
        zoom(event->angleDelta().y() > 0 ? 1.25 : 0.8, event->position());
    }
    event->accept();
}

void MapWidget::step(int by)
{
    if (m_view.figures.empty()) {
        return;
    }
    const auto count = static_cast<int>(m_view.figures.size());
    int at = by > 0 ? -1 : 0;
    for (int i = 0; i < count; ++i) {
        if (m_view.figures[static_cast<std::size_t>(i)].country == m_hover) {
            at = i;
        }
    }
    m_hover = m_view.figures[static_cast<std::size_t>((at + by + count) % count)].country;
    QString said = tip(m_hover);
    setAccessibleDescription(said.replace(QLatin1String("<br>"), QLatin1String(", ")).remove(QLatin1String("<b>")).remove(QLatin1String("</b>")));
    update();
}

void MapWidget::keyPressEvent(QKeyEvent* event)
{
    const QPointF middle(width() / 2.0, height() / 2.0);
    switch (event->key()) {
    case Qt::Key_Left: step(-1); break;
    case Qt::Key_Right: step(1); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(1.25, middle); break;
    case Qt::Key_Minus: zoom(0.8, middle); break;
    case Qt::Key_0: resetZoom(); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_hover != kNoCountry) {
            emit m_verbs->filterRequested({countryTarget(m_hover)});
        }
        break;
    default: QWidget::keyPressEvent(event);
    }
}

void MapWidget::contextMenuEvent(QContextMenuEvent* event)
{
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const CountryCode country = keyboard ? m_hover : countryAt(event->pos());
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (country != kNoCountry) {
        m_verbs->fill(*menu, {countryTarget(country)});
        menu->addSeparator();
    }
    menu->addAction(icon(QStringLiteral("file")), tr("Save the map as a picture …"), this, &MapWidget::pictureRequested);
    const QPoint at = country == kNoCountry ? rect().center() : labelOf(country).toPoint();
    menu->popup(keyboard ? mapToGlobal(at) : event->globalPos());
}

void MapWidget::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_hover = kNoCountry;
    update();
}

} // namespace mailward
