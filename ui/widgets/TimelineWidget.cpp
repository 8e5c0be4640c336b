// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/TimelineWidget.h"

#include "models/tables/Format.h"
#include "ui/help/HelpDialog.h"

#include <QButtonGroup>
#include <QPushButton>
#include <QStackedLayout>
#include <QToolButton>

namespace mailward {

TimelineWidget::TimelineWidget(QWidget* parent)
    : QWidget(parent), m_chart(new TimelineChart), m_empty(new EmptyState(QStringLiteral("clock"), tr("Nothing to show yet"),
                                                                          tr("Add a server, or drop log files onto the window."))),
      m_stack(new QStackedLayout), m_linear(rankedButton(tr("linear"), "flat")), m_log(rankedButton(tr("log"), "flat"))
{
    auto* panel = new Panel(tr("Attempts"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(panel);
    auto* legend = new QHBoxLayout;
    legend->setSpacing(kPadding);
    panel->header()->addLayout(legend);
    for (StateLight*& light : m_legend) {
        light = new StateLight(panel);
        light->hide();
        legend->addWidget(light);
    }
    panel->header()->addStretch();
    auto* scale = new QButtonGroup(this);
    for (QPushButton* button : {m_linear, m_log}) {
        button->setCheckable(true);
        scale->addButton(button);
        panel->header()->addWidget(button);
    }
    panel->header()->addWidget(helpButton(QStringLiteral("timeline"), tr("Help about the timeline")));
    panel->header()->setSpacing(kSpace * 2);
    setProperty("helpTopic", QStringLiteral("timeline"));
    m_linear->setChecked(true);
    connect(m_log, &QPushButton::toggled, m_chart, &TimelineChart::setLogarithmic);
    panel->body()->addLayout(m_stack); // first: a stack without a place shows its first widget as a window
    m_stack->addWidget(m_chart);
    m_stack->addWidget(m_empty);
    m_stack->setCurrentWidget(m_empty);
}

void TimelineWidget::setTimeline(const TimelineView& view, const TimelineBin& totals)
{
    m_chart->setTimeline(view);
    m_stack->setCurrentIndex(view.bins.empty() ? 1 : 0);
    for (std::size_t i = 0; i < kTimelineSeries; ++i) {
        const auto series = static_cast<TimelineSeries>(i);
        const bool wanted = !view.bins.empty() && (totals[i] > 0 || i <= 1);
        m_legend[i]->show(wanted ? QStringLiteral("%1 %2").arg(seriesText(series), formatCount(totals[i])) : QString(), seriesToken(series));
    }
}

void TimelineWidget::setLogarithmic(bool on)
{
    (on ? m_log : m_linear)->setChecked(true);
}

} // namespace mailward
