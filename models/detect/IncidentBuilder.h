// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/AccountRiskDetector.h"
#include "models/detect/MailDetector.h"
#include "models/detect/SourceDetector.h"

namespace mailward::detect {

/// Turns what detectors found into incidents: members, targets, opened accounts, figures, severity, words.
class IncidentBuilder
{
public:
    IncidentBuilder(const Tape& tape, const Standing& standing, const DetectSettings& settings, Instant now)
        : m_tape(tape), m_standing(standing), m_settings(settings), m_now(now)
    {
    }

    [[nodiscard]] Incident fromGroup(const AttackGroup& group) const;
    /// Risks of one kind that overlap in time. Not empty.
    [[nodiscard]] Incident fromRisks(const std::vector<AccountRisk>& risks) const;
    /// All devices with an old password of one account. Not empty.
    [[nodiscard]] Incident fromStale(const std::vector<StaleDevice>& devices) const;
    [[nodiscard]] Incident fromRefused(const std::vector<RefusedSource>& sources, bool relay) const;
    [[nodiscard]] Incident fromBackscatter(const BackscatterWave& wave) const;

    /// Names the account as opened when a stranger got into it while this attack was guessing at it, or was the first who ever used it.
    /// False: he did not.
    bool addIntrusion(Incident& incident, const AccountRisk& risk) const;
    /// Was this risk used to send mail?
    [[nodiscard]] bool isSpam(const AccountRisk& risk) const;

private:
    struct Tally;
    void addMembers(Incident& incident, const AttackGroup& group, Tally& tally) const;
    void addOpened(Incident& incident, const AttackGroup& group) const;
    void addPlaces(Incident& incident) const;
    void addPhases(Incident& incident, const AttackGroup& group) const;
    void addGroupReasons(Incident& incident, const AttackGroup& group, const Tally& tally) const;
    [[nodiscard]] IncidentKind kindOf(const AttackGroup& group, const Tally& tally) const;
    [[nodiscard]] Severity severityOf(const Incident& incident, const AttackGroup& group) const;
    [[nodiscard]] static QString titleOf(const Incident& incident);
    void addRisk(Incident& incident, const AccountRisk& risk, std::map<IpAddress, IncidentSource>& sources) const;
    void finish(Incident& incident) const;
    [[nodiscard]] std::string serverName(std::uint16_t server) const { return m_tape.data->server(ServerId{server}); }
    [[nodiscard]] UntrustedText accountName(std::uint32_t account) const { return UntrustedText(m_tape.data->account(AccountId{account})); }

    const Tape& m_tape;
    const Standing& m_standing;
    const DetectSettings& m_settings;
    Instant m_now;
};

} // namespace mailward::detect
