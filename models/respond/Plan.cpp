// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/Plan.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <algorithm>

namespace mailward {

namespace {

constexpr int kVersion = 1;
constexpr std::int64_t kLongestTtl = 31LL * 24 * 3600;

tl::unexpected<Error> badPlan(const QString& what)
{
    return failure(ErrorCode::InvalidInput, QStringLiteral("This is not a plan: %1.").arg(what),
                   QStringLiteral("Use a file that \"mailward-cli plan\" or the window wrote."));
}

QJsonArray portsToJson(const Ports& ports)
{
    QJsonArray array;
    for (const auto port : ports) {
        array.append(int(port));
    }
    return array;
}

Result<Prefix> prefixFromJson(const QJsonObject& json)
{
    const QString text = json[QLatin1String("prefix")].toString();
    const auto prefix = Prefix::parse(text.toStdString());
    // Host bits that would be cleared silently may hide a slip of the pen: 10.1.2.3/8 is not what its writer meant.
    if (!prefix || !Prefix::parse(prefix->toString()) || (QString::fromStdString(prefix->toString()) != text &&
        QString::fromStdString(prefix->address().toString()) + u'/' + QString::number(prefix->length()) != text)) {
        return badPlan(QStringLiteral("\"%1\" is no network").arg(text.left(64)));
    }
    return *prefix;
}

Result<Ports> portsFromJson(const QJsonValue& value)
{
    if (!value.isArray()) {
        return badPlan(QStringLiteral("a list of ports is missing"));
    }
    Ports ports;
    for (const auto& item : value.toArray()) {
        const double port = item.toDouble(-1);
        if (port < 1 || port > 65535 || port != double(int(port))) {
            return badPlan(QStringLiteral("a port is out of range"));
        }
        ports.push_back(static_cast<std::uint16_t>(port));
    }
    return ports;
}

Result<BanEntry> banFromJson(const QJsonObject& json)
{
    const auto prefix = prefixFromJson(json);
    if (!prefix) {
        return tl::unexpected(prefix.error());
    }
    const auto ports = portsFromJson(json[QLatin1String("ports")]).and_then(normalPorts);
    if (!ports) {
        return tl::unexpected(ports.error());
    }
    const double ttl = json[QLatin1String("ttl_s")].toDouble(0);
    if (ttl < 1 || ttl > double(kLongestTtl)) {
        return badPlan(QStringLiteral("ttl_s must be 1 to %1").arg(kLongestTtl));
    }
    BanEntry ban{*prefix, *ports, std::chrono::seconds(std::int64_t(ttl)), json[QLatin1String("reason")].toString(), 0,
                 json[QLatin1String("forced")].toBool()};
    ban.covers = std::uint32_t(std::clamp(json[QLatin1String("covers")].toDouble(0), 0.0, 4e9));
    return ban;
}

QStringList wordsFromJson(const QJsonValue& value)
{
    QStringList words;
    for (const auto& item : value.toArray()) {
        words << item.toString();
    }
    return words;
}

QJsonObject expectationToJson(const PlanExpectation& e)
{
    return {{QStringLiteral("attempts_stopped_pct"), e.attemptsStoppedPct},
            {QStringLiteral("sources_covered_pct"), e.sourcesCoveredPct},
            {QStringLiteral("next_sources_covered_pct"), e.nextSourcesCoveredPct},
            {QStringLiteral("good_logins_cut"), double(e.goodLoginsCut)},
            {QStringLiteral("accounts_cut"), double(e.accountsCut)},
            {QStringLiteral("accounts_cut_only_here"), double(e.accountsCutOnlyHere)},
            {QStringLiteral("addresses_blocked"), e.addressesBlocked}};
}

PlanExpectation expectationFromJson(const QJsonObject& json)
{
    const auto count = [&](const char* key) { return std::uint64_t(std::clamp(json[QLatin1String(key)].toDouble(), 0.0, 9e15)); };
    const auto number = [&](const char* key) { return json[QLatin1String(key)].toDouble(); };
    return {number("attempts_stopped_pct"), number("sources_covered_pct"), number("next_sources_covered_pct"),
            count("good_logins_cut"), count("accounts_cut"), count("accounts_cut_only_here"), number("addresses_blocked")};
}

} // namespace

const Ports& authPorts()
{
    static const Ports kPorts{110, 143, 465, 587, 993, 995, 4190};
    return kPorts;
}

const Ports& bannablePorts()
{
    static const Ports kPorts{22, 25, 80, 110, 143, 443, 465, 587, 993, 995, 4190};
    return kPorts;
}

Result<Ports> normalPorts(Ports ports)
{
    std::sort(ports.begin(), ports.end());
    ports.erase(std::unique(ports.begin(), ports.end()), ports.end());
    const auto unknown = std::find_if(ports.begin(), ports.end(), [](std::uint16_t port) {
        return !std::binary_search(bannablePorts().begin(), bannablePorts().end(), port);
    });
    if (ports.empty() || unknown != ports.end()) {
        return failure(ErrorCode::InvalidInput,
                       ports.empty() ? QStringLiteral("A ban needs at least one port.")
                                     : QStringLiteral("Port %1 is not one that can be banned.").arg(*unknown),
                       QStringLiteral("Possible are 22, 25, 80, 110, 143, 443, 465, 587, 993, 995 and 4190."));
    }
    return ports;
}

QString newPlanId()
{
    return QStringLiteral("%1").arg(QRandomGenerator::system()->generate64(), 16, 16, QLatin1Char('0'));
}

bool isPlanId(QStringView text)
{
    return text.size() == 16 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

QJsonObject toJson(const Plan& plan)
{
    QJsonArray bans, unbans, refused;
    for (const auto& ban : plan.bans) {
        QJsonObject item{{QStringLiteral("prefix"), QString::fromStdString(ban.prefix.toString())},
                         {QStringLiteral("ports"), portsToJson(ban.ports)}, {QStringLiteral("ttl_s"), double(ban.ttl.count())},
                         {QStringLiteral("reason"), ban.reason}, {QStringLiteral("covers"), double(ban.covers)}};
        if (ban.forced) {
            item[QLatin1String("forced")] = true;
        }
        bans.append(item);
    }
    for (const auto& unban : plan.unbans) {
        unbans.append(QJsonObject{{QStringLiteral("prefix"), QString::fromStdString(unban.prefix.toString())},
                                  {QStringLiteral("ports"), portsToJson(unban.ports)}});
    }
    for (const auto& item : plan.refused) {
        refused.append(QJsonObject{{QStringLiteral("prefix"), QString::fromStdString(item.prefix.toString())}, {QStringLiteral("why"), item.why}});
    }
    return {{QStringLiteral("version"), kVersion}, {QStringLiteral("id"), plan.id},
            {QStringLiteral("made"), QString::fromStdString(formatRfc3339(plan.made))}, {QStringLiteral("from"), plan.from},
            {QStringLiteral("bans"), bans}, {QStringLiteral("unbans"), unbans},
            {QStringLiteral("resets"), QJsonArray::fromStringList(plan.resets)}, {QStringLiteral("holds"), QJsonArray::fromStringList(plan.holds)},
            {QStringLiteral("servers"), QJsonArray::fromStringList(plan.servers)},
            {QStringLiteral("expected"), expectationToJson(plan.expected)}, {QStringLiteral("refused"), refused}};
}

Result<Plan> planFromJson(const QJsonObject& json)
{
    if (json[QLatin1String("version")].toInt() != kVersion) {
        return badPlan(QStringLiteral("its version is not %1").arg(kVersion));
    }
    Plan plan;
    plan.id = json[QLatin1String("id")].toString();
    const auto made = parseRfc3339(json[QLatin1String("made")].toString().toStdString());
    if (!isPlanId(plan.id) || !made || !json[QLatin1String("bans")].isArray()) {
        return badPlan(QStringLiteral("id, made or bans are missing"));
    }
    plan.made = *made;
    plan.from = json[QLatin1String("from")].toString();
    for (const auto& item : json[QLatin1String("bans")].toArray()) {
        auto ban = banFromJson(item.toObject());
        if (!ban) {
            return tl::unexpected(ban.error());
        }
        plan.bans.push_back(std::move(*ban));
    }
    for (const auto& item : json[QLatin1String("unbans")].toArray()) {
        const auto prefix = prefixFromJson(item.toObject());
        const auto ports = portsFromJson(item.toObject()[QLatin1String("ports")]);
        if (!prefix || !ports) {
            return tl::unexpected(prefix ? ports.error() : prefix.error());
        }
        plan.unbans.push_back({*prefix, *ports});
    }
    for (const auto& item : json[QLatin1String("refused")].toArray()) {
        const auto prefix = prefixFromJson(item.toObject());
        if (!prefix) {
            return tl::unexpected(prefix.error());
        }
        plan.refused.push_back({*prefix, item.toObject()[QLatin1String("why")].toString()});
    }
    plan.resets = wordsFromJson(json[QLatin1String("resets")]);
    plan.holds = wordsFromJson(json[QLatin1String("holds")]);
    plan.servers = wordsFromJson(json[QLatin1String("servers")]);
    plan.expected = expectationFromJson(json[QLatin1String("expected")].toObject());
    return plan;
}

Result<Plan> planFromJson(const QByteArray& text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(text, &error);
    return document.isObject() ? planFromJson(document.object()) : badPlan(error.errorString());
}

} // namespace mailward
