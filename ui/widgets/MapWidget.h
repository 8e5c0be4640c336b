// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/MapShapes.h"
#include "models/tables/MapView.h"
#include "ui/theme/Theme.h"

#include <QPainterPath>
#include <QPixmap>
#include <QWidget>
#include <memory>

namespace mailward {

class Verbs;
struct MapScale;

/// What the shades count.
enum class MapMeasure : std::uint8_t { Addresses, Attempts, LetIn };

/// The world: countries shaded by a figure, circles on the countries concerned, a legend with figures, and a square where the
/// organisation's own people are. Land, sea and shades are painted once and kept as a picture.
class MapWidget final : public QWidget
{
    Q_OBJECT

public:
    explicit MapWidget(Verbs* verbs, QWidget* parent = nullptr);
    void setShapes(std::shared_ptr<const WorldShapes> world);
    void setMap(const MapView& view);
    void setMeasure(MapMeasure measure);
    void setLogarithmic(bool on);
    [[nodiscard]] MapMeasure measure() const { return m_measure; }
    [[nodiscard]] bool isLogarithmic() const { return m_log; }
    void zoom(double factor, QPointF around);
    void resetZoom();
    /// The country drawn at `position`, kNoCountry for the sea.
    [[nodiscard]] CountryCode countryAt(QPointF position) const;
    /// Where the label of a country stands in the widget.
    [[nodiscard]] QPointF labelOf(CountryCode country) const;

signals:
    void pictureRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Land {
        CountryCode country;
        QPainterPath path;
        QPointF label;
    };
    void forget();
    void paintBase();
    void paintMarks(QPainter& painter) const;
    void paintCircle(QPainter& painter, const MapFigure& figure, const MapScale& scale) const;
    void paintHover(QPainter& painter) const;
    void paintHomeLegend(QPainter& painter) const;
    void paintSource(QPainter& painter) const;
    void clampPan();
    void step(int by);
    [[nodiscard]] QTransform transform() const;
    [[nodiscard]] const MapFigure* figure(CountryCode country) const;
    [[nodiscard]] const Land* largest(CountryCode country) const;
    [[nodiscard]] QColor shadeOf(CountryCode country, const MapScale& scale) const;
    [[nodiscard]] Token shade() const;
    [[nodiscard]] bool isHomeMarked(CountryCode country) const;
    [[nodiscard]] std::uint64_t valueOf(const MapFigure& figure) const;
    [[nodiscard]] MapScale scale() const;
    [[nodiscard]] QString tip(CountryCode country) const;

    Verbs* m_verbs;
    std::vector<Land> m_lands;
    QPainterPath m_sea;
    MapView m_view;
    MapMeasure m_measure = MapMeasure::Addresses;
    bool m_log = true;
    QPixmap m_base;
    double m_zoom = 1;
    QPointF m_pan; ///< of the map's centre, in map units
    QPointF m_press;
    QPointF m_last;
    bool m_pressed = false;
    bool m_dragged = false;
    CountryCode m_hover = kNoCountry;
};

} // namespace mailward
