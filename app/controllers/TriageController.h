// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/BrushPreview.h"
#include "app/controllers/FilterHistory.h"
#include "app/controllers/JobThread.h"
#include "app/controllers/Naming.h"
#include "models/core/Clock.h"
#include "models/store/LocalEventStore.h"
#include "models/tables/AccountTableModel.h"
#include "models/tables/AddressTableModel.h"
#include "models/tables/CountryTableModel.h"
#include "models/tables/DetailView.h"
#include "models/tables/EventTableModel.h"
#include "models/tables/FilterView.h"
#include "models/tables/MapView.h"
#include "models/tables/NetworkTableModel.h"
#include "models/tables/Notice.h"
#include "models/tables/TimelineView.h"

#include <QObject>
#include <QTimer>
#include <map>

namespace mailward {

/// The one filter and everything that follows it: asks the store in a thread of its own, drops stale answers, fills the
/// models of Triage. Lives in the window's thread.
class TriageController final : public QObject
{
    Q_OBJECT

public:
    TriageController(LocalEventStore& store, Naming naming, const Clock& clock, QObject* parent = nullptr);
    ~TriageController() override;

    [[nodiscard]] AddressTableModel& addresses() { return m_addresses; }
    [[nodiscard]] NetworkTableModel& networks() { return m_networks; }
    [[nodiscard]] CountryTableModel& countries() { return m_countries; }
    [[nodiscard]] AccountTableModel& accounts() { return m_accounts; }
    [[nodiscard]] EventTableModel& events() { return m_events; }
    /// Version of the events (ColumnsSnapshot::version) that the views show.
    [[nodiscard]] quint64 seenVersion() const { return m_seen; }
    [[nodiscard]] const QTimeZone& zone() const { return m_naming.zone; }
    [[nodiscard]] const Filter& filter() const { return m_history.filter(); }
    [[nodiscard]] FilterView filterView() const;
    [[nodiscard]] FilterVocabulary vocabulary() const;

    /// New events are in the store. Coalesced: the views follow a few times a second at most.
    void storeChanged();

    void applyFilterText(const QString& text);
    void checkFilterText(const QString& text);
    void removeChip(int index);
    void clearFilter() { m_history.clear(); }
    void setFilter(Filter filter) { m_history.set(std::move(filter)); }
    /// One step back or forward, as in a browser: filter, drill-down and page.
    void undo() { m_history.undo(); }
    void redo() { m_history.redo(); }
    /// Another page of the window is in front: a step of its own.
    void notePage(int page);
    void brush(const std::optional<TimeRange>& range);
    /// The brush is being dragged: map and tables follow, the filter stays.
    void previewBrush(const TimeRange& range);
    void zoom(const std::optional<TimeRange>& window);
    void filterTo(const Targets& targets);
    void exclude(const Targets& targets);
    /// Drills down; nothing leads back to the overview. Incidents have a controller of their own: for them this one falls silent.
    void open(const Target& target);
    /// What else is known of what the drawer shows has changed.
    void refreshDetail();
    /// More raw lines of what the drawer shows.
    void moreLines();
    /// Asks once more for what the drawer shows: its raw lines are back.
    void showDetailAgain() { askDetail(); }
    /// The zone that is shown from now on.
    void setZone(const QTimeZone& zone);
    void sortBy(Group group, const QString& key, Qt::SortOrder order);
    /// What else is known of an address ("banned on mx1"), for the drawer. Must be quick.
    void setBanFacts(std::function<QStringList(const IpAddress&)> facts) { m_banFacts = std::move(facts); }
    /// The same for what stands first in the drawer: an account's risk.
    void setFirstFacts(std::function<std::vector<Fact>(const Target&)> facts) { m_firstFacts = std::move(facts); }
    /// And for an address: the incidents that it takes part in.
    void setMemberFacts(std::function<std::vector<Fact>(const Target&)> facts) { m_memberFacts = std::move(facts); }
    /// One word on an address in the table, from who knows more than the log. Must be quick.
    void setStates(std::function<AddressState(const IpAddress&)> states) { m_states = std::move(states); }
    /// Another geography; the store has asked it already.
    void setGeography(std::shared_ptr<const GeoDatabase> geo);
    /// The words on addresses are others now.
    void statesChanged();

signals:
    void timelineChanged(const mailward::TimelineView& view);
    void mapChanged(const mailward::MapView& view);
    void filterChanged(const mailward::FilterView& view);
    void filterProblemChanged(const mailward::FilterProblem& problem);
    void detailChanged(const mailward::DetailView& view);
    void emptied(bool nothingStored);
    /// A step back or forward leads here.
    void pageRequested(int page);
    void detailRequested(const mailward::Target& target);
    void noticed(const mailward::Notice& notice);

private:
    struct Order {
        GroupSort sort = GroupSort::Failed;
        bool ascending = false;
    };
    struct Answer;

    void refresh();
    void take(const Answer& answer);
    void askPage(quint64 offset);
    void askDetail();
    void showStep(const Step& step);
    void showMap(MapView map);
    void takePreview(const QueryResult& result, const BrushIndex& index);
    [[nodiscard]] std::vector<AddressRow> named(std::vector<AddressRow> rows) const;
    void setFilterTerms(const Targets& targets, bool negate);
    [[nodiscard]] static QueryResult askTables(const ColumnsSnapshot& data, const Filter& filter, QuerySpec spec, const std::map<Group, Order>& orders);
    [[nodiscard]] static Answer ask(const LocalEventStore& store, const Filter& filter, const std::optional<TimeRange>& window,
                                    const std::map<Group, Order>& orders, const Naming& naming, bool details, const std::stop_token& stop);

    LocalEventStore& m_store;
    Naming m_naming;
    const Clock& m_clock;
    FilterHistory m_history;
    std::optional<TimeRange> m_window;
    std::map<Group, Order> m_orders;
    quint64 m_seen = ~quint64{0}; ///< nothing yet
    Target m_detail;
    std::size_t m_detailLines = 0;
    bool m_isStepping = false; ///< what the window does then is no step of its own
    bool m_isHurried = false;  ///< the next refresh answers a person
    bool m_isAside = false;    ///< the drawer shows an incident
    std::function<QStringList(const IpAddress&)> m_banFacts;
    std::function<std::vector<Fact>(const Target&)> m_firstFacts;
    std::function<std::vector<Fact>(const Target&)> m_memberFacts;
    std::function<AddressState(const IpAddress&)> m_states;
    DetailView m_overview;
    AddressTableModel m_addresses;
    NetworkTableModel m_networks;
    CountryTableModel m_countries;
    AccountTableModel m_accounts;
    EventTableModel m_events;
    QTimer m_throttle;
    quint64 m_generation = 0;
    std::stop_source m_stop;
    BrushPreview m_preview;
    JobThread m_queries; ///< last: its jobs use the store and post to this
};

} // namespace mailward
