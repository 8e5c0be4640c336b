// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/Naming.h"
#include "models/respond/AllowList.h"
#include "models/respond/AuditLog.h"
#include "models/respond/BanList.h"
#include "models/respond/Executor.h"
#include "models/tables/AllowTableModel.h"
#include "models/tables/BanTableModel.h"
#include "models/tables/BanView.h"

#include <map>

namespace mailward {

/// What the servers enforce as rows, views and answers of the page Bans, and the plans that its verbs mean. Pure.

/// A plan of ours, and what became of it.
struct PastPlan {
    Plan plan;
    QString who;                          ///< who applied it; empty: not known
    std::optional<Instant> applied;       ///< on the first server
    std::map<QString, ApplyState> states; ///< by server
};
[[nodiscard]] std::vector<PastPlan> pastPlans(const Journal& journal, const std::vector<AuditEntry>& audit);

/// All that was read in one go.
struct BanFacts {
    std::vector<ServerBans> servers;
    std::vector<std::pair<QString, QString>> silent; ///< servers that did not answer, and why
    std::vector<PastPlan> plans;
    AllowList allow;
};

[[nodiscard]] std::vector<BanRow> banRows(const BanFacts& facts);
[[nodiscard]] std::vector<BanServerView> serverViews(const BanFacts& facts);
[[nodiscard]] std::vector<AllowRow> allowRows(const BanFacts& facts, Instant now);

/// Does `row` have to do with the query: an address or network that meets it, or words of it?
[[nodiscard]] bool concerns(const BanRow& row, const QString& query);
/// "Who banned this, and why?" For anything but an address or network it counts rows.
[[nodiscard]] BanAnswer answerTo(const QString& query, const BanFacts& facts, const std::vector<BanRow>& rows, const Naming& naming, Instant now);

/// The command with which the one who made this ban lifts it; empty when we do not know, or when its name is no plain word.
[[nodiscard]] QString liftCommand(const BanRow& row);

/// Lifts our bans among `rows` on their servers. InvalidInput when there are none.
[[nodiscard]] Result<Plan> planToLift(const std::vector<BanRow>& rows, Instant now);
/// Lets our bans among `rows` end `left` from now, sooner or later than they would. InvalidInput when they stand on different servers.
[[nodiscard]] Result<Plan> planToEnd(const std::vector<BanRow>& rows, std::chrono::seconds left, Instant now);
/// Puts back what is missing on `server`, for as long as it had left; what somebody else put into our rules goes.
[[nodiscard]] Result<Plan> planToRestore(const ServerBans& server, const std::vector<PastPlan>& plans, Instant now);
[[nodiscard]] Result<Plan> planOfList(const BanListView& list, const BanListTerms& terms, Instant now);
[[nodiscard]] std::vector<ListedBan> listedBans(const std::vector<BanRow>& rows);

} // namespace mailward
