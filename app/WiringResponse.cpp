// SPDX-License-Identifier: GPL-3.0-or-later
// Who hears whom about plans, bans and the audit.
#include "app/Wiring.h"

#include "ui/dialogs/AllowListDialog.h"
#include "ui/dialogs/BanListDialog.h"
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
    BansController* bans = m_bans.get();
    connect(response, &ResponseController::planChanged, m_triagePage, &TriagePage::setPlan);
    connect(response, &ResponseController::planChanged, m_bansPage, &BansPage::setPlan);
    connect(response, &ResponseController::previewed, this, &Wiring::showPreview);
    connect(response, &ResponseController::noticed, m_window.get(), &MainWindow::notify);
    connect(response, &ResponseController::enforcedChanged, bans, &BansController::refresh);
    connect(m_desk.get(), &ResponseDesk::noticed, m_window.get(), &MainWindow::notify);
    connect(m_desk.get(), &ResponseDesk::auditVerified, m_auditPage, &AuditPage::setVerified);
    connect(m_verbs, &Verbs::banRequested, response, &ResponseController::addToDraft);
    connect(m_verbs, &Verbs::allowRequested, bans, &BansController::allow);
    connect(m_incidents.get(), &IncidentsController::answerRequested, response, [this](const Incident& incident) { m_response->planFor(incident, m_incidents->incidents()); });
    connect(m_incidents.get(), &IncidentsController::incidentsChanged, response, [this] { m_response->setIncidents(m_incidents->incidents()); });
    connect(m_auditPage, &AuditPage::verifyRequested, m_desk.get(), &ResponseDesk::verifyAudit);
    wireTray(m_triagePage->plan());
    wireTray(m_bansPage->plan());
    wireBans();
}

void Wiring::wireTray(PlanTray* tray)
{
    ResponseController* response = m_response.get();
    connect(tray, &PlanTray::removeRequested, response, &ResponseController::removeFromDraft);
    connect(tray, &PlanTray::clearRequested, response, &ResponseController::clearDraft);
    connect(tray, &PlanTray::portsRequested, response, &ResponseController::setPorts);
    connect(tray, &PlanTray::ttlRequested, response, &ResponseController::setTtl);
    connect(tray, &PlanTray::serverToggleRequested, response, &ResponseController::toggleServer);
    connect(tray, &PlanTray::previewRequested, response, &ResponseController::preview);
    connect(tray, &PlanTray::applyRequested, response, &ResponseController::preview);
    connect(tray, &PlanTray::offerChosen, response, &ResponseController::chooseOffer);
    connect(tray, &PlanTray::confirmRequested, response, &ResponseController::confirm);
    connect(tray, &PlanTray::undoRequested, response, &ResponseController::undo);
}

void Wiring::wireBans()
{
    BansController* bans = m_bans.get();
    connect(bans, &BansController::planMade, m_response.get(), &ResponseController::previewPlan);
    connect(bans, &BansController::noticed, m_window.get(), &MainWindow::notify);
    connect(bans, &BansController::serversRead, m_bansPage, &BansPage::setServers);
    connect(bans, &BansController::serversRead, m_response.get(), &ResponseController::setServersRead);
    connect(bans, &BansController::answered, m_bansPage, &BansPage::setAnswer);
    connect(m_bansPage, &BansPage::refreshRequested, bans, &BansController::refresh);
    connect(m_bansPage, &BansPage::searchRequested, bans, &BansController::search);
    connect(m_bansPage, &BansPage::liftRequested, bans, &BansController::lift);
    connect(m_bansPage, &BansPage::liftEverywhereRequested, bans, &BansController::liftEverywhere);
    connect(m_bansPage, &BansPage::endRequested, bans, &BansController::changeEnd);
    connect(m_bansPage, &BansPage::restoreRequested, bans, &BansController::restore);
    connect(m_bansPage, &BansPage::listRequested, this, &Wiring::showBanList);
    connect(m_bansPage, &BansPage::allowListRequested, this, &Wiring::showAllowList);
    connect(m_bansPage, &BansPage::exportRequested, this, [this](const std::vector<BanRow>& rows, const QString& format) {
        m_window->saveText(QStringLiteral("mailward-bans.%1.txt").arg(format), m_bans->exported(rows, format));
    });
}

void Wiring::showPreview(const PreviewView& view)
{
    auto* dialog = new PreviewDialog(view, &m_response->cutOff(), m_verbs, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreviewDialog::applyRequested, m_response.get(), &ResponseController::apply);
    connect(dialog, &PreviewDialog::applyRequested, dialog, &QDialog::accept);
    dialog->open();
}

void Wiring::showAllowList()
{
    auto* dialog = new AllowListDialog(m_bans->allowed().rows(), m_now.now(), m_verbs, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AllowListDialog::saveRequested, m_bans.get(), &BansController::setAllowList);
    dialog->open();
}

void Wiring::showBanList()
{
    auto* dialog = new BanListDialog(m_bans->countries(), m_servers->names(), m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BanListDialog::fileRequested, m_bans.get(), &BansController::readFile);
    connect(dialog, &BanListDialog::textRequested, m_bans.get(), &BansController::readText);
    connect(dialog, &BanListDialog::countryRequested, m_bans.get(), [this](const QString& code) { m_bans->readCountry(countryCodeOf(code.toStdString())); });
    connect(m_bans.get(), &BansController::listRead, dialog, &BanListDialog::setList);
    connect(dialog, &BanListDialog::previewRequested, m_bans.get(), &BansController::banList);
    dialog->open();
}

} // namespace mailward
