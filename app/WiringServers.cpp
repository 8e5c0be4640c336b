// SPDX-License-Identifier: GPL-3.0-or-later
// Who hears whom about servers, host keys and secrets.
#include "app/Wiring.h"

#include "models/tables/Format.h"
#include "ui/dialogs/AddServerDialog.h"
#include "ui/dialogs/HostKeyDialog.h"
#include "ui/dialogs/ImportServersDialog.h"
#include "ui/dialogs/SecretDialog.h"
#include "ui/dialogs/StorageDialog.h"
#include "ui/MainWindow.h"
#include "ui/pages/ServersPage.h"
#include "ui/widgets/FilterBar.h"

#include <QDir>

namespace mailward {

namespace {

void showSecretQuestion(const SecretQuestion& question, ServersController& servers, QWidget* parent)
{
    auto* dialog = new SecretDialog(question, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &SecretDialog::answered, &servers, [&servers, question](const QByteArray& secret, bool remember) {
        servers.answerSecret(question, Secret(std::string_view(secret.constData(), static_cast<std::size_t>(secret.size()))), remember);
    });
    QObject::connect(dialog, &QDialog::rejected, &servers, [&servers, question] { servers.answerSecret(question, std::nullopt); });
    dialog->open();
}

void showImport(ServersController& servers, QWidget* parent)
{
    const QString file = QDir::homePath() + QStringLiteral("/.ssh/config");
    const std::vector<ImportRow> rows = servers.sshConfigRows(file);
    if (rows.empty()) {
        return; // the notice says why, or there is no host in it
    }
    auto* dialog = new ImportServersDialog(file, rows, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &ImportServersDialog::importRequested, &servers, [&servers, file](const QStringList& names) { servers.importSshConfig(file, names); });
    dialog->open();
}

} // namespace

void Wiring::wireServers()
{
    ServersController* servers = m_servers.get();
    connect(servers, &ServersController::lightsChanged, this, &Wiring::showLights);
    connect(servers, &ServersController::noticed, m_window.get(), &MainWindow::notify);
    connect(servers, &ServersController::hostKeyShown, this, &Wiring::showHostKey);
    connect(servers, &ServersController::added, m_response.get(), &ResponseController::serversChanged);
    connect(servers, &ServersController::hostKeyAccepted, m_response.get(), [this](const QString& server, const QString& fingerprint) {
        m_desk->note(QStringLiteral("host-key-accepted"), server, fingerprint);
    });
    connect(servers, &ServersController::secretWanted, this, [this](const SecretQuestion& question) { showSecretQuestion(question, *m_servers, m_window.get()); });
    connect(servers, &ServersController::keyForgotten, m_response.get(), [this](const QString& server, const QString& fingerprint) {
        m_desk->note(QStringLiteral("host-key-forgotten"), server, fingerprint);
    });
    connect(m_serversPage, &ServersPage::forgetKeyRequested, servers, &ServersController::forgetKey);
    connect(m_serversPage, &ServersPage::importRequested, this, [this] { showImport(*m_servers, m_window.get()); });
    connect(m_serversPage, &ServersPage::addRequested, this, &Wiring::showAddServer);
    connect(m_serversPage, &ServersPage::editRequested, this, &Wiring::showEditServer);
    connect(m_serversPage, &ServersPage::checkRequested, this, [servers](const QString& name) { servers->check({name}); });
    connect(m_serversPage, &ServersPage::pullRequested, this, [servers](const QString& name) { servers->pull({name}); });
    connect(m_serversPage, &ServersPage::followRequested, this, [servers](const QString& name, bool on) { servers->setFollowing({name}, on); });
    StoreController* storage = m_storage.get();
    connect(storage, &StoreController::storageChanged, m_serversPage, &ServersPage::setStorage);
    connect(storage, &StoreController::storageChanged, this, [this](const StorageView& view) { m_storageView = view; });
    connect(storage, &StoreController::noticed, m_window.get(), &MainWindow::notify);
    connect(m_serversPage, &ServersPage::storageRequested, this, &Wiring::showStorage);
    connect(m_window.get(), &MainWindow::pageShown, storage, &StoreController::refresh);
    connect(m_serversPage, &ServersPage::removeRequested, this, [this](const QString& name) {
        m_servers->remove({name});
        m_response->serversChanged();
    });
}

/// Servers that are followed; where there are none yet, those that the opened files speak of.
void Wiring::showLights()
{
    const QList<ServerLight> followed = m_servers->lights();
    std::vector<ServerLight> lights{followed.begin(), followed.end()};
    const auto data = m_store->snapshot();
    if (lights.empty() && data->rows() > 0) {
        const QString until = formatMoment(data->range().end, m_triage->zone(), m_clock->now());
        for (std::uint32_t i = 0; i < data->serverCount(); ++i) {
            lights.push_back({UntrustedText(data->server(ServerId{i})).plain(24), tr("from a file"),
                              tr("Read from a log file; the last event is of %1. Add the server to see what happens now.").arg(until), LinkState::Idle});
        }
    }
    m_window->filterBar()->setLights(lights);
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

void Wiring::showStorage()
{
    auto* dialog = new StorageDialog(m_storageView, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &StorageDialog::limitsRequested, m_storage.get(), &StoreController::setLimits);
    dialog->open();
}

void Wiring::showAddServer()
{
    ServerForm form;
    for (const LogSource& log : ServerProfile::usualLogs()) {
        form.logPaths << QString::fromStdString(log.path);
    }
    openServerForm(form, {});
}

void Wiring::showEditServer(const QString& name)
{
    if (const auto form = m_servers->formOf(name)) {
        openServerForm(*form, name);
    }
}

/// `edited`: the server that is changed; empty: a new one.
void Wiring::openServerForm(const ServerForm& form, const QString& edited)
{
    auto* dialog = new AddServerDialog(form, m_window.get());
    if (!edited.isEmpty()) {
        dialog->setEditing();
    }
    dialog->setCanRemember(m_servers->canRemember());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddServerDialog::addRequested, this, [this, dialog, edited](const ServerForm& filled, const QByteArray& bytes) {
        dialog->setBusy(true, tr("Connecting to %1 …").arg(filled.host));
        Secret secret(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        edited.isEmpty() ? m_servers->add(filled, std::move(secret)) : m_servers->change(edited, filled, std::move(secret));
    });
    connect(m_servers.get(), &ServersController::formRefused, dialog, [dialog](const FormProblem& problem) { dialog->setProblems({problem}); });
    connect(m_servers.get(), &ServersController::addFailed, dialog, [dialog](const Error& error) { dialog->setFailure(error.text, error.hint); });
    connect(dialog, &AddServerDialog::cancelRequested, m_servers.get(), &ServersController::cancelTrial);
    connect(m_servers.get(), &ServersController::added, dialog, &AddServerDialog::setConnected);
    connect(m_servers.get(), &ServersController::capabilitiesFound, dialog,
            [dialog](const QString& server, const std::vector<CapabilityRow>& rows) {
                if (server == dialog->form().name) {
                    dialog->setCapabilities(rows);
                }
            });
    dialog->open();
}

} // namespace mailward
