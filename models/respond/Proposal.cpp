// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/Proposal.h"

#include "models/respond/TrustedLogins.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr auto kHistory = std::chrono::days(30);
constexpr std::size_t kMostCountries = 16;
constexpr std::size_t kMostNetworks = 64;
constexpr std::uint64_t kLeastSources = 3; ///< of a group, before its published ranges are worth a look

bool blames(const Incident& incident)
{
    if (incident.falseAlarm) {
        return false;
    }
    switch (incident.kind) {
    case IncidentKind::Backscatter:
    case IncidentKind::StalePassword:
    case IncidentKind::RelayProbe: return false; // nobody to ban, or through port 25 alone
    case IncidentKind::BruteForce:
    case IncidentKind::SshBruteForce: return incident.severity >= Severity::Low && !incident.sources.empty(); // nobody mistypes that often
    default: return incident.severity >= Severity::Medium && !incident.sources.empty();
    }
}

/// What one kind of door sees of the attack.
struct Front {
    Ports ports;
    std::map<IpAddress, OptimiserSource> sources;
    std::uint64_t attempts = 0; ///< through whatever door
    std::uint64_t spared = 0;   ///< sources from which people were let in before: no plan is made against them
};

std::uint64_t attemptsThrough(const Ports& ports, const std::array<std::uint64_t, kServiceCount>& byService)
{
    std::uint64_t sum = 0;
    for (int i = 0; i < kServiceCount; ++i) {
        const Ports needed = portsOfService(static_cast<Service>(i));
        if (std::includes(ports.begin(), ports.end(), needed.begin(), needed.end())) {
            sum += byService[std::size_t(i)];
        }
    }
    return sum;
}

/// Wrong and right passwords of the sources, by service: log lines say at which door they came, incidents do not.
class Doors
{
public:
    Doors(const ColumnsSnapshot& data, const std::vector<Incident>& incidents, Instant now)
    {
        for (const Incident& incident : incidents) {
            for (const IncidentSource& source : incident.sources) {
                m_counts.try_emplace(source.ip);
            }
        }
        std::vector<std::array<std::uint64_t, kServiceCount>*> wanted(data.addressCount());
        for (std::uint32_t id = 0; id < wanted.size(); ++id) {
            const auto found = m_counts.find(data.address(AddressId(id)).ip);
            wanted[id] = found == m_counts.end() ? nullptr : &found->second;
        }
        for (const ChunkView& chunk : data.chunks()) {
            for (std::uint32_t row = 0; row < chunk.rows; ++row) {
                const AddressId id(chunk.fixed->address[row]);
                if (id.isValid() && wanted[id.value()] != nullptr && chunk.fixed->time[row] < toMicros(now) &&
                    outcomeOf(chunk.amendable->verdict[row]) != Outcome::None) {
                    (*wanted[id.value()])[chunk.amendable->service[row]] += chunk.amendable->attempts[row];
                }
            }
        }
    }

    [[nodiscard]] const std::array<std::uint64_t, kServiceCount>& of(IpAddress address) const { return m_counts.at(address); }

private:
    std::unordered_map<IpAddress, std::array<std::uint64_t, kServiceCount>> m_counts;
};

std::vector<Front> frontsOf(const ColumnsSnapshot& data, const std::vector<Incident>& incidents, Instant now)
{
    const Doors doors(data, incidents, now);
    std::vector<Front> fronts{{authPorts(), {}, 0}, {{22}, {}, 0}};
    for (const Incident& incident : incidents) {
        Front& front = fronts[incident.kind == IncidentKind::SshBruteForce ? 1 : 0];
        for (const IncidentSource& source : incident.sources) {
            const auto& counts = doors.of(source.ip);
            const auto [it, fresh] = front.sources.try_emplace(source.ip, OptimiserSource{source.ip, source.confidence, 0, source.first, source.last});
            it->second.confidence = std::max(it->second.confidence, source.confidence);
            it->second.first = std::min(it->second.first, source.first);
            it->second.last = std::max(it->second.last, source.last);
            if (fresh) {
                it->second.attempts = attemptsThrough(front.ports, counts);
                const std::uint64_t any = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) - counts[std::size_t(Service::Ssh)];
                front.attempts += &front == &fronts[1] ? counts[std::size_t(Service::Ssh)] : any;
            }
        }
    }
    std::erase_if(fronts, [](const Front& front) { return front.sources.empty(); });
    return fronts;
}

/// Leaves out the sources from which people were let in before they failed: a stale password or an infected machine at home is
/// no reason to ban, and nothing to learn from about where the attack comes from.
void spareOurPeople(Front& front, const std::vector<GoodLogin>& logins)
{
    for (const GoodLogin& login : logins) {
        front.spared += front.sources.erase(login.address);
    }
}

/// Published ranges of the countries and networks that send most.
std::vector<CandidateGroup> groupsOf(const std::map<IpAddress, OptimiserSource>& sources, const GeoDatabase* geo)
{
    std::vector<CandidateGroup> groups;
    if (geo == nullptr) {
        return groups;
    }
    std::map<CountryCode, std::uint64_t> countries;
    std::map<std::uint32_t, std::uint64_t> networks;
    for (const auto& [address, source] : sources) {
        const GeoInfo info = geo->lookup(address);
        countries[info.country] += info.country == kNoCountry ? 0U : 1U;
        networks[info.asn] += info.asn == 0 ? 0U : 1U;
    }
    const auto largest = [](const auto& counts, std::size_t most) {
        std::vector<std::pair<std::uint64_t, typename std::decay_t<decltype(counts)>::key_type>> order;
        for (const auto& [key, count] : counts) {
            if (count >= kLeastSources) {
                order.emplace_back(count, key);
            }
        }
        std::sort(order.rbegin(), order.rend());
        order.resize(std::min(order.size(), most));
        return order;
    };
    std::vector<CountryCode> large;
    for (const auto& [count, country] : largest(countries, kMostCountries)) {
        large.push_back(country);
    }
    auto prefixes = geo->countryPrefixes(large);
    for (std::size_t i = 0; i < large.size(); ++i) {
        groups.push_back({QString::fromStdString(std::string(countryText(large[i]))), GroupKind::Country, std::move(prefixes[i])});
    }
    for (const auto& [count, asn] : largest(networks, kMostNetworks)) {
        const QString name = UntrustedText(std::string(geo->asnName(asn))).plain(40);
        groups.push_back({QStringLiteral("AS%1 %2").arg(asn).arg(name).trimmed(), GroupKind::Network, geo->asnPrefixes(asn)});
    }
    return groups;
}

std::chrono::seconds lifetimeOf(const std::vector<Incident>& incidents)
{
    std::chrono::microseconds longest{0};
    for (const Incident& incident : incidents) {
        longest = std::max(longest, std::chrono::microseconds(incident.end - incident.start));
    }
    return std::clamp<std::chrono::seconds>(std::chrono::ceil<std::chrono::hours>(2 * longest), 24h, std::chrono::days(31));
}

QString titleOf(const std::vector<Incident>& incidents)
{
    QStringList titles;
    for (const Incident& incident : incidents) {
        titles << incident.title;
    }
    return titles.join(QStringLiteral("; ")).left(400);
}

/// The fronts' offers of one kind as one plan.
class PlanSum
{
public:
    PlanSum(OfferKind kind, const std::vector<Incident>& incidents, Instant now)
    {
        m_proposal.kind = kind;
        Plan& plan = m_proposal.plan;
        plan.id = newPlanId();
        plan.made = now;
        plan.from = titleOf(incidents);
        std::set<QString> resets, holds;
        for (const Incident& incident : incidents) {
            for (const OpenedAccount& opened : incident.opened) {
                resets.insert(QString::fromUtf8(QByteArray::fromStdString(opened.name.raw())));
                if (incident.kind == IncidentKind::OutboundSpam) {
                    holds.insert(QString::fromUtf8(QByteArray::fromStdString(opened.name.raw())));
                }
            }
        }
        plan.resets = {resets.begin(), resets.end()};
        plan.holds = {holds.begin(), holds.end()};
    }

    void add(const Front& front, const Offer& offer, std::chrono::seconds ttl)
    {
        for (BanEntry ban : offer.bans) {
            ban.ports = front.ports;
            ban.ttl = ttl;
            m_proposal.plan.bans.push_back(std::move(ban));
        }
        m_proposal.plan.refused.insert(m_proposal.plan.refused.end(), offer.refused.begin(), offer.refused.end());
        std::uint64_t atDoors = 0, reachable = 0;
        for (const auto& [address, source] : front.sources) {
            atDoors += source.attempts;
            reachable += source.attempts > 0 ? 1U : 0U;
        }
        m_attempts += double(front.attempts);
        m_sources += double(front.sources.size() + front.spared);
        m_portless += double(front.attempts - std::min(front.attempts, atDoors));
        m_stopped += offer.expected.attemptsStoppedPct * double(atDoors);
        m_covered += offer.expected.sourcesCoveredPct * double(reachable);
        m_next += offer.expected.nextSourcesCoveredPct * double(reachable);
        m_proposal.plan.expected.addressesBlocked += offer.expected.addressesBlocked;
    }

    [[nodiscard]] Proposal take(const GuardContext& guards)
    {
        PlanExpectation& expected = m_proposal.plan.expected;
        const Collateral cut = refuseUnsafe(m_proposal.plan, guards).collateral;
        expected.attemptsStoppedPct = m_stopped / std::max(m_attempts, 1.0);
        expected.sourcesCoveredPct = m_covered / std::max(m_sources, 1.0);
        expected.nextSourcesCoveredPct = m_next / std::max(m_sources, 1.0);
        expected.goodLoginsCut = cut.goodLogins;
        expected.accountsCut = cut.accounts.size();
        expected.accountsCutOnlyHere = cut.onlyHere.size();
        m_proposal.portlessPct = 100 * m_portless / std::max(m_attempts, 1.0);
        return std::move(m_proposal);
    }

private:
    Proposal m_proposal;
    double m_attempts = 0, m_sources = 0, m_portless = 0, m_stopped = 0, m_covered = 0, m_next = 0;
};

} // namespace

Ports portsOfService(Service service)
{
    switch (service) {
    case Service::Smtp: return {25};
    case Service::Submission: return {465, 587};
    case Service::Imap: return {143, 993};
    case Service::Pop3: return {110, 995};
    case Service::Sieve: return {4190};
    case Service::Ssh: return {22};
    case Service::Web: return {80, 443};
    case Service::Other: return authPorts(); // a log-in whose door the log does not name: any of them
    case Service::Lmtp:
    case Service::Ftp: break;
    }
    return {0}; // a door that no plan can close
}

std::vector<Incident> answerable(const std::vector<Incident>& incidents, Instant now)
{
    std::vector<Incident> all, recent;
    std::copy_if(incidents.begin(), incidents.end(), std::back_inserter(all), blames);
    std::copy_if(all.begin(), all.end(), std::back_inserter(recent), [&](const Incident& incident) { return incident.end + 24h >= now; });
    return recent.empty() ? all : recent;
}

std::vector<Proposal> proposePlans(const ColumnsSnapshot& data, const std::vector<Incident>& chosen, const std::vector<Incident>& all, ProposalInput input)
{
    input.guards.now = input.now;
    input.guards.goodLogins = trustedLogins(data, {input.now - kHistory, input.now}, all);
    const auto good = sharedNetworks(input.guards.goodLogins);
    const auto ttl = lifetimeOf(chosen);
    std::vector<PlanSum> sums;
    for (const auto kind : {OfferKind::Gentle, OfferKind::Balanced, OfferKind::Hard}) {
        sums.emplace_back(kind, chosen, input.now);
    }
    auto fronts = frontsOf(data, chosen, input.now);
    for (Front& front : fronts) {
        spareOurPeople(front, input.guards.goodLogins);
        OptimiserInput request;
        for (const auto& [address, source] : front.sources) {
            if (source.attempts > 0) {
                request.sources.push_back(source);
            }
        }
        request.groups = groupsOf(front.sources, input.geo.get());
        request.guards = input.guards;
        request.goodNetworks = good;
        request.maxRules = input.maxRules;
        const auto offers = optimise(request);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            sums[i].add(front, offers[i], ttl);
        }
    }
    std::vector<Proposal> proposals;
    for (PlanSum& sum : sums) {
        proposals.push_back(sum.take(input.guards));
    }
    return proposals;
}

} // namespace mailward
