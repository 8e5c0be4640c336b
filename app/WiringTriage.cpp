// SPDX-License-Identifier: GPL-3.0-or-later
// Who hears whom about the filter, the linked views and the drill-down.
#include "app/Wiring.h"

#include "ui/MainWindow.h"
#include "ui/pages/AccountsPage.h"
#include "ui/pages/TriagePage.h"
#include "ui/widgets/DetailDrawer.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/Verbs.h"

namespace mailward {

namespace {

/// What the bins of a timeline add up to, for its legend.
TimelineBin totalsOf(const TimelineView& view)
{
    TimelineBin totals{};
    for (const TimelineBin& bin : view.bins) {
        for (std::size_t i = 0; i < totals.size(); ++i) {
            totals[i] += bin[i];
        }
    }
    return totals;
}

} // namespace

void Wiring::wireTriage()
{
    TriageController* triage = m_triage.get();
    FilterBar* bar = m_window->filterBar();
    connect(bar, &FilterBar::textEdited, triage, &TriageController::checkFilterText);
    connect(bar, &FilterBar::textRequested, triage, &TriageController::applyFilterText);
    connect(bar, &FilterBar::chipRemoveRequested, triage, &TriageController::removeChip);
    connect(bar, &FilterBar::zoneRequested, this, &Wiring::setZone);
    connect(triage, &TriageController::filterChanged, bar, &FilterBar::setFilter);
    connect(triage, &TriageController::filterProblemChanged, bar, &FilterBar::setProblem);
    bar->setVocabulary(triage->vocabulary());
    bar->setFilter(triage->filterView());

    connect(m_triagePage, &TriagePage::rangeRequested, triage, &TriageController::brush);
    connect(m_triagePage, &TriagePage::windowRequested, triage, &TriageController::zoom);
    connect(triage, &TriageController::timelineChanged, this, &Wiring::showTimeline);
    connect(triage, &TriageController::mapChanged, m_triagePage, &TriagePage::setMap);
    connect(triage, &TriageController::detailChanged, this, [this](DetailView view) {
        if (!m_servers->names().contains(view.fetchFrom)) {
            view.fetchFrom.clear(); // it came from a file, or the server is no longer in the inventory
        }
        m_triagePage->setDetail(view);
    });
    connect(m_triagePage->drawer(), &DetailDrawer::fetchRequested, this,
            [this](const Target& line) { m_storage->fetchLines(line.line, m_servers->connector()); });
    connect(m_storage.get(), &StoreController::linesFetched, this, [this] { m_triage->showDetailAgain(); });
    connect(m_storage.get(), &StoreController::noticed, this, [this] { m_triage->showDetailAgain(); });
    connect(triage, &TriageController::noticed, m_window.get(), &MainWindow::notify);
    connect(triage, &TriageController::emptied, this, [this](bool nothingStored) {
        m_triagePage->setHasData(!nothingStored, !m_triage->filter().isEmpty());
        showLights();
    });
    connect(triage, &TriageController::filterChanged, this, [this] {
        const Filter& filter = m_triage->filter();
        m_response->setJudgedRange(filter.after && filter.before ? std::optional(TimeRange{*filter.after, *filter.before}) : std::nullopt);
    });

    connect(m_verbs, &Verbs::filterRequested, triage, &TriageController::filterTo);
    connect(m_verbs, &Verbs::excludeRequested, triage, &TriageController::exclude);
    connect(m_verbs, &Verbs::drillDownRequested, this, [this](const Target& target) {
        if (target.kind != TargetKind::Account || m_window->currentPage() != m_accountsPage) { // that page has a drawer of its own
            m_window->showPage(m_triagePage);
        }
        m_triage->open(target);
    });
    triage->setStates([this](const IpAddress& address) { return m_incidents->stateOf(address); });
    triage->setMemberFacts([this](const Target& target) { return m_incidents->factsOf(target); });
    triage->setBanFacts([this](const IpAddress& address) { return m_bans->banFacts(address); });
}

void Wiring::setZone(ZoneChoice choice)
{
    const QTimeZone zone = choice == ZoneChoice::Local ? QTimeZone::systemTimeZone() : choice == ZoneChoice::Server ? m_servers->timeZone() : QTimeZone::utc();
    m_triage->setZone(zone);
    m_incidents->setZone(zone);
    m_accounts->setZone(zone);
    m_containment->setZone(zone);
    m_earlier->setZone(zone);
    m_window->setZone(choice, zone);
}

void Wiring::showTimeline(const TimelineView& view)
{
    m_timeline = view;
    TimelineView marked = view;
    marked.marks = m_incidents->marks();
    m_triagePage->setTimeline(marked, totalsOf(view));
}

} // namespace mailward
