// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/PastContainments.h"

#include <algorithm>

namespace mailward {

bool canUndo(const AccountPlan& plan, const AccountJournalEntry& entry, Instant now)
{
    if (plan.action == AccountAction::None || entry.state == AccountState::Restored || entry.state == AccountState::Failed || entry.state == AccountState::Done) {
        return false;
    }
    return plan.action == AccountAction::Lock || now - entry.time < kOldRowsKept;
}

std::vector<PastContainment> pastContainments(const AccountJournal& journal, const std::vector<AuditEntry>& audit, Instant now)
{
    const auto open = journal.unfinished();
    std::map<QString, QString> who;
    for (const AuditEntry& entry : audit) {
        if (!entry.planId.isEmpty()) {
            who.try_emplace(entry.planId, entry.who); // the first one is who began it
        }
    }
    std::vector<PastContainment> result;
    for (AccountPlan& plan : journal.plans()) {
        PastContainment past;
        past.last = plan.made;
        past.unfinished = std::find(open.begin(), open.end(), plan.id) != open.end();
        for (const AccountJournalEntry& entry : journal.lastOf(plan.id)) { // server by server
            ++past.states[entry.state];
            past.last = std::max(past.last, entry.time);
            past.canUndo = past.canUndo || canUndo(plan, entry, now);
            if (!past.servers.contains(entry.server)) {
                past.servers << entry.server;
            }
        }
        if (const auto known = who.find(plan.id); known != who.end()) {
            past.who = known->second;
        }
        past.plan = std::move(plan);
        result.push_back(std::move(past));
    }
    return result;
}

} // namespace mailward
