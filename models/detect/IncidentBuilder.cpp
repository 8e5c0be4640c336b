// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/IncidentBuilder.h"

#include "models/detect/IncidentWords.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace mailward::detect {

namespace {

QString countriesText(const Incident& incident)
{
    std::uint64_t known = 0, most = 0;
    CountryCode first = kNoCountry;
    for (const auto& [country, count] : incident.countries) {
        known += country == kNoCountry ? 0 : count;
        if (country != kNoCountry && count > most) {
            most = count;
            first = country;
        }
    }
    if (known == 0) {
        return {};
    }
    const auto share = static_cast<int>(std::lround(100.0 * static_cast<double>(most) / static_cast<double>(incident.sources.size())));
    return QStringLiteral("%1 % %2").arg(share).arg(QString::fromLatin1(first.data(), 2));
}

constexpr std::size_t kMostNetworks = 50;

} // namespace

/// What is counted once over the attempts of a group.
struct IncidentBuilder::Tally {
    std::uint64_t unknownTries = 0;
    std::map<std::uint32_t, std::uint64_t> asns; ///< sources by network operator
};

Incident IncidentBuilder::fromGroup(const AttackGroup& group) const
{
    Incident incident;
    Tally tally;
    incident.start = fromMicros(m_tape.attempts[group.attempts.front()].time);
    incident.end = fromMicros(m_tape.attempts[group.attempts.back()].time);
    incident.alarm = fromMicros(group.alarm);
    addMembers(incident, group, tally);
    addOpened(incident, group);
    addPlaces(incident);
    addPhases(incident, group);
    incident.kind = kindOf(group, tally);
    incident.severity = severityOf(incident, group);
    addGroupReasons(incident, group, tally);
    finish(incident);
    incident.title = titleOf(incident);
    return incident;
}

void IncidentBuilder::addMembers(Incident& incident, const AttackGroup& group, Tally& tally) const
{
    const auto at = [this](std::uint32_t index) -> const Attempt& { return m_tape.attempts[index]; };
    std::set<std::uint16_t> servers;
    std::vector<std::uint32_t> named;
    for (const std::uint32_t index : group.attempts) {
        const Attempt& a = at(index);
        incident.counts.attempts += a.tries;
        tally.unknownTries += a.unknownUser ? a.tries : 0;
        servers.insert(a.server);
        if (a.account != kNobody) {
            named.push_back(index);
        }
    }
    const auto triesOf = [&](std::span<const std::uint32_t> all) {
        return std::accumulate(all.begin(), all.end(), std::uint64_t{0}, [&](std::uint64_t sum, std::uint32_t index) { return sum + at(index).tries; });
    };
    double sum = 0;
    forEachGroup(group.attempts, [&](std::uint32_t i) { return at(i).address; }, [&](std::span<const std::uint32_t> all) {
        const std::uint32_t address = at(all.front()).address;
        const AddressEntry& entry = m_tape.address(address);
        const auto known = std::ranges::lower_bound(group.members, address, {}, &GroupMember::address);
        const GroupMember member = group.members.empty() ? GroupMember{address, kCertain, signsOfAll(group)} : known == group.members.end() ? GroupMember{} : *known;
        incident.sources.push_back({entry.ip, entry.facts.country, entry.facts.asn, std::min(member.confidence, 0.999), triesOf(all), fromMicros(at(all.front()).time),
                                    fromMicros(at(all.back()).time), member.signs});
        ++tally.asns[entry.facts.asn];
    });
    std::ranges::sort(incident.sources, {}, &IncidentSource::ip);
    for (const IncidentSource& source : incident.sources) {
        sum += source.confidence;
    }
    incident.confidence = sum / static_cast<double>(incident.sources.size());
    forEachGroup(std::move(named), [&](std::uint32_t i) { return at(i).account; }, [&](std::span<const std::uint32_t> all) {
        std::vector<std::uint32_t> addresses;
        std::ranges::transform(all, std::back_inserter(addresses), [&](std::uint32_t i) { return at(i).address; });
        incident.accounts.push_back({accountName(at(all.front()).account), triesOf(all), countDistinct(std::move(addresses))});
    });
    for (const std::uint16_t server : servers) {
        incident.servers.push_back(serverName(server));
    }
}

void IncidentBuilder::addOpened(Incident& incident, const AttackGroup& group) const
{
    std::set<std::uint32_t> opened;
    const std::int64_t from = toMicros(incident.start), until = toMicros(incident.end) + kDay;
    std::vector<std::uint32_t> logins;
    const auto source = [this](std::uint32_t index) { return m_tape.attempts[index].address; };
    forEachGroup(group.attempts, source, [&](std::span<const std::uint32_t> tries) {
        const std::uint32_t member = source(tries.front());
        for (const std::uint32_t index : m_standing.successesFrom(member)) {
            const Attempt& a = m_tape.attempts[index];
            if (a.time >= from && a.time < until && !m_standing.isFamiliar(a.account, m_tape.network(member), from)) {
                logins.push_back(index);
            }
        }
    });
    std::sort(logins.begin(), logins.end());
    for (const std::uint32_t index : logins) {
        const Attempt& a = m_tape.attempts[index];
        if (opened.insert(a.account).second) {
            incident.opened.push_back({accountName(a.account), fromMicros(a.time), m_tape.address(a.address).ip,
                                       tr("a participant of the attack was let in")});
            std::ranges::lower_bound(incident.sources, incident.opened.back().ip, {}, &IncidentSource::ip)->signs.add(MemberSign::LetIn);
            incident.end = std::max(incident.end, fromMicros(a.time));
        }
    }
}

bool IncidentBuilder::addIntrusion(Incident& incident, const AccountRisk& risk) const
{
    const UntrustedText name = accountName(risk.account);
    const auto same = [&](const auto& account) { return account.name == name; };
    if (std::any_of(incident.opened.begin(), incident.opened.end(), same)) {
        return true;
    }
    const bool tried = std::any_of(incident.accounts.begin(), incident.accounts.end(), same);
    const bool firstUse = !tried && risk.has(RiskSign::FirstUse) && incident.kind != IncidentKind::SshBruteForce;
    if (!tried && !firstUse) {
        return false;
    }
    for (const std::uint32_t index : risk.logins) {
        const Attempt& a = m_tape.attempts[index];
        if (fromMicros(a.time) < incident.start || fromMicros(a.time) > incident.end) {
            continue;
        }
        const AddressEntry& entry = m_tape.address(a.address);
        if (firstUse && !incident.countries.contains(entry.facts.country)) {
            continue;
        }
        incident.opened.push_back({name, fromMicros(a.time), entry.ip,
                                   firstUse ? tr("nobody had ever used it, and a stranger was let in at the first try")
                                            : tr("a stranger was let in while the attack was guessing at it")});
        if (firstUse) {
            incident.accounts.push_back({name, 0, 0});
        }
        const auto at = std::ranges::lower_bound(incident.sources, entry.ip, {}, &IncidentSource::ip);
        if (at == incident.sources.end() || at->ip != entry.ip) {
            incident.sources.insert(at, {entry.ip, entry.facts.country, entry.facts.asn, 0.9, a.tries, fromMicros(a.time), fromMicros(a.time), MemberSign::LetIn});
            ++incident.countries[entry.facts.country];
        } else {
            at->signs.add(MemberSign::LetIn);
        }
        incident.reasons.push_back(tr("%1 was opened from %2.").arg(name.plain(80), QString::fromStdString(entry.ip.toString())));
        incident.severity = Severity::Critical;
        finish(incident);
        incident.title = titleOf(incident);
        return true;
    }
    return false;
}

void IncidentBuilder::addPlaces(Incident& incident) const
{
    std::map<Prefix, std::uint64_t> networks;
    for (const IncidentSource& source : incident.sources) {
        ++incident.countries[source.country];
        ++networks[Prefix(source.ip, source.ip.isV4() ? 24 : 64)];
    }
    for (const auto& [prefix, count] : networks) {
        if (count > 1) {
            incident.networks.push_back({prefix, count});
        }
    }
    std::stable_sort(incident.networks.begin(), incident.networks.end(), [](const auto& a, const auto& b) { return a.sources > b.sources; });
    incident.networks.resize(std::min(incident.networks.size(), kMostNetworks));
}

/// Hours in which a source tried often, and hours in which it tried once.
void IncidentBuilder::addPhases(Incident& incident, const AttackGroup& group) const
{
    struct Hour {
        std::uint64_t tries = 0;
        std::vector<std::uint32_t> addresses; ///< of each attempt
        std::int64_t begin = 0, end = 0;
    };
    std::map<std::int64_t, Hour> hours;
    for (const std::uint32_t index : group.attempts) {
        const Attempt& a = m_tape.attempts[index];
        Hour& hour = hours[a.time / kHour];
        hour.begin = hour.tries == 0 ? a.time : hour.begin;
        hour.end = a.time;
        hour.tries += a.tries;
        hour.addresses.push_back(a.address);
    }
    std::uint64_t tries = 0, sources = 0;
    bool loudBefore = false;
    for (auto& [start, hour] : hours) {
        const std::size_t inHour = countDistinct(std::move(hour.addresses));
        const bool loud = hour.tries >= 2 * inHour;
        if (incident.phases.empty() || loud != loudBefore) {
            incident.phases.push_back({{fromMicros(hour.begin), {}}, 0, loud ? tr("many tries a source") : tr("one try a source")});
            tries = sources = 0;
        }
        tries += hour.tries;
        sources += inHour;
        incident.phases.back().range.end = fromMicros(hour.end + 1);
        incident.phases.back().triesPerSource = static_cast<double>(tries) / static_cast<double>(sources);
        loudBefore = loud;
    }
    if (incident.phases.size() > 6) {
        incident.phases.clear(); // it flickers: no phases
    }
}

IncidentKind IncidentBuilder::kindOf(const AttackGroup& group, const Tally& tally) const
{
    if (group.kind != IncidentKind::DistributedGuessing || group.door == Door::Ssh) {
        return group.door == Door::Ssh ? IncidentKind::SshBruteForce : group.kind;
    }
    std::vector<std::uint32_t> names;
    double tries = 0;
    for (const std::uint32_t index : group.attempts) {
        names.push_back(m_tape.attempts[index].account);
        tries += m_tape.attempts[index].tries;
    }
    const auto accounts = static_cast<double>(countDistinct(std::move(names)));
    const double share = accounts / tries;
    const double unknown = static_cast<double>(tally.unknownTries) / tries;
    const std::int64_t first = m_tape.attempts[group.attempts.front()].time, last = m_tape.attempts[group.attempts.back()].time;
    const double hours = std::max(1.0, static_cast<double>(last - first) / static_cast<double>(kHour));
    // The first tries of any attack are at different accounts: many must have been tried once, and hardly any twice.
    if (share >= m_settings.stuffingAccountShare && tries / hours >= m_settings.stuffingPerHour && accounts >= 2 * m_settings.stuffingPerHour) {
        return unknown < m_settings.stuffingUnknownShare ? IncidentKind::CredentialStuffing : IncidentKind::UserEnumeration;
    }
    for (const auto& [asn, sources] : tally.asns) {
        std::size_t all = 0;
        for (const auto& entry : tally.asns) {
            all += entry.second;
        }
        if (asn != 0 && static_cast<double>(sources) >= 0.8 * static_cast<double>(all) && share >= 0.5 &&
            accounts >= 1.5 * m_settings.sprayAccounts) {
            return IncidentKind::PasswordSpray;
        }
    }
    return IncidentKind::DistributedGuessing;
}

Severity IncidentBuilder::severityOf(const Incident& incident, const AttackGroup& group) const
{
    if (!incident.opened.empty()) {
        return Severity::Critical;
    }
    const auto sources = static_cast<double>(incident.sources.size());
    const auto attempts = static_cast<double>(incident.counts.attempts);
    if (group.everyday) {
        return Severity::Low;
    }
    if (group.door == Door::Ssh) {
        return sources >= 2 * m_settings.bruteForceMinSources && attempts >= 2 * m_settings.bruteForceMinAttempts ? Severity::Medium : Severity::Low;
    }
    if (group.kind == IncidentKind::BruteForce) {
        const bool many = sources >= m_settings.bruteForceMinSources && attempts >= m_settings.bruteForceMinAttempts;
        return many && attempts >= 10 * m_settings.bruteForceMinAttempts ? Severity::High
               : many || attempts >= 10 * m_settings.bruteForceMinAttempts ? Severity::Medium
                                                                           : Severity::Low;
    }
    if (group.kind == IncidentKind::PasswordSpray) {
        // A handful of tries at names that nobody has is what bots do everywhere.
        const bool invented = std::none_of(group.attempts.begin(), group.attempts.end(), [&](std::uint32_t index) { return m_standing.exists(m_tape.attempts[index].account); });
        return attempts >= m_settings.bruteForceMinAttempts ? Severity::High : invented && attempts < 5 * m_settings.sprayAccounts ? Severity::Low : Severity::Medium;
    }
    if (sources < m_settings.minSources) {
        return Severity::Low;
    }
    return sources >= 5 * m_settings.minSources || attempts >= 10 * m_settings.minSources ? Severity::High : Severity::Medium;
}

void IncidentBuilder::addGroupReasons(Incident& incident, const AttackGroup& group, const Tally& tally) const
{
    const double hours = std::max(1.0, static_cast<double>((incident.end - incident.start).count()) / static_cast<double>(kHour));
    const double perHour = static_cast<double>(incident.sources.size()) / hours;
    if (group.siteChange) {
        incident.reasons.push_back(tr("About %1 an hour that nobody here knows failed; %2.").arg(addressesText(static_cast<std::size_t>(std::max(1LL, std::llround(perHour)))), usualText(group.expectedPerHour)));
    }
    if (!group.fanAccounts.empty()) {
        incident.reasons.push_back(tr("%1 had strangers from many addresses at the door.").arg(accountsText(group.fanAccounts.size())));
    }
    if (group.kind == IncidentKind::PasswordSpray) {
        incident.reasons.push_back((group.operatorWide ? tr("Addresses all over one network operator, from which hardly anybody here comes, tried %1, few passwords each.")
                                                               : tr("Networks of few addresses tried %1, few passwords each.")).arg(accountsText(incident.accounts.size())));
    } else if (group.kind != IncidentKind::DistributedGuessing) {
        incident.reasons.push_back(tr("Each of these sources failed at least %1 times in a day.").arg(m_settings.loudAttempts));
    }
    incident.reasons.push_back(tr("None of the addresses is known to any account, and none of the failures was put right by a log-in from the same place."));
    if (tally.unknownTries * 10 > incident.counts.attempts) {
        incident.reasons.push_back(tr("%1 % of the tries were at names that do not exist.").arg(tally.unknownTries * 100 / incident.counts.attempts));
    }
    const QString countries = countriesText(incident);
    if (!countries.isEmpty()) {
        incident.reasons.push_back(tr("Where they come from: %1 of the addresses.").arg(countries));
    }
    if (group.everyday) {
        incident.reasons.push_back(tr("As much of it is seen here on most days."));
    }
    for (const OpenedAccount& opened : incident.opened) {
        incident.reasons.push_back(tr("%1 was opened from %2.").arg(opened.name.plain(80), QString::fromStdString(opened.ip.toString())));
    }
}

QString IncidentBuilder::titleOf(const Incident& incident)
{
    const auto sources = incident.sources.size();
    QString title = kindText(incident.kind) + QStringLiteral(": ") + addressesText(sources);
    title += QStringLiteral(", ") + triesText(static_cast<double>(incident.counts.attempts) / static_cast<double>(std::max<std::size_t>(sources, 1)));
    title += QStringLiteral(", ") + accountsText(incident.accounts.size());
    const QString countries = countriesText(incident);
    title += countries.isEmpty() ? QString() : QStringLiteral(", ") + countries;
    title += QStringLiteral(", ") + durationText(incident.end - incident.start);
    if (!incident.opened.empty()) {
        title += QStringLiteral(", ") + counted(incident.opened.size(), tr("%1 account opened"), tr("%1 accounts opened"));
    }
    return title;
}

void IncidentBuilder::finish(Incident& incident) const
{
    const auto byName = [](const auto& a, const auto& b) { return a.name.raw() < b.name.raw(); };
    std::sort(incident.accounts.begin(), incident.accounts.end(), byName);
    std::sort(incident.opened.begin(), incident.opened.end(), byName);
    std::sort(incident.servers.begin(), incident.servers.end());
    incident.servers.erase(std::unique(incident.servers.begin(), incident.servers.end()), incident.servers.end());
    incident.counts.sources = incident.sources.size();
    incident.counts.accounts = incident.accounts.size();
    const auto running = std::chrono::microseconds(static_cast<std::int64_t>(m_settings.runningForMinutes * static_cast<double>(kMinute)));
    incident.running = m_now - incident.end < running;
    // What is guessed at becomes clearer with time: the name of the kind is no part of these ids.
    const bool guessing = incident.kind == IncidentKind::DistributedGuessing || incident.kind == IncidentKind::CredentialStuffing ||
                          (incident.kind == IncidentKind::UserEnumeration && !incident.accounts.empty());
    incident.id = (guessing ? std::string("guessing") : std::string(incidentKindName(incident.kind))) + "-" + formatRfc3339(incident.start);
}

} // namespace mailward::detect
