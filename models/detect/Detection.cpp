// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/Detection.h"

#include "models/detect/AttackJoin.h"
#include "models/detect/CohortDetector.h"
#include "models/detect/IncidentBuilder.h"
#include "models/detect/Ordering.h"

#include <algorithm>
#include <map>
#include <set>

namespace mailward {

namespace {

using namespace detect;

constexpr std::int64_t kTogether = 6 * kHour; ///< lost accounts this near in time are one incident
constexpr std::int64_t kNearTry = 6 * kHour;  ///< in an attack that lasts for days, a success so soon after a try is suspicious
constexpr double kGoodPart = 0.05;            ///< of an attack's sources: a country that it comes from
constexpr std::uint64_t kMoreThanChance = 2;  ///< sources of a country: enough where nobody lives and the mailbox was never used

class Detection
{
public:
    Detection(const Tape& tape, const DetectSettings& settings, const DetectRequest& request)
        : m_settings(settings), m_tape(tape), m_standing(m_tape, settings, request.allowed), m_builder(m_tape, m_standing, settings, request.now)
    {
    }

    std::vector<Incident> run()
    {
        Hostile hostile = findHostile(m_tape, m_standing, m_settings);
        attacks(hostile);
        lostAccounts();
        staleDevices(std::move(hostile.stale));
        for (const bool relay : {true, false}) {
            refusedSources(findRefusedSources(m_tape, m_standing, relay, m_settings), relay);
        }
        for (const BackscatterWave& wave : findBackscatter(m_tape, m_settings)) {
            m_incidents.push_back(m_builder.fromBackscatter(wave));
        }
        return std::move(m_incidents);
    }

    /// After run(): who was under attack, and when, is known then.
    [[nodiscard]] std::vector<AccountScore> scores(std::int64_t now) const
    {
        return scoresOf(m_tape, findAccountRisks(m_tape, m_standing, m_besieged, showingEverySign(m_settings)), now - kMemory);
    }

private:
    void attacks(Hostile& hostile)
    {
        for (const Door door : {Door::Mail, Door::Ssh}) {
            std::vector<AttackGroup> groups = door == Door::Mail ? takeSprays(m_tape, hostile, m_settings) : std::vector<AttackGroup>();
            const auto add = [&](std::vector<AttackGroup> more) { std::move(more.begin(), more.end(), std::back_inserter(groups)); };
            add(takeLoudSources(m_tape, hostile, door, m_settings));
            // What the loud ones explain is no sign of a quiet attack, and no part of the site's rhythm.
            const std::vector<SiteChange> changes = findSiteChanges(m_tape, hostile, m_standing, door, m_settings);
            const std::vector<FanIn> fanIns = door == Door::Mail ? findFanIns(m_tape, hostile, m_standing, m_settings) : std::vector<FanIn>();
            add(takeCohorts(m_tape, hostile, m_standing, door, changes, fanIns, m_settings));
            add(door == Door::Mail ? takeOperatorSprays(m_tape, hostile, m_standing, m_settings) : std::vector<AttackGroup>());
            joinParts(m_tape, m_standing, groups);
            for (const AttackGroup& group : groups) {
                addAttack(group);
            }
        }
        m_attacks = m_incidents.size();
    }

    void addAttack(const AttackGroup& group)
    {
        m_incidents.push_back(m_builder.fromGroup(group));
        if (!isSerious(m_incidents.back())) {
            return;
        }
        const Incident& incident = m_incidents.back();
        std::vector<CountryCode> countries, anyCountries;
        for (const auto& [country, count] : incident.countries) {
            if (static_cast<double>(count) >= kGoodPart * static_cast<double>(incident.sources.size())) {
                countries.push_back(country);
            }
            if (count >= kMoreThanChance) {
                anyCountries.push_back(country);
            }
        }
        const auto accountOf = [this](std::uint32_t index) { return m_tape.attempts[index].account; };
        forEachGroup(group.attempts, accountOf, [&](std::span<const std::uint32_t> tries) {
            if (const std::uint32_t account = accountOf(tries.front()); account != kNobody) {
                besiege(account, tries, {toMicros(incident.start), toMicros(incident.end)}, countries);
            }
        });
        if (group.door == Door::Mail) {
            const std::int64_t end = toMicros(incident.end);
            m_besieged.push_back({kNobody, toMicros(incident.start), end, end + kHour, anyCountries, false});
        }
    }

    /// When a stranger's success at this account is suspicious. In an attack that goes on for days, near the tries at it alone: people
    /// travel in so long a time.
    void besiege(std::uint32_t account, std::span<const std::uint32_t> tries, std::pair<std::int64_t, std::int64_t> attack, const std::vector<CountryCode>& countries)
    {
        std::vector<std::uint32_t> strangers;
        for (const std::uint32_t index : tries) {
            strangers.push_back(m_tape.attempts[index].address);
        }
        const bool heavily = static_cast<double>(countDistinct(std::move(strangers))) >= m_settings.fanInHour;
        const std::int64_t after = heavily ? kDay : kHour;
        if (attack.second - attack.first <= (heavily ? 2 : 1) * kDay) {
            m_besieged.push_back({account, attack.first, attack.second, attack.second + after, countries, heavily});
            return;
        }
        std::int64_t until = INT64_MIN;
        for (const std::uint32_t index : tries) {
            const std::int64_t time = m_tape.attempts[index].time;
            if (time > until) {
                m_besieged.push_back({account, time, time, time, countries, heavily});
            }
            Besieged& last = m_besieged.back();
            last.end = time;
            last.until = until = time + kNearTry;
        }
    }

    void lostAccounts()
    {
        std::stable_sort(m_besieged.begin(), m_besieged.end(), [](const Besieged& a, const Besieged& b) { return a.account < b.account; });
        std::vector<AccountRisk> risks = findAccountRisks(m_tape, m_standing, m_besieged, m_settings);
        for (const AccountRisk& risk : risks) {
            noteOpened(risk);
        }
        std::erase_if(risks, [&](const AccountRisk& risk) { return m_told.contains(risk.account) && !m_builder.isSpam(risk); });
        const auto name = [&](const AccountRisk& risk) -> const std::string& { return m_tape.data->account(AccountId{risk.account}); };
        std::sort(risks.begin(), risks.end(), [&](const AccountRisk& a, const AccountRisk& b) { return a.begin != b.begin ? a.begin < b.begin : name(a) < name(b); });
        for (const bool spam : {true, false}) {
            std::vector<AccountRisk> together;
            std::int64_t end = 0;
            const auto close = [&] {
                if (!together.empty()) {
                    m_incidents.push_back(m_builder.fromRisks(together));
                    together.clear();
                }
            };
            for (const AccountRisk& risk : risks) {
                if (m_builder.isSpam(risk) != spam) {
                    continue;
                }
                if (!together.empty() && (risk.begin > end + kTogether || risk.fromUsualPlace != together.front().fromUsualPlace)) {
                    close();
                }
                end = together.empty() ? risk.end : std::max(end, risk.end);
                together.push_back(risk);
            }
            close();
        }
    }

    /// A stranger's log-in while the account was being guessed belongs to the attack, and so does one to a mailbox that nobody had used.
    void noteOpened(const AccountRisk& risk)
    {
        if (!risk.has(RiskSign::Besieged) && !risk.has(RiskSign::FirstUse)) {
            return;
        }
        for (std::size_t i = 0; i < m_attacks; ++i) {
            if (isSerious(m_incidents[i]) && m_builder.addIntrusion(m_incidents[i], risk)) {
                m_told.insert(risk.account);
            }
        }
    }

    /// Those that came within the same day or so are one incident.
    void refusedSources(std::vector<RefusedSource> sources, bool relay)
    {
        std::stable_sort(sources.begin(), sources.end(), [](const RefusedSource& a, const RefusedSource& b) { return a.first < b.first; });
        for (std::size_t begin = 0; begin < sources.size();) {
            std::size_t end = begin;
            for (std::int64_t last = sources[begin].last; end < sources.size() && sources[end].first <= last + kDay; ++end) {
                last = std::max(last, sources[end].last);
            }
            m_incidents.push_back(m_builder.fromRefused({sources.begin() + static_cast<std::ptrdiff_t>(begin), sources.begin() + static_cast<std::ptrdiff_t>(end)}, relay));
            begin = end;
        }
    }

    void staleDevices(std::vector<StaleDevice> devices)
    {
        std::stable_sort(devices.begin(), devices.end(), [](const StaleDevice& a, const StaleDevice& b) { return a.account < b.account; });
        for (std::size_t begin = 0; begin < devices.size();) {
            std::size_t end = begin;
            while (end < devices.size() && devices[end].account == devices[begin].account) {
                ++end;
            }
            m_incidents.push_back(m_builder.fromStale({devices.begin() + static_cast<std::ptrdiff_t>(begin), devices.begin() + static_cast<std::ptrdiff_t>(end)}));
            begin = end;
        }
    }

    const DetectSettings& m_settings;
    const Tape& m_tape;
    Standing m_standing;
    IncidentBuilder m_builder;
    std::vector<Incident> m_incidents;
    std::size_t m_attacks = 0; ///< the first of the incidents
    std::vector<Besieged> m_besieged;
    std::set<std::uint32_t> m_told; ///< lost accounts that an attack names
};

bool isWorse(const Incident& a, const Incident& b)
{
    if (a.severity != b.severity) {
        return a.severity > b.severity;
    }
    return std::tie(b.running, b.start, a.id) < std::tie(a.running, a.start, b.id);
}

std::vector<Incident> chosenOf(std::vector<Incident> incidents, const DetectRequest& request)
{
    if (request.window) {
        std::erase_if(incidents, [&](const Incident& incident) { return incident.end < request.window->begin; });
    }
    std::stable_sort(incidents.begin(), incidents.end(), isWorse);
    return incidents;
}

} // namespace

std::vector<Incident> findIncidents(const ColumnsSnapshot& data, const DetectSettings& settings, const DetectRequest& request)
{
    return findIncidents(readTape(data, request.window ? toMicros(request.window->end) : INT64_MAX), settings, request);
}

std::vector<Incident> findIncidents(const Tape& tape, const DetectSettings& settings, const DetectRequest& request)
{
    return chosenOf(Detection(tape, settings, request).run(), request);
}

Findings findAll(const Tape& tape, const DetectSettings& settings, const DetectRequest& request)
{
    Detection detection(tape, settings, request);
    Findings found;
    found.incidents = chosenOf(detection.run(), request);
    found.accounts = detection.scores(toMicros(request.now));
    return found;
}

} // namespace mailward
