// SPDX-License-Identifier: GPL-3.0-or-later
// thresholds.toml: how SiteThresholds is written down and read.
#include "models/detect/SiteThresholds.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <QFile>
#include <QLocale>
#include <QSaveFile>
#include <sstream>

namespace mailward {

namespace {

tl::unexpected<Error> wrong(const QString& text)
{
    return failure(ErrorCode::InvalidInput, QStringLiteral("thresholds.toml: %1").arg(text), QStringLiteral("Mend the file, or move it away to start from the defaults."));
}

std::string textOf(const toml::table& table, const char* key) { return table[key].value_or(std::string()); }

Instant timeOf(const toml::table& table, const char* key) { return parseRfc3339(textOf(table, key)).value_or(Instant{}); }

std::optional<IncidentKind> kindNamed(std::string_view name)
{
    for (int i = 0; i <= static_cast<int>(IncidentKind::RelayProbe); ++i) {
        if (incidentKindName(static_cast<IncidentKind>(i)) == name) {
            return static_cast<IncidentKind>(i);
        }
    }
    return std::nullopt;
}

Result<void> readThresholds(const toml::table& table, DetectSettings& settings)
{
    for (const auto& [key, node] : table) {
        const SettingDescription* found = nullptr;
        for (const SettingDescription& d : settingDescriptions()) {
            found = key.str() == d.name ? &d : found;
        }
        const auto value = node.value<double>();
        const QString name = UntrustedText(key.str()).plain(60);
        if (!found) {
            return wrong(QStringLiteral("there is no threshold '%1'").arg(name));
        }
        if (!value || !(*value >= found->least && *value <= found->most)) {
            return wrong(QStringLiteral("%1 must be a number from %2 to %3").arg(name).arg(found->least).arg(found->most));
        }
        settings.*(found->value) = *value;
    }
    return {};
}

Result<void> readJail(const toml::table& table, JailSpec& jail)
{
    const auto number = [&](const char* key, std::int64_t fallback) { return table[key].value_or(fallback); };
    const std::int64_t maxretry = number("maxretry", jail.maxretry), findtime = number("findtime", jail.findtime.count()), bantime = number("bantime", jail.bantime.count());
    constexpr std::int64_t kMost = 366LL * 86'400;
    if (maxretry < 1 || maxretry > 1'000'000 || findtime < 1 || findtime > kMost || bantime < 1 || bantime > kMost) {
        return wrong(QStringLiteral("[jail] has a value out of bounds"));
    }
    jail = {static_cast<std::uint32_t>(maxretry), std::chrono::seconds(findtime), std::chrono::seconds(bantime), table["increment"].value_or(false), jail.maxBan};
    return {};
}

Result<FalseAlarm> readFalseAlarm(const toml::table& table)
{
    const auto kind = kindNamed(textOf(table, "kind"));
    FalseAlarm alarm{textOf(table, "incident"), kind.value_or(IncidentKind::BruteForce), {timeOf(table, "start"), timeOf(table, "end")},
                     static_cast<std::uint64_t>(std::max<std::int64_t>(table["sources"].value_or(std::int64_t{0}), 0)), timeOf(table, "at"),
                     QString::fromStdString(textOf(table, "by")), textOf(table, "threshold"), table["from"].value_or(0.0), table["to"].value_or(0.0)};
    const auto all = settingDescriptions();
    const bool known = std::any_of(all.begin(), all.end(), [&](const SettingDescription& d) { return alarm.threshold == d.name; });
    if (!kind || !known) {
        return wrong(QStringLiteral("a false alarm names a kind or a threshold that there is none of"));
    }
    return alarm;
}

template <class Take>
Result<void> eachTable(const toml::table& root, const char* key, Take take)
{
    const auto* list = root[key].as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        const auto* table = (*list)[i].as_table();
        if (table == nullptr) {
            return wrong(QStringLiteral("%1 must be tables").arg(QLatin1String(key)));
        }
        if (auto taken = take(*table); !taken) {
            return taken;
        }
    }
    return {};
}

std::string stamp(Instant at) { return formatRfc3339(at); }

void writeThresholds(std::ostringstream& out, const DetectSettings& settings)
{
    const DetectSettings usual;
    out << "[thresholds]\n";
    for (const SettingDescription& d : settingDescriptions()) {
        const auto number = [](double value) { return QLocale::c().toString(value, 'g', QLocale::FloatingPointShortest).toStdString(); };
        out << "# " << d.meaning << " [" << d.unit << ", " << number(d.least) << " to " << number(d.most) << "; default " << number(usual.*(d.value)) << ": " << d.source << "]\n"
            << (settings.*(d.value) == usual.*(d.value) ? "# " : "") << d.name << " = " << number(settings.*(d.value)) << "\n";
    }
}

} // namespace

Result<SiteThresholds> SiteThresholds::fromToml(std::string_view text)
{
    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
        return wrong(QStringLiteral("line %1: %2").arg(parsed.error().source().begin.line).arg(UntrustedText(parsed.error().description()).plain(200)));
    }
    const toml::table& root = parsed.table();
    SiteThresholds site;
    Result<void> read;
    for (const auto& [key, node] : root) {
        const std::string_view name = key.str();
        if (name == "thresholds" && node.is_table()) {
            read = readThresholds(*node.as_table(), site.byHand);
        } else if (name == "jail" && node.is_table()) {
            read = readJail(*node.as_table(), site.jail);
        } else if (name != "false_alarm" && name != "change") {
            return wrong(QStringLiteral("'%1' is not understood").arg(UntrustedText(name).plain(60)));
        }
        if (!read) {
            return tl::unexpected(read.error());
        }
    }
    read = eachTable(root, "false_alarm", [&](const toml::table& table) -> Result<void> {
        auto alarm = readFalseAlarm(table);
        if (!alarm) {
            return tl::unexpected(alarm.error());
        }
        site.falseAlarms.push_back(std::move(*alarm));
        return {};
    });
    if (read) {
        read = eachTable(root, "change", [&](const toml::table& table) -> Result<void> {
            const auto words = [&](const char* key) { return QString::fromStdString(textOf(table, key)); };
            site.changes.push_back({timeOf(table, "at"), words("by"), textOf(table, "what"), words("from"), words("to"), words("why")});
            return {};
        });
    }
    if (!read) {
        return tl::unexpected(read.error());
    }
    return site;
}

std::string SiteThresholds::toToml() const
{
    std::ostringstream out;
    out << "# Thresholds of this site's detectors. A line without # in front is set by hand; the others are the defaults.\n\n";
    writeThresholds(out, byHand);
    toml::table rest;
    rest.insert("jail", toml::table{{"maxretry", static_cast<std::int64_t>(jail.maxretry)}, {"findtime", jail.findtime.count()}, {"bantime", jail.bantime.count()}, {"increment", jail.increment}});
    toml::array alarms, history;
    for (const FalseAlarm& a : falseAlarms) {
        alarms.push_back(toml::table{{"incident", a.incident}, {"kind", incidentKindName(a.kind)}, {"start", stamp(a.range.begin)}, {"end", stamp(a.range.end)},
                                     {"sources", static_cast<std::int64_t>(a.sources)}, {"at", stamp(a.at)}, {"by", a.by.toStdString()}, {"threshold", a.threshold},
                                     {"from", a.from}, {"to", a.to}});
    }
    for (const ThresholdChange& c : changes) {
        history.push_back(toml::table{{"at", stamp(c.at)}, {"by", c.by.toStdString()}, {"what", c.what}, {"from", c.from.toStdString()}, {"to", c.to.toStdString()}, {"why", c.why.toStdString()}});
    }
    if (!alarms.empty()) {
        rest.insert("false_alarm", std::move(alarms));
    }
    if (!history.empty()) {
        rest.insert("change", std::move(history));
    }
    out << "\n# [jail]: the fail2ban jail that incidents are compared with, in failures and seconds.\n" << toml::toml_formatter(rest) << "\n";
    return out.str();
}

Result<SiteThresholds> SiteThresholds::load(const QString& path)
{
    QFile file(path);
    if (!file.exists()) {
        return SiteThresholds();
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Io, QStringLiteral("cannot read %1: %2").arg(path, file.errorString()));
    }
    const QByteArray bytes = file.readAll();
    return fromToml(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

Result<void> SiteThresholds::save(const QString& path) const
{
    QSaveFile file(path);
    const std::string text = toToml();
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                         file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size()) && file.commit();
    if (!written) {
        return failure(ErrorCode::Io, QStringLiteral("cannot write %1: %2").arg(path, file.errorString()));
    }
    return {};
}

} // namespace mailward
