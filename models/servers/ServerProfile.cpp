// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/ServerProfile.h"

#include "models/core/IpAddress.h"

#include <QDir>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <utility>

namespace mailward {

namespace {

constexpr std::size_t kMaxJumps = 4;
constexpr std::size_t kMaxLogs = 64;
constexpr int kMaxBackfillDays = 3650;

constexpr std::array<std::pair<AuthMethod, const char*>, 4> kAuthNames{
    {{AuthMethod::Agent, "agent"},
     {AuthMethod::KeyFile, "key"},
     {AuthMethod::Password, "password"},
     {AuthMethod::KeyboardInteractive, "interactive"}}};
constexpr std::array<std::pair<GateMode, const char*>, 2> kGateNames{
    {{GateMode::RootDirect, "root"}, {GateMode::SudoGate, "sudo"}}};

template <class Enum, std::size_t n>
QString nameOf(const std::array<std::pair<Enum, const char*>, n>& names, Enum value)
{
    for (const auto& [one, name] : names) {
        if (one == value) {
            return QString::fromLatin1(name);
        }
    }
    return {};
}

template <class Enum, std::size_t n>
Result<Enum> fromName(const std::array<std::pair<Enum, const char*>, n>& names, const QString& name)
{
    for (const auto& [one, text] : names) {
        if (name == QLatin1String(text)) {
            return one;
        }
    }
    return failure(ErrorCode::Corrupt, QStringLiteral("A profile has the unknown word \"%1\".").arg(name));
}

bool matchesWhole(const char* pattern, const QString& text)
{
    static const auto anchored = [](const char* p) {
        return QRegularExpression(QRegularExpression::anchoredPattern(QString::fromLatin1(p)));
    };
    return anchored(pattern).match(text).hasMatch();
}

tl::unexpected<Error> invalid(const QString& what, const QString& hint)
{
    return failure(ErrorCode::InvalidInput, what, hint);
}

QJsonObject endpointToJson(const SshEndpoint& endpoint)
{
    QJsonObject json{{QStringLiteral("host"), endpoint.host},
                     {QStringLiteral("port"), endpoint.port},
                     {QStringLiteral("user"), endpoint.user},
                     {QStringLiteral("auth"), nameOf(kAuthNames, endpoint.auth)}};
    if (!endpoint.identityFile.isEmpty()) {
        json.insert(QStringLiteral("identity_file"), endpoint.identityFile);
    }
    if (endpoint.legacyAlgorithms) {
        json.insert(QStringLiteral("legacy_algorithms"), true);
    }
    return json;
}

Result<SshEndpoint> endpointFromJson(const QJsonObject& json)
{
    SshEndpoint endpoint;
    endpoint.host = json.value(QStringLiteral("host")).toString();
    const int port = json.value(QStringLiteral("port")).toInt(22);
    if (port < 1 || port > 65535) {
        return failure(ErrorCode::Corrupt, QStringLiteral("A profile has the port %1.").arg(port));
    }
    endpoint.port = static_cast<std::uint16_t>(port);
    endpoint.user = json.value(QStringLiteral("user")).toString();
    const auto auth =
        fromName(kAuthNames, json.value(QStringLiteral("auth")).toString(QStringLiteral("agent")));
    if (!auth) {
        return tl::unexpected(auth.error());
    }
    endpoint.auth = *auth;
    endpoint.identityFile = json.value(QStringLiteral("identity_file")).toString();
    endpoint.legacyAlgorithms = json.value(QStringLiteral("legacy_algorithms")).toBool();
    return endpoint;
}

} // namespace

std::vector<LogSource> ServerProfile::usualLogs()
{
    return {{"/var/log/mail.log"}, {"/var/log/auth.log"}};
}

QJsonObject ServerProfile::toJson() const
{
    QJsonObject json = endpointToJson(endpoint);
    json.insert(QStringLiteral("name"), name);
    QJsonArray jumps;
    for (const SshEndpoint& jump : jumpHosts) {
        jumps.append(endpointToJson(jump));
    }
    json.insert(QStringLiteral("jump_hosts"), jumps);
    QJsonArray sources;
    for (const LogSource& log : logs) {
        sources.append(QJsonObject{{QStringLiteral("path"), QString::fromStdString(log.path)}});
    }
    json.insert(QStringLiteral("logs"), sources);
    json.insert(QStringLiteral("timezone"), timezone);
    json.insert(QStringLiteral("gate"), nameOf(kGateNames, gate));
    json.insert(QStringLiteral("backfill_days"), backfillDays);
    return json;
}

Result<ServerProfile> ServerProfile::fromJson(const QJsonObject& json)
{
    ServerProfile profile;
    profile.name = json.value(QStringLiteral("name")).toString();
    const auto endpoint = endpointFromJson(json);
    if (!endpoint) {
        return tl::unexpected(endpoint.error());
    }
    profile.endpoint = *endpoint;
    for (const auto& jump : json.value(QStringLiteral("jump_hosts")).toArray()) {
        const auto hop = endpointFromJson(jump.toObject());
        if (!hop) {
            return tl::unexpected(hop.error());
        }
        profile.jumpHosts.push_back(*hop);
    }
    for (const auto& log : json.value(QStringLiteral("logs")).toArray()) {
        profile.logs.push_back({log.toObject().value(QStringLiteral("path")).toString().toStdString()});
    }
    profile.timezone = json.value(QStringLiteral("timezone")).toString(profile.timezone);
    const auto gate =
        fromName(kGateNames, json.value(QStringLiteral("gate")).toString(QStringLiteral("sudo")));
    if (!gate) {
        return tl::unexpected(gate.error());
    }
    profile.gate = *gate;
    profile.backfillDays = json.value(QStringLiteral("backfill_days")).toInt(profile.backfillDays);
    if (const auto valid = validate(profile); !valid) {
        return tl::unexpected(valid.error());
    }
    return profile;
}

bool isValidServerName(const QString& name)
{
    return matchesWhole("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", name);
}

bool isValidHost(const QString& host)
{
    if (IpAddress::parse(host.toStdString())) {
        return true;
    }
    // A name whose last label is a number is a mistyped address, or one in a form that only old resolvers
    // read.
    return host.size() <= 253 &&
           matchesWhole("(?!.*(^|[.])[0-9]+[.]?$)([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)([.][A-Za-z0-"
                        "9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*",
                        host);
}

bool isValidUser(const QString& user)
{
    return matchesWhole("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}", user);
}

bool isValidLogPath(const std::string& path)
{
    const QString text = QString::fromStdString(path);
    return path == LogSource::kJournal || (path.size() <= 1024 && matchesWhole("(/[A-Za-z0-9._@+:=,-]+)+", text) &&
           !matchesWhole(".*/[.]{1,2}(/.*)?", text));
}

bool isValidTimezone(const QString& timezone)
{
    if (matchesWhole("[+-](0[0-9]|1[0-4]):[0-5][0-9]", timezone)) {
        return true;
    }
    return matchesWhole("[A-Za-z0-9_+/-]{1,64}", timezone) && QTimeZone(timezone.toLatin1()).isValid();
}

SshEndpoint endpointFromText(const QString& text)
{
    SshEndpoint endpoint;
    const qsizetype at = text.indexOf(QLatin1Char('@'));
    endpoint.user = text.left(std::max<qsizetype>(at, 0)).trimmed();
    QString rest = text.mid(at + 1).trimmed();
    const qsizetype colon = rest.lastIndexOf(QLatin1Char(':'));
    if (colon >= 0 && rest.indexOf(QLatin1Char(':')) == colon) { // more than one: an IPv6 address
        endpoint.port = rest.mid(colon + 1).toUShort();
        rest.truncate(colon);
    }
    endpoint.host = rest;
    return endpoint;
}

Result<void> validate(const SshEndpoint& endpoint)
{
    if (!isValidHost(endpoint.host)) {
        return invalid(QStringLiteral("\"%1\" is no host.").arg(endpoint.host),
                       QStringLiteral("A name such as mx1.example.org, or an IPv4 or IPv6 address."));
    }
    if (endpoint.port == 0) {
        return invalid(QStringLiteral("Port 0 is no port."), QStringLiteral("1 to 65535; ssh has 22."));
    }
    if (!isValidUser(endpoint.user)) {
        return invalid(QStringLiteral("\"%1\" is no user name.").arg(endpoint.user),
                       QStringLiteral("Letters, digits, dot, dash and underscore; up to 64."));
    }
    const QString& key = endpoint.identityFile;
    if (endpoint.auth == AuthMethod::KeyFile &&
        (!QDir::isAbsolutePath(key) || key.contains(QChar(0)) || key.contains(u'\n'))) {
        return invalid(QStringLiteral("A log-in by key file needs the key's absolute path."),
                       QStringLiteral("For example ~/.ssh/id_ed25519, written out."));
    }
    return {};
}

Result<void> validate(const ServerProfile& profile)
{
    if (!isValidServerName(profile.name)) {
        return invalid(
            QStringLiteral("\"%1\" is no name for a server.").arg(profile.name),
            QStringLiteral("Letters, digits, dot, dash and underscore, a letter or digit first; up to 64."));
    }
    if (const auto valid = validate(profile.endpoint); !valid) {
        return valid;
    }
    if (profile.jumpHosts.size() > kMaxJumps) {
        return invalid(QStringLiteral("More than %1 jump hosts.").arg(kMaxJumps),
                       QStringLiteral("Leave some out."));
    }
    for (const SshEndpoint& jump : profile.jumpHosts) {
        if (const auto valid = validate(jump); !valid) {
            return valid;
        }
    }
    if (profile.logs.size() > kMaxLogs) {
        return invalid(QStringLiteral("More than %1 log files.").arg(kMaxLogs),
                       QStringLiteral("Leave some out."));
    }
    for (auto log = profile.logs.begin(); log != profile.logs.end(); ++log) {
        const QString shown = QString::fromStdString(log->path);
        if (!isValidLogPath(log->path)) {
            return invalid(
                QStringLiteral("\"%1\" is no path of a log file.").arg(shown),
                QStringLiteral("An absolute path of letters, digits and . _ - @ + : = , without \"..\"; or the word journal."));
        }
        if (std::find(profile.logs.begin(), log, *log) != log) {
            return invalid(QStringLiteral("%1 is named twice.").arg(shown),
                           QStringLiteral("Name each log file once."));
        }
    }
    if (profile.timezone != QLatin1String(ServerProfile::kServersZone) && !isValidTimezone(profile.timezone)) {
        return invalid(QStringLiteral("\"%1\" is no time zone.").arg(profile.timezone),
                       QStringLiteral("For example Europe/Berlin, UTC or +05:30; \"server\": what the server's clock shows."));
    }
    if (profile.backfillDays < 0 || profile.backfillDays > kMaxBackfillDays) {
        return invalid(QStringLiteral("%1 is no number of days to look back.").arg(profile.backfillDays),
                       QStringLiteral("0 to %1.").arg(kMaxBackfillDays));
    }
    return {};
}

} // namespace mailward
