// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TimelineView.h"
#include "ui/widgets/Layout.h"
#include "ui/widgets/TimelineChart.h"

class QPushButton;
class QStackedLayout;

namespace mailward {

/// The timeline panel: legend with totals, linear and logarithmic scale, and the chart. Replaceable behind this class.
class TimelineWidget final : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineWidget(QWidget* parent = nullptr);
    /// `totals`: of the whole filter, for the legend.
    void setTimeline(const TimelineView& view, const TimelineBin& totals);
    void setZone(const QTimeZone& zone) { m_chart->setZone(zone); }
    void setEmptyText(const QString& title, const QString& sentence) { m_empty->setSentence(title, sentence); }
    [[nodiscard]] TimelineChart* chart() const { return m_chart; }
    void setLogarithmic(bool on);
    [[nodiscard]] bool isLogarithmic() const { return m_chart->isLogarithmic(); }

private:

    TimelineChart* m_chart;
    EmptyState* m_empty;
    QStackedLayout* m_stack;
    std::array<StateLight*, kTimelineSeries> m_legend{};
    QPushButton* m_linear;
    QPushButton* m_log;
};

} // namespace mailward
