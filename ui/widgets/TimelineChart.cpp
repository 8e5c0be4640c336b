// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/TimelineChart.h"

#include "models/tables/Format.h"
#include "ui/widgets/TimeTicks.h"

#include <QAreaSeries>
#include <QChart>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>
#include <cmath>

namespace mailward {

namespace {

constexpr double kTickRoom = 18;
constexpr double kMarkRoom = 19; ///< of one lane of brackets
constexpr int kMostLanes = 2;

Instant clampTo(Instant at, TimeRange range)
{
    return std::clamp(at, range.begin, range.end);
}

} // namespace

QString seriesText(TimelineSeries series)
{
    switch (series) {
    case TimelineSeries::Failure: return TimelineChart::tr("failed");
    case TimelineSeries::Success: return TimelineChart::tr("let in");
    case TimelineSeries::Blocked: return TimelineChart::tr("blocked");
    case TimelineSeries::Sent: return TimelineChart::tr("sent");
    case TimelineSeries::Bounced: return TimelineChart::tr("bounced");
    }
    return {};
}

Token seriesToken(TimelineSeries series)
{
    static constexpr std::array<Token, kTimelineSeries> kTokens{Token::Failure, Token::Success, Token::Blocked, Token::Sent, Token::Bounced};
    return kTokens[static_cast<std::size_t>(series)];
}

TimelineChart::TimelineChart(QWidget* parent) : QChartView(new QChart, parent), m_x(new QValueAxis), m_y(new QValueAxis)
{
    chart()->legend()->hide();
    chart()->setBackgroundVisible(false);
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->addAxis(m_x, Qt::AlignBottom);
    chart()->addAxis(m_y, Qt::AlignRight);
    m_x->setVisible(false);
    m_y->setVisible(false);
    for (auto& line : m_lines) {
        line = new QLineSeries(this);
    }
    for (std::size_t i = 0; i < kTimelineSeries; ++i) {
        m_areas[i] = new QAreaSeries(m_lines[i + 1], m_lines[i]);
        m_areas[i]->setPen(Qt::NoPen); // with a pen, a frame takes five times as long
        chart()->addSeries(m_areas[i]);
        m_areas[i]->attachAxis(m_x);
        m_areas[i]->attachAxis(m_y);
    }
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    setMinimumHeight(96);
    setAccessibleName(tr("Timeline of attempts"));
    setAccessibleDescription(tr("Left and right move from bar to bar, with Shift they select, plus and minus zoom, Escape clears the selection."));
    colourSeries();
}

void TimelineChart::setTimeline(const TimelineView& view)
{
    m_view = view;
    m_cursor = std::min(m_cursor, static_cast<int>(view.bins.size()) - 1);
    refill();
}

void TimelineChart::setZone(const QTimeZone& zone)
{
    m_zone = zone;
    viewport()->update();
}

void TimelineChart::setLogarithmic(bool on)
{
    m_log = on;
    refill();
}

void TimelineChart::setMini(bool on)
{
    m_mini = on;
    setMinimumHeight(on ? 56 : 96);
    place();
}

double TimelineChart::scaled(double value) const
{
    return m_log ? std::log10(1 + value) : value;
}

void TimelineChart::refill()
{
    const std::size_t bins = m_view.bins.size();
    std::array<QList<QPointF>, kTimelineSeries + 1> points;
    m_top = 1;
    for (std::size_t bin = 0; bin < bins; ++bin) {
        double sum = 0;
        const auto left = static_cast<double>(bin);
        for (std::size_t line = 0; line <= kTimelineSeries; ++line) {
            sum += line == 0 ? 0 : static_cast<double>(m_view.bins[bin][line - 1]);
            points[line] << QPointF(left, scaled(sum)) << QPointF(left + 1, scaled(sum));
        }
        m_top = std::max(m_top, sum);
    }
    for (std::size_t line = 0; line <= kTimelineSeries; ++line) {
        m_lines[line]->replace(points[line]);
    }
    m_x->setRange(0, std::max(1.0, static_cast<double>(bins)));
    m_y->setRange(0, scaled(m_top) * 1.06);
    place();
}

void TimelineChart::place()
{
    const double right = m_mini ? 34 : 44;
    m_plot = QRectF(0, 0, std::max(10.0, width() - right), 10);
    layMarks();
    const double marks = m_lanes == 0 ? 4 : kMarkRoom * m_lanes + 1;
    m_plot = QRectF(0, marks, std::max(10.0, width() - right), std::max(10.0, height() - marks - kTickRoom));
    chart()->setPlotArea(m_plot);
    resetCachedContent();
    viewport()->update();
}

/// Brackets with their words, in lanes so that none covers another; where there is no room for its words, a bracket stands alone.
void TimelineChart::layMarks()
{
    m_laid.clear();
    m_lanes = 0;
    if (m_mini) {
        return;
    }
    const QFontMetricsF metrics(captionFont());
    std::array<double, kMostLanes> free{};
    for (const TimelineMark& mark : m_view.marks) {
        if (mark.range.end < m_view.begin || mark.range.begin > m_view.range().end) {
            continue;
        }
        LaidMark laid{&mark - m_view.marks.data(), 0, xOf(clampTo(mark.range.begin, m_view.range())), 0, 0, true};
        laid.right = std::max(laid.left + 3, xOf(clampTo(mark.range.end, m_view.range())));
        const double room = metrics.horizontalAdvance(mark.label);
        laid.text = std::max(0.0, std::min(laid.left, m_plot.right() - room));
        const auto fits = [&](double edge) { return std::min(laid.left, laid.text) >= edge; };
        while (laid.lane + 1 < kMostLanes && !fits(free[static_cast<std::size_t>(laid.lane)])) {
            ++laid.lane;
        }
        double& edge = free[static_cast<std::size_t>(laid.lane)];
        laid.hasText = fits(edge);
        edge = std::max({edge, laid.right + 4, laid.hasText ? laid.text + room + 8 : 0.0});
        m_lanes = std::max(m_lanes, laid.lane + 1);
        m_laid.push_back(laid);
    }
}

double TimelineChart::laneY(int lane) const
{
    return m_plot.top() - 3 - kMarkRoom * (m_lanes - 1 - lane);
}

void TimelineChart::colourSeries()
{
    for (std::size_t i = 0; i < kTimelineSeries; ++i) {
        m_areas[i]->setBrush(color(seriesToken(static_cast<TimelineSeries>(i)), this));
    }
}

double TimelineChart::xOf(Instant at) const
{
    const auto all = static_cast<double>(m_view.range().length().count());
    return all <= 0 ? m_plot.left() : m_plot.left() + static_cast<double>((at - m_view.begin).count()) / all * m_plot.width();
}

double TimelineChart::yOf(double value) const
{
    return m_plot.bottom() - scaled(value) / (scaled(m_top) * 1.06) * m_plot.height();
}

Instant TimelineChart::timeAt(double x) const
{
    const double share = (x - m_plot.left()) / m_plot.width();
    const auto all = static_cast<double>(m_view.range().length().count());
    return clampTo(m_view.begin + std::chrono::microseconds(static_cast<std::int64_t>(share * all)), m_view.range());
}

int TimelineChart::binAt(double x) const
{
    const auto bins = static_cast<int>(m_view.bins.size());
    return std::clamp(static_cast<int>((x - m_plot.left()) / m_plot.width() * bins), 0, std::max(0, bins - 1));
}

void TimelineChart::drawBackground(QPainter* painter, const QRectF&)
{
    if (m_view.bins.empty()) {
        return;
    }
    painter->setFont(captionFont());
    std::vector<double> values = valueTicks(m_top, m_log, std::max(1, static_cast<int>(m_plot.height() / 21)));
    if (m_mini && values.size() > 1) {
        values.erase(values.begin(), values.end() - 1);
    }
    for (const double value : values) {
        const double y = std::round(yOf(value)) + 0.5;
        painter->setPen(color(Token::FaintLine, this));
        painter->drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right(), y));
        painter->setPen(color(Token::Muted, this));
        painter->drawText(QRectF(m_plot.right(), y - 8, width() - m_plot.right(), 16), Qt::AlignRight | Qt::AlignVCenter,
                          formatCount(static_cast<std::uint64_t>(value)));
    }
    const int most = std::max(2, static_cast<int>(m_plot.width() / 84));
    for (const TimeTick& tick : timeTicks(m_view.range(), m_zone, most)) {
        const double x = std::round(xOf(tick.at)) + 0.5;
        painter->setPen(color(Token::FaintLine, this));
        painter->drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom() + 4));
        painter->setPen(color(Token::Muted, this));
        const double room = painter->fontMetrics().horizontalAdvance(tick.label);
        if (x + 3 + room <= width()) {
            painter->drawText(QPointF(x + 3, height() - 4.0), tick.label);
        }
    }
}

void TimelineChart::drawForeground(QPainter* painter, const QRectF&)
{
    if (m_view.bins.empty()) {
        return;
    }
    const double binWidth = m_plot.width() / static_cast<double>(m_view.bins.size());
    if (binWidth >= 4) { // air between the bars, without four times the points
        painter->setPen(color(Token::Surface, this));
        for (std::size_t bin = 1; bin < m_view.bins.size(); ++bin) {
            const double x = std::round(m_plot.left() + static_cast<double>(bin) * binWidth) - 0.5;
            painter->drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom() - 1));
        }
    }
    painter->setPen(color(Token::Line, this));
    painter->drawLine(QPointF(m_plot.left(), m_plot.bottom() + 0.5), QPointF(m_plot.right(), m_plot.bottom() + 0.5));
    paintBrush(painter);
    paintMarks(painter);
    paintCursor(painter);
}

void TimelineChart::paintBrush(QPainter* painter) const
{
    std::optional<TimeRange> brush = m_view.brush;
    if (m_press >= 0 && m_drag >= 0 && m_press != m_drag) {
        brush = TimeRange{m_view.begin + m_view.binWidth * std::min(m_press, m_drag),
                          m_view.begin + m_view.binWidth * (std::max(m_press, m_drag) + 1)};
    }
    if (!brush || brush->end <= m_view.begin || brush->begin >= m_view.range().end) {
        return;
    }
    const QRectF box(QPointF(xOf(clampTo(brush->begin, m_view.range())), m_plot.top()),
                     QPointF(xOf(clampTo(brush->end, m_view.range())), m_plot.bottom()));
    QColor fill = color(Token::Accent, this);
    fill.setAlphaF(0.16F);
    painter->fillRect(box, fill);
    painter->setPen(QPen(color(Token::Accent, this), 2));
    painter->drawLine(box.topLeft(), box.bottomLeft());
    painter->drawLine(box.topRight(), box.bottomRight());
}

void TimelineChart::paintMarks(QPainter* painter) const
{
    painter->setFont(captionFont());
    for (const LaidMark& laid : m_laid) {
        const TimelineMark& mark = m_view.marks[static_cast<std::size_t>(laid.mark)];
        const double y = laneY(laid.lane);
        painter->setPen(QPen(color(tokenOf(mark.meaning), this), 1.5));
        painter->drawPolyline(QPolygonF{{laid.left, y + 5}, {laid.left, y}, {laid.right, y}, {laid.right, y + 5}});
        if (laid.hasText) {
            painter->drawText(QPointF(laid.text, y - 4), mark.label);
        }
    }
}

void TimelineChart::paintCursor(QPainter* painter) const
{
    if (m_cursor < 0 || !hasFocus()) {
        return;
    }
    const double binWidth = m_plot.width() / static_cast<double>(m_view.bins.size());
    painter->setPen(QPen(color(Token::Accent, this), 1, Qt::DotLine));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(QRectF(m_plot.left() + m_cursor * binWidth, m_plot.top(), binWidth, m_plot.height()));
}

QString TimelineChart::binTip(int bin) const
{
    const Instant begin = m_view.begin + m_view.binWidth * bin;
    QString tip = QStringLiteral("<b>%1</b>").arg(formatRange({begin, begin + m_view.binWidth}, m_zone).toHtmlEscaped());
    for (std::size_t i = kTimelineSeries; i-- > 0;) {
        const std::uint64_t count = m_view.bins[static_cast<std::size_t>(bin)][i];
        if (count > 0) {
            const auto series = static_cast<TimelineSeries>(i);
            tip += QStringLiteral("<br><span style='color:%1'>■</span> %2 %3")
                       .arg(color(seriesToken(series), this).name(), seriesText(series).toHtmlEscaped(), formatCount(count));
        }
    }
    return tip;
}

const TimelineMark* TimelineChart::markAt(QPointF at) const
{
    if (at.y() > m_plot.top()) {
        return nullptr;
    }
    const QFontMetricsF metrics(captionFont());
    for (const LaidMark& laid : m_laid) {
        const TimelineMark& mark = m_view.marks[static_cast<std::size_t>(laid.mark)];
        const double y = laneY(laid.lane);
        const double end = std::max(laid.right, laid.hasText ? laid.text + metrics.horizontalAdvance(mark.label) : 0.0);
        if (at.y() > y + 6 - kMarkRoom && at.y() <= y + 6 && at.x() >= std::min(laid.left, laid.text) - 3 && at.x() <= end + 3) {
            return &mark;
        }
    }
    return nullptr;
}

TimeRange TimelineChart::rangeOf(int first, int last) const
{
    return {m_view.begin + m_view.binWidth * std::min(first, last), m_view.begin + m_view.binWidth * (std::max(first, last) + 1)};
}

void TimelineChart::requestBrush(int first, int last)
{
    const TimeRange range = rangeOf(first, last);
    m_view.brush = range; // shown at once; the answer follows
    viewport()->update();
    emit rangeRequested(range);
}

} // namespace mailward
