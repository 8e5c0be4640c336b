// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/AccountBackend.h"
#include "models/respond/AccountPolicy.h"
#include "models/respond/GateClient.h"
#include "models/respond/WeakPasswords.h"

#include <functional>
#include <map>
#include <stop_token>

namespace mailward {

/// Speaks the "account-" verbs of mailward-gate over a CommandRunner. One request, one answer; no state of its own. Everything
/// but three constant command lines is data on standard input; no password ever is among it. Reading verbs may be used
/// directly (accounts page); writing ones go through AccountExecutor, which journals and audits. Lives in the runner's thread.
class AccountGate
{
public:
    AccountGate(CommandRunner& runner, GateAccess access);

    /// What the server's own configuration shows.
    [[nodiscard]] Result<AccountServer> find();
    /// The test look-up: asks the back end for `account`, checks that Dovecot sees the same row, and tries the right to write in
    /// a transaction that is taken back. Changes nothing. The error is a sentence with what to do (see accountProblemText()).
    [[nodiscard]] Result<BackendRow> test(const AccountBackend& backend, const std::string& account);
    /// Rows of `accounts`, in every back end; those that are not found are missing from the answer.
    [[nodiscard]] Result<std::vector<BackendRow>> look(const std::vector<std::string>& accounts);
    /// Every account of the server, for the accounts page. Ages and states, no hashes.
    [[nodiscard]] Result<std::vector<AccountFacts>> facts();
    [[nodiscard]] Result<std::vector<OpenSessions>> sessions(const std::vector<std::string>& accounts);
    [[nodiscard]] Result<std::vector<QueuedMail>> queue(const std::vector<std::string>& accounts);
    /// Header of one queued message of `account`, at most 16 KiB.
    [[nodiscard]] Result<UntrustedText> headers(const std::string& account, const QString& queueId);
    [[nodiscard]] Result<std::vector<MailRule>> rules(const std::vector<std::string>& accounts);
    [[nodiscard]] Result<std::vector<PolicyFact>> policy();
    /// What testing costs there: one try of each scheme and cost is made and timed.
    [[nodiscard]] Result<AuditCost> auditCost(std::size_t candidates);
    /// Tests every account against the candidates, on the server, with `nice`; ends after `cap` of its time, or when `stop` is
    /// asked for. Progress: accounts done, of how many. Needs a StreamingRunner for progress and stop; without one it blocks.
    using AuditProgress = std::function<void(std::size_t done, std::size_t total)>;
    [[nodiscard]] Result<WeakAudit> audit(const std::vector<WeakCandidate>& candidates, std::chrono::seconds cap,
                                          const AuditProgress& progress = {}, const std::stop_token& stop = {});

    /// One row to write. `hash` with its scheme in braces; empty for lock and unlock.
    struct Change {
        std::string account;
        std::string hash;
    };
    enum class Write { Reset, Lock, Unlock };
    /// How one row fared: "written", "same" (it stood so already), or why not (see accountProblemText()).
    struct Written {
        std::string account;
        QString backend;
        QString word;
    };
    /// Writes to one back end; the server's timer runs from before the first row. `fingerprint` must still be the back end's.
    [[nodiscard]] Result<std::vector<Written>> write(const QString& planId, Write kind, const AccountBackend& backend,
                                                     const std::vector<Change>& changes, std::chrono::seconds window);
    /// Whether the rows of the plan read as they were written; then the timer stops and the old rows are kept for undo.
    [[nodiscard]] Result<std::vector<Written>> confirm(const QString& planId);
    /// The old rows come back where nobody changed them since.
    [[nodiscard]] Result<std::vector<Written>> undo(const QString& planId);
    /// After a crash: whether each account of the plan has the "old" or the "new" row, in which back end.
    [[nodiscard]] Result<std::vector<Written>> standing(const QString& planId);

    [[nodiscard]] Result<void> flush(const std::vector<std::string>& accounts);
    /// Sessions ended, per account. Remote: somebody's would not end.
    [[nodiscard]] Result<std::map<std::string, unsigned>> kick(const std::vector<std::string>& accounts);
    [[nodiscard]] Result<std::map<std::string, unsigned>> cut(const std::vector<std::string>& accounts, bool silent);
    /// All of their messages afterwards; one that is not on hold could not be put there.
    [[nodiscard]] Result<std::vector<QueuedMail>> hold(const std::vector<std::string>& accounts);
    [[nodiscard]] Result<QueueChange> release(const std::string& account, const QStringList& ids);
    [[nodiscard]] Result<QueueChange> remove(const std::string& account, const QStringList& ids);

private:
    [[nodiscard]] Result<QByteArray> ask(const QByteArray& request, std::chrono::seconds limit = std::chrono::seconds(120));

    CommandRunner& m_runner;
    GateAccess m_access;
};

} // namespace mailward
