// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TimelineView.h"
#include "ui/theme/Theme.h"

#include <QChartView>
#include <QTimeZone>
#include <array>

class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace mailward {

/// The drawn part of the timeline: stacked areas in steps by Qt Charts, everything else (grid, ticks on round times,
/// marks, brush, cursor) painted here, because the charts have no time axis for it and would read labels as markup.
class TimelineChart final : public QChartView
{
    Q_OBJECT

public:
    explicit TimelineChart(QWidget* parent = nullptr);

    void setTimeline(const TimelineView& view);
    void setZone(const QTimeZone& zone);
    void setLogarithmic(bool on);
    void setMini(bool on); ///< the drawer's small one: no brush, no zoom, fewer words
    [[nodiscard]] const TimelineView& timeline() const { return m_view; }
    [[nodiscard]] bool isLogarithmic() const { return m_log; }

signals:
    /// The user selected a range, or gave it up.
    void rangeRequested(std::optional<mailward::TimeRange> range);
    /// The brush is being dragged and is here now.
    void rangeMoved(const mailward::TimeRange& range);
    /// The user zoomed or moved: these times are to be shown; nothing: everything.
    void windowRequested(std::optional<mailward::TimeRange> range);
    void pictureRequested();
    void markActivated(const mailward::Target& target);

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void place();
    void refill();
    void colourSeries();
    /// A bracket where it is drawn: the mark's index, its lane, its ends, and where its words begin.
    struct LaidMark {
        std::ptrdiff_t mark = 0;
        int lane = 0;
        double left = 0;
        double right = 0;
        double text = 0;
        bool hasText = true;
    };
    void layMarks();
    [[nodiscard]] double laneY(int lane) const;
    void paintMarks(QPainter* painter) const;
    void paintBrush(QPainter* painter) const;
    void paintCursor(QPainter* painter) const;
    void zoom(double factor, Instant around);
    void moveCursor(int by, bool extend);
    void requestBrush(int first, int last);
    [[nodiscard]] TimeRange rangeOf(int first, int last) const;
    [[nodiscard]] double scaled(double value) const;
    [[nodiscard]] double xOf(Instant at) const;
    [[nodiscard]] double yOf(double value) const;
    [[nodiscard]] Instant timeAt(double x) const;
    [[nodiscard]] int binAt(double x) const;
    [[nodiscard]] QString binTip(int bin) const;
    [[nodiscard]] const TimelineMark* markAt(QPointF at) const;

    TimelineView m_view;
    QTimeZone m_zone = QTimeZone::utc();
    bool m_log = false;
    bool m_mini = false;
    double m_top = 1;
    int m_press = -1;
    int m_drag = -1;
    int m_cursor = -1;
    int m_anchor = -1;
    QRectF m_plot;
    std::vector<LaidMark> m_laid;
    int m_lanes = 0;
    QValueAxis* m_x;
    QValueAxis* m_y;
    std::array<QAreaSeries*, kTimelineSeries> m_areas{};
    std::array<QLineSeries*, kTimelineSeries + 1> m_lines{}; ///< [0] the floor, [i + 1] the top of series i
};

[[nodiscard]] QString seriesText(TimelineSeries series);
[[nodiscard]] Token seriesToken(TimelineSeries series);

} // namespace mailward
