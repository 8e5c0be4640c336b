// SPDX-License-Identifier: GPL-3.0-or-later
// Who hears whom about accounts.
#include "app/Wiring.h"

#include "ui/dialogs/PolicyDialog.h"
#include "ui/dialogs/WeakAuditDialog.h"
#include "ui/MainWindow.h"
#include "ui/pages/AccountsPage.h"
#include "ui/widgets/Verbs.h"

namespace mailward {

void Wiring::wireAccounts()
{
    AccountsController* accounts = m_accounts.get();
    connect(accounts, &AccountsController::summaryChanged, m_accountsPage, &AccountsPage::setSummary);
    connect(accounts, &AccountsController::counted, m_triage.get(), &TriageController::refreshDetail);
    connect(m_accountsPage, &AccountsPage::shown, accounts, &AccountsController::setShown);
    connect(m_accountsPage, &AccountsPage::scopeRequested, accounts, &AccountsController::setScope);
    connect(m_accountsPage, &AccountsPage::searchRequested, accounts, &AccountsController::setSearch);
    connect(m_accountsPage, &AccountsPage::exportRequested, m_window.get(), [this](const QString& csv) { m_window->saveText(QStringLiteral("mailward-accounts.csv"), csv); });
    connect(m_incidents.get(), &IncidentsController::incidentsChanged, accounts, [this] { m_accounts->setRisks(m_incidents->incidents(), m_incidents->accountScores()); });
    connect(m_triage.get(), &TriageController::detailChanged, m_accountsPage, [this](const DetailView& view) {
        if (!view.target.isValid() || view.target.kind == TargetKind::Account) {
            m_accountsPage->setDetail(view.target.isValid() ? view : DetailView{}); // the overview is of Triage
        }
    });
    AccountSurveyController* survey = m_survey.get();
    connect(m_accountsPage, &AccountsPage::readRequested, survey, &AccountSurveyController::readFacts);
    connect(m_accountsPage, &AccountsPage::auditRequested, this, &Wiring::showWeakAudit);
    connect(m_accountsPage, &AccountsPage::policyRequested, this, &Wiring::showPolicy);
    connect(survey, &AccountSurveyController::noticed, m_window.get(), &MainWindow::notify);
    connect(survey, &AccountSurveyController::factsRead, accounts, [this](const std::shared_ptr<const AccountFactsByName>& facts, const QString& words) {
        m_accounts->setFacts(facts);
        m_accountsPage->setReadWords(words);
    });
    connect(m_containment.get(), &ContainmentController::contained, survey, &AccountSurveyController::readFacts);
    m_triage->setFirstFacts([this](const Target& target) { return m_accounts->facts(target); });
}

void Wiring::showWeakAudit()
{
    AccountSurveyController* survey = m_survey.get();
    auto* dialog = new WeakAuditDialog(&survey->findings(), m_verbs, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(survey, &AccountSurveyController::auditChanged, dialog, &WeakAuditDialog::setView);
    connect(dialog, &WeakAuditDialog::estimateRequested, survey, &AccountSurveyController::estimate);
    connect(dialog, &WeakAuditDialog::startRequested, survey, &AccountSurveyController::startAudit);
    connect(dialog, &WeakAuditDialog::stopRequested, survey, &AccountSurveyController::stopAudit);
    connect(dialog, &WeakAuditDialog::containRequested, m_verbs, &Verbs::containRequested);
    survey->beginAudit();
    dialog->open();
}

void Wiring::showPolicy()
{
    auto* dialog = new PolicyDialog(m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_survey.get(), &AccountSurveyController::policyRead, dialog, &PolicyDialog::setPolicy);
    m_survey->readPolicy();
    dialog->open();
}

} // namespace mailward
