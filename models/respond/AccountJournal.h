// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Clock.h"
#include "models/respond/AccountPlan.h"
#include "models/respond/DurableFile.h"

#include <map>
#include <memory>
#include <optional>

namespace mailward {

/// How far an account got on a server. Each is on disk before the step after it is taken.
/// Planned: the old password holds. Hashed: a password was made (and is in the hand-over file, if there is one); the server may
/// have the old or the new one until it is asked. Written: the server says that it has the new one, and takes it back by itself
/// unless confirmed. Confirmed: read back over a new connection, kept. Delivered: somebody holds the new password.
/// Locked and Unlocked are what Confirmed is for those actions. Restored: the old row is back. Failed: as before the plan.
/// Done: sessions ended or mail held as wished, by a plan that leaves the password alone.
enum class AccountState { Planned, Hashed, Written, Confirmed, Delivered, Locked, Unlocked, Restored, Failed, Done };
/// "planned", "hashed", "written", "confirmed", "delivered", "locked", "unlocked", "restored", "failed", "done"
[[nodiscard]] QString accountStateName(AccountState state);

struct AccountJournalEntry {
    Instant time{};
    QString planId;
    QString server;
    std::string account;
    AccountState state = AccountState::Planned;
    QString proof; ///< 16 hex digits of SHA-256 over plan id and new hash: tells old from new without holding a hash
    QString note;  ///< why it failed
};

/// An account that got a new password lately: its owner's devices still try the old one.
struct RecentReset {
    std::string account;
    QString server;
    Instant at{};
};

/// Which account is where. JSON lines like Journal, beside it in "accounts.jsonl"; holds neither passwords nor hashes. A batch
/// of entries is on disk as a whole or not at all. One writer.
class AccountJournal
{
public:
    [[nodiscard]] static Result<std::unique_ptr<AccountJournal>> open(const QString& path, const Clock& clock);

    [[nodiscard]] Result<void> addPlan(const AccountPlan& plan);
    [[nodiscard]] Result<void> add(std::vector<AccountJournalEntry> entries); ///< sets the time

    [[nodiscard]] const AccountPlan* plan(const QString& planId) const;
    [[nodiscard]] std::vector<AccountPlan> plans() const; ///< oldest first
    [[nodiscard]] const AccountJournalEntry* last(const QString& planId, const QString& server, const std::string& account) const;
    [[nodiscard]] std::vector<AccountJournalEntry> lastOf(const QString& planId) const; ///< one an account and server
    /// Plans with an account whose state is not final: resume them. Reset: Planned, Hashed, Written, Confirmed (nobody holds the password).
    [[nodiscard]] std::vector<QString> unfinished() const;
    /// Confirmed resets since `since`, the latest of each account and server.
    [[nodiscard]] std::vector<RecentReset> resetsSince(Instant since) const;

private:
    explicit AccountJournal(const Clock& clock) : m_clock(clock) {}
    [[nodiscard]] Result<void> take(const QJsonObject& object);

    const Clock& m_clock;
    DurableFile m_file;
    std::vector<AccountPlan> m_plans;
    std::vector<AccountJournalEntry> m_entries;
    std::map<std::tuple<QString, QString, std::string>, std::size_t> m_last;
};

} // namespace mailward
