// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/AccountGate.h"
#include "models/respond/AccountJournal.h"
#include "models/respond/AuditLog.h"
#include "models/respond/Executor.h"
#include "models/respond/HandOver.h"

#include <functional>
#include <map>
#include <stop_token>
#include <vector>

namespace mailward {

/// Gets each batch of new passwords BEFORE the server gets their hashes; an error stops there. HandOverFile::append() is one;
/// left empty, the passwords are in the report alone, and a console that dies makes new ones when it resumes.
using SlipSink = std::function<Result<void>(std::span<const PasswordSlip>)>;

struct AccountOptions {
    /// The server takes the change of passwords back by itself after this time unless we got in over a NEW connection and read
    /// it back. The console confirms by itself then: nobody has to remember it. 30 to 600 s.
    std::chrono::seconds window{120};
    QString who;      ///< the person at the console, for the audit
    QString override; ///< what was typed or ticked where the console asked for it, for the audit
    std::map<QString, QString> previewed; ///< server -> AccountServerPreview::stateHash: Conflict when it is another one by now
    SlipSink keep;
};

/// How it went with one account on one server. `state` is the journal's.
struct AccountOutcome {
    QString server;
    std::string account;
    QStringList backends;        ///< where it was changed
    AccountState state = AccountState::Planned;
    unsigned kicked = 0;         ///< sessions ended
    unsigned cut = 0;            ///< SMTP sessions cut
    std::vector<QueuedMail> held; ///< its messages that are on hold now
    std::vector<MailRule> rules; ///< for review
    std::optional<Error> error;  ///< the first thing that did not work; what stands before it was done
};

struct AccountReport {
    QString planId;
    std::vector<AccountOutcome> accounts; ///< sorted by server, then account
    std::vector<PasswordSlip> slips;      ///< sorted by account; only those whose new password holds. Hand them over, then call delivered()
    [[nodiscard]] bool isComplete() const; ///< every account got where it should
};

/// Progress of a bulk: how many accounts of how many are through on `server`, and what is done with the next ones.
struct AccountProgress {
    QString server;
    unsigned done = 0;
    unsigned total = 0;
    QString step; ///< "looking up", "testing", "hashing", "writing", "ending sessions", "holding mail", "confirming", "reviewing"
};

/// Takes accounts back: look up, hash here, write (the server's timer runs), flush, kick, cut, hold, confirm over a new
/// connection, review. Servers one after the other, accounts in batches of 500; every batch is in the journal before it is
/// written. Blocking; call it in a worker thread, one call at a time. Keep a SecretsAtWork while slips live.
class AccountExecutor
{
public:
    using Progress = std::function<void(const AccountProgress&)>;

    AccountExecutor(AccountJournal& journal, AuditLog& audit, const Clock& clock);

    /// Looks everything up, with a test look-up in each back end that would be written. Changes nothing. A server that cannot be
    /// looked at is left out of the preview's plan and told; the error is that of the first when there is no other.
    [[nodiscard]] Result<AccountPreview> preview(const AccountPlan& plan, const std::vector<ExecutorTarget>& targets, const Progress& progress = {});
    /// An account that is found nowhere, or whose row nobody may touch, is an outcome with an error and stops nobody else.
    [[nodiscard]] Result<AccountReport> apply(const AccountPlan& plan, const std::vector<ExecutorTarget>& targets, const AccountOptions& options,
                                              const Progress& progress = {}, const std::stop_token& stop = {});
    /// Goes on with a plan of the journal. Accounts whose new password nobody holds get another one, the rest is left alone.
    /// `kept`: what the hand-over file holds; those accounts need no other password.
    [[nodiscard]] Result<AccountReport> resume(const QString& planId, const std::vector<ExecutorTarget>& targets, const AccountOptions& options,
                                               std::vector<PasswordSlip> kept = {}, const Progress& progress = {}, const std::stop_token& stop = {});
    /// What resume() would do: a preview() of the plan in which those that are through already have a problem that says so.
    [[nodiscard]] Result<AccountPreview> previewResume(const QString& planId, const std::vector<ExecutorTarget>& targets, const Progress& progress = {});
    /// The exact old rows come back (7 days long), except where somebody changed them since. Held mail stays held.
    /// `servers`: there alone; empty: wherever the plan went.
    [[nodiscard]] Result<AccountReport> undo(const QString& planId, const std::vector<ExecutorTarget>& targets, const QString& who, const QStringList& servers = {});
    /// What undo() would do: rows without a problem come back. Servers that cannot be asked are left out and told. Changes nothing.
    [[nodiscard]] Result<AccountPreview> previewUndo(const QString& planId, const std::vector<ExecutorTarget>& targets, const Progress& progress = {});
    /// The slips were printed, or the file was handed over: the journal says so, and nobody is asked to resume.
    [[nodiscard]] Result<void> delivered(const QString& planId, const QString& who, const QString& how);

    /// What a queued message becomes.
    enum class QueueAction { Release, Delete };
    /// What changeQueue() would be given: messages of `account`, of `ids` alone unless that is empty; Release: those on hold. Changes nothing.
    [[nodiscard]] static Result<std::vector<QueuedMail>> previewQueue(const ExecutorTarget& target, const std::string& account, const QStringList& ids, QueueAction action);
    /// Only messages that `account` handed in (their envelopes are looked at again on the server right before). In the audit before
    /// it is done, with the ids, and after, with what the server says. InvalidInput: no id.
    [[nodiscard]] Result<QueueChange> changeQueue(const ExecutorTarget& target, const std::string& account, const QStringList& ids, QueueAction action, const QString& who);

private:
    [[nodiscard]] Result<AccountReport> run(const AccountPlan& plan, const std::vector<ExecutorTarget>& targets, const AccountOptions& options,
                                            std::vector<PasswordSlip> kept, const Progress& progress, const std::stop_token& stop);
    [[nodiscard]] Result<void> audit(const QString& action, const QString& who, const QString& server, const QString& planId, const QString& detail);

    AccountJournal& m_journal;
    AuditLog& m_audit;
    const Clock& m_clock;
};

} // namespace mailward
