// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/StartOptions.h"
#include "app/controllers/AccountsController.h"
#include "app/controllers/AccountSurveyController.h"
#include "app/controllers/BansController.h"
#include "app/controllers/ContainmentController.h"
#include "app/controllers/EarlierController.h"
#include "app/controllers/IncidentsController.h"
#include "app/controllers/JobThread.h"
#include "app/controllers/LogImport.h"
#include "app/controllers/ResponseController.h"
#include "app/controllers/ServersController.h"
#include "app/controllers/StoreController.h"
#include "app/controllers/TriageController.h"
#include "models/core/Clock.h"
#include "models/core/DataPaths.h"
#include "models/core/MapShapes.h"

#include <QObject>
#include <QTemporaryDir>
#include <memory>

class QDialog;

namespace mailward {

class AccountsPage;
class AuditPage;
class BansPage;
class MainWindow;
class PlanTray;
class ServersPage;
class TriagePage;
class Verbs;

/// The composition root: makes everything, owns everything, and holds every connection between controllers and widgets.
/// The only place, with main(), that sees both sides. Lives in the window's thread.
class Wiring final : public QObject
{
    Q_OBJECT

public:
    /// Opens the folders and the store, and builds the window; an error tells what a person can do.
    [[nodiscard]] static Result<std::unique_ptr<Wiring>> make(const StartOptions& options);
    ~Wiring() override;

    /// Shows the window, then starts the slow work: loading, importing, connecting.
    void start();

    /// Opens the tour over the window.
    void takeTour();

    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] TriageController& triage() { return *m_triage; }
    [[nodiscard]] ServersController& servers() { return *m_servers; }
    [[nodiscard]] ResponseController& response() { return *m_response; }
    [[nodiscard]] BansController& bans() { return *m_bans; }
    [[nodiscard]] ResponseDesk& desk() { return *m_desk; }
    [[nodiscard]] LocalEventStore& store() { return *m_store; }
    [[nodiscard]] IncidentsController& incidents() { return *m_incidents; }
    [[nodiscard]] AccountsController& accounts() { return *m_accounts; }
    [[nodiscard]] ContainmentController& containment() { return *m_containment; }
    [[nodiscard]] EarlierController& earlier() { return *m_earlier; }

signals:
    /// All files named at the start are in the store.
    void imported();

private:
    Wiring() = default;

    [[nodiscard]] Result<void> open(const StartOptions& options);
    void buildWindow();
    void wireTriage();
    void wireServers();
    void wireResponse();
    void wireIncidents();
    void wireAccounts();
    void wireContainment();
    void offerContainment();
    void showContain(const std::vector<std::string>& accounts, const QString& from);
    QDialog* openContainDialog(QWidget* parent);
    [[nodiscard]] static std::shared_ptr<const Secret> secretOf(const QByteArray& bytes);
    void showSeal(QWidget* parent, bool goesOn, const std::function<void(const QString&, std::shared_ptr<const Secret>)>& seal);
    void wireEarlier();
    void showEarlier();
    void showOpenSealed(QWidget* parent);
    void showWeakAudit();
    void showPolicy();
    void wireWindow();
    void showHostKey(const HostKeyView& key);
    void showAddServer();
    void showEditServer(const QString& name);
    void openServerForm(const ServerForm& form, const QString& edited);
    void showStorage();
    void wireTray(PlanTray* tray);
    void wireBans();
    void showPreview(const PreviewView& view);
    void showAllowList();
    void showBanList();
    void showThresholds();
    void showLights();
    void setZone(ZoneChoice choice);
    void storeChanged();
    void importFiles(const QStringList& paths);
    void importGeography(const QString& path);
    void takeImport(const QString& path, const Result<ImportTotals>& totals);
    void showTimeline(const TimelineView& view);
    [[nodiscard]] QString sessionFile() const;
    void grabWhenDone();
    [[nodiscard]] bool isAllShown() const;
    [[nodiscard]] QString summaryText() const;

    StartOptions m_options;
    std::unique_ptr<QTemporaryDir> m_demoFolder;
    DataPaths m_paths;
    std::unique_ptr<Clock> m_clock; ///< stands still in the demo, so that its last day is today
    SystemClock m_now;              ///< for everything that happens on servers
    std::shared_ptr<const GeoDatabase> m_geo;
    std::shared_ptr<const WorldShapes> m_world;
    std::shared_ptr<const RuleBook> m_rules;
    std::vector<Error> m_problems; ///< found while opening; shown when the window is there
    std::unique_ptr<LocalEventStore> m_store;
    std::unique_ptr<TriageController> m_triage;
    std::unique_ptr<ServersController> m_servers;
    std::unique_ptr<StoreController> m_storage;
    std::unique_ptr<ResponseController> m_response;
    std::unique_ptr<BansController> m_bans;
    std::unique_ptr<ContainmentController> m_containment;
    std::unique_ptr<EarlierController> m_earlier;
    std::unique_ptr<AccountSurveyController> m_survey;
    std::unique_ptr<ResponseDesk> m_desk; ///< behind those who post jobs to it: its jobs end before they do
    std::unique_ptr<IncidentsController> m_incidents;
    std::unique_ptr<AccountsController> m_accounts;
    std::unique_ptr<MainWindow> m_window;
    Verbs* m_verbs = nullptr; ///< these belong to the window
    TriagePage* m_triagePage = nullptr;
    ServersPage* m_serversPage = nullptr;
    BansPage* m_bansPage = nullptr;
    AccountsPage* m_accountsPage = nullptr;
    AuditPage* m_auditPage = nullptr;
    StorageView m_storageView; ///< as it was last answered
    TimelineView m_timeline; ///< as it was last answered, without marks
    std::stop_source m_stopImport;
    int m_importing = 0;
    bool m_loaded = false; ///< with --grab: what was stored, and the files of the command line, are in the store
    std::unique_ptr<JobThread> m_imports;
};

} // namespace mailward
