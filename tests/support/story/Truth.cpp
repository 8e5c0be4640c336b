// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/story/Truth.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace mailward::story {

namespace {

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QString stamp(Instant at)
{
    return text(formatRfc3339(at));
}

qint64 number(std::size_t value)
{
    return static_cast<qint64>(value);
}

void append(std::string& out, const QJsonObject& object)
{
    out += QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    out += '\n';
}

template <class Container>
QJsonArray texts(const Container& values)
{
    QJsonArray out;
    for (const auto& value : values) {
        out.append(text(value));
    }
    return out;
}

QJsonObject toJson(const Attack& attack)
{
    QJsonArray sources;
    std::map<CountryCode, int> countries;
    for (const auto& [ip, part] : attack.sources) {
        ++countries[part.country];
        sources.append(QJsonObject{{QStringLiteral("ip"), text(ip.toString())},
                                   {QStringLiteral("country"), text(countryText(part.country))},
                                   {QStringLiteral("attempts"), static_cast<qint64>(part.attempts)},
                                   {QStringLiteral("first"), stamp(part.first)},
                                   {QStringLiteral("last"), stamp(part.last)}});
    }
    QJsonObject byCountry;
    for (const auto& [country, count] : countries) {
        byCountry[text(countryText(country))] = count;
    }
    QJsonArray opened;
    for (const auto& [account, at] : attack.opened) {
        opened.append(QJsonObject{{QStringLiteral("account"), text(account)}, {QStringLiteral("at"), stamp(at)}});
    }
    const QJsonObject counts{{QStringLiteral("attempts"), static_cast<qint64>(attack.attempts)},
                             {QStringLiteral("sources"), number(attack.sources.size())},
                             {QStringLiteral("accounts"), number(attack.accounts.size())},
                             {QStringLiteral("mails"), static_cast<qint64>(attack.mails)},
                             {QStringLiteral("bounces"), static_cast<qint64>(attack.bounces)}};
    return {{QStringLiteral("type"), QStringLiteral("incident")},
            {QStringLiteral("id"), text(attack.id)},
            {QStringLiteral("kind"), text(attack.kind)},
            {QStringLiteral("start"), stamp(attack.when.begin)},
            {QStringLiteral("end"), stamp(attack.when.end)},
            {QStringLiteral("accounts"), texts(attack.accounts)},
            {QStringLiteral("opened"), opened},
            {QStringLiteral("countries"), byCountry},
            {QStringLiteral("counts"), counts},
            {QStringLiteral("sources"), sources}};
}

} // namespace

void Attack::note(IpAddress ip, CountryCode country, const std::string& account, Instant at, std::uint32_t tries)
{
    noteUse(ip, country, at);
    sources[ip].attempts += tries;
    attempts += tries;
    accounts.insert(account);
}

void Attack::noteUse(IpAddress ip, CountryCode country, Instant at)
{
    const auto [part, isNew] = sources.try_emplace(ip, Part{country, 0, at, at});
    part->second.first = std::min(part->second.first, at);
    part->second.last = std::max(part->second.last, at);
    if (when == TimeRange{}) {
        when = {at, at};
    }
    when.begin = std::min(when.begin, at);
    when.end = std::max(when.end, at);
}

std::string Truth::toJsonLines(const std::string& family, std::uint64_t seed, TimeRange range,
                               const std::vector<std::string>& servers, std::size_t lines, std::size_t mailboxes) const
{
    std::string out;
    append(out, {{QStringLiteral("type"), QStringLiteral("run")},
                 {QStringLiteral("family"), text(family)},
                 {QStringLiteral("seed"), static_cast<qint64>(seed)},
                 {QStringLiteral("start"), stamp(range.begin)},
                 {QStringLiteral("end"), stamp(range.end)},
                 {QStringLiteral("servers"), texts(servers)},
                 {QStringLiteral("lines"), number(lines)},
                 {QStringLiteral("mailboxes"), number(mailboxes)},
                 {QStringLiteral("failures"), static_cast<qint64>(failures)},
                 {QStringLiteral("successes"), static_cast<qint64>(successes)},
                 {QStringLiteral("backscatter"), static_cast<qint64>(backscatter)}});
    for (const Attack& attack : attacks) {
        append(out, toJson(attack));
    }
    for (const auto& [ip, roles] : innocents) {
        append(out, {{QStringLiteral("type"), QStringLiteral("innocent")},
                     {QStringLiteral("ip"), text(ip.toString())},
                     {QStringLiteral("roles"), texts(roles)}});
    }
    for (const IpAddress& ip : noise) {
        append(out, {{QStringLiteral("type"), QStringLiteral("noise")}, {QStringLiteral("ip"), text(ip.toString())}});
    }
    for (const Bounce& bounce : bounces) {
        append(out, {{QStringLiteral("type"), QStringLiteral("bounce")},
                     {QStringLiteral("time"), stamp(bounce.at)},
                     {QStringLiteral("account"), text(bounce.account)},
                     {QStringLiteral("qid"), text(bounce.queueId)},
                     {QStringLiteral("dsn_qid"), text(bounce.bounceId)}});
    }
    return out;
}

} // namespace mailward::story
