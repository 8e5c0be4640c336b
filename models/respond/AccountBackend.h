// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Time.h"
#include "models/core/UntrustedText.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailward {

/// A name that may go to a server: 1 to 254 of [A-Za-z0-9._@+='-], the first a letter, digit or "_". All others are refused
/// before anything is sent, and again by the server's helper.
[[nodiscard]] bool isAccountName(std::string_view name);

/// Where a server keeps its passwords.
enum class AccountBackendKind { PasswdFile, System, Sql, Ldap };
/// "passwd-file", "system", "sql", "ldap"
[[nodiscard]] QString accountBackendKindName(AccountBackendKind kind);

/// One place with passwords, found in the server's own configuration (doveconf) or named in /etc/mailward/accounts there.
struct AccountBackend {
    QString id; ///< "dovecot-1", "system", or the name in /etc/mailward/accounts: [a-z0-9-], at most 32
    AccountBackendKind kind = AccountBackendKind::PasswdFile;
    QString fingerprint;   ///< 16 hex digits over its settings: a write is refused when they have changed since
    UntrustedText source;  ///< for people: a path, "pgsql mail.mailbox", an LDAP base
    QString preset;        ///< "postfixadmin", "iredmail", "modoboa", "mailcow", "dovecot"; empty: none
    QString problem;       ///< our word why it cannot be written ("" when it can be tried): see accountProblemText()

    bool operator==(const AccountBackend&) const = default;
};
/// A sentence and what to do, for a word of the helper (AccountBackend::problem, AccountGate::Written::word); empty for other words.
[[nodiscard]] QString accountProblemText(const QString& word);

/// What a server has, before anything is asked about an account.
struct AccountServer {
    std::vector<AccountBackend> backends; ///< in the order in which Dovecot asks them
    QStringList schemes;                  ///< what `doveadm pw -l` lists; empty without Dovecot
    bool dovecot = false;                 ///< sessions can be ended, a cache flushed
    bool postfix = false;                 ///< SMTP sessions can be cut, a queue held
    bool sieve = false;                   ///< scripts can be read
    bool perl = false;                    ///< needed for the audit of weak passwords
};

/// How a row stands. `locked` was locked by us (unlock restores it exactly), `disabled` by somebody else.
enum class AccountRowState { Open, Locked, Disabled, Protected };

/// One account in one back end. Never holds a password or a hash.
struct BackendRow {
    std::string account; ///< as it was asked for
    QString backend;     ///< AccountBackend::id
    AccountRowState state = AccountRowState::Open;
    QString scheme;      ///< "SHA512-CRYPT", "BLF-CRYPT", "PLAIN" ...
    unsigned cost = 0;   ///< rounds or log2 of them; 0: the scheme has none
    std::optional<Instant> changed; ///< when the password was set, where the back end knows
    std::optional<Instant> created; ///< when the account was made, where the back end knows

    bool operator==(const BackendRow&) const = default;
};

/// Facts for the accounts page, one for each account of a server. All from the server; nothing from logs.
struct AccountFacts {
    BackendRow row;
    std::optional<Instant> lastLogin;      ///< where the back end keeps it (iRedMail, mailcow)
    bool keepsLastLogin = false;           ///< then nobody logged in who has none
    std::optional<unsigned> appPasswords;  ///< where the back end knows (mailcow)
    std::optional<bool> secondFactor;      ///< where the back end knows
};

/// What mail does with an account's messages without asking its owner: attackers leave these behind.
struct MailRule {
    enum class Kind { SieveRedirect, Forward, Alias, AppPassword, Delegate };
    std::string account;
    Kind kind = Kind::SieveRedirect;
    UntrustedText where;  ///< a path, a map
    UntrustedText target; ///< an address, a command, the name of an application
};
[[nodiscard]] QString mailRuleKindName(MailRule::Kind kind);

/// A message in the queue that was handed in under an account's log-in.
struct QueuedMail {
    std::string account; ///< from the envelope: the name that logged in, not the sender
    QString id;          ///< queue id
    QString queue;       ///< "active", "deferred", "hold", "incoming", "maildrop"
    std::uint64_t bytes = 0;
    Instant arrived{};
    UntrustedText sender;
    UntrustedText client; ///< address that handed it in
    unsigned recipients = 0;
    std::vector<UntrustedText> firstRecipients; ///< at most 5
    [[nodiscard]] bool isHeld() const { return queue == QLatin1String("hold"); }
};

/// What became of messages that were to be released or deleted, as the server says of each.
struct QueueChange {
    struct Left {
        QString id;
        QString word; ///< "away" (no longer in the queue), "others" (somebody else handed it in), "free" (not on hold), "kept" (Postfix did not do it)
    };
    std::vector<QueuedMail> done;
    std::vector<Left> left; ///< nothing was done with these
};
/// A sentence for QueueChange::Left::word.
[[nodiscard]] QString queueProblemText(const QString& word);

/// Open sessions of an account as Dovecot's `doveadm who` counts them, and SMTP sessions that sent under its name.
struct OpenSessions {
    std::string account;
    unsigned imapPop = 0;
    unsigned smtp = 0;
};

} // namespace mailward
