// SPDX-License-Identifier: GPL-3.0-or-later
// Who hears whom when accounts are contained, and new passwords handed over.
#include "app/Wiring.h"

#include "ui/dialogs/ContainDialog.h"
#include "ui/dialogs/SealDialog.h"
#include "ui/dialogs/SlipsDialog.h"
#include "ui/MainWindow.h"
#include "ui/pages/AccountsPage.h"
#include "ui/pages/TriagePage.h"
#include "ui/widgets/IncidentList.h"
#include "ui/widgets/RawText.h"
#include "ui/widgets/Verbs.h"

#include <QDir>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <algorithm>

namespace mailward {

namespace {

std::vector<std::string> namesOf(const Targets& targets)
{
    std::vector<std::string> names;
    for (const Target& target : targets) {
        if (target.kind == TargetKind::Account) {
            names.push_back(target.key);
        }
    }
    return names;
}

void showHeaders(const QString& title, const UntrustedText& headers, QWidget* parent)
{
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("headersDialog"));
    dialog->setWindowTitle(title);
    dialog->resize(760, 460);
    auto* all = new QVBoxLayout(dialog);
    auto* text = rawText(linesText(headers));
    text->setAccessibleName(title);
    all->addWidget(text);
    dialog->open();
}

} // namespace

void Wiring::wireContainment()
{
    ContainmentController* contain = m_containment.get();
    connect(contain, &ContainmentController::noticed, m_window.get(), &MainWindow::notify);
    connect(contain, &ContainmentController::contained, m_desk.get(), &ResponseDesk::publishAudit);
    connect(contain, &ContainmentController::contained, contain, &ContainmentController::readResets);
    connect(contain, &ContainmentController::resetsRead, m_accounts.get(), &AccountsController::setResets);
    connect(contain, &ContainmentController::resetsRead, m_incidents.get(), &IncidentsController::setResets);
    connect(m_verbs, &Verbs::containRequested, this, [this](const Targets& targets) { showContain(namesOf(targets), tr("chosen by hand")); });
    connect(m_incidents.get(), &IncidentsController::containRequested, this, [this](const Incident& incident) {
        std::vector<std::string> names;
        for (const OpenedAccount& opened : incident.opened) {
            if (std::find(names.begin(), names.end(), opened.name.raw()) == names.end()) {
                names.push_back(opened.name.raw());
            }
        }
        showContain(names, incidentTitle(incident));
    });
    connect(m_servers.get(), &ServersController::lightsChanged, this, &Wiring::offerContainment);
    wireEarlier();
    offerContainment();
}

/// What cannot be done is not offered: no server, no button.
void Wiring::offerContainment()
{
    const bool possible = m_containment->isPossible();
    m_verbs->setCanContain(possible);
    m_triagePage->incidents()->setCanContain(possible);
    m_accountsPage->setCanContain(possible);
}

void Wiring::showContain(const std::vector<std::string>& accounts, const QString& from)
{
    ContainmentController* contain = m_containment.get();
    if (accounts.empty() || !contain->open(accounts, from)) {
        return;
    }
    openContainDialog(m_window.get());
}

/// For what the controller is about to preview: a new containment, or an earlier one.
QDialog* Wiring::openContainDialog(QWidget* parent)
{
    ContainmentController* contain = m_containment.get();
    auto* dialog = new ContainDialog({&contain->accounts(), &contain->held(), &contain->rules()}, m_verbs, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(contain, &ContainmentController::changed, dialog, &ContainDialog::setView);
    connect(contain, &ContainmentController::headersRead, dialog, [dialog](const QString& title, const UntrustedText& headers) { showHeaders(title, headers, dialog); });
    connect(dialog, &ContainDialog::choiceChanged, contain, &ContainmentController::choose);
    connect(dialog, &ContainDialog::stopRequested, contain, &ContainmentController::stop);
    connect(dialog, &ContainDialog::undoRequested, contain, &ContainmentController::undo);
    connect(dialog, &ContainDialog::releaseRequested, contain, &ContainmentController::release);
    connect(dialog, &ContainDialog::deleteRequested, contain, &ContainmentController::remove);
    connect(dialog, &ContainDialog::headersRequested, contain, &ContainmentController::showHeaders);
    connect(dialog, &ContainDialog::applyRequested, this, [this, dialog](bool intoFile) {
        if (!intoFile) {
            m_containment->apply();
            return;
        }
        const bool goesOn = m_containment->view().task == ContainTask::Resume;
        showSeal(dialog, goesOn, [this](const QString& path, std::shared_ptr<const Secret> passphrase) { m_containment->apply(path, std::move(passphrase)); });
    });
    connect(dialog, &ContainDialog::fileRequested, this, [this, dialog] {
        showSeal(dialog, false, [this](const QString& path, std::shared_ptr<const Secret> passphrase) { m_containment->seal(path, std::move(passphrase)); });
    });
    connect(dialog, &ContainDialog::slipsRequested, this, [this, dialog] {
        auto* slips = new SlipsDialog(m_containment->slips(), false, dialog);
        slips->setAttribute(Qt::WA_DeleteOnClose);
        connect(slips, &SlipsDialog::printed, m_containment.get(), &ContainmentController::handedOver);
        slips->open();
    });
    connect(dialog, &QDialog::finished, contain, &ContainmentController::close);
    dialog->setView(contain->view());
    dialog->open();
    return dialog;
}

/// A dialog overwrites its bytes after the signal that brings them.
std::shared_ptr<const Secret> Wiring::secretOf(const QByteArray& bytes)
{
    return std::make_shared<const Secret>(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

void Wiring::showSeal(QWidget* parent, bool goesOn, const std::function<void(const QString&, std::shared_ptr<const Secret>)>& seal)
{
    auto* dialog = new SealDialog(QDir::homePath(), goesOn, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SealDialog::sealRequested, this, [seal](const QString& path, const QByteArray& passphrase) {
        seal(path, secretOf(passphrase));
    });
    dialog->open();
}

} // namespace mailward
