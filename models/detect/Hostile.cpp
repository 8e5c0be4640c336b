// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/Hostile.h"

#include "models/core/Parallel.h"
#include "models/detect/Ordering.h"

#include <algorithm>

namespace mailward::detect {

namespace {

/// Failures of one account from one address, in the order of time.
using Pair = std::span<const std::uint32_t>;

constexpr std::uint32_t kMostDevices = 8; // in one office with old passwords; more accounts are guessing
constexpr std::size_t kFewTries = 6;
constexpr std::size_t kManyTries = 20;
constexpr std::size_t kLeastFailures = 2'000; ///< that are worth a thread

class HostileFinder
{
public:
    HostileFinder(const Tape& tape, const Standing& standing, const DetectSettings& settings)
        : m_tape(tape), m_standing(standing), m_settings(settings),
          m_heal(static_cast<std::int64_t>(settings.healMinutes * static_cast<double>(kMinute)))
    {
    }

    Hostile find()
    {
        std::vector<std::uint32_t> failures;
        for (std::uint32_t i = 0; i < m_tape.attempts.size(); ++i) {
            if (!m_tape.attempts[i].success && !m_standing.isApart(m_tape.attempts[i].address)) {
                failures.push_back(i);
            }
        }
        const Grouped bySource(failures, m_tape.data->addressCount(), [&](std::uint32_t i) { return at(i).address; });
        const auto parts = inStretches(bySource.size(), stretchesOf(bySource.size(), kLeastFailures), [&](std::size_t begin, std::size_t end) {
            return HostileFinder(m_tape, m_standing, m_settings).judge(bySource, bySource.keyAt(begin), bySource.keyAt(end));
        });
        for (const Hostile& part : parts) {
            m_found.attempts.insert(m_found.attempts.end(), part.attempts.begin(), part.attempts.end());
            m_found.stale.insert(m_found.stale.end(), part.stale.begin(), part.stale.end());
        }
        std::sort(m_found.attempts.begin(), m_found.attempts.end());
        return std::move(m_found);
    }

private:
    [[nodiscard]] const Attempt& at(std::uint32_t index) const { return m_tape.attempts[index]; }

    /// The sources in [begin, end).
    Hostile judge(const Grouped& bySource, std::size_t begin, std::size_t end)
    {
        std::vector<std::uint32_t> own;
        for (std::size_t source = begin; source < end; ++source) {
            const Pair all = bySource.of(source);
            own.assign(all.begin(), all.end());
            std::sort(own.begin(), own.end(),
                      [&](std::uint32_t a, std::uint32_t b) { return at(a).account != at(b).account ? at(a).account < at(b).account : a < b; });
            std::uint32_t accounts = own.empty() ? 0 : 1;
            for (std::size_t i = 1; i < own.size(); ++i) {
                accounts += at(own[i]).account != at(own[i - 1]).account ? 1U : 0U;
            }
            judgeSource(own, accounts);
        }
        return std::move(m_found);
    }

    void judgeSource(Pair all, std::uint32_t accounts)
    {
        for (std::size_t begin = 0; begin < all.size();) {
            std::size_t end = begin + 1;
            while (end < all.size() && at(all[end]).account == at(all[begin]).account) {
                ++end;
            }
            judgePair(all.subspan(begin, end - begin), accounts);
            begin = end;
        }
    }

    void judgePair(Pair pair, std::uint32_t accounts)
    {
        const Attempt& first = at(pair.front());
        const std::uint32_t network = m_tape.network(first.address);
        const bool trusted = m_standing.isTrusted(network);
        if (isStale(pair, accounts, trusted)) {
            return;
        }
        if (trusted) {
            return;
        }
        for (const std::uint32_t index : pair) {
            const Attempt& failure = at(index);
            if (!m_standing.isFamiliar(failure.account, network, failure.time) && !isHealed(failure, network, accounts)) {
                m_found.attempts.push_back(index);
            }
        }
    }

    /// A mistake that its maker put right from the same place. Who fails at many accounts makes no mistakes.
    [[nodiscard]] bool isHealed(const Attempt& failure, std::uint32_t network, std::uint32_t accounts) const
    {
        if (accounts > m_settings.healAccounts) {
            return false;
        }
        const std::int64_t until = failure.time + m_heal;
        return m_standing.successIn(failure.account, network, failure.time, until) >= 0 ||
               (!m_standing.exists(failure.account) && m_standing.similarSuccess(failure.address, failure.account, failure.time, until));
    }

    /// Many tries at one account, from where its owner gets in or like clockwork from a place where customers are.
    bool isStale(Pair pair, std::uint32_t accounts, bool trusted)
    {
        const Attempt& first = at(pair.front());
        std::uint32_t tries = 0;
        for (const std::uint32_t index : pair) {
            tries += at(index).tries;
        }
        const Attempt& last = at(pair.back());
        const double days = std::max(1.0, static_cast<double>(last.time - first.time) / static_cast<double>(kDay));
        if (tries < m_settings.staleAttempts || tries / days < m_settings.staleAttempts / 2) {
            return false;
        }
        if (first.account == kNobody) { // the log does not name it: somebody must get in from this very address
            const bool resident = !m_standing.successesFrom(first.address).empty() && isClockwork(pair, accounts == 1);
            if (resident) {
                m_found.stale.push_back({kNobody, first.address, tries, first.time, last.time, first.server});
            }
            return resident;
        }
        const bool familiar = m_standing.isFamiliar(first.account, m_tape.network(first.address), last.time + kDay);
        const bool device = accounts <= kMostDevices && first.door() == Door::Mail && isClockwork(pair, accounts == 1) && isCustomers(first.address);
        if (!device && !(trusted || (familiar && accounts <= m_settings.healAccounts))) {
            return false;
        }
        m_found.stale.push_back({first.account, first.address, tries, first.time, last.time, first.server});
        return true;
    }

    /// The same pause again and again. Where others fail at the same place, it must be plain.
    [[nodiscard]] bool isClockwork(Pair pair, bool alone) const
    {
        if (pair.size() < (alone ? kFewTries : kManyTries)) {
            return false;
        }
        std::vector<std::int64_t> gaps;
        for (std::size_t i = 1; i < pair.size(); ++i) {
            gaps.push_back(at(pair[i]).time - at(pair[i - 1]).time);
        }
        std::sort(gaps.begin(), gaps.end());
        const std::int64_t median = gaps[gaps.size() / 2];
        return median >= 50 * kSecond && gaps[gaps.size() * 3 / 4] - gaps[gaps.size() / 4] <= median / (alone ? 2 : 4);
    }

    [[nodiscard]] bool isCustomers(std::uint32_t address) const
    {
        const CountryCode country = m_tape.address(address).facts.country;
        return country == kNoCountry || m_standing.trustedNetworks() < kKnownNetworks || m_standing.countryShare(country) >= 0.02;
    }

    const Tape& m_tape;
    const Standing& m_standing;
    const DetectSettings& m_settings;
    std::int64_t m_heal;
    Hostile m_found;
};

} // namespace

Hostile findHostile(const Tape& tape, const Standing& standing, const DetectSettings& settings)
{
    return HostileFinder(tape, standing, settings).find();
}

} // namespace mailward::detect
