// SPDX-License-Identifier: GPL-3.0-or-later
// The connections of Wiring: who hears whom. One function per page.
#include "app/Wiring.h"

#include "models/servers/SshSession.h"
#include "models/tables/Format.h"
#include "ui/dialogs/AboutDialog.h"
#include "ui/dialogs/AddServerDialog.h"
#include "ui/dialogs/HostKeyDialog.h"
#include "ui/dialogs/PreviewDialog.h"
#include "ui/MainWindow.h"
#include "ui/pages/AuditPage.h"
#include "ui/pages/BansPage.h"
#include "ui/pages/ServersPage.h"
#include "ui/pages/TriagePage.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/DetailDrawer.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/PlanTray.h"
#include "ui/widgets/Verbs.h"

#include <QApplication>
#include <QFile>
#include <QSettings>
#include <QTimer>

namespace mailward {

namespace {

ThemeChoice themeOf(const QString& name)
{
    return name == QLatin1String("dark") ? ThemeChoice::Dark : name == QLatin1String("light") ? ThemeChoice::Light : ThemeChoice::Auto;
}

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

void Wiring::buildWindow()
{
    applyTheme(*qApp, themeOf(m_options.theme));
    AboutText about;
    about.version = QStringLiteral(MAILWARD_VERSION);
    about.libraries = tr("Qt %1 · libssh %2").arg(QString::fromLatin1(qVersion()), libsshVersion());
    about.attributions = tr("Countries: DB-IP Lite (CC BY 4.0). Networks: RouteViews, DB-IP, NRO (CC BY 4.0). Map: Natural Earth "
                            "(public domain); its borders are those in effect and no statement. Country names: i18n-iso-countries (MIT).");
    m_window = std::make_unique<MainWindow>(about);
    m_verbs = m_window->verbs();
    m_triagePage = new TriagePage(m_verbs);
    m_serversPage = new ServersPage(m_verbs);
    m_bansPage = new BansPage(m_verbs);
    m_auditPage = new AuditPage(m_verbs);
    m_triagePage->setTables({&m_triage->addresses(), &m_triage->networks(), &m_triage->countries(), &m_triage->accounts(), &m_triage->events()});
    m_triagePage->setShapes(m_world ? m_world : std::make_shared<const WorldShapes>());
    m_serversPage->setTable(&m_servers->model());
    m_bansPage->setTable(&m_response->bans());
    m_auditPage->setTable(&m_response->audit());
    m_window->addPage(m_triagePage);
    m_window->addPage(m_serversPage);
    m_window->addPage(m_bansPage);
    m_window->addPage(m_auditPage);
}

void Wiring::wireTriage()
{
    TriageController* triage = m_triage.get();
    FilterBar* bar = m_window->filterBar();
    connect(bar, &FilterBar::textEdited, triage, &TriageController::checkFilterText);
    connect(bar, &FilterBar::textRequested, triage, &TriageController::applyFilterText);
    connect(bar, &FilterBar::chipRemoveRequested, triage, &TriageController::removeChip);
    connect(bar, &FilterBar::zoneRequested, this, [this](ZoneChoice choice) { m_window->setZone(choice, m_triage->setZone(choice)); });
    connect(triage, &TriageController::filterChanged, bar, &FilterBar::setFilter);
    connect(triage, &TriageController::filterProblemChanged, bar, &FilterBar::setProblem);
    bar->setVocabulary(triage->vocabulary());
    bar->setFilter(triage->filterView());

    connect(m_triagePage, &TriagePage::rangeRequested, triage, &TriageController::brush);
    connect(m_triagePage, &TriagePage::windowRequested, triage, &TriageController::zoom);
    connect(triage, &TriageController::timelineChanged, this, &Wiring::showTimeline);
    connect(triage, &TriageController::mapChanged, m_triagePage, &TriagePage::setMap);
    connect(triage, &TriageController::detailChanged, m_triagePage, &TriagePage::setDetail);
    connect(triage, &TriageController::noticed, m_window.get(), &MainWindow::notify);
    connect(triage, &TriageController::emptied, this, [this](bool nothingStored) {
        m_triagePage->setHasData(!nothingStored, !m_triage->filter().isEmpty());
        m_settled = m_importing == 0 && !nothingStored;
    });
    connect(triage, &TriageController::filterChanged, this, [this] {
        const Filter& filter = m_triage->filter();
        m_response->setJudgedRange(filter.after && filter.before ? std::optional(TimeRange{*filter.after, *filter.before}) : std::nullopt);
    });

    connect(m_verbs, &Verbs::filterRequested, triage, &TriageController::filterTo);
    connect(m_verbs, &Verbs::excludeRequested, triage, &TriageController::exclude);
    connect(m_verbs, &Verbs::drillDownRequested, this, [this](const Target& target) {
        m_window->showPage(m_triagePage);
        m_triage->open(target);
    });
    triage->setBanFacts([this](const IpAddress& address) { return m_response->banFacts(address); });
}

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
    connect(tray, &PlanTray::confirmRequested, response, &ResponseController::confirm);
    connect(tray, &PlanTray::undoRequested, response, &ResponseController::undo);
    connect(m_bansPage, &BansPage::refreshRequested, response, &ResponseController::refreshBans);
    connect(m_bansPage, &BansPage::unbanRequested, response, &ResponseController::unban);
    connect(m_auditPage, &AuditPage::verifyRequested, response, &ResponseController::verifyAudit);
}

void Wiring::showTimeline(const TimelineView& view)
{
    m_triagePage->setTimeline(view, totalsOf(view));
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

void Wiring::showPreview(const PreviewView& view)
{
    auto* dialog = new PreviewDialog(view, &m_response->cutOff(), m_verbs, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreviewDialog::applyRequested, m_response.get(), &ResponseController::apply);
    connect(dialog, &PreviewDialog::applyRequested, dialog, &QDialog::accept);
    dialog->open();
}

void Wiring::wireWindow()
{
    MainWindow* window = m_window.get();
    connect(window, &MainWindow::filesDropped, this, &Wiring::importFiles);
    connect(window, &MainWindow::addServerRequested, this, &Wiring::showAddServer);
    connect(window, &MainWindow::pullAllRequested, this, [this] { m_servers->pull(m_servers->names()); });
    connect(window, &MainWindow::refreshRequested, this, [this] {
        m_triage->storeChanged();
        m_response->refreshBans();
    });
    connect(window, &MainWindow::undoFilterRequested, m_triage.get(), &TriageController::undo);
    connect(window, &MainWindow::redoFilterRequested, m_triage.get(), &TriageController::redo);
    connect(window, &MainWindow::clearFilterRequested, m_triage.get(), &TriageController::clearFilter);
    connect(window, &MainWindow::closing, this, [this] {
        QSettings session(sessionFile(), QSettings::IniFormat);
        m_window->saveSession(session);
    });
    connect(m_triagePage, &TriagePage::exportRequested, window, [window](const QString& csv) { window->saveText(QStringLiteral("mailward.csv"), csv); });
    connect(m_auditPage, &AuditPage::exportRequested, window, [window](const QString& csv) { window->saveText(QStringLiteral("mailward-audit.csv"), csv); });
    QSettings session(sessionFile(), QSettings::IniFormat);
    window->restoreSession(session);
    if (!m_options.theme.isEmpty()) {
        window->setThemeChoice(themeOf(m_options.theme));
    }
    const QMap<QString, Page*> pages{{QStringLiteral("triage"), m_triagePage}, {QStringLiteral("servers"), m_serversPage},
                                     {QStringLiteral("bans"), m_bansPage}, {QStringLiteral("audit"), m_auditPage}};
    if (Page* page = pages.value(m_options.page)) {
        window->showPage(page);
    }
    m_response->serversChanged();
}

QString Wiring::sessionFile() const
{
    return m_paths.state + QStringLiteral("/session.ini");
}

/// With --grab: waits until everything is loaded and shown, saves the picture, quits.
void Wiring::grabWhenDone()
{
    if (m_options.grab.isEmpty() && m_options.summary.isEmpty()) {
        return;
    }
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, [this, timer] {
        if (!m_settled) {
            return;
        }
        timer->stop();
        if (!m_options.summary.isEmpty()) {
            QFile file(m_options.summary);
            if (file.open(QIODevice::WriteOnly)) {
                file.write(summaryText().toUtf8());
            }
        }
        if (!m_options.grab.isEmpty() && !m_window->grab().save(m_options.grab)) {
            std::fprintf(stderr, "mailward: the picture could not be written to %s\n", qUtf8Printable(m_options.grab));
            QApplication::exit(1);
            return;
        }
        QApplication::quit();
    });
    timer->start(400);
}

QString Wiring::summaryText() const
{
    const auto data = m_store->snapshot();
    const auto line = [](const QString& label, quint64 count) { return QStringLiteral("%1 %2\n").arg(label.leftJustified(22), formatCount(count)); };
    QString text = QStringLiteral("Mailward %1\n").arg(QStringLiteral(MAILWARD_VERSION));
    text += line(tr("Events"), data->rows());
    text += line(tr("Addresses"), m_triage->addresses().total());
    text += line(tr("Networks"), m_triage->networks().total());
    text += line(tr("Countries"), m_triage->countries().total());
    text += line(tr("Accounts"), m_triage->accounts().total());
    for (const CountryRow& row : m_triage->countries().rows()) {
        if (row.failed > 0) {
            text += tr("  %1: %2 failed, %3 let in\n").arg(row.name.isEmpty() ? tr("unknown country") : row.name, formatCount(row.failed), formatCount(row.succeeded));
        }
    }
    return text;
}

} // namespace mailward
