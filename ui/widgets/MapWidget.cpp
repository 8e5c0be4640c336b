// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/MapWidget.h"

#include "models/tables/Format.h"
#include "models/tables/Target.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/MapScale.h"

#include <QPainter>

namespace mailward {

namespace {

constexpr double kWorldHeight = static_cast<double>(kMapHeight);
/// What is seen without zoom: from the north of Greenland to Cape Horn. Nobody logs in from the ice below.
constexpr double kSeenTop = 0.004;
constexpr double kSeenHeight = 0.434;
constexpr double kLegendWidth = 128;

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

} // namespace

MapWidget::MapWidget(Verbs* verbs, QWidget* parent) : QWidget(parent), m_verbs(verbs)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(260, 108);
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

void MapWidget::setMeasure(MapMeasure measure)
{
    m_measure = measure;
    forget();
}

void MapWidget::setLogarithmic(bool on)
{
    m_log = on;
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
    clampPan();
    forget();
}

void MapWidget::clampPan()
{
    if (m_zoom <= 1) {
        m_pan = {0.5, kSeenTop + kSeenHeight / 2};
        return;
    }
    const double halfX = 0.5 / m_zoom;
    const double halfY = kSeenHeight / 2 / m_zoom;
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
    const double scale = std::min(width() / 1.0, height() / kSeenHeight) * 0.99 * m_zoom;
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

std::uint64_t MapWidget::valueOf(const MapFigure& figure) const
{
    switch (m_measure) {
    case MapMeasure::Addresses: return figure.addresses;
    case MapMeasure::Attempts: return figure.failed;
    case MapMeasure::LetIn: return figure.succeeded;
    }
    return 0;
}

MapScale MapWidget::scale() const
{
    MapScale scale{0, m_log};
    for (const MapFigure& figure : m_view.figures) {
        scale.most = std::max(scale.most, valueOf(figure));
    }
    return scale;
}

Token MapWidget::shade() const
{
    return m_measure == MapMeasure::LetIn ? Token::Success : Token::Failure;
}

/// Home is blue where red means failures: an attack from the own country is told by its circle and figures.
bool MapWidget::isHomeMarked(CountryCode country) const
{
    return country != kNoCountry && country == m_view.home && m_measure != MapMeasure::LetIn;
}

QColor MapWidget::shadeOf(CountryCode country, const MapScale& scale) const
{
    const QColor land = color(Token::Land, this);
    if (isHomeMarked(country)) {
        return mixed(land, color(Token::Success, this), 0.55);
    }
    const MapFigure* found = figure(country);
    return found == nullptr ? land : mixed(land, color(shade(), this), scale.weight(valueOf(*found)));
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
    const MapScale shades = scale();
    const QRectF seen = transform().inverted().mapRect(QRectF(rect()));
    for (const Land& land : m_lands) {
        if (land.path.boundingRect().intersects(seen)) {
            painter.setBrush(shadeOf(land.country, shades));
            painter.drawPath(land.path);
        }
    }
}

void MapWidget::paintCircle(QPainter& painter, const MapFigure& figure, const MapScale& scale) const
{
    const QPointF at = labelOf(figure.country);
    const double radius = 2.5 + 5 * scale.weight(valueOf(figure));
    QColor fill = color(shade(), this);
    painter.setPen(QPen(mixed(fill, color(Token::Text, this), 0.35), 1.2));
    fill.setAlphaF(0.55F);
    painter.setBrush(fill);
    painter.drawEllipse(at, radius, radius);
}

void MapWidget::paintMarks(QPainter& painter) const
{
    const MapScale shades = scale();
    const MapFigure* first = nullptr;
    for (const MapFigure& figure : m_view.figures) {
        if (valueOf(figure) == 0 || largest(figure.country) == nullptr) {
            continue;
        }
        if (!isHomeMarked(figure.country)) { // home has its square
            paintCircle(painter, figure, shades);
        }
        first = first == nullptr || valueOf(figure) > valueOf(*first) ? &figure : first;
    }
    if (largest(m_view.home) != nullptr && isHomeMarked(m_view.home)) {
        const QPointF home = labelOf(m_view.home);
        painter.setPen(QPen(color(Token::Surface, this), 1.5));
        painter.setBrush(color(Token::Success, this));
        painter.drawRect(QRectF(home.x() - 4, home.y() - 4, 8, 8));
    }
    if (first != nullptr && m_hover == kNoCountry) {
        const QString text = QStringLiteral("%1 %2").arg(first->name, formatCount(valueOf(*first)));
        QFont bold = titleFont();
        painter.setFont(bold);
        const double room = QFontMetricsF(bold).horizontalAdvance(text);
        QPointF at = labelOf(first->country) + QPointF(12, 18);
        at.setX(std::min(at.x(), width() - room - 4.0));
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
    paintMapLegend(painter, QRectF(10, height() - 26.0, kLegendWidth, 24), scale(), shade(), this);
    paintHomeLegend(painter);
    paintSource(painter);
    if (hasFocus()) {
        painter.setPen(color(Token::Accent, this));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

/// What the square means, above the band of shades.
void MapWidget::paintHomeLegend(QPainter& painter) const
{
    if (!isHomeMarked(m_view.home)) {
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(Token::Success, this));
    painter.drawRect(QRectF(10, height() - 45.0, 8, 8));
    painter.setFont(captionFont());
    painter.setPen(color(Token::Muted, this));
    painter.drawText(QPointF(23, height() - 37.0), tr("most of your people"));
}

void MapWidget::paintSource(QPainter& painter) const
{
    painter.setFont(captionFont());
    painter.setPen(color(Token::Faint, this));
    const QRect room = rect().adjusted(static_cast<int>(kLegendWidth) + 30, 0, -8, -5);
    painter.drawText(room, Qt::AlignRight | Qt::AlignBottom, painter.fontMetrics().elidedText(m_view.source, Qt::ElideRight, room.width()));
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
    std::uint64_t all = m_view.unknownAddresses + m_view.privateAddresses;
    for (const MapFigure& each : m_view.figures) {
        all += each.addresses;
    }
    const double share = all == 0 ? 0 : static_cast<double>(found->addresses) / static_cast<double>(all);
    text += line(tr("%1 failing addresses, %2 of all").arg(formatCount(found->addresses), formatPercent(share * 100)));
    text += line(tr("%1 failed, %2 let in").arg(formatCount(found->failed), formatCount(found->succeeded)));
    return country == m_view.home ? text + line(tr("most of your people are here")) : text;
}

} // namespace mailward
