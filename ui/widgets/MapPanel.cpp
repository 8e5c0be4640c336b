// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/MapPanel.h"

#include "models/tables/Format.h"
#include "ui/help/HelpDialog.h"
#include "ui/widgets/MapWidget.h"
#include "ui/widgets/Verbs.h"

#include <QComboBox>
#include <QPushButton>
#include <QToolButton>

namespace mailward {

MapPanel::MapPanel(Verbs* verbs, QWidget* parent)
    : QWidget(parent), m_map(new MapWidget(verbs)), m_measure(new QComboBox), m_linear(rankedButton(tr("linear"), "flat")),
      m_log(rankedButton(tr("log"), "flat")), m_unknown(new LinkLabel({}, {TargetKind::Country, {}, {}}, Token::Muted)), m_private(new TextLabel({}, Token::Muted))
{
    auto* panel = new Panel(tr("Where from"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(panel);
    m_measure->addItem(tr("failing addresses"), int(MapMeasure::Addresses));
    m_measure->addItem(tr("failed attempts"), int(MapMeasure::Attempts));
    m_measure->addItem(tr("let in"), int(MapMeasure::LetIn));
    m_measure->setProperty("flat", true);
    m_measure->setAccessibleName(tr("What the map counts"));
    m_unknown->setToolTip(tr("Failing addresses of which no country is known: filters to them").toHtmlEscaped());
    m_private->setToolTip(tr("Failing addresses that no country has: private, shared by carriers, for documentation").toHtmlEscaped());
    QHBoxLayout* head = panel->header();
    head->addWidget(m_measure);
    head->addStretch();
    head->addWidget(m_unknown);
    head->addWidget(m_private);
    m_linear->setCheckable(true);
    m_linear->setAutoExclusive(true);
    m_log->setCheckable(true);
    m_log->setAutoExclusive(true);
    m_log->setChecked(true);
    m_linear->setAccessibleDescription(tr("Scale of the map's shades"));
    m_log->setAccessibleDescription(tr("Scale of the map's shades"));
    auto* pair = new QWidget; // exclusive among its own
    auto* scale = new QHBoxLayout(pair);
    scale->setSpacing(0);
    scale->setContentsMargins(0, 0, 0, 0);
    scale->addWidget(m_linear);
    scale->addWidget(m_log);
    head->addWidget(pair);
    head->addWidget(helpButton(QStringLiteral("map"), tr("Help about the map")));
    head->setSpacing(kGap);
    panel->setProperty("helpTopic", QStringLiteral("map"));
    panel->body()->addWidget(m_map);
    connect(m_measure, &QComboBox::currentIndexChanged, this, [this] { m_map->setMeasure(static_cast<MapMeasure>(m_measure->currentData().toInt())); });
    connect(m_log, &QPushButton::toggled, m_map, &MapWidget::setLogarithmic);
    connect(m_unknown, &LinkLabel::activated, verbs, [verbs](const Target& target) { emit verbs->filterRequested({target}); });
    connect(m_unknown, &LinkLabel::menuRequested, this, [this, verbs](const Target& target, QPoint at) { verbs->popUp(this, {target}, at); });
    setMap({});
}

void MapPanel::setMap(const MapView& view)
{
    m_map->setMap(view);
    m_unknown->setText(tr("unknown %1").arg(formatCount(view.unknownAddresses)));
    m_unknown->setAccessibleName(m_unknown->text());
    m_private->setText(tr("private %1").arg(formatCount(view.privateAddresses)));
    m_unknown->setVisible(view.unknownAddresses > 0);
    m_private->setVisible(view.privateAddresses > 0);
}

int MapPanel::choice() const
{
    return m_measure->currentIndex() * 2 + (m_map->isLogarithmic() ? 1 : 0);
}

void MapPanel::setChoice(int choice)
{
    m_measure->setCurrentIndex(std::clamp(choice / 2, 0, m_measure->count() - 1));
    (choice % 2 == 1 ? m_log : m_linear)->setChecked(true);
}

} // namespace mailward
