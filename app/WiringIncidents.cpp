// SPDX-License-Identifier: GPL-3.0-or-later
// Who hears whom about incidents and the detectors' thresholds.
#include "app/Wiring.h"

#include "ui/dialogs/DetectSettingsDialog.h"
#include "ui/MainWindow.h"
#include "ui/pages/TriagePage.h"
#include "ui/widgets/IncidentList.h"
#include "ui/widgets/Verbs.h"

namespace mailward {

void Wiring::wireIncidents()
{
    IncidentsController* incidents = m_incidents.get();
    IncidentList* list = m_triagePage->incidents();
    connect(incidents, &IncidentsController::incidentsChanged, m_triagePage, &TriagePage::setIncidents);
    connect(incidents, &IncidentsController::incidentsChanged, m_triage.get(), &TriageController::statesChanged);
    connect(incidents, &IncidentsController::marksChanged, this, [this] { showTimeline(m_timeline); });
    connect(incidents, &IncidentsController::filterRequested, m_triage.get(), &TriageController::setFilter);
    connect(incidents, &IncidentsController::detailChanged, m_triagePage, &TriagePage::setDetail);
    connect(incidents, &IncidentsController::noticed, m_window.get(), &MainWindow::notify);
    connect(list, &IncidentList::openRequested, m_verbs, &Verbs::drillDownRequested);
    connect(list, &IncidentList::filterRequested, incidents, &IncidentsController::filterTo);
    connect(list, &IncidentList::proposeRequested, incidents, &IncidentsController::propose);
    connect(list, &IncidentList::containRequested, incidents, &IncidentsController::contain);
    connect(list, &IncidentList::falseAlarmRequested, incidents, &IncidentsController::markFalseAlarm);
    connect(list, &IncidentList::thresholdsRequested, this, &Wiring::showThresholds);
    connect(m_verbs, &Verbs::drillDownRequested, incidents, &IncidentsController::open);
    connect(m_verbs, &Verbs::drillDownRequested, list, &IncidentList::setChosen);
    connect(m_verbs, &Verbs::filterRequested, incidents, [incidents](const Targets& targets) {
        if (targets.size() == 1) {
            incidents->filterTo(targets.first());
        }
    });
}

void Wiring::showThresholds()
{
    auto* dialog = new DetectSettingsDialog(m_incidents->thresholds(), m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DetectSettingsDialog::saveRequested, m_incidents.get(), &IncidentsController::editThresholds);
    dialog->open();
}

} // namespace mailward
