// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/respond/AccountBackend.h"
#include "models/respond/PasswordHash.h"
#include "models/respond/PasswordMaker.h"

#include <QJsonObject>

#include <string>
#include <vector>

namespace mailward {

/// What becomes of the password. `Restore` undoes a plan: the exact old row, unless somebody changed it since.
enum class AccountAction { Reset, Lock, Unlock, None };
/// "reset", "lock", "unlock", "none"
[[nodiscard]] QString accountActionName(AccountAction action);

/// What follows the change of a password, always in this order: whoever is inside leaves only after the door is shut.
struct ContainmentSteps {
    bool flush = true;     ///< Dovecot's cache of passwords that were right
    bool kick = true;      ///< open IMAP, POP3 and Sieve sessions
    bool cutSmtp = true;   ///< open SMTP sessions that sent under the account's name
    bool cutSilent = false; ///< and every other open session at 465 and 587: Postfix names no account before the first message; honest programs connect again
    bool hold = true;      ///< the account's queued mail
    bool review = true;    ///< list redirects, forwards and application passwords; changes nothing

    bool operator==(const ContainmentSteps&) const = default;
};

/// "Contain these accounts", as data. Made by people or from an incident; never changed after its id was given out.
struct AccountPlan {
    QString id;                        ///< 16 lower-case hex digits, see newPlanId(); also the servers' name for it
    Instant made{};
    QString from;                      ///< the incident's title, or "chosen by hand"
    std::vector<std::string> accounts; ///< sorted, without repeats; all of them isAccountName()
    AccountAction action = AccountAction::Reset;
    ContainmentSteps steps;
    PasswordRecipe recipe;             ///< Reset only
    std::optional<HashChoice> hash;    ///< Reset only; none: the best that each server lists
    QStringList servers;               ///< profiles' names; empty: every server that it is applied to

    bool operator==(const AccountPlan&) const = default;
};

/// Sorts, drops repeats, checks the names: those that no server can take are an error that lists them. All steps are on, but for
/// `cutSilent`, `review` of more than 50 accounts, and whatever makes no sense after an unlock.
[[nodiscard]] Result<AccountPlan> makeAccountPlan(AccountAction action, std::vector<std::string> accounts, Instant now, const QString& from);

[[nodiscard]] QJsonObject toJson(const AccountPlan& plan);
[[nodiscard]] Result<AccountPlan> accountPlanFromJson(const QJsonObject& json);

/// One account on one server, looked up just now.
struct AccountPreviewRow {
    std::string account;
    std::vector<BackendRow> rows;      ///< one for each back end that has it; all of them are changed
    OpenSessions sessions;
    unsigned queued = 0;               ///< its messages in the queue that are not held yet
    std::vector<MailRule> rules;       ///< only when the plan reviews
    QString problem;                   ///< why nothing is done with it there; "" when all is well
};

/// What will happen on one server, to the letter.
struct AccountServerPreview {
    QString server;
    AccountServer about;
    QString command;  ///< the remote command, a constant
    QByteArray batch; ///< what is sent to it; "HASH" stands where a hash will, which is made only then
    std::vector<AccountPreviewRow> rows;
    QStringList notes; ///< sentences: what could not be looked at there, and so is not counted in the rows. It keeps nobody from going on
    QString stateHash; ///< of rows and back ends: Conflict when they have changed by the time of applying
    [[nodiscard]] unsigned found() const; ///< accounts that will be changed there
};

/// A server on which nothing is done, and why: it could not be reached or read, or its test look-up failed.
struct AccountServerLeftOut {
    QString server;
    Error error;
};

struct AccountPreview {
    AccountPlan plan; ///< the one to apply: its `servers` are those below, once one had to be left out
    std::vector<AccountServerPreview> servers;
    std::vector<AccountServerLeftOut> leftOut; ///< to be told beside everything else: accounts there stay as they are
    std::vector<std::string> nowhere; ///< accounts that none of `servers` has
    QStringList objections;           ///< sentences; the plan cannot be applied while there is one
    [[nodiscard]] bool isAllowed() const { return objections.isEmpty(); }
};

} // namespace mailward
