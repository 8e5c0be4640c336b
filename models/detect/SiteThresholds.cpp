// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/SiteThresholds.h"

#include "models/detect/IncidentWords.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

namespace mailward {

namespace {

constexpr double kStep = 1.5;            ///< at most so much less touchy for one false alarm
constexpr std::uint64_t kGrownTimes = 3; ///< an incident that grew so much since is no longer the one that was marked
constexpr std::size_t kMostChanges = 1000;

const SettingDescription* describe(std::string_view name)
{
    const auto all = settingDescriptions();
    const auto found = std::find_if(all.begin(), all.end(), [&](const SettingDescription& d) { return name == d.name; });
    return found == all.end() ? nullptr : &*found;
}

QString numberText(double value) { return QLocale::c().toString(value, 'g', QLocale::FloatingPointShortest); }

std::string idText(const Incident& incident) { return UntrustedText(incident.id).json().toStdString(); }

/// Which threshold an incident stands on, and the figure that it must exceed to keep silent about this one.
std::pair<const char*, double> standsOn(const Incident& incident)
{
    const auto attempts = static_cast<double>(incident.counts.attempts), sources = static_cast<double>(incident.sources.size());
    switch (incident.kind) {
    case IncidentKind::BruteForce:
    case IncidentKind::SshBruteForce: return {"bruteForceMinAttempts", attempts};
    case IncidentKind::PasswordSpray: return {"sprayAccounts", static_cast<double>(incident.accounts.size())};
    case IncidentKind::DistributedGuessing:
    case IncidentKind::CredentialStuffing: return {"minSources", sources};
    case IncidentKind::UserEnumeration: return incident.accounts.empty() ? std::pair{"relayRejects", attempts} : std::pair{"minSources", sources};
    case IncidentKind::RelayProbe: return {"relayRejects", attempts};
    case IncidentKind::AccountCompromise:
    case IncidentKind::OutboundSpam: return {"riskAlert", (incident.confidence - 0.5) * 200};
    case IncidentKind::Backscatter: return {"backscatterDay", attempts};
    case IncidentKind::StalePassword: return {"staleAttempts", attempts};
    }
    return {"minSources", sources};
}

QString jailText(const JailSpec& jail)
{
    return QStringLiteral("%1 failures in %2 s, %3 s%4").arg(jail.maxretry).arg(jail.findtime.count()).arg(jail.bantime.count()).arg(jail.increment ? QStringLiteral(", growing") : QString());
}

void note(std::vector<ThresholdChange>& changes, ThresholdChange change)
{
    changes.push_back(std::move(change));
    if (changes.size() > kMostChanges) {
        changes.erase(changes.begin());
    }
}

} // namespace

DetectSettings SiteThresholds::effective() const
{
    DetectSettings settings = byHand;
    for (const FalseAlarm& alarm : falseAlarms) {
        if (const SettingDescription* d = describe(alarm.threshold)) {
            settings.*(d->value) = std::max(settings.*(d->value), std::min(alarm.to, d->most));
        }
    }
    return settings;
}

Result<void> SiteThresholds::set(std::string_view name, double value, Instant at, const QString& by)
{
    const SettingDescription* d = describe(name);
    if (!d) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("there is no threshold '%1'").arg(UntrustedText(name).plain(60)));
    }
    if (!std::isfinite(value) || value < d->least || value > d->most) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("%1 must be from %2 to %3 %4")
                                                    .arg(QLatin1String(d->name), numberText(d->least), numberText(d->most), QLatin1String(d->unit)));
    }
    if (byHand.*(d->value) != value) {
        note(changes, {at, by, d->name, numberText(byHand.*(d->value)), numberText(value), QStringLiteral("by hand")});
        byHand.*(d->value) = value;
    }
    return {};
}

Result<void> SiteThresholds::setJail(const JailSpec& spec, Instant at, const QString& by)
{
    if (spec.maxretry < 1 || spec.findtime.count() < 1 || spec.bantime.count() < 1) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("a jail counts at least one failure, in at least a second, for at least a second"));
    }
    if (jailText(spec) != jailText(jail)) {
        note(changes, {at, by, "jail", jailText(jail), jailText(spec), QStringLiteral("by hand")});
        jail = spec;
    }
    return {};
}

void SiteThresholds::markFalseAlarm(const Incident& incident, Instant at, const QString& by)
{
    if (markOf(incident)) {
        return;
    }
    const auto [name, figure] = standsOn(incident);
    const SettingDescription* d = describe(name);
    const double now = effective().*(d->value);
    const double enough = std::clamp(std::floor(figure) + 1, now, std::max(now, now * kStep));
    FalseAlarm alarm{idText(incident), incident.kind, {incident.start, incident.end}, incident.sources.size(), at, by, name, now, std::min(enough, d->most)};
    note(changes, {at, by, name, numberText(alarm.from), numberText(alarm.to), QStringLiteral("false alarm ") + QString::fromStdString(alarm.incident)});
    falseAlarms.push_back(std::move(alarm));
}

bool SiteThresholds::unmarkFalseAlarm(const Incident& incident, Instant at, const QString& by)
{
    const FalseAlarm* mark = markOf(incident);
    if (!mark) {
        return false;
    }
    const SettingDescription* d = describe(mark->threshold);
    const double before = effective().*(d->value);
    const QString why = QStringLiteral("no false alarm after all: ") + QString::fromStdString(mark->incident);
    falseAlarms.erase(falseAlarms.begin() + (mark - falseAlarms.data()));
    note(changes, {at, by, d->name, numberText(before), numberText(effective().*(d->value)), why});
    return true;
}

const FalseAlarm* SiteThresholds::markOf(const Incident& incident) const
{
    const std::string id = idText(incident);
    for (const FalseAlarm& alarm : falseAlarms) {
        const bool overlaps = incident.start <= alarm.range.end && incident.end >= alarm.range.begin;
        const bool grown = incident.sources.size() > kGrownTimes * std::max<std::uint64_t>(alarm.sources, 1);
        if (alarm.kind == incident.kind && !grown && (alarm.incident == id || (overlaps && alarm.sources > 0))) {
            return &alarm;
        }
    }
    return nullptr;
}

void SiteThresholds::apply(std::vector<Incident>& incidents) const
{
    for (Incident& incident : incidents) {
        if (const FalseAlarm* alarm = markOf(incident)) {
            incident.severity = Severity::Info;
            incident.falseAlarm = true;
            incident.reasons.insert(incident.reasons.begin(), detect::tr("Marked as a false alarm by %1 on %2.")
                                                                  .arg(UntrustedText(alarm->by.toStdString()).plain(40), QString::fromStdString(formatRfc3339(alarm->at)).left(10)));
        }
    }
    std::stable_sort(incidents.begin(), incidents.end(), [](const Incident& a, const Incident& b) { return a.severity > b.severity; });
}

} // namespace mailward
