// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/AccountScore.h"

#include "models/detect/AccountRiskDetector.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace mailward {

namespace {

using namespace detect;

constexpr double kGoodPart = 0.05; ///< of an attack's sources: a country that it comes from

bool isGuessing(const Incident& incident)
{
    return incident.severity > Severity::Low && (incident.kind <= IncidentKind::UserEnumeration || incident.kind == IncidentKind::SshBruteForce);
}

/// The accounts that attackers were guessing at, as the incidents tell of them.
std::vector<Besieged> besieged(const Tape& tape, const std::vector<Incident>& incidents, const DetectSettings& settings)
{
    std::map<std::string_view, std::uint32_t> ids;
    for (std::uint32_t id = 0; id < tape.data->accountCount(); ++id) {
        ids.emplace(tape.data->account(AccountId{id}), id);
    }
    std::vector<Besieged> found;
    for (const Incident& incident : incidents) {
        if (!isGuessing(incident)) {
            continue;
        }
        std::vector<CountryCode> countries;
        for (const auto& [country, count] : incident.countries) {
            if (static_cast<double>(count) >= kGoodPart * static_cast<double>(incident.sources.size())) {
                countries.push_back(country);
            }
        }
        for (const IncidentAccount& account : incident.accounts) {
            if (const auto id = ids.find(account.name.raw()); id != ids.end()) {
                const bool heavily = static_cast<double>(account.sources) >= settings.fanInHour;
                const std::int64_t start = toMicros(incident.start), end = toMicros(incident.end);
                if (heavily || end - start <= kDay) { // a try or two in an attack of days say nothing: people travel
                    found.push_back({id->second, start, end, end + (heavily ? kDay : kHour), countries, heavily});
                }
            }
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Besieged& a, const Besieged& b) { return a.account < b.account; });
    return found;
}

std::vector<QString> signsOf(const AccountRisk& risk)
{
    std::array<std::size_t, kRiskSigns> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return risk.points[a] > risk.points[b]; });
    std::vector<QString> words;
    for (const std::size_t sign : order) {
        if (risk.points[sign] > 0) {
            words.push_back(riskSignText(static_cast<RiskSign>(sign)));
        }
    }
    return words;
}

} // namespace

std::vector<AccountScore> scoreAccounts(const Tape& tape, const DetectSettings& settings, const DetectRequest& request, const std::vector<Incident>& incidents)
{
    DetectSettings quiet = settings;
    quiet.riskAlert = std::min({settings.riskAlert, settings.riskOrgCountry, settings.riskNewNetwork, settings.riskBounces, settings.riskSendBurst});
    quiet.riskAlert = std::max(quiet.riskAlert, 1.0);
    const Standing standing(tape, settings, request.allowed);
    std::map<std::uint32_t, AccountRisk> worst;
    for (AccountRisk& risk : findAccountRisks(tape, standing, besieged(tape, incidents, settings), quiet)) {
        if (risk.end < toMicros(request.now) - kMemory) {
            continue;
        }
        const auto [at, isNew] = worst.try_emplace(risk.account, std::move(risk));
        if (!isNew && risk.score >= at->second.score) {
            at->second = std::move(risk);
        }
    }
    std::vector<AccountScore> scores;
    for (const auto& [account, risk] : worst) {
        scores.push_back({UntrustedText(tape.data->account(AccountId{account})), risk.score, risk.score >= settings.riskAlert, fromMicros(risk.end), signsOf(risk)});
    }
    std::sort(scores.begin(), scores.end(), [](const AccountScore& a, const AccountScore& b) { return a.name.raw() < b.name.raw(); });
    return scores;
}

} // namespace mailward
