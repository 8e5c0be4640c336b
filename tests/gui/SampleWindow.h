// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/AccountOverviewModel.h"
#include "models/tables/AuditTableModel.h"
#include "models/tables/BanTableModel.h"
#include "models/tables/ContainTableModel.h"
#include "models/tables/CutOffTableModel.h"
#include "models/tables/EarlierTableModel.h"
#include "models/tables/WeakFindingTableModel.h"
#include "ui/MainWindow.h"
#include "ui/pages/AccountsPage.h"
#include "ui/pages/AuditPage.h"
#include "ui/pages/BansPage.h"
#include "ui/pages/ServersPage.h"
#include "ui/pages/TriagePage.h"

namespace mailward {

class ContainDialog;

/// The real window over made-up rows: for looking at it and for driving it, without a store or a server.
class SampleWindow
{
public:
    SampleWindow();

    void fillTriage();
    void fillServers();
    void fillBans();
    void fillAudit();
    void fillAccounts();
    void showAccountDetail();
    /// Eight accounts on two servers, at a stage of their containment.
    [[nodiscard]] static ContainView containment(ContainStage stage);
    void fillContainment(ContainDialog& dialog, ContainStage stage);
    [[nodiscard]] static std::vector<SlipView> slips(int count);
    /// Earlier containments: cut, handed over, locked, taken back, too old.
    void fillEarlier();
    /// The preview of going on with one of these, or of taking it back.
    [[nodiscard]] ContainView earlierContainment(ContainTask task);
    [[nodiscard]] WeakAuditView weakAudit(WeakAuditStage stage);
    [[nodiscard]] static std::vector<PolicyServer> policy();
    void fillPlan(PlanState state, const QString& message = {});
    void showAddressDetail();
    /// Two that count, and `more` for information.
    void showIncidents(std::size_t more = 0);
    [[nodiscard]] static TimelineView twoWeeks();
    [[nodiscard]] PreviewView preview(bool cutsPeople);
    [[nodiscard]] static HostKeyView hostKey(KeyStanding standing);
    /// Shapes of the built map, when it was built; else two squares.
    [[nodiscard]] static std::shared_ptr<const WorldShapes> shapes();

    AddressTableModel addresses;
    NetworkTableModel networks;
    CountryTableModel countries;
    AccountTableModel accounts;
    AccountOverviewModel overview;
    EventTableModel events;
    ServerTableModel servers;
    BanTableModel bans;
    AuditTableModel audit;
    CutOffTableModel cutOff;
    ContainTableModel contained;
    HeldMailTableModel held;
    ContainRuleTableModel rules;
    EarlierTableModel earlier;
    WeakFindingTableModel weak;
    MainWindow window;
    TriagePage* triage;
    ServersPage* serversPage;
    BansPage* bansPage;
    AccountsPage* accountsPage;
    AuditPage* auditPage;

    static constexpr std::int64_t kNow = 1773468000; ///< 14 Mar 2026, 06:00 UTC, in seconds
    [[nodiscard]] static Instant at(std::int64_t secondsBeforeNow) { return fromMicros((kNow - secondsBeforeNow) * 1'000'000); }
};

} // namespace mailward
