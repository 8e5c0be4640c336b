// SPDX-License-Identifier: GPL-3.0-or-later
// Who hears whom about servers, host keys and secrets.
#include "app/Wiring.h"

#include "ui/dialogs/AddServerDialog.h"
#include "ui/dialogs/HostKeyDialog.h"
#include "ui/MainWindow.h"
#include "ui/pages/ServersPage.h"
#include "ui/widgets/FilterBar.h"

namespace mailward {

void Wiring::wireServers()
{
    ServersController* servers = m_servers.get();
    connect(servers, &ServersController::lightsChanged, this, [this] {
        const QList<ServerLight> lights = m_servers->lights();
        m_window->filterBar()->setLights({lights.begin(), lights.end()});
    });
    connect(servers, &ServersController::noticed, m_window.get(), &MainWindow::notify);
    connect(servers, &ServersController::hostKeyShown, this, &Wiring::showHostKey);
    connect(servers, &ServersController::added, m_response.get(), &ResponseController::serversChanged);
    connect(servers, &ServersController::hostKeyAccepted, m_response.get(), [this](const QString& server, const QString& fingerprint) {
        m_response->note(QStringLiteral("host-key-accepted"), server, fingerprint);
    });
    connect(servers, &ServersController::secretWanted, this, [this](const QString& server) {
        m_window->notify({Meaning::Warning, tr("%1 needs a password or passphrase").arg(server), tr("Remove the server and add it again with its secret: secrets are kept for one run only.")});
    });
    connect(m_serversPage, &ServersPage::addRequested, this, &Wiring::showAddServer);
    connect(m_serversPage, &ServersPage::checkRequested, this, [servers](const QString& name) { servers->check({name}); });
    connect(m_serversPage, &ServersPage::pullRequested, this, [servers](const QString& name) { servers->pull({name}); });
    connect(m_serversPage, &ServersPage::followRequested, this, [servers](const QString& name, bool on) { servers->setFollowing({name}, on); });
    connect(m_serversPage, &ServersPage::removeRequested, this, [this](const QString& name) {
        m_servers->remove({name});
        m_response->serversChanged();
    });
}

void Wiring::showHostKey(const HostKeyView& key)
{
    auto* dialog = new HostKeyDialog(key, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &HostKeyDialog::acceptRequested, this, [this](const HostKeyView& accepted) {
        m_servers->answerHostKey(accepted.server, accepted.fingerprint, true);
    });
    connect(dialog, &QDialog::rejected, this, [this, key] { m_servers->answerHostKey(key.server, key.fingerprint, false); });
    dialog->open();
}

void Wiring::showAddServer()
{
    ServerForm form;
    for (const LogSource& log : ServerProfile::usualLogs()) {
        form.logPaths << QString::fromStdString(log.path);
    }
    auto* dialog = new AddServerDialog(form, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddServerDialog::addRequested, this, [this](const ServerForm& filled, const QByteArray& secret) {
        m_servers->add(filled, Secret(std::string_view(secret.constData(), static_cast<std::size_t>(secret.size()))));
    });
    connect(m_servers.get(), &ServersController::formRefused, dialog, [dialog](const FormProblem& problem) { dialog->setProblems({problem}); });
    connect(m_servers.get(), &ServersController::added, dialog, &QDialog::accept);
    dialog->open();
}

} // namespace mailward
