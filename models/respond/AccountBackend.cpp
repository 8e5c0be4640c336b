// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AccountBackend.h"

#include <algorithm>
#include <array>

namespace mailward {

namespace {

constexpr std::size_t kLongestName = 254;

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("._@+='-").find(c) != std::string_view::npos;
}

struct Problem {
    const char* word;
    const char* text;
};

constexpr std::array kProblems{
    Problem{"read", "The passwords cannot be read there. Look at the path and the rights of the file, or at the connection that the server's configuration names."},
    Problem{"config", "The server's configuration of this back end cannot be understood. Describe it in /etc/mailward/accounts on the server, as installer/server/README.md says."},
    Problem{"query", "The server's SQL query does not show in which table and columns the password stands. Name them in /etc/mailward/accounts on the server."},
    Problem{"tool", "The tool that changes this back end is not installed on the server (psql, mariadb or mysql, ldapmodify, chpasswd)."},
    Problem{"rights", "The log-in that the server's configuration names may read the passwords, not change them. Name one that may in /etc/mailward/accounts on the server."},
    Problem{"bind", "The LDAP server did not let us in. Name a bind DN and its password in /etc/mailward/accounts on the server."},
    Problem{"missing", "No such account there."},
    Problem{"double", "More than one row has this name there. Nothing is changed until the look-up is exact."},
    Problem{"differs", "Dovecot does not know this account, though it stands in this back end: the configuration that was read is not the one in use."},
    Problem{"protected", "A service account, root, our own log-in, or a name in /etc/mailward/protected-accounts. It is never touched."},
    Problem{"locked", "It is locked already."},
    Problem{"disabled", "Somebody else disabled it; a new password would open it again."},
    Problem{"perl", "The audit of weak passwords needs perl on the server."},
    Problem{"open", "It is not locked."},
    Problem{"unconfirmed", "Another plan has locked it and is not confirmed yet; unless it is, the server opens it again. Confirm that plan, or lock it again when it is over."},
    Problem{"foreign", "It was locked by somebody else. Open it with the tool that locked it."},
    Problem{"changed", "Somebody changed the password since. It was left as it is."},
    Problem{"gone", "The old row is no longer kept; it is for 7 days."},
    Problem{"write", "The back end refused the change; the row is as it was."},
    Problem{"unread", "The back end could not be read just then. The server goes on trying to bring the old row back."},
    Problem{"verify", "The row did not read as it was written."},
    Problem{"moved", "The back end's configuration has changed since the preview. Look at the preview again."},
    Problem{"queue", "Postfix did not list its queue. Look at \"postqueue -p\" on the server."},
    Problem{"name", "No server takes such a name."},
    Problem{"hash", "The hash is not of a form that the helper takes."},
};

} // namespace

bool isAccountName(std::string_view name)
{
    if (name.empty() || name.size() > kLongestName || !std::all_of(name.begin(), name.end(), isNameByte)) {
        return false;
    }
    const char first = name.front();
    return first == '_' || (isNameByte(first) && std::string_view(".@+='-").find(first) == std::string_view::npos);
}

QString accountBackendKindName(AccountBackendKind kind)
{
    switch (kind) {
    case AccountBackendKind::PasswdFile: return QStringLiteral("passwd-file");
    case AccountBackendKind::System: return QStringLiteral("system");
    case AccountBackendKind::Sql: return QStringLiteral("sql");
    case AccountBackendKind::Ldap: return QStringLiteral("ldap");
    }
    return {};
}

QString accountProblemText(const QString& word)
{
    const auto found = std::find_if(kProblems.begin(), kProblems.end(), [&](const Problem& problem) { return word == QLatin1String(problem.word); });
    if (found != kProblems.end()) {
        return QLatin1String(found->text);
    }
    return {};
}

QString queueProblemText(const QString& word)
{
    if (word == QLatin1String("away")) {
        return QStringLiteral("It is no longer in the queue.");
    }
    if (word == QLatin1String("others")) {
        return QStringLiteral("Somebody else handed it in.");
    }
    return word == QLatin1String("free") ? QStringLiteral("It is not on hold.") : QStringLiteral("Postfix did not do it; the message is where it was.");
}

QString mailRuleKindName(MailRule::Kind kind)
{
    switch (kind) {
    case MailRule::Kind::SieveRedirect: return QStringLiteral("sieve-redirect");
    case MailRule::Kind::Forward: return QStringLiteral("forward");
    case MailRule::Kind::Alias: return QStringLiteral("alias");
    case MailRule::Kind::AppPassword: return QStringLiteral("app-password");
    case MailRule::Kind::Delegate: return QStringLiteral("delegate");
    }
    return {};
}

} // namespace mailward
