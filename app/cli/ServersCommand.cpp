// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ServersCommand.h"

#include "app/cli/Arguments.h"
#include "app/cli/TerminalSecret.h"
#include "app/controllers/ServerLink.h"
#include "models/core/Clock.h"
#include "models/respond/AuditLog.h"
#include "models/servers/ProfileStore.h"

#include <QDir>
#include <cstdio>

namespace mailward::cli {

namespace {

QString authName(AuthMethod method)
{
    switch (method) {
    case AuthMethod::Agent: return QStringLiteral("agent");
    case AuthMethod::KeyFile: return QStringLiteral("key");
    case AuthMethod::Password: return QStringLiteral("password");
    case AuthMethod::KeyboardInteractive: return QStringLiteral("keyboard-interactive");
    }
    return {};
}

/// "user@host:port" of a jump host; logs in with the agent.
SshEndpoint jumpFromText(const QString& text)
{
    SshEndpoint endpoint;
    const qsizetype at = text.indexOf(QLatin1Char('@'));
    endpoint.user = text.left(std::max<qsizetype>(at, 0));
    QString rest = text.mid(at + 1);
    const qsizetype colon = rest.lastIndexOf(QLatin1Char(':'));
    if (colon >= 0 && rest.indexOf(QLatin1Char(':')) == colon) {
        endpoint.port = rest.mid(colon + 1).toUShort();
        rest.truncate(colon);
    }
    endpoint.host = rest;
    return endpoint;
}

int add(const Context& context, const QStringList& words)
{
    const auto arguments = readArguments(words, {{QStringLiteral("--host"), QStringLiteral("--port"), QStringLiteral("--user"),
                                                  QStringLiteral("--identity"), QStringLiteral("--log"), QStringLiteral("--timezone"),
                                                  QStringLiteral("--jump"), QStringLiteral("--backfill-days")},
                                                 {QStringLiteral("--agent"), QStringLiteral("--password"), QStringLiteral("--keyboard"),
                                                  QStringLiteral("--root"), QStringLiteral("--legacy")}});
    if (!arguments) {
        return wrongUse(arguments.error());
    }
    if (arguments->positional.size() != 1 || !arguments->has(QStringLiteral("--host")) || !arguments->has(QStringLiteral("--user"))) {
        return wrongUse(QStringLiteral("servers add takes NAME --host HOST --user USER"));
    }
    const auto port = arguments->number(QStringLiteral("--port"), 22, 1, 65535);
    const auto days = arguments->number(QStringLiteral("--backfill-days"), 30, 0, 3650);
    if (!port || !days) {
        return wrongUse(port ? days.error() : port.error());
    }
    ServerProfile profile;
    profile.name = arguments->positional.first();
    profile.endpoint.host = arguments->value(QStringLiteral("--host"));
    profile.endpoint.user = arguments->value(QStringLiteral("--user"));
    profile.endpoint.port = static_cast<std::uint16_t>(*port);
    profile.endpoint.legacyAlgorithms = arguments->has(QStringLiteral("--legacy"));
    profile.backfillDays = static_cast<int>(*days);
    if (arguments->has(QStringLiteral("--identity"))) {
        profile.endpoint.auth = AuthMethod::KeyFile;
        profile.endpoint.identityFile = QDir::current().absoluteFilePath(arguments->value(QStringLiteral("--identity")));
    } else if (arguments->has(QStringLiteral("--password"))) {
        profile.endpoint.auth = AuthMethod::Password;
    } else if (arguments->has(QStringLiteral("--keyboard"))) {
        profile.endpoint.auth = AuthMethod::KeyboardInteractive;
    }
    for (const QString& path : arguments->all(QStringLiteral("--log"))) {
        profile.logs.push_back({path.toStdString()});
    }
    if (profile.logs.empty()) {
        profile.logs = ServerProfile::usualLogs();
    }
    for (const QString& jump : arguments->all(QStringLiteral("--jump"))) {
        profile.jumpHosts.push_back(jumpFromText(jump));
    }
    profile.timezone = arguments->value(QStringLiteral("--timezone"), profile.timezone);
    profile.gate = arguments->has(QStringLiteral("--root")) || profile.endpoint.user == QLatin1String("root") ? GateMode::RootDirect
                                                                                                              : GateMode::SudoGate;
    if (const auto added = ProfileStore(context.paths.config).add(profile); !added) {
        return printError(added.error());
    }
    std::fprintf(stderr, "Added %s. Look at its host key with: mailward-cli servers check %s\n", qUtf8Printable(profile.name), qUtf8Printable(profile.name));
    return kDone;
}

int list(const Context& context)
{
    const auto profiles = ProfileStore(context.paths.config).load();
    if (!profiles) {
        return printError(profiles.error());
    }
    for (const ServerProfile& profile : *profiles) {
        const SshEndpoint& end = profile.endpoint;
        if (!context.json) {
            std::printf("%-16s %s@%s:%u  %s\n", qUtf8Printable(profile.name), qUtf8Printable(end.user), qUtf8Printable(end.host), unsigned{end.port},
                        qUtf8Printable(authName(end.auth)));
            continue;
        }
        JsonLine()
            .text("name", profile.name)
            .text("host", end.host)
            .number("port", end.port)
            .text("user", end.user)
            .text("auth", authName(end.auth))
            .text("timezone", profile.timezone)
            .number("logs", static_cast<qint64>(profile.logs.size()))
            .text("gate", profile.gate == GateMode::RootDirect ? QStringLiteral("root") : QStringLiteral("sudo"))
            .print();
    }
    return kDone;
}

void printHostKey(const Context& context, const HostKeyInfo& key)
{
    if (context.json) {
        JsonLine()
            .text("id", QStringLiteral("host-key"))
            .text("verdict", key.state == HostKeyState::Known ? QStringLiteral("ok") : QStringLiteral("fail"))
            .text("state", hostKeyStateName(key.state))
            .text("type", key.type)
            .text("fingerprint", key.fingerprint)
            .print();
        return;
    }
    std::printf("host key: %s, %s %s\n%s\n", qUtf8Printable(hostKeyStateName(key.state)), qUtf8Printable(key.type), qUtf8Printable(key.fingerprint),
                qUtf8Printable(key.randomart));
}

int check(const Context& context, const ServerProfile& profile)
{
    ServerConnection connection(profile, context.paths.config, userKnownHosts());
    ConnectionCallbacks callbacks;
    callbacks.secret = terminalSecrets();
    const auto opened = connection.open(callbacks);
    if (!connection.hostKey().fingerprint.isEmpty()) {
        printHostKey(context, connection.hostKey());
    }
    if (!opened) {
        Error error = opened.error();
        if (error.code == ErrorCode::HostKeyUnknown) {
            error.hint = QStringLiteral("compare the fingerprint with the server's own, then: mailward-cli servers trust %1 %2")
                             .arg(profile.name, connection.hostKey().fingerprint);
        }
        return printError(error);
    }
    const auto capabilities = connection.check();
    if (!capabilities) {
        return printError(capabilities.error());
    }
    bool failed = false;
    for (const Capability& capability : *capabilities) {
        failed = failed || capability.verdict == Capability::Verdict::Fail;
        if (context.json) {
            JsonLine()
                .text("id", capability.id)
                .text("verdict", verdictName(capability.verdict))
                .text("text", capability.text)
                .text("remedy", capability.remedy)
                .print();
        } else {
            std::printf("%-5s %-20s %s\n", qUtf8Printable(verdictName(capability.verdict)), qUtf8Printable(capability.id), qUtf8Printable(capability.text));
            if (!capability.remedy.isEmpty()) {
                std::printf("      %-20s %s\n", "remedy:", qUtf8Printable(capability.remedy));
            }
        }
    }
    return failed ? kFailed : kDone;
}

/// Accepts the key that the person names, and no other.
int trust(const Context& context, const ServerProfile& profile, const QString& fingerprint)
{
    const SystemClock clock;
    auto audit = AuditLog::open(context.paths.state, clock);
    if (!audit) {
        return printError(audit.error());
    }
    ServerConnection connection(profile, context.paths.config, userKnownHosts());
    ConnectionCallbacks callbacks;
    callbacks.secret = terminalSecrets();
    bool accepted = false;
    callbacks.acceptHostKey = [&](const HostKeyInfo& key) {
        accepted = accepted || key.fingerprint == fingerprint;
        return key.fingerprint == fingerprint;
    };
    const auto opened = connection.open(callbacks);
    if (accepted) {
        AuditEntry entry;
        entry.who = qEnvironmentVariable("USER", QStringLiteral("unknown"));
        entry.action = QStringLiteral("host-key-accepted");
        entry.server = profile.name;
        entry.detail = fingerprint;
        if (const auto written = (*audit)->append(entry); !written) {
            return printError(written.error());
        }
    }
    if (!opened) {
        return printError(opened.error());
    }
    std::fprintf(stderr, accepted ? "The key is stored.\n" : "The key was known already.\n");
    return kDone;
}

} // namespace

int runServers(const Context& context)
{
    QStringList words = context.words;
    const QString verb = words.isEmpty() ? QString() : words.takeFirst();
    if (verb == QLatin1String("add")) {
        return add(context, words);
    }
    if (verb == QLatin1String("list") && words.isEmpty()) {
        return list(context);
    }
    const bool isTrust = verb == QLatin1String("trust") && words.size() == 2;
    if (!isTrust && !((verb == QLatin1String("check") || verb == QLatin1String("remove")) && words.size() == 1)) {
        return wrongUse(QStringLiteral("servers takes add, list, check NAME, trust NAME FINGERPRINT or remove NAME"));
    }
    const ProfileStore profiles(context.paths.config);
    const auto profile = profiles.find(words.first());
    if (!profile) {
        return printError(profile.error());
    }
    if (isTrust) {
        return trust(context, *profile, words.last());
    }
    if (verb == QLatin1String("check")) {
        return check(context, *profile);
    }
    const auto removed = ProfileStore(context.paths.config).remove(profile->name);
    return removed ? kDone : printError(removed.error());
}

} // namespace mailward::cli
