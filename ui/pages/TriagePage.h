// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/MapShapes.h"
#include "models/tables/AccountTableModel.h"
#include "models/tables/AddressTableModel.h"
#include "models/tables/CountryTableModel.h"
#include "models/tables/DetailView.h"
#include "models/tables/EventTableModel.h"
#include "models/tables/IncidentView.h"
#include "models/tables/MapView.h"
#include "models/tables/NetworkTableModel.h"
#include "models/tables/PlanView.h"
#include "models/tables/TimelineView.h"
#include "ui/pages/Page.h"

#include <array>
#include <memory>

class QSplitter;
class QStackedWidget;
class QTabBar;

namespace mailward {

class DataTable;
class DetailDrawer;
class IncidentList;
class MapPanel;
class MapWidget;
class PlanTray;
class TimelineWidget;
class Verbs;

/// The tables' models; owned by who fills them, and alive as long as the page.
struct TriageTables {
    AddressTableModel* addresses = nullptr;
    NetworkTableModel* networks = nullptr;
    CountryTableModel* countries = nullptr;
    AccountTableModel* accounts = nullptr;
    EventTableModel* events = nullptr;
};

/// One linked picture: when, where from, who, what, and the plan.
class TriagePage final : public Page
{
    Q_OBJECT

public:
    explicit TriagePage(Verbs* verbs, QWidget* parent = nullptr);

    void setTables(const TriageTables& tables);
    void setShapes(std::shared_ptr<const WorldShapes> world);
    void setTimeline(const TimelineView& view, const TimelineBin& totals);
    void setMap(const MapView& view);
    void setDetail(const DetailView& view);
    void clearDetail();
    void setPlan(const PlanView& view);
    /// The first call makes the incidents' panel appear.
    void setIncidents(const std::vector<IncidentCard>& cards, const QString& caption);
    /// What the panes say while there is nothing: no data at all, or nothing for this filter.
    void setHasData(bool any, bool filtered);

    [[nodiscard]] TimelineWidget* timeline() const { return m_timeline; }
    [[nodiscard]] MapWidget* map() const;
    [[nodiscard]] DetailDrawer* drawer() const { return m_drawer; }
    [[nodiscard]] PlanTray* plan() const { return m_plan; }
    [[nodiscard]] IncidentList* incidents() const { return m_incidents; }
    [[nodiscard]] DataTable* currentTable() const;
    void showTable(int tab);

    void setZone(const QTimeZone& zone) override;
    void escape() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

signals:
    void rangeRequested(std::optional<mailward::TimeRange> range);
    void windowRequested(std::optional<mailward::TimeRange> range);
    void incidentProposeRequested(const mailward::Target& incident);
    void exportRequested(const QString& csv);

private:
    QWidget* buildTables();
    void retitle();
    void showEmptyOrTable();

    static constexpr int kTabs = 5;
    Verbs* m_verbs;
    TimelineWidget* m_timeline;
    MapPanel* m_map;
    IncidentList* m_incidents;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    QWidget* m_noRows;
    std::array<DataTable*, kTabs> m_tables{};
    DetailDrawer* m_drawer;
    PlanTray* m_plan;
    QSplitter* m_rows;
    QSplitter* m_middle;
    QSplitter* m_lower;
};

} // namespace mailward
