// SPDX-License-Identifier: GPL-3.0-or-later
// Incidents of accounts and of mail: the other half of IncidentBuilder.
#include "models/detect/IncidentBuilder.h"

#include "models/detect/IncidentWords.h"

#include <algorithm>

namespace mailward::detect {

namespace {

constexpr std::uint32_t kSpamMails = 10;
constexpr double kSureScore = 100;
constexpr double kLikelyScore = 75; // log-ins alone: below this it may be a traveller
constexpr int kTooManyToTravel = 3; // so many people are not in two strange countries each within hours, all on one day

} // namespace

bool IncidentBuilder::isSpam(const AccountRisk& risk) const
{
    const bool loud = risk.has(RiskSign::Bounces) || risk.has(RiskSign::SendBurst) || risk.has(RiskSign::ManyNetworks);
    // Mail from strangers out of an account that an attack has just opened needs no further sign.
    return (risk.mails >= kSpamMails && loud) || (risk.strangeMails >= kSpamMails && (risk.has(RiskSign::Besieged) || risk.has(RiskSign::FirstUse)));
}

void IncidentBuilder::addRisk(Incident& incident, const AccountRisk& risk, std::map<IpAddress, IncidentSource>& sources) const
{
    const auto note = [&](std::uint32_t address, std::int64_t time, std::uint16_t server) {
        const AddressEntry& entry = m_tape.address(address);
        const auto [at, isNew] = sources.try_emplace(entry.ip, IncidentSource{entry.ip, entry.facts.country, entry.facts.asn, 0, 0, fromMicros(time), fromMicros(time), MemberSign::Misuse});
        at->second.confidence = std::max(at->second.confidence, std::min(0.5 + risk.score / 200, 0.99));
        ++at->second.attempts;
        at->second.first = std::min(at->second.first, fromMicros(time));
        at->second.last = std::max(at->second.last, fromMicros(time));
        incident.servers.push_back(serverName(server));
    };
    std::optional<OpenedAccount> opened;
    for (const std::uint32_t index : risk.logins) {
        const Attempt& a = m_tape.attempts[index];
        note(a.address, a.time, a.server);
        if (!opened || fromMicros(a.time) < opened->at) {
            opened = OpenedAccount{accountName(risk.account), fromMicros(a.time), m_tape.address(a.address).ip, {}};
        }
    }
    for (const std::uint32_t index : risk.steps) {
        const MailFact& fact = m_tape.mail[index];
        // Its owner may well go on writing from home: with log-ins from abroad, home is not what is looked for.
        // Where countries are not known, home is the part of the net that it came from before.
        const CountryCode country = fact.address == kNobody ? kNoCountry : m_tape.address(fact.address).facts.country;
        const bool home = country == kNoCountry ? fact.address != kNobody && m_standing.cameFromAround(risk.account, fact.address, risk.begin - kHour)
                                                : !risk.logins.empty() && m_standing.countryShare(country) >= kHomeShare;
        const bool known = home || fact.address == kNobody || m_standing.isApart(fact.address) || m_standing.isTrusted(m_tape.network(fact.address)) ||
                           m_standing.isFamiliar(risk.account, m_tape.network(fact.address), risk.begin - kHour);
        if (fact.kind == EventKind::Accepted && !known) {
            note(fact.address, fact.time, fact.server);
            if (!opened) {
                opened = OpenedAccount{accountName(risk.account), fromMicros(fact.time), m_tape.address(fact.address).ip, {}};
            }
        }
    }
    QStringList words;
    for (std::size_t i = 0; i < kRiskSigns; ++i) {
        if (risk.points[i] > 0) {
            words << riskSignText(static_cast<RiskSign>(i));
        }
    }
    const QString why = words.join(QStringLiteral("; "));
    incident.reasons.push_back(tr("%1: %2 (score %3).").arg(accountName(risk.account).plain(80), why, QString::number(risk.score)));
    if (opened) {
        opened->reason = why;
        incident.opened.push_back(*opened);
    }
    incident.accounts.push_back({accountName(risk.account), 0, 0});
    incident.counts.mails += risk.mails;
    incident.counts.recipients += risk.recipients;
    incident.counts.bounces += risk.bounces;
}

Incident IncidentBuilder::fromRisks(const std::vector<AccountRisk>& risks) const
{
    Incident incident;
    incident.kind = isSpam(risks.front()) ? IncidentKind::OutboundSpam : IncidentKind::AccountCompromise;
    incident.start = fromMicros(risks.front().begin);
    incident.alarm = fromMicros(risks.front().alarm);
    std::map<IpAddress, IncidentSource> sources;
    double best = 0;
    bool besieged = false, strange = false;
    int hopping = 0;
    for (const AccountRisk& risk : risks) {
        addRisk(incident, risk, sources);
        incident.start = std::min(incident.start, fromMicros(risk.begin));
        incident.end = std::max(incident.end, fromMicros(risk.end));
        incident.alarm = std::min(incident.alarm, fromMicros(risk.alarm));
        best = std::max(best, risk.score);
        besieged = besieged || risk.points[static_cast<std::size_t>(RiskSign::Besieged)] > 0;
        strange = strange || !risk.fromUsualPlace;
        hopping += risk.points[static_cast<std::size_t>(RiskSign::Hop)] > 0 ? 1 : 0;
    }
    for (const auto& [ip, source] : sources) {
        incident.sources.push_back(source);
    }
    addPlaces(incident);
    incident.confidence = std::min(0.5 + best / 200, 0.99);
    const bool spam = incident.kind == IncidentKind::OutboundSpam;
    const bool sure = best >= kSureScore || hopping >= kTooManyToTravel;
    incident.severity = !strange || incident.opened.empty() ? Severity::Low
                        : spam || besieged                  ? Severity::Critical
                        : sure                              ? Severity::High
                        : best >= kLikelyScore              ? Severity::Medium
                                                            : Severity::Low;
    finish(incident);
    const QString accounts = accountsText(incident.accounts.size()), addresses = addressesText(incident.sources.size());
    incident.title = spam ? tr("Spam through %1: %2 mails from %3, %4 bounces, %5")
                                .arg(accounts, formatCount(incident.counts.mails), addresses, formatCount(incident.counts.bounces), durationText(incident.end - incident.start))
                          : tr("In wrong hands, it seems: %1, log-ins from %2, %3").arg(accounts, addresses, durationText(incident.end - incident.start));
    return incident;
}

Incident IncidentBuilder::fromStale(const std::vector<StaleDevice>& devices) const
{
    Incident incident;
    incident.kind = IncidentKind::StalePassword;
    incident.severity = Severity::Info;
    incident.confidence = 0.9;
    incident.start = fromMicros(devices.front().first);
    std::vector<std::string> places;
    for (const StaleDevice& device : devices) {
        incident.start = std::min(incident.start, fromMicros(device.first));
        incident.end = std::max(incident.end, fromMicros(device.last));
        incident.counts.attempts += device.tries;
        incident.servers.push_back(serverName(device.server));
        places.push_back(m_tape.address(device.address).ip.toString());
    }
    std::sort(places.begin(), places.end());
    QStringList shown;
    for (std::size_t i = 0; i < std::min<std::size_t>(places.size(), 5); ++i) {
        shown << QString::fromStdString(places[i]);
    }
    incident.alarm = incident.end;
    const bool named = devices.front().account != kNobody;
    const UntrustedText name = named ? accountName(devices.front().account) : UntrustedText();
    if (named) {
        incident.accounts.push_back({name, incident.counts.attempts, devices.size()});
    }
    incident.reasons.push_back(tr("One wrong password again and again, from %1: a device that was not told of the new one. Ask its owner; a block would hurt everybody there.").arg(shown.join(QStringLiteral(", "))));
    finish(incident);
    incident.counts.sources = 0;
    incident.id += "-" + name.raw();
    incident.title = named ? tr("Old password in a device: %1, %2 tries").arg(name.plain(80), formatCount(incident.counts.attempts))
                           : tr("Old password in a device, %1 tries; the log does not name the account").arg(formatCount(incident.counts.attempts));
    return incident;
}

Incident IncidentBuilder::fromRefused(const std::vector<RefusedSource>& refused, bool relay) const
{
    Incident incident;
    incident.kind = relay ? IncidentKind::RelayProbe : IncidentKind::UserEnumeration;
    incident.severity = Severity::Low;
    incident.confidence = 0.9;
    incident.start = fromMicros(refused.front().first);
    incident.alarm = fromMicros(refused.front().alarm);
    for (const RefusedSource& source : refused) {
        const AddressEntry& entry = m_tape.address(source.address);
        incident.sources.push_back({entry.ip, entry.facts.country, entry.facts.asn, 0.9, source.refusals, fromMicros(source.first), fromMicros(source.last), MemberSign::Refused});
        incident.start = std::min(incident.start, fromMicros(source.first));
        incident.end = std::max(incident.end, fromMicros(source.last));
        incident.alarm = std::min(incident.alarm, fromMicros(source.alarm));
        incident.counts.attempts += source.refusals;
        incident.servers.push_back(serverName(source.server));
    }
    std::sort(incident.sources.begin(), incident.sources.end(), [](const auto& a, const auto& b) { return a.ip < b.ip; });
    addPlaces(incident);
    incident.reasons.push_back(relay ? tr("They offered mail for mailboxes elsewhere without logging in; the server refused.")
                                     : tr("They asked for many mailboxes that are not here; the server refused."));
    finish(incident);
    incident.title = tr("%1: %2 refusals, %3 addresses").arg(relay ? tr("Relay attempts") : tr("Search for mailboxes"),
                                                                        formatCount(incident.counts.attempts), formatCount(incident.sources.size()));
    return incident;
}

Incident IncidentBuilder::fromBackscatter(const BackscatterWave& wave) const
{
    Incident incident;
    incident.kind = IncidentKind::Backscatter;
    incident.severity = Severity::Low;
    incident.confidence = 0.9;
    incident.start = fromMicros(wave.begin);
    incident.end = fromMicros(wave.end);
    incident.alarm = fromMicros(wave.alarm);
    incident.counts.bounces = wave.count;
    incident.reasons.push_back(tr("The bounces answer mail that no account here has sent: its sender was forged. SPF and DMARC with a strict policy help; resetting passwords does not."));
    finish(incident);
    incident.title = tr("Bounces for mail that nobody here sent: %1, %2").arg(formatCount(wave.count), durationText(incident.end - incident.start));
    return incident;
}

} // namespace mailward::detect
