// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ServersCommand.h"

#include "app/cli/Arguments.h"
#include "app/cli/TerminalSecret.h"
#include "app/controllers/Response.h"
#include "app/controllers/ServerLink.h"
#include "models/core/Clock.h"
#include "models/respond/AuditLog.h"
#include "models/servers/ProfileStore.h"
#include "models/servers/SshConfig.h"

#include <QDir>
#include <algorithm>
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
        profile.jumpHosts.push_back(endpointFromText(jump)); // logs in with the agent
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
        entry.who = whoIsHere();
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

/// The server was set up anew, and the person read its new fingerprint on its own console: the old key goes.
int forgetKey(const Context& context, const ServerProfile& profile, const QString& fingerprint)
{
    const SystemClock clock;
    auto audit = AuditLog::open(context.paths.state, clock);
    if (!audit) {
        return printError(audit.error());
    }
    ServerConnection connection(profile, context.paths.config, userKnownHosts());
    const auto opened = connection.open();
    const HostKeyInfo key = connection.hostKey();
    if (key.fingerprint.isEmpty()) {
        return printError(opened.error());
    }
    KnownHosts known(QDir(context.paths.config).filePath(QStringLiteral("known_hosts")), {userKnownHosts()});
    if (const auto forgotten = known.forgetReplaced(key, fingerprint); !forgotten) {
        return printError(forgotten.error());
    }
    AuditEntry entry;
    entry.who = whoIsHere();
    entry.action = QStringLiteral("host-key-forgotten");
    entry.server = profile.name;
    entry.detail = fingerprint;
    if (const auto written = (*audit)->append(entry); !written) {
        return printError(written.error());
    }
    std::fprintf(stderr, "The old key of %s is forgotten. Accept the new one with: mailward-cli servers trust %s %s\n", qUtf8Printable(key.host),
                 qUtf8Printable(profile.name), qUtf8Printable(fingerprint.trimmed()));
    return kDone;
}

QString jumpText(const ServerProfile& profile)
{
    QStringList words;
    for (const SshEndpoint& jump : profile.jumpHosts) {
        words << QStringLiteral("%1@%2:%3").arg(jump.user, jump.host).arg(jump.port);
    }
    return words.join(QLatin1Char(','));
}

void printImport(const Context& context, const SshConfigHost& host, const QString& state)
{
    const ServerProfile profile = host.profile.value_or(ServerProfile{});
    const SshEndpoint& end = profile.endpoint;
    if (!context.json) {
        std::printf("%-8s %-16s %s\n", qUtf8Printable(state), qUtf8Printable(host.alias),
                    host.profile ? qUtf8Printable(QStringLiteral("%1@%2:%3  %4").arg(end.user, end.host).arg(end.port).arg(jumpText(profile))) : qUtf8Printable(host.problem));
        for (const QString& note : host.notes) {
            std::printf("%-25s %s\n", "", qUtf8Printable(note));
        }
        return;
    }
    QByteArray notes;
    for (const QString& note : host.notes) {
        notes += (notes.isEmpty() ? "" : ",") + jsonString(note);
    }
    JsonLine()
        .text("name", host.alias)
        .text("state", state)
        .text("host", end.host)
        .number("port", host.profile ? end.port : 0)
        .text("user", end.user)
        .text("auth", host.profile ? authName(end.auth) : QString())
        .text("identity", end.identityFile)
        .text("jump", jumpText(profile))
        .text("problem", host.problem)
        .json("notes", "[" + notes + "]")
        .print();
}

/// Profiles from ~/.ssh/config: what can be taken over is added, what is there already stays as it is.
int importSshConfig(const Context& context, const QStringList& words)
{
    const auto arguments = readArguments(words, {{}, {QStringLiteral("--preview")}});
    if (!arguments || arguments->positional.size() > 1) {
        return wrongUse(arguments ? QStringLiteral("servers import-ssh-config takes [FILE] [--preview]") : arguments.error());
    }
    const SshConfigPlace place{QDir::homePath(), qEnvironmentVariable("USER", QStringLiteral("root"))};
    const QString file = arguments->positional.isEmpty() ? place.home + QStringLiteral("/.ssh/config") : arguments->positional.first();
    const auto hosts = readSshConfig(file, place);
    if (!hosts) {
        return printError(hosts.error());
    }
    ProfileStore store(context.paths.config);
    const auto present = store.load();
    if (!present) {
        return printError(present.error());
    }
    for (const SshConfigHost& host : *hosts) {
        const bool there = std::any_of(present->begin(), present->end(), [&](const ServerProfile& one) { return one.name == host.alias; });
        QString state = !host.profile ? QStringLiteral("refused") : there ? QStringLiteral("present") : QStringLiteral("new");
        if (state == QLatin1String("new") && !arguments->has(QStringLiteral("--preview"))) {
            if (const auto added = store.add(*host.profile); !added) {
                return printError(added.error());
            }
            state = QStringLiteral("added");
        }
        printImport(context, host, state);
    }
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
    if (verb == QLatin1String("import-ssh-config")) {
        return importSshConfig(context, words);
    }
    const bool isForget = verb == QLatin1String("forget-key") && words.size() == 2;
    const bool isTrust = isForget || (verb == QLatin1String("trust") && words.size() == 2);
    if (!isTrust && !((verb == QLatin1String("check") || verb == QLatin1String("remove")) && words.size() == 1)) {
        return wrongUse(QStringLiteral("servers takes add, list, check NAME, trust NAME FINGERPRINT, forget-key NAME FINGERPRINT, import-ssh-config [FILE] [--preview] or remove NAME"));
    }
    const ProfileStore profiles(context.paths.config);
    const auto profile = profiles.find(words.first());
    if (!profile) {
        return printError(profile.error());
    }
    if (isForget) {
        return forgetKey(context, *profile, words.last());
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
