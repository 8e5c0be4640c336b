// SPDX-License-Identifier: GPL-3.0-or-later
// Who hears whom about plans, bans and the audit.
#include "app/Wiring.h"

#include "ui/dialogs/PreviewDialog.h"
#include "ui/MainWindow.h"
#include "ui/pages/AuditPage.h"
#include "ui/pages/BansPage.h"
#include "ui/pages/TriagePage.h"
#include "ui/widgets/PlanTray.h"
#include "ui/widgets/Verbs.h"

namespace mailward {

void Wiring::wireResponse()
{
    ResponseController* response = m_response.get();
    PlanTray* tray = m_triagePage->plan();
    connect(response, &ResponseController::planChanged, m_triagePage, &TriagePage::setPlan);
    connect(response, &ResponseController::previewed, this, &Wiring::showPreview);
    connect(response, &ResponseController::noticed, m_window.get(), &MainWindow::notify);
    connect(response, &ResponseController::bansRead, m_bansPage, &BansPage::setCaption);
    connect(response, &ResponseController::auditVerified, m_auditPage, &AuditPage::setVerified);
    connect(m_verbs, &Verbs::banRequested, response, &ResponseController::addToDraft);
    connect(m_verbs, &Verbs::allowRequested, response, &ResponseController::allow);
    connect(tray, &PlanTray::removeRequested, response, &ResponseController::removeFromDraft);
    connect(tray, &PlanTray::clearRequested, response, &ResponseController::clearDraft);
    connect(tray, &PlanTray::portsRequested, response, &ResponseController::setPorts);
    connect(tray, &PlanTray::ttlRequested, response, &ResponseController::setTtl);
    connect(tray, &PlanTray::serverToggleRequested, response, &ResponseController::toggleServer);
    connect(tray, &PlanTray::previewRequested, response, &ResponseController::preview);
    connect(tray, &PlanTray::applyRequested, response, &ResponseController::preview);
    connect(tray, &PlanTray::offerChosen, response, &ResponseController::chooseOffer);
    connect(m_incidents.get(), &IncidentsController::answerRequested, response, [this](const Incident& incident) { m_response->planFor(incident, m_incidents->incidents()); });
    connect(tray, &PlanTray::confirmRequested, response, &ResponseController::confirm);
    connect(tray, &PlanTray::undoRequested, response, &ResponseController::undo);
    connect(m_bansPage, &BansPage::refreshRequested, response, &ResponseController::refreshBans);
    connect(m_bansPage, &BansPage::unbanRequested, response, &ResponseController::unban);
    connect(m_auditPage, &AuditPage::verifyRequested, response, &ResponseController::verifyAudit);
}

void Wiring::showPreview(const PreviewView& view)
{
    auto* dialog = new PreviewDialog(view, &m_response->cutOff(), m_verbs, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreviewDialog::applyRequested, m_response.get(), &ResponseController::apply);
    connect(dialog, &PreviewDialog::applyRequested, dialog, &QDialog::accept);
    dialog->open();
}

} // namespace mailward
