// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/MapWidget.h"

#include "models/tables/Format.h"
#include "models/tables/Target.h"
#include "ui/theme/Theme.h"

#include <QPainter>
#include <cmath>

namespace mailward {

namespace {

constexpr double kWorldHeight = static_cast<double>(kMapHeight);

QPointF point(const MapPoint& at)
{
    return {static_cast<double>(at.x), static_cast<double>(at.y)};
}

void addRing(QPainterPath& path, const MapRing& ring)
{
    QPolygonF polygon;
    polygon.reserve(static_cast<qsizetype>(ring.size()));
    for (const MapPoint& at : ring) {
        polygon << point(at);
    }
    path.addPolygon(polygon);
    path.closeSubpath();
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

/// 0 to 1 on a logarithmic scale; a single address is already seen.
double weight(std::uint64_t count, std::uint64_t most)
{
    if (count == 0 || most == 0) {
        return 0;
    }
    return most == 1 ? 1 : 0.3 + 0.7 * std::log1p(static_cast<double>(count)) / std::log1p(static_cast<double>(most));
}

} // namespace

MapWidget::MapWidget(Verbs* verbs, QWidget* parent) : QWidget(parent), m_verbs(verbs)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(260, 140);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("World map of failing addresses"));
    setAccessibleDescription(tr("Left and right go through the countries, Enter filters, plus and minus zoom, 0 shows the whole world."));
    resetZoom();
}

void MapWidget::setShapes(std::shared_ptr<const WorldShapes> world)
{
    m_lands.clear();
    m_sea.clear();
    if (world) {
        addRing(m_sea, world->outline);
        for (const MapShape& shape : world->shapes) {
            Land land{shape.country, {}, point(shape.label)};
            land.path.setFillRule(Qt::OddEvenFill);
            for (const MapRing& ring : shape.rings) {
                addRing(land.path, ring);
            }
            m_lands.push_back(std::move(land));
        }
    }
    forget();
}

void MapWidget::setMap(const MapView& view)
{
    m_view = view;
    forget();
}

void MapWidget::forget()
{
    m_base = {};
    update();
}

void MapWidget::resetZoom()
{
    m_zoom = 1;
    m_pan = {0.5, kWorldHeight / 2};
    forget();
}

void MapWidget::clampPan()
{
    const double halfX = 0.5 / m_zoom;
    const double halfY = kWorldHeight / 2 / m_zoom;
    m_pan.setX(std::clamp(m_pan.x(), halfX, 1 - halfX));
    m_pan.setY(std::clamp(m_pan.y(), halfY, kWorldHeight - halfY));
}

void MapWidget::zoom(double factor, QPointF around)
{
    const QPointF before = transform().inverted().map(around);
    m_zoom = std::clamp(m_zoom * factor, 1.0, 40.0);
    const QPointF after = transform().inverted().map(around);
    m_pan += before - after;
    clampPan();
    forget();
}

QTransform MapWidget::transform() const
{
    const double scale = std::min(width() / 1.0, height() / kWorldHeight) * 0.99 * m_zoom;
    QTransform result;
    result.translate(width() / 2.0, height() / 2.0);
    result.scale(scale, scale);
    result.translate(-m_pan.x(), -m_pan.y());
    return result;
}

const MapFigure* MapWidget::figure(CountryCode country) const
{
    for (const MapFigure& figure : m_view.figures) {
        if (figure.country == country && country != kNoCountry) {
            return &figure;
        }
    }
    return nullptr;
}

const MapWidget::Land* MapWidget::largest(CountryCode country) const
{
    for (const Land& land : m_lands) {
        if (land.country == country) {
            return &land;
        }
    }
    return nullptr;
}

std::uint64_t MapWidget::most() const
{
    std::uint64_t most = 0;
    for (const MapFigure& figure : m_view.figures) {
        most = std::max(most, figure.addresses);
    }
    return most;
}

QColor MapWidget::shadeOf(CountryCode country, std::uint64_t most) const
{
    const QColor land = color(Token::Land, this);
    if (country != kNoCountry && country == m_view.home) {
        return mixed(land, color(Token::Success, this), 0.55);
    }
    const MapFigure* found = figure(country);
    return found == nullptr ? land : mixed(land, color(Token::Failure, this), weight(found->addresses, most));
}

CountryCode MapWidget::countryAt(QPointF position) const
{
    const QPointF at = transform().inverted().map(position);
    for (const Land& land : m_lands) {
        if (land.path.boundingRect().contains(at) && land.path.contains(at)) {
            return land.country;
        }
    }
    for (const MapFigure& figure : m_view.figures) { // places too small for a shape have a circle
        if (QLineF(labelOf(figure.country), position).length() < 7) {
            return figure.country;
        }
    }
    return kNoCountry;
}

QPointF MapWidget::labelOf(CountryCode country) const
{
    const Land* land = largest(country);
    return land == nullptr ? QPointF(-100, -100) : transform().map(land->label);
}

void MapWidget::paintBase()
{
    const qreal ratio = devicePixelRatioF();
    m_base = QPixmap(size() * ratio);
    m_base.setDevicePixelRatio(ratio);
    m_base.fill(color(Token::Sea, this));
    QPainter painter(&m_base);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setTransform(transform(), true);
    QPen border(color(Token::Sea, this), 0.7);
    border.setCosmetic(true);
    painter.setPen(border);
    const std::uint64_t top = most();
    const QRectF seen = transform().inverted().mapRect(QRectF(rect()));
    for (const Land& land : m_lands) {
        if (land.path.boundingRect().intersects(seen)) {
            painter.setBrush(shadeOf(land.country, top));
            painter.drawPath(land.path);
        }
    }
}

void MapWidget::paintCircle(QPainter& painter, const MapFigure& figure, std::uint64_t top) const
{
    const QPointF at = labelOf(figure.country);
    const double radius = 3 + 5 * weight(figure.addresses, top);
    QColor fill = color(Token::Failure, this);
    painter.setPen(QPen(mixed(fill, color(Token::Text, this), 0.35), 1.2));
    fill.setAlphaF(0.55F);
    painter.setBrush(fill);
    painter.drawEllipse(at, radius, radius);
}

void MapWidget::paintMarks(QPainter& painter) const
{
    const std::uint64_t top = most();
    const MapFigure* first = nullptr;
    for (const MapFigure& figure : m_view.figures) {
        if (figure.addresses == 0 || largest(figure.country) == nullptr) {
            continue;
        }
        if (figure.country != m_view.home) { // home has its square
            paintCircle(painter, figure, top);
        }
        first = first == nullptr || figure.addresses > first->addresses ? &figure : first;
    }
    if (largest(m_view.home) != nullptr && m_view.home != kNoCountry) {
        const QPointF home = labelOf(m_view.home);
        painter.setPen(QPen(color(Token::Surface, this), 1.5));
        painter.setBrush(color(Token::Success, this));
        painter.drawRect(QRectF(home.x() - 4, home.y() - 4, 8, 8));
    }
    if (first != nullptr && m_hover == kNoCountry) {
        const QString text = QStringLiteral("%1 %2").arg(first->name, formatCount(first->addresses));
        QFont bold = titleFont();
        painter.setFont(bold);
        const QPointF at = labelOf(first->country) + QPointF(12, 18);
        QPainterPath outline;
        outline.addText(at, bold, text);
        painter.strokePath(outline, QPen(color(Token::Sea, this), 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.fillPath(outline, color(Token::Text, this));
    }
}

void MapWidget::paintHover(QPainter& painter) const
{
    for (const CountryCode country : {m_view.selected, m_hover}) {
        if (country == kNoCountry) {
            continue;
        }
        QPen pen(color(Token::Accent, this), 1.5);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.save();
        painter.setTransform(transform(), true);
        for (const Land& land : m_lands) {
            if (land.country == country) {
                painter.drawPath(land.path);
            }
        }
        painter.restore();
    }
}

void MapWidget::paintEvent(QPaintEvent*)
{
    if (m_base.isNull()) {
        paintBase();
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_base);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_lands.empty()) {
        painter.setPen(color(Token::Muted, this));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("The map's data is not there. Figures by country are in the table below."));
        return;
    }
    paintHover(painter);
    paintMarks(painter);
    if (hasFocus()) {
        painter.setPen(color(Token::Accent, this));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

QString MapWidget::tip(CountryCode country) const
{
    const MapFigure* found = figure(country);
    const QString name = found == nullptr ? formatCountry(country) : found->name;
    QString text = QStringLiteral("<b>%1</b>").arg(name.toHtmlEscaped());
    if (found == nullptr) {
        return text + QStringLiteral("<br>") + tr("nothing seen from here").toHtmlEscaped();
    }
    const auto line = [](const QString& words) { return QStringLiteral("<br>") + words.toHtmlEscaped(); };
    text += line(tr("%1 failing addresses").arg(formatCount(found->addresses)));
    text += line(tr("%1 failed, %2 let in").arg(formatCount(found->failed), formatCount(found->succeeded)));
    return country == m_view.home ? text + line(tr("most of your people are here")) : text;
}

} // namespace mailward
