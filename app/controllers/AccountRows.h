// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/Naming.h"
#include "models/detect/AccountScore.h"
#include "models/detect/Incident.h"
#include "models/respond/AccountBackend.h"
#include "models/respond/ResetWave.h"
#include "models/store/AccountActivity.h"
#include "models/tables/AccountOverviewModel.h"
#include "models/tables/AccountsView.h"
#include "models/tables/DetailView.h"

#include <map>

namespace mailward {

/// How bad, in rising order; the order of the column Risk.
enum class RiskLevel : std::uint8_t { None, TakenBack, OldPassword, Attacked, Unusual, Lost };

/// When the password of an account was last reset by us.
using ResetTimes = std::map<std::string, Instant, std::less<>>;

/// What speaks for one account being, or getting, in wrong hands.
struct AccountRiskNote {
    RiskLevel level = RiskLevel::None;
    double score = 0;
    QStringList reasons; ///< the weightiest first
    Instant until{};     ///< Lost: last sign of the stranger
};
using AccountRiskNotes = std::map<std::string, AccountRiskNote, std::less<>>; ///< by name

/// What the servers say of each account's password, by name: server and facts.
using AccountFactsByName = std::map<std::string, std::vector<std::pair<QString, AccountFacts>>, std::less<>>;

/// One account of the page, with what its order needs.
struct AccountItem {
    AccountOverviewRow row;
    RiskLevel level = RiskLevel::None;
    Instant until{}; ///< as in AccountRiskNote
    bool inUse = false;
    bool idle = false;
    bool neverUsed = false; ///< nobody ever logged in, as far as the back end or logs since it was made know
    bool oneFactor = false; ///< its back end knows of second factors, and it has none
    QStringList password; ///< what the servers say of it, a line each
};

/// All of these are pure; any thread.

/// From what the detectors found; incidents that a person called a false alarm make nobody lost.
[[nodiscard]] AccountRiskNotes accountRiskNotes(const std::vector<Incident>& incidents, const std::vector<AccountScore>& scores, const Naming& naming);
[[nodiscard]] std::vector<AccountItem> accountItems(const std::vector<AccountActivity>& activities, const ColumnsSnapshot& data, const AccountRiskNotes& risks,
                                                    const Naming& naming);
/// Adds where passwords are kept and how old they are, and the accounts that no log names. `logsSince`: when the logs begin, if there are any.
void addServerFacts(std::vector<AccountItem>& items, const AccountFactsByName& facts, const std::optional<Instant>& logsSince);
/// A password that was reset after the last sign of a stranger takes its account back; what its devices do then is honest.
void addResets(std::vector<AccountItem>& items, const ResetTimes& resets, const std::vector<HonestFailures>& wave, const Naming& naming, Instant now);
[[nodiscard]] AccountsSummary accountsSummary(const std::vector<AccountItem>& items);
/// Those that belong to the scope and contain the search text (any case) in their name, network or reasons; sorted by a
/// key of AccountOverviewModel, ties by name.
[[nodiscard]] std::vector<AccountOverviewRow> chooseAccounts(const std::vector<AccountItem>& items, AccountScope scope, const QString& search, const QString& key,
                                                             bool ascending);
/// What the drawer adds to an account: risk, reasons, its own past.
[[nodiscard]] std::vector<Fact> accountFacts(const AccountItem& item);

} // namespace mailward
