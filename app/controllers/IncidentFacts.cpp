// SPDX-License-Identifier: GPL-3.0-or-later
// What the drawer says about one incident.
#include "app/controllers/IncidentRows.h"
#include "app/controllers/MemberFacts.h"
#include "app/controllers/ViewWords.h"
#include "models/tables/Format.h"

#include <algorithm>

namespace mailward {

namespace {

constexpr std::size_t kNamesShown = 8;

FactPart words(const QString& text) { return {UntrustedText(text.toStdString()), {}}; }
FactPart link(const std::string& text, TargetKind kind, const std::string& key) { return {UntrustedText(text), {kind, key, {}}}; }

class Facts
{
public:
    Facts(const Incident& incident, const std::optional<JailNote>& jail, const Naming& naming) : m_incident(incident), m_jail(jail), m_naming(naming) {}

    [[nodiscard]] DetailView tell()
    {
        m_view.target = {TargetKind::Incident, m_incident.id, {}};
        m_view.kind = tr("Incident");
        m_view.title = UntrustedText(incidentTitle(m_incident).toStdString());
        times();
        opened();
        why();
        jail();
        targets();
        members();
        places();
        phases();
        return std::move(m_view);
    }

private:
    void add(const QString& label, std::vector<FactPart> parts, Meaning meaning = Meaning::Plain)
    {
        if (!parts.empty()) {
            m_view.facts.push_back({label, std::move(parts), meaning});
        }
    }

    void times()
    {
        const QString seen = formatRange({m_incident.start, m_incident.end + std::chrono::seconds(1)}, m_naming.zone);
        const QString state = m_incident.running ? tr("still running") : tr("over");
        add(tr("When"), {words(QStringLiteral("%1 · %2").arg(seen, state))}, m_incident.running ? Meaning::Critical : Meaning::Plain);
        add(tr("Evidence since"), {words(formatMoment(m_incident.alarm, m_naming.zone, m_incident.end))});
        add(tr("What"), {words(incidentSummary(m_incident, m_naming))});
    }

    void opened()
    {
        for (std::size_t i = 0; i < std::min(m_incident.opened.size(), kNamesShown); ++i) {
            const OpenedAccount& account = m_incident.opened[i];
            add(i == 0 ? tr("Opened") : QString(),
                {link(account.name.raw(), TargetKind::Account, account.name.raw()), words(tr("from")), link(account.ip.toString(), TargetKind::Address, account.ip.toString()),
                 words(formatMoment(account.at, m_naming.zone, m_incident.end))},
                Meaning::Critical);
        }
        more(m_incident.opened.size());
    }

    void why()
    {
        for (std::size_t i = 0; i < std::min(m_incident.reasons.size(), kNamesShown); ++i) {
            add(i == 0 ? tr("Why") : QString(), {words(m_incident.reasons[i])});
        }
    }

    void jail()
    {
        if (!m_jail || m_jail->effect.attempts == 0) {
            return;
        }
        const JailNote& note = *m_jail;
        const QString spec = tr("%1 in %2, %3").arg(counted(note.jail.maxretry, tr("%1 failure"), tr("%1 failures")), formatDuration(note.jail.findtime), formatDuration(note.jail.bantime));
        add(tr("Your jail"), {words(tr("%1: stops %2 of the tries, %3 of %4")
                                        .arg(spec, formatPercent(note.effect.percent()), formatCount(note.effect.sourcesStopped),
                                             counted(m_incident.sources.size(), tr("%1 address"), tr("%1 addresses"))))});
        if (note.goodLoginsCut > 0) {
            add(QString(), {words(tr("and over this log cuts off %1 of %2")
                                      .arg(counted(note.goodLoginsCut, tr("%1 good log-in"), tr("%1 good log-ins")), counted(note.accountsCut, tr("%1 person"), tr("%1 people"))))},
                Meaning::Warning);
        }
    }

    void targets()
    {
        std::vector<IncidentAccount> most = m_incident.accounts;
        std::stable_sort(most.begin(), most.end(), [](const IncidentAccount& a, const IncidentAccount& b) { return a.sources > b.sources; });
        std::vector<FactPart> parts;
        for (std::size_t i = 0; i < std::min(most.size(), kNamesShown); ++i) {
            parts.push_back(link(most[i].name.raw(), TargetKind::Account, most[i].name.raw()));
        }
        andMore(parts, most.size());
        add(tr("Targets"), std::move(parts));
    }

    void members()
    {
        std::vector<IncidentSource> most = m_incident.sources;
        std::stable_sort(most.begin(), most.end(), [](const IncidentSource& a, const IncidentSource& b) { return a.attempts > b.attempts; });
        std::vector<FactPart> parts;
        for (std::size_t i = 0; i < std::min(most.size(), kNamesShown); ++i) {
            parts.push_back(link(most[i].ip.toString(), TargetKind::Address, most[i].ip.toString()));
        }
        andMore(parts, most.size());
        add(tr("Members"), std::move(parts));
        if (!most.empty()) {
            const auto sure = static_cast<std::uint64_t>(std::count_if(most.begin(), most.end(), [](const IncidentSource& s) { return s.confidence >= 0.8; }));
            add(tr("Confidence"), {words(tr("%1 · %2 of %3 addresses at 80 % or more").arg(formatPercent(100 * m_incident.confidence), formatCount(sure), formatCount(most.size())))});
        }
        for (Fact& fact : evidenceFacts(m_incident)) {
            m_view.facts.push_back(std::move(fact));
        }
    }

    void places()
    {
        std::vector<std::pair<CountryCode, std::uint64_t>> countries(m_incident.countries.begin(), m_incident.countries.end());
        std::stable_sort(countries.begin(), countries.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
        std::vector<FactPart> parts;
        for (std::size_t i = 0; i < std::min(countries.size(), kNamesShown); ++i) {
            const auto& [country, count] = countries[i];
            parts.push_back(country == kNoCountry ? words(tr("unknown")) : link(m_naming.countryName(country).toStdString(), TargetKind::Country, std::string(countryText(country))));
            parts.push_back(words(formatCount(count)));
        }
        andMore(parts, countries.size());
        add(tr("Countries"), std::move(parts));
        parts.clear();
        for (std::size_t i = 0; i < std::min<std::size_t>(m_incident.networks.size(), 4); ++i) {
            const std::string prefix = m_incident.networks[i].prefix.toString();
            parts.push_back(link(prefix, TargetKind::Network, prefix));
            parts.push_back(words(formatCount(m_incident.networks[i].sources)));
        }
        add(tr("Neighbours"), std::move(parts));
        parts.clear();
        for (const std::string& server : m_incident.servers) {
            parts.push_back(link(server, TargetKind::Server, server));
        }
        add(tr("Servers"), std::move(parts));
    }

    void phases()
    {
        for (std::size_t i = 0; m_incident.phases.size() > 1 && i < m_incident.phases.size(); ++i) {
            const IncidentPhase& phase = m_incident.phases[i];
            add(i == 0 ? tr("Phases") : QString(), {words(QStringLiteral("%1: %2").arg(formatRange(phase.range, m_naming.zone), phase.text))});
        }
    }

    void more(std::size_t count)
    {
        if (count > kNamesShown) {
            add(QString(), {words(tr("and %1 more").arg(formatCount(count - kNamesShown)))});
        }
    }
    static void andMore(std::vector<FactPart>& parts, std::size_t count)
    {
        if (count > kNamesShown) {
            parts.push_back(words(tr("and %1 more").arg(formatCount(count - kNamesShown))));
        }
    }

    const Incident& m_incident;
    const std::optional<JailNote>& m_jail;
    const Naming& m_naming;
    DetailView m_view;
};

} // namespace

DetailView incidentFacts(const Incident& incident, const std::optional<JailNote>& jail, const Naming& naming)
{
    return Facts(incident, jail, naming).tell();
}

} // namespace mailward
