// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/Incident.h"

#include <QJsonArray>
#include <array>
#include <cmath>

namespace mailward {

namespace {

constexpr std::array<std::string_view, 11> kKinds{"brute-force", "distributed-guessing", "password-spray", "credential-stuffing",
                                                  "user-enumeration", "account-compromise", "outbound-spam", "backscatter",
                                                  "stale-password", "ssh-brute-force", "relay-probe"};
constexpr std::array<std::string_view, 5> kSeverities{"info", "low", "medium", "high", "critical"};

QString text(std::string_view value) { return QString::fromLatin1(value.data(), static_cast<qsizetype>(value.size())); }
QString stamp(Instant at) { return QString::fromStdString(formatRfc3339(at)); }
QString ipText(IpAddress ip) { return QString::fromStdString(ip.toString()); }
qint64 number(std::uint64_t value) { return static_cast<qint64>(value); }
double rounded(double value) { return std::round(value * 1000) / 1000; }

QJsonArray sourcesJson(const std::vector<IncidentSource>& sources)
{
    QJsonArray out;
    for (const IncidentSource& source : sources) {
        out.append(QJsonObject{{QStringLiteral("ip"), ipText(source.ip)},
                               {QStringLiteral("confidence"), rounded(source.confidence)},
                               {QStringLiteral("reason"), memberReason(source.signs)},
                               {QStringLiteral("attempts"), number(source.attempts)},
                               {QStringLiteral("first"), stamp(source.first)},
                               {QStringLiteral("last"), stamp(source.last)}});
    }
    return out;
}

QJsonObject countsJson(const IncidentCounts& counts)
{
    return {{QStringLiteral("attempts"), number(counts.attempts)}, {QStringLiteral("sources"), number(counts.sources)},
            {QStringLiteral("accounts"), number(counts.accounts)}, {QStringLiteral("mails"), number(counts.mails)},
            {QStringLiteral("recipients"), number(counts.recipients)}, {QStringLiteral("bounces"), number(counts.bounces)}};
}

} // namespace

std::string_view incidentKindName(IncidentKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view severityName(Severity severity) { return kSeverities[static_cast<std::size_t>(severity)]; }

QJsonObject toJson(const Incident& incident)
{
    QJsonArray reasons, servers, accounts, opened, openedHow, networks, phases;
    for (const QString& reason : incident.reasons) {
        reasons.append(reason);
    }
    for (const std::string& server : incident.servers) {
        servers.append(UntrustedText(server).json());
    }
    for (const IncidentAccount& account : incident.accounts) {
        accounts.append(account.name.json());
    }
    for (const OpenedAccount& account : incident.opened) {
        opened.append(account.name.json());
        openedHow.append(QJsonObject{{QStringLiteral("account"), account.name.json()}, {QStringLiteral("at"), stamp(account.at)},
                                     {QStringLiteral("ip"), ipText(account.ip)}, {QStringLiteral("reason"), account.reason}});
    }
    for (const IncidentNetwork& network : incident.networks) {
        networks.append(QJsonObject{{QStringLiteral("prefix"), QString::fromStdString(network.prefix.toString())},
                                    {QStringLiteral("sources"), number(network.sources)}});
    }
    for (const IncidentPhase& phase : incident.phases) {
        phases.append(QJsonObject{{QStringLiteral("start"), stamp(phase.range.begin)}, {QStringLiteral("end"), stamp(phase.range.end)},
                                  {QStringLiteral("tries_per_source"), rounded(phase.triesPerSource)}, {QStringLiteral("text"), phase.text}});
    }
    QJsonObject countries;
    for (const auto& [country, count] : incident.countries) {
        countries.insert(country == kNoCountry ? QStringLiteral("??") : text(countryText(country)), number(count));
    }
    return {{QStringLiteral("id"), QString::fromStdString(incident.id)},
            {QStringLiteral("kind"), text(incidentKindName(incident.kind))},
            {QStringLiteral("severity"), text(severityName(incident.severity))},
            {QStringLiteral("confidence"), rounded(incident.confidence)},
            {QStringLiteral("start"), stamp(incident.start)},
            {QStringLiteral("end"), stamp(incident.end)},
            {QStringLiteral("alarm"), stamp(incident.alarm)},
            {QStringLiteral("running"), incident.running},
            {QStringLiteral("servers"), servers},
            {QStringLiteral("title"), incident.title},
            {QStringLiteral("reasons"), reasons},
            {QStringLiteral("accounts"), accounts},
            {QStringLiteral("opened"), opened},
            {QStringLiteral("opened_how"), openedHow},
            {QStringLiteral("sources"), sourcesJson(incident.sources)},
            {QStringLiteral("networks"), networks},
            {QStringLiteral("countries"), countries},
            {QStringLiteral("phases"), phases},
            {QStringLiteral("counts"), countsJson(incident.counts)}};
}

} // namespace mailward
