// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/IncidentRows.h"

#include "app/controllers/FilterTerms.h"
#include "app/controllers/ViewWords.h"
#include "models/tables/Format.h"

#include <algorithm>
#include <cmath>

namespace mailward {

namespace {

constexpr std::size_t kAccountsOnCard = 4;
constexpr std::size_t kTermsAtMost = 8;

Meaning meaningOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical: return Meaning::Critical;
    case Severity::High: return Meaning::High;
    case Severity::Medium: return Meaning::Warning;
    case Severity::Low:
    case Severity::Info: break;
    }
    return Meaning::Muted;
}

QString severityText(Severity severity)
{
    switch (severity) {
    case Severity::Critical: return tr("Critical");
    case Severity::High: return tr("High");
    case Severity::Medium: return tr("Medium");
    case Severity::Low: return tr("Low");
    case Severity::Info: break;
    }
    return tr("For information");
}

QString addressesText(std::uint64_t count) { return counted(count, tr("%1 address"), tr("%1 addresses")); }
QString accountsText(std::uint64_t count) { return counted(count, tr("%1 account"), tr("%1 accounts")); }

QString triesText(const Incident& incident)
{
    const double tries = static_cast<double>(incident.counts.attempts) / static_cast<double>(std::max<std::size_t>(incident.sources.size(), 1));
    return tries < 1.05 ? tr("one try a source") : tries < 2.05 ? tr("a try or two a source") : tr("about %1 tries a source").arg(std::lround(tries));
}

/// "41 own bounces (27 %)": of the recipients that had an answer.
QString bouncesText(const IncidentCounts& counts)
{
    const QString bounces = counted(counts.bounces, tr("%1 own bounce"), tr("%1 own bounces"));
    return counts.recipients == 0 ? bounces
                                  : QStringLiteral("%1 (%2)").arg(bounces, formatPercent(100.0 * static_cast<double>(counts.bounces) / static_cast<double>(counts.recipients)));
}

/// "97 % China"; nothing when most countries are not known.
QString placeText(const Incident& incident, const Naming& naming)
{
    std::uint64_t most = 0;
    CountryCode first = kNoCountry;
    for (const auto& [country, count] : incident.countries) {
        if (country != kNoCountry && count > most) {
            most = count;
            first = country;
        }
    }
    if (most * 5 < incident.sources.size() || most == 0) {
        return incident.countries.size() > 1 && most > 0 ? tr("%1 countries").arg(incident.countries.size()) : QString();
    }
    const auto share = std::lround(100.0 * static_cast<double>(most) / static_cast<double>(incident.sources.size()));
    return share == 100 ? naming.countryName(first) : tr("%1 % %2").arg(share).arg(naming.countryName(first));
}

QString shortName(const Incident& incident)
{
    if (!incident.opened.empty()) {
        return counted(incident.opened.size(), tr("%1 account opened"), tr("%1 accounts opened"));
    }
    switch (incident.kind) {
    case IncidentKind::DistributedGuessing: return tr("Distributed guessing");
    case IncidentKind::BruteForce: return tr("Brute force");
    case IncidentKind::SshBruteForce: return tr("SSH");
    case IncidentKind::PasswordSpray: return tr("Spray");
    case IncidentKind::CredentialStuffing: return tr("Leaked passwords");
    case IncidentKind::UserEnumeration: return tr("Search for names");
    case IncidentKind::AccountCompromise: return tr("Account in wrong hands");
    case IncidentKind::OutboundSpam: return tr("Spam");
    case IncidentKind::Backscatter: return tr("Backscatter");
    case IncidentKind::StalePassword: return tr("Old password");
    case IncidentKind::RelayProbe: return tr("Relay attempts");
    }
    return {};
}

bool isGuessing(const Incident& incident)
{
    return incident.kind <= IncidentKind::UserEnumeration || incident.kind == IncidentKind::SshBruteForce;
}

TimeRange rangeOf(const Incident& incident) { return {incident.start, incident.end + std::chrono::seconds(1)}; }

} // namespace

QString incidentTitle(const Incident& incident)
{
    const std::size_t sources = incident.sources.size();
    switch (incident.kind) {
    case IncidentKind::DistributedGuessing: return tr("Distributed guessing, %1").arg(triesText(incident));
    case IncidentKind::BruteForce: return tr("Brute force, %1").arg(addressesText(sources));
    case IncidentKind::SshBruteForce: return tr("Brute force on SSH, %1").arg(addressesText(sources));
    case IncidentKind::PasswordSpray: return tr("Password spray, a few passwords at %1").arg(accountsText(incident.accounts.size()));
    case IncidentKind::CredentialStuffing: return tr("Leaked passwords tried, %1").arg(triesText(incident));
    case IncidentKind::UserEnumeration: return incident.accounts.empty() ? tr("Search for mailboxes") : tr("Search for account names");
    case IncidentKind::AccountCompromise:
        if (!isSerious(incident)) {
            return incident.accounts.size() == 1 ? tr("Unusual log-ins of %1").arg(incident.accounts.front().name.plain(60))
                                                 : tr("Unusual log-ins of %1").arg(accountsText(incident.accounts.size()));
        }
        return incident.accounts.size() == 1 ? tr("%1 seems to be in wrong hands").arg(incident.accounts.front().name.plain(60))
                                             : tr("%1 seem to be in wrong hands").arg(accountsText(incident.accounts.size()));
    case IncidentKind::OutboundSpam:
        return incident.opened.empty() ? tr("A burst of mail from %1").arg(accountsText(incident.accounts.size()))
               : incident.opened.size() == 1 ? tr("1 account sends spam from foreign addresses")
                                             : tr("%1 accounts send spam from foreign addresses").arg(formatCount(incident.opened.size()));
    case IncidentKind::Backscatter: return tr("Bounces for mail that nobody here sent");
    case IncidentKind::StalePassword: return incident.accounts.empty() ? tr("Old password in a device; the log does not name its owner")
                                                                                          : tr("Old password in a device of %1").arg(incident.accounts.front().name.plain(60));
    case IncidentKind::RelayProbe: return tr("Relay attempts, refused");
    }
    return {};
}

QString incidentSummary(const Incident& incident, const Naming& naming)
{
    QStringList words;
    const auto say = [&](const QString& text) { text.isEmpty() ? void() : void(words << text); };
    if (incident.counts.mails > 0) {
        say(counted(incident.counts.mails, tr("%1 mail"), tr("%1 mails")));
        say(incident.counts.recipients == 0 ? QString() : counted(incident.counts.recipients, tr("%1 recipient"), tr("%1 recipients")));
        say(bouncesText(incident.counts));
    }
    const auto tries = incident.counts.attempts;
    if (incident.kind == IncidentKind::Backscatter) {
        say(counted(incident.counts.bounces, tr("%1 bounce"), tr("%1 bounces")));
    } else if (!isGuessing(incident) || tries > incident.sources.size() * 11 / 10) {
        say(tries == 0 ? QString() : counted(tries, tr("%1 failure"), tr("%1 failures")));
    }
    say(incident.sources.empty() ? QString() : addressesText(incident.sources.size()));
    say(isGuessing(incident) && !incident.accounts.empty() ? accountsText(incident.accounts.size()) : QString());
    say(placeText(incident, naming));
    say(formatDuration(std::chrono::duration_cast<std::chrono::seconds>(incident.end - incident.start)));
    say(incident.running ? tr("still running") : tr("over"));
    return words.join(QStringLiteral(" · "));
}

namespace {

QString jailWords(const JailNote& note)
{
    return tr("Your jail of %1 in %2 (%3) stops %4 of it.")
        .arg(counted(note.jail.maxretry, tr("%1 failure"), tr("%1 failures")), formatDuration(note.jail.findtime), formatDuration(note.jail.bantime),
             formatPercent(note.effect.percent()));
}

} // namespace

IncidentCard incidentCard(const Incident& incident, const std::optional<JailNote>& jail, const Naming& naming)
{
    IncidentCard card;
    card.target = {TargetKind::Incident, incident.id, {}};
    card.severity = meaningOf(incident.severity);
    card.severityText = severityText(incident.severity);
    card.title = incidentTitle(incident);
    card.when = incident.running ? tr("since %1").arg(formatMoment(incident.start, naming.zone, incident.end)) : formatRange(rangeOf(incident), naming.zone);
    card.summary = incidentSummary(incident, naming);
    QStringList evidence;
    if (!incident.reasons.empty() && (incident.opened.empty() || isGuessing(incident))) {
        evidence << incident.reasons.front();
    }
    if (jail && jail->effect.attempts > 0 && isGuessing(incident) && isSerious(incident)) {
        evidence << jailWords(*jail);
    }
    card.evidence = evidence.join(QLatin1Char(' '));
    for (std::size_t i = 0; i < std::min(incident.opened.size(), kAccountsOnCard); ++i) {
        card.opened.push_back({TargetKind::Account, incident.opened[i].name.raw(), {}});
    }
    card.openedMore = incident.opened.size() - card.opened.size();
    if (!incident.opened.empty()) {
        card.openedText = isSerious(incident) ? counted(incident.opened.size(), tr("%1 account opened:"), tr("%1 accounts opened:"))
                                              : incident.opened.size() == 1 ? tr("travelling? Ask the owner:") : tr("travelling? Ask the owners:");
        card.containText = incident.opened.size() == 1 ? tr("Contain account") : tr("Contain %1 accounts").arg(formatCount(incident.opened.size()));
    }
    card.canPropose = !incident.sources.empty() && isSerious(incident) && incident.kind != IncidentKind::Backscatter;
    card.falseAlarm = incident.falseAlarm;
    return card;
}

QString incidentsCaption(const std::vector<Incident>& incidents)
{
    const auto open = static_cast<std::uint64_t>(std::count_if(incidents.begin(), incidents.end(), [](const Incident& i) { return isSerious(i); }));
    const std::uint64_t rest = incidents.size() - open;
    QStringList words;
    if (open > 0) {
        words << tr("%1 to look at").arg(formatCount(open));
    }
    if (rest > 0) {
        words << tr("%1 for information").arg(formatCount(rest));
    }
    return words.join(QStringLiteral(" · "));
}

std::vector<TimelineMark> incidentMarks(const std::vector<Incident>& incidents)
{
    std::vector<TimelineMark> marks;
    for (const Incident& incident : incidents) {
        if (isSerious(incident)) {
            marks.push_back({rangeOf(incident), shortName(incident), meaningOf(incident.severity), {TargetKind::Incident, incident.id, {}}});
        }
    }
    std::stable_sort(marks.begin(), marks.end(), [](const TimelineMark& a, const TimelineMark& b) { return a.range.begin < b.range.begin; });
    return marks;
}

Filter incidentFilter(const Incident& incident)
{
    Filter filter;
    const TimeRange range = rangeOf(incident);
    filter.after = range.begin;
    filter.before = range.end;
    const bool accounts = incident.kind == IncidentKind::OutboundSpam || incident.kind == IncidentKind::AccountCompromise || incident.kind == IncidentKind::StalePassword;
    if (accounts) {
        for (std::size_t i = 0; i < std::min<std::size_t>(incident.accounts.size(), 4 * kTermsAtMost); ++i) {
            filter.terms.push_back({FilterField::Account, literalPattern(incident.accounts[i].name.raw())});
        }
        return filter;
    }
    if (incident.kind == IncidentKind::Backscatter) {
        filter.terms.push_back({FilterField::Kind, "dsn"});
        return filter;
    }
    const bool refused = incident.kind == IncidentKind::RelayProbe || incident.accounts.empty();
    std::uint64_t inNetworks = 0;
    for (const IncidentNetwork& network : incident.networks) {
        inNetworks += network.sources;
    }
    if (incident.sources.size() <= kTermsAtMost) {
        for (const IncidentSource& source : incident.sources) {
            filter.terms.push_back({FilterField::Address, source.ip.toString()});
        }
    } else if (incident.networks.size() <= kTermsAtMost && inNetworks == incident.sources.size()) {
        for (const IncidentNetwork& network : incident.networks) {
            filter.terms.push_back({FilterField::Network, network.prefix.toString()});
        }
    }
    filter.terms.push_back(refused ? FilterTerm{FilterField::Kind, "reject"} : FilterTerm{FilterField::Outcome, "failure"});
    if (incident.kind == IncidentKind::SshBruteForce) {
        filter.terms.push_back({FilterField::Service, "ssh"});
    }
    return filter;
}

} // namespace mailward
