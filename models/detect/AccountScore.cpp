// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/AccountScore.h"

#include "models/detect/AccountRiskDetector.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace mailward::detect {

namespace {

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

DetectSettings showingEverySign(DetectSettings settings)
{
    const double least = std::min({settings.riskAlert, settings.riskOrgCountry, settings.riskNewNetwork, settings.riskBounces, settings.riskSendBurst});
    settings.riskAlert = std::max(least, 1.0);
    return settings;
}

std::vector<AccountScore> scoresOf(const Tape& tape, std::vector<AccountRisk> risks, std::int64_t since)
{
    std::map<std::uint32_t, AccountRisk> worst;
    for (AccountRisk& risk : risks) {
        if (risk.end < since) {
            continue;
        }
        const auto [at, isNew] = worst.try_emplace(risk.account, std::move(risk));
        if (!isNew && risk.score >= at->second.score) {
            at->second = std::move(risk);
        }
    }
    std::vector<AccountScore> scores;
    for (const auto& [account, risk] : worst) {
        scores.push_back({UntrustedText(tape.data->account(AccountId{account})), risk.score, signsOf(risk)});
    }
    std::sort(scores.begin(), scores.end(), [](const AccountScore& a, const AccountScore& b) { return a.name.raw() < b.name.raw(); });
    return scores;
}

} // namespace mailward::detect
