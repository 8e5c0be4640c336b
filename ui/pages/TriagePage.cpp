// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/TriagePage.h"

#include "ui/help/HelpDialog.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailDrawer.h"
#include "ui/widgets/IncidentList.h"
#include "ui/widgets/MapPanel.h"
#include "ui/widgets/MapWidget.h"
#include "ui/widgets/PlanTray.h"
#include "ui/widgets/TimelineWidget.h"
#include "ui/widgets/Verbs.h"

#include <QDataStream>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

namespace mailward {

namespace {

QSplitter* splitter(Qt::Orientation orientation, const char* name)
{
    auto* split = new QSplitter(orientation);
    split->setObjectName(QLatin1String(name));
    split->setHandleWidth(kGap);
    split->setChildrenCollapsible(false);
    return split;
}

} // namespace

TriagePage::TriagePage(Verbs* verbs, QWidget* parent)
    : Page(tr("Triage"), QStringLiteral("triage"), parent), m_verbs(verbs), m_timeline(new TimelineWidget), m_map(new MapPanel(verbs)),
      m_incidents(new IncidentList(verbs)), m_tabs(new QTabBar), m_pages(new QStackedWidget),
      m_noRows(nullptr), m_drawer(new DetailDrawer(verbs)), m_plan(new PlanTray), m_rows(splitter(Qt::Vertical, "triageRows")),
      m_middle(splitter(Qt::Horizontal, "triageMiddle")), m_lower(splitter(Qt::Horizontal, "triageLower"))
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(kGap);
    m_incidents->hide();
    m_middle->addWidget(m_map);
    m_middle->addWidget(m_incidents);
    m_middle->addWidget(m_drawer);
    m_middle->setSizes({620, 0, 620});
    m_lower->addWidget(buildTables());
    m_lower->setSizes({900});
    m_rows->addWidget(m_timeline);
    m_rows->addWidget(m_middle);
    m_rows->addWidget(m_lower);
    m_rows->setSizes({196, 306, 248});
    all->addWidget(m_rows, 1);
    all->addWidget(m_plan);
    connect(m_timeline->chart(), &TimelineChart::rangeRequested, this, &TriagePage::rangeRequested);
    connect(m_timeline->chart(), &TimelineChart::windowRequested, this, &TriagePage::windowRequested);
    connect(m_timeline->chart(), &TimelineChart::markActivated, m_verbs, &Verbs::drillDownRequested);
    connect(m_incidents, &IncidentList::proposeRequested, this, &TriagePage::incidentProposeRequested);
    setHasData(false, false);
}

QWidget* TriagePage::buildTables()
{
    auto* panel = new Panel;
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setAccessibleName(tr("Tables"));
    panel->header()->addWidget(m_tabs, 1);
    panel->header()->addWidget(helpButton(QStringLiteral("tables"), tr("Help about the tables")));
    panel->setProperty("helpTopic", QStringLiteral("tables"));
    for (int i = 0; i < kTabs; ++i) {
        auto& table = m_tables[static_cast<std::size_t>(i)];
        table = new DataTable(m_verbs);
        m_tabs->addTab(QString());
        m_pages->addWidget(table);
        connect(table, &DataTable::exportRequested, this, &TriagePage::exportRequested);
    }
    m_noRows = new EmptyState(QStringLiteral("search"), {}, {});
    m_pages->addWidget(m_noRows);
    panel->body()->addWidget(m_pages);
    connect(m_tabs, &QTabBar::currentChanged, this, &TriagePage::showEmptyOrTable);
    retitle();
    return panel;
}

void TriagePage::setTables(const TriageTables& tables)
{
    const std::array<TableModel*, kTabs> models{tables.addresses, tables.networks, tables.countries, tables.accounts, tables.events};
    for (std::size_t i = 0; i < models.size(); ++i) {
        m_tables[i]->setTable(models[i]);
        m_tables[i]->setAccessibleName(m_tabs->tabText(static_cast<int>(i)));
        connect(models[i], &TableModel::totalChanged, this, &TriagePage::retitle);
        connect(models[i], &QAbstractItemModel::modelReset, this, &TriagePage::showEmptyOrTable);
    }
    retitle();
    showEmptyOrTable();
}

void TriagePage::retitle()
{
    const std::array<QString, kTabs> names{tr("Addresses"), tr("Networks"), tr("Countries"), tr("Accounts"), tr("Events")};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const TableModel* model = m_tables[i]->table();
        m_tabs->setTabText(static_cast<int>(i), model == nullptr ? names[i] : QStringLiteral("%1 %2").arg(names[i], formatCount(model->total())));
    }
}

void TriagePage::showEmptyOrTable()
{
    DataTable* table = currentTable();
    const bool empty = table->table() == nullptr || table->table()->rowCount() == 0;
    m_pages->setCurrentWidget(empty ? m_noRows : static_cast<QWidget*>(table));
}

DataTable* TriagePage::currentTable() const
{
    return m_tables[static_cast<std::size_t>(std::max(0, m_tabs->currentIndex()))];
}

void TriagePage::showTable(int tab)
{
    m_tabs->setCurrentIndex(tab);
}

void TriagePage::setHasData(bool any, bool filtered)
{
    const QString title = any && filtered ? tr("Nothing matches the filter") : tr("No log lines yet");
    const QString sentence = any && filtered ? tr("Take away a chip above, or widen the time.")
                                             : tr("Add a server on the page Servers, or drop log files onto this window.");
    static_cast<EmptyState*>(m_noRows)->setSentence(title, sentence);
    m_timeline->setEmptyText(title, sentence);
    m_incidents->setHasLog(any);
}

MapWidget* TriagePage::map() const
{
    return m_map->map();
}

void TriagePage::setShapes(std::shared_ptr<const WorldShapes> world)
{
    m_map->map()->setShapes(std::move(world));
}

void TriagePage::setTimeline(const TimelineView& view, const TimelineBin& totals)
{
    m_timeline->setTimeline(view, totals);
}

void TriagePage::setMap(const MapView& view)
{
    m_map->setMap(view);
}

void TriagePage::setDetail(const DetailView& view)
{
    m_drawer->setDetail(view);
}

void TriagePage::clearDetail()
{
    m_drawer->clear();
}

void TriagePage::setPlan(const PlanView& view)
{
    m_plan->setPlan(view);
}

void TriagePage::setIncidents(const std::vector<IncidentCard>& cards, const QString& caption)
{
    if (m_incidents->isHidden()) { // incidents take the place beside the map, the drawer moves down to the tables
        m_lower->addWidget(m_drawer);
        m_lower->setSizes({860, 400});
        m_incidents->show();
        m_middle->setSizes({620, 620});
    }
    m_incidents->setIncidents(cards, caption);
}

void TriagePage::setZone(const QTimeZone& zone)
{
    m_timeline->setZone(zone);
    m_drawer->setZone(zone);
    for (DataTable* table : m_tables) {
        table->setZone(zone);
    }
}

void TriagePage::escape()
{
    emit rangeRequested(std::nullopt);
}

QByteArray TriagePage::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << m_rows->saveState() << m_middle->saveState() << m_lower->saveState() << m_tabs->currentIndex() << m_timeline->isLogarithmic() << m_map->choice();
    return state;
}

void TriagePage::restoreState(const QByteArray& state)
{
    QDataStream in(state);
    QByteArray rows;
    QByteArray middle;
    QByteArray lower;
    int tab = 0;
    in >> rows >> middle >> lower >> tab;
    if (in.status() == QDataStream::Ok) {
        m_rows->restoreState(rows);
        m_middle->restoreState(middle);
        m_lower->restoreState(lower);
        m_tabs->setCurrentIndex(std::clamp(tab, 0, kTabs - 1));
    }
    bool logarithmic = false;
    int map = 0;
    in >> logarithmic >> map;
    if (in.status() == QDataStream::Ok) {
        m_timeline->setLogarithmic(logarithmic);
        m_map->setChoice(map);
    }
}

} // namespace mailward
