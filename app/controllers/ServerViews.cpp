// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ServerViews.h"

#include "models/tables/Format.h"

#include <QCoreApplication>
#include <QLocale>
#include <map>

namespace mailward {

namespace {

AuthMethod authOf(LoginMethod method)
{
    switch (method) {
    case LoginMethod::Agent: return AuthMethod::Agent;
    case LoginMethod::KeyFile: return AuthMethod::KeyFile;
    case LoginMethod::Password: return AuthMethod::Password;
    case LoginMethod::Questions: return AuthMethod::KeyboardInteractive;
    }
    return AuthMethod::Agent;
}

LoginMethod methodOf(AuthMethod method)
{
    switch (method) {
    case AuthMethod::Agent: return LoginMethod::Agent;
    case AuthMethod::KeyFile: return LoginMethod::KeyFile;
    case AuthMethod::Password: return LoginMethod::Password;
    case AuthMethod::KeyboardInteractive: return LoginMethod::Questions;
    }
    return LoginMethod::Agent;
}

QString formatBytes(double bytes)
{
    return QLocale::c().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

} // namespace

LinkState linkState(const WorkerReport& report)
{
    switch (report.state) {
    case WorkerState::Idle: return LinkState::Idle;
    case WorkerState::Connecting: return LinkState::Connecting;
    case WorkerState::Pulling: return report.sourceErrors.empty() ? LinkState::Pulling : LinkState::Warning;
    case WorkerState::Live: return report.sourceErrors.empty() ? LinkState::Live : LinkState::Warning;
    case WorkerState::Waiting: return LinkState::Warning;
    case WorkerState::Stopped: return LinkState::Failed;
    }
    return LinkState::Idle;
}

/// The error that a row shows: of the whole server, else of its first unreadable log.
const Error* errorOf(const WorkerReport& report)
{
    if (report.error) {
        return &*report.error;
    }
    return report.sourceErrors.empty() ? nullptr : &report.sourceErrors.front();
}

QString capabilityName(const QString& id)
{
    static const std::map<QString, const char*> kNames{
        {QStringLiteral("ssh"), QT_TRANSLATE_NOOP("mailward::ServersController", "SSH")},
        {QStringLiteral("tools"), QT_TRANSLATE_NOOP("mailward::ServersController", "Tools")},
        {QStringLiteral("mta"), QT_TRANSLATE_NOOP("mailward::ServersController", "Mail server")},
        {QStringLiteral("dovecot"), QT_TRANSLATE_NOOP("mailward::ServersController", "Dovecot")},
        {QStringLiteral("journald"), QT_TRANSLATE_NOOP("mailward::ServersController", "Journal")},
        {QStringLiteral("fail2ban"), QT_TRANSLATE_NOOP("mailward::ServersController", "fail2ban")},
        {QStringLiteral("firewall"), QT_TRANSLATE_NOOP("mailward::ServersController", "Firewall")},
        {QStringLiteral("gate"), QT_TRANSLATE_NOOP("mailward::ServersController", "Helper")},
        {QStringLiteral("clock"), QT_TRANSLATE_NOOP("mailward::ServersController", "Clock")},
        {QStringLiteral("zone"), QT_TRANSLATE_NOOP("mailward::ServersController", "Time zone")},
        {QStringLiteral("disk"), QT_TRANSLATE_NOOP("mailward::ServersController", "Disk")}};
    if (id.startsWith(QLatin1String("log:"))) {
        return id.mid(4);
    }
    const auto known = kNames.find(id);
    return known == kNames.end() ? id : QCoreApplication::translate("mailward::ServersController", known->second);
}

Meaning meaningOf(Capability::Verdict verdict)
{
    switch (verdict) {
    case Capability::Verdict::Ok: return Meaning::Good;
    case Capability::Verdict::Warn: return Meaning::Warning;
    case Capability::Verdict::Fail: return Meaning::Critical;
    }
    return Meaning::Muted;
}

KeyStanding standingOf(HostKeyState state)
{
    switch (state) {
    case HostKeyState::Known: return KeyStanding::Known;
    case HostKeyState::Unknown: return KeyStanding::Unknown;
    case HostKeyState::Revoked: return KeyStanding::Revoked;
    case HostKeyState::Changed:
    case HostKeyState::OtherType:
    case HostKeyState::Error: break;
    }
    return KeyStanding::Changed;
}

ServerProfile profileOf(const ServerForm& form)
{
    ServerProfile profile;
    profile.name = form.name.trimmed();
    profile.endpoint.host = form.host.trimmed();
    profile.endpoint.port = static_cast<std::uint16_t>(form.port);
    profile.endpoint.user = form.user.trimmed();
    profile.endpoint.auth = authOf(form.method);
    if (form.method == LoginMethod::KeyFile) {
        profile.endpoint.identityFile = form.keyFile.trimmed();
    }
    for (const QString& path : form.logPaths) {
        if (!path.trimmed().isEmpty()) {
            profile.logs.push_back({path.trimmed().toStdString()});
        }
    }
    if (profile.logs.empty()) {
        profile.logs = ServerProfile::usualLogs();
    }
    // A jump host is entered as the server is: by the agent, or with the same key.
    for (const QString& text : form.jumpHosts.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        SshEndpoint jump = endpointFromText(text.trimmed());
        jump.auth = profile.endpoint.auth;
        jump.identityFile = profile.endpoint.identityFile;
        jump.legacyAlgorithms = form.legacy;
        profile.jumpHosts.push_back(jump);
    }
    profile.endpoint.legacyAlgorithms = form.legacy;
    profile.backfillDays = form.backfillDays;
    if (!form.zone.trimmed().isEmpty()) {
        profile.timezone = form.zone.trimmed();
    }
    profile.gate = profile.endpoint.user == QLatin1String("root") ? GateMode::RootDirect : GateMode::SudoGate;
    return profile;
}

ServerForm formOf(const ServerProfile& profile)
{
    ServerForm form;
    form.name = profile.name;
    form.host = profile.endpoint.host;
    form.port = profile.endpoint.port;
    form.user = profile.endpoint.user;
    form.method = methodOf(profile.endpoint.auth);
    form.keyFile = profile.endpoint.identityFile;
    for (const LogSource& log : profile.logs) {
        form.logPaths << QString::fromStdString(log.path);
    }
    form.zone = profile.timezone == QLatin1String(ServerProfile::kServersZone) ? QString() : profile.timezone;
    QStringList jumps;
    for (const SshEndpoint& jump : profile.jumpHosts) {
        const QString port = jump.port == 22 ? QString() : QStringLiteral(":%1").arg(jump.port);
        jumps << QStringLiteral("%1@%2%3").arg(jump.user, jump.host, port);
    }
    form.jumpHosts = jumps.join(QStringLiteral(", "));
    form.backfillDays = profile.backfillDays;
    form.legacy = profile.endpoint.legacyAlgorithms;
    return form;
}

ServerProfile profileOf(const ServerForm& form, const ServerProfile& before)
{
    ServerProfile profile = profileOf(form);
    const ServerForm shown = formOf(before);
    const bool sameWayIn = form.method == shown.method && form.keyFile.trimmed() == shown.keyFile && form.legacy == shown.legacy;
    if (sameWayIn && form.jumpHosts.trimmed() == shown.jumpHosts) {
        profile.jumpHosts = before.jumpHosts; // an import may have given each a key of its own
    }
    if (profile.endpoint.user == before.endpoint.user) {
        profile.gate = before.gate;
    }
    return profile;
}

/// "12.3 MB of about 80.0 MB, 4.1 MB/s, about 17 s left"
QString progressText(const WorkerReport& report)
{
    if (report.pulled == 0) {
        return {};
    }
    QString text = QCoreApplication::translate("mailward::ServersController", "%1 read, %2/s").arg(formatBytes(static_cast<double>(report.pulled)), formatBytes(report.bytesPerSecond));
    if (report.expected > report.pulled && report.bytesPerSecond > 0) {
        const auto left = static_cast<qint64>(static_cast<double>(report.expected - report.pulled) / report.bytesPerSecond) + 1;
        text = QCoreApplication::translate("mailward::ServersController", "%1 of about %2, %3/s, about %4 left")
                   .arg(formatBytes(static_cast<double>(report.pulled)), formatBytes(static_cast<double>(report.expected)), formatBytes(report.bytesPerSecond),
                        formatDuration(std::chrono::seconds(left)));
    }
    return text;
}

SecretQuestion::Kind kindOf(SecretRequest::Kind kind)
{
    switch (kind) {
    case SecretRequest::Kind::Passphrase: return SecretQuestion::Kind::Passphrase;
    case SecretRequest::Kind::Password: return SecretQuestion::Kind::Password;
    case SecretRequest::Kind::Challenge: break;
    }
    return SecretQuestion::Kind::Challenge;
}

/// The first field that a profile's rules object to.
std::optional<QString> wrongField(const ServerProfile& profile)
{
    if (!isValidServerName(profile.name)) {
        return QStringLiteral("name");
    }
    if (!isValidHost(profile.endpoint.host)) {
        return QStringLiteral("host");
    }
    if (!isValidUser(profile.endpoint.user)) {
        return QStringLiteral("user");
    }
    for (const SshEndpoint& jump : profile.jumpHosts) {
        if (!isValidHost(jump.host) || !isValidUser(jump.user) || jump.port == 0) {
            return QStringLiteral("jumpHosts");
        }
    }
    for (const LogSource& log : profile.logs) {
        if (!isValidLogPath(log.path)) {
            return QStringLiteral("logPaths");
        }
    }
    if (profile.timezone != QLatin1String(ServerProfile::kServersZone) && !isValidTimezone(profile.timezone)) {
        return QStringLiteral("zone");
    }
    return std::nullopt;
}

} // namespace mailward
