// SPDX-License-Identifier: GPL-3.0-or-later
// The window itself: its pages, its session, what its menus ask for.
#include "app/Wiring.h"

#include "models/servers/LibsshVersion.h"
#include "ui/dialogs/AboutDialog.h"
#include "ui/MainWindow.h"
#include "ui/pages/AccountsPage.h"
#include "ui/pages/AuditPage.h"
#include "ui/pages/BansPage.h"
#include "ui/pages/ServersPage.h"
#include "ui/pages/TriagePage.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/DetailDrawer.h"
#include "ui/widgets/MapWidget.h"
#include "ui/widgets/TimelineWidget.h"
#include "ui/widgets/Verbs.h"

#include <QApplication>
#include <QSettings>

namespace mailward {

namespace {

ThemeChoice themeOf(const QString& name)
{
    return name == QLatin1String("dark") ? ThemeChoice::Dark : name == QLatin1String("light") ? ThemeChoice::Light : ThemeChoice::Auto;
}

} // namespace

void Wiring::buildWindow()
{
    applyTheme(*qApp, themeOf(m_options.theme));
    const LibsshVersion libssh = libsshVersion();
    AboutText about;
    about.version = QStringLiteral(MAILWARD_VERSION);
    about.libraries = tr("Qt %1 · libssh %2").arg(QString::fromLatin1(qVersion()), libssh.text);
    about.warning = libssh.warning;
    about.attributions = tr("Countries: DB-IP Lite (CC BY 4.0). Networks: RouteViews, DB-IP, NRO (CC BY 4.0). Map: Natural Earth "
                            "(public domain); its borders are those in effect and no statement. Country names: i18n-iso-countries (MIT).");
    m_window = std::make_unique<MainWindow>(about);
    m_verbs = m_window->verbs();
    m_triagePage = new TriagePage(m_verbs);
    m_serversPage = new ServersPage(m_verbs);
    m_bansPage = new BansPage(m_verbs, BansController::formats());
    m_accountsPage = new AccountsPage(m_verbs);
    m_auditPage = new AuditPage(m_verbs);
    m_triagePage->setTables({&m_triage->addresses(), &m_triage->networks(), &m_triage->countries(), &m_triage->accounts(), &m_triage->events()});
    m_triagePage->setShapes(m_world ? m_world : std::make_shared<const WorldShapes>());
    m_serversPage->setTable(&m_servers->model());
    m_bansPage->setTable(&m_bans->bans());
    m_accountsPage->setTable(&m_accounts->model());
    m_auditPage->setTable(&m_desk->audit());
    m_window->addPage(m_triagePage);
    m_window->addPage(m_serversPage);
    m_window->addPage(m_bansPage);
    m_window->addPage(m_accountsPage);
    m_window->addPage(m_auditPage);
}

void Wiring::wireWindow()
{
    MainWindow* window = m_window.get();
    connect(window, &MainWindow::filesDropped, this, &Wiring::importFiles);
    connect(window, &MainWindow::addServerRequested, this, &Wiring::showAddServer);
    connect(window, &MainWindow::pullAllRequested, this, [this] { m_servers->pull(m_servers->names()); });
    connect(window, &MainWindow::refreshRequested, this, [this] {
        m_triage->storeChanged();
        m_bans->refresh();
    });
    connect(m_triagePage->timeline()->chart(), &TimelineChart::rangeMoved, m_triage.get(), &TriageController::previewBrush);
    connect(m_triagePage->timeline()->chart(), &TimelineChart::pictureRequested, window,
            [this, window] { window->savePicture(QStringLiteral("mailward-timeline.png"), m_triagePage->timeline()); });
    connect(m_triagePage->map(), &MapWidget::pictureRequested, window,
            [this, window] { window->savePicture(QStringLiteral("mailward-map.png"), m_triagePage->map()); });
    connect(m_triagePage->drawer(), &DetailDrawer::moreLinesRequested, m_triage.get(), &TriageController::moreLines);
    connect(m_accountsPage->drawer(), &DetailDrawer::moreLinesRequested, m_triage.get(), &TriageController::moreLines);
    connect(m_triage.get(), &TriageController::detailRequested, m_verbs, &Verbs::drillDownRequested);
    connect(m_triage.get(), &TriageController::pageRequested, window, &MainWindow::showPageNumber);
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
                                     {QStringLiteral("bans"), m_bansPage}, {QStringLiteral("accounts"), m_accountsPage}, {QStringLiteral("audit"), m_auditPage}};
    if (Page* page = pages.value(m_options.page)) {
        window->showPage(page);
    }
    // After the session is back: what it opened is where a person starts, not a step.
    connect(window, &MainWindow::pageShown, m_triage.get(), &TriageController::notePage);
    m_response->serversChanged();
}

QString Wiring::sessionFile() const
{
    return m_paths.state + QStringLiteral("/session.ini");
}

} // namespace mailward
