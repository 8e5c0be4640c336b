// SPDX-License-Identifier: GPL-3.0-or-later
// Who hears whom about earlier containments: the list, going on, taking back, and sealed files of new passwords.
#include "app/Wiring.h"

#include "ui/dialogs/EarlierDialog.h"
#include "ui/dialogs/OpenSealedDialog.h"
#include "ui/dialogs/SlipsDialog.h"
#include "ui/MainWindow.h"
#include "ui/pages/AccountsPage.h"
#include "ui/widgets/NoticeBar.h"

#include <QDir>

namespace mailward {

void Wiring::wireEarlier()
{
    MainWindow* window = m_window.get();
    connect(m_earlier.get(), &EarlierController::noticed, window, &MainWindow::notify);
    connect(m_containment.get(), &ContainmentController::contained, m_earlier.get(), &EarlierController::refresh);
    connect(window, &MainWindow::earlierRequested, this, &Wiring::showEarlier);
    connect(window, &MainWindow::openSealedRequested, this, [this] { showOpenSealed(m_window.get()); });
    connect(m_accountsPage, &AccountsPage::earlierRequested, this, &Wiring::showEarlier);
    connect(m_accountsPage, &AccountsPage::openSealedRequested, this, [this] { showOpenSealed(m_window.get()); });
    connect(window->notices(), &NoticeBar::offerTaken, this, [this](NoticeOffer offer) {
        if (offer == NoticeOffer::EarlierContainments) {
            m_window->showPage(m_accountsPage);
            showEarlier();
        }
    });
}

void Wiring::showEarlier()
{
    EarlierController* earlier = m_earlier.get();
    auto* dialog = new EarlierDialog(&earlier->model(), m_verbs, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setCanContain(m_containment->isPossible());
    connect(earlier, &EarlierController::refreshed, dialog, &EarlierDialog::setRead);
    connect(m_servers.get(), &ServersController::lightsChanged, dialog, [this, dialog] { dialog->setCanContain(m_containment->isPossible()); });
    const auto begin = [this, dialog](bool begun) {
        if (begun) { // what was handed over, too, changes how it stands
            connect(openContainDialog(dialog), &QDialog::finished, m_earlier.get(), &EarlierController::refresh);
        }
    };
    connect(dialog, &EarlierDialog::resumeRequested, this, [this, begin](const QString& plan) { begin(m_containment->openResume(plan)); });
    connect(dialog, &EarlierDialog::undoRequested, this, [this, begin](const QString& plan) { begin(m_containment->openUndo(plan)); });
    connect(dialog, &EarlierDialog::openSealedRequested, this, [this, dialog] { showOpenSealed(dialog); });
    earlier->refresh();
    dialog->open();
}

void Wiring::showOpenSealed(QWidget* parent)
{
    EarlierController* earlier = m_earlier.get();
    auto* dialog = new OpenSealedDialog(QDir::homePath(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &OpenSealedDialog::openRequested, this, [this](const QString& path, const QByteArray& passphrase) {
        m_earlier->openSealed(path, secretOf(passphrase));
    });
    connect(earlier, &EarlierController::sealedRefused, dialog, &OpenSealedDialog::setProblem);
    connect(earlier, &EarlierController::sealedOpened, dialog, [this, dialog, parent] {
        auto* slips = new SlipsDialog(m_earlier->slips(), true, parent);
        slips->setAttribute(Qt::WA_DeleteOnClose);
        connect(slips, &QDialog::finished, m_earlier.get(), &EarlierController::letGo);
        dialog->accept();
        slips->open();
    });
    connect(dialog, &QDialog::rejected, earlier, &EarlierController::letGo);
    dialog->open();
}

} // namespace mailward
