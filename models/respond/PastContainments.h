// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/AccountJournal.h"
#include "models/respond/AuditLog.h"

namespace mailward {

/// A containment of the journal: how far it got, and what can still be done with it.
struct PastContainment {
    AccountPlan plan;
    QString who;         ///< of the audit; empty: it was cut before anything of it was audited
    QStringList servers; ///< where something of it was begun; sorted
    std::map<AccountState, std::size_t> states; ///< accounts, one for each server
    bool unfinished = false;
    bool canUndo = false;
    Instant last{};      ///< its latest entry; when it was made, if there is none
};

/// So long a server keeps the old rows of new passwords; those of locks stay.
constexpr auto kOldRowsKept = std::chrono::hours(7 * 24);

/// Whether the old row of that account can still be on the server. Where nothing came of a plan, the server has none either, and says so.
[[nodiscard]] bool canUndo(const AccountPlan& plan, const AccountJournalEntry& entry, Instant now);

/// Every plan of the journal, oldest first.
[[nodiscard]] std::vector<PastContainment> pastContainments(const AccountJournal& journal, const std::vector<AuditEntry>& audit, Instant now);

} // namespace mailward
