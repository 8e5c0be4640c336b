// SPDX-License-Identifier: GPL-3.0-or-later
// Who hears whom about accounts.
#include "app/Wiring.h"

#include "ui/MainWindow.h"
#include "ui/pages/AccountsPage.h"
#include "ui/widgets/Verbs.h"

namespace mailward {

void Wiring::wireAccounts()
{
    AccountsController* accounts = m_accounts.get();
    connect(accounts, &AccountsController::summaryChanged, m_accountsPage, &AccountsPage::setSummary);
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
    m_triage->setFirstFacts([this](const Target& target) { return m_accounts->facts(target); });
}

} // namespace mailward
