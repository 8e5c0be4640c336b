// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/AccountExecutor.h"

namespace mailward {

/// Whether a row in that state is changed by the action.
[[nodiscard]] bool isWritable(AccountAction action, AccountRowState state);

/// Whether an earlier run of a plan brought the account where it should, by its last entry (nullptr: none). A confirmed reset is only through
/// when somebody holds its password.
[[nodiscard]] bool isThrough(AccountAction action, const AccountJournalEntry* last, bool passwordHeld);

/// What will be sent to a server, with HASH where a hash will be; rows with a problem are left out.
[[nodiscard]] QByteArray batchText(const AccountPlan& plan, const AccountServerPreview& server);

/// One connection to one server, with what the server has. What AccountExecutor is made of; nobody else needs it.
class AccountSession
{
public:
    [[nodiscard]] static Result<AccountSession> open(const ExecutorTarget& target);
    [[nodiscard]] AccountGate gate() const { return {*m_runner, m_target.access}; }

    /// Rows of the plan's accounts, what stands in their way, and the hash of it all.
    [[nodiscard]] Result<AccountServerPreview> lookUp(const AccountPlan& plan);
    /// Sessions, queued mail and rules, for people to look at.
    [[nodiscard]] Result<void> addDetails(const AccountPlan& plan, AccountServerPreview& server);

private:
    ExecutorTarget m_target;
    std::unique_ptr<CommandRunner> m_runner;
};

/// A plan under way: the passwords that were made for it, and how each account fares, server by server.
class AccountRun
{
public:
    AccountRun(const AccountPlan& plan, AccountJournal& journal, const AccountOptions& options, std::vector<PasswordSlip> kept, AccountExecutor::Progress progress, std::stop_token stop);

    /// Everything on one server. The error is what ended it early; the outcomes say how far each account got.
    [[nodiscard]] Result<void> on(const ExecutorTarget& target);
    [[nodiscard]] const std::vector<AccountOutcome>& outcomes() const { return m_outcomes; }
    /// Ends the run: outcomes sorted, slips of those whose new password holds.
    [[nodiscard]] AccountReport report();

private:
    /// A password that was made (or came from the hand-over file), and its hash.
    struct Fresh {
        PasswordSlip slip;
        std::string hash;
    };
    /// Where an account stands on the server that is being worked on.
    struct Place {
        AccountOutcome outcome;
        std::vector<BackendRow> rows; ///< writable ones
        QStringList written;  ///< back ends that wrote: each has to be confirmed
        bool stood = false;   ///< somewhere it was so before
    };
    using Batch = std::vector<Place*>;

    [[nodiscard]] bool isDone(const QString& server, const std::string& account);
    [[nodiscard]] Result<void> prepare(AccountSession& session, const ExecutorTarget& target);
    [[nodiscard]] Result<void> makePasswords(const Batch& batch);
    [[nodiscard]] Result<void> write(AccountSession& session, const Batch& batch);
    [[nodiscard]] static Result<void> noted(const Result<void>& step, const Batch& batch);
    [[nodiscard]] Result<void> endSessions(AccountSession& session, const Batch& batch);
    [[nodiscard]] Result<void> confirm(const ExecutorTarget& target, const Batch& batch);
    [[nodiscard]] Result<void> review(AccountSession& session, const Batch& batch);
    [[nodiscard]] Result<void> journal(const Batch& batch, AccountState state);
    [[nodiscard]] AccountState finalState() const;
    [[nodiscard]] static QString worstWord(const std::vector<AccountGate::Written>& rows, const Place& place);
    void take(const std::vector<AccountGate::Written>& rows, const Batch& batch, const char* good);
    void tell(const char* step) const;

    const AccountPlan& m_plan;
    AccountJournal& m_journal;
    const AccountOptions& m_options;
    AccountExecutor::Progress m_progress;
    std::stop_token m_stop;
    std::map<std::string, Fresh> m_fresh;
    std::optional<HashChoice> m_hash;
    QString m_server;
    AccountServerPreview m_seen;
    std::vector<Place> m_places; ///< of the server that is being worked on
    std::vector<AccountOutcome> m_outcomes;
    unsigned m_through = 0;
};

} // namespace mailward
