// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/AttackJoin.h"

#include <algorithm>
#include <cmath>

namespace mailward::detect {

namespace {

constexpr double kFarLarger = 3;
constexpr std::int64_t kSprayMargin = kHour;
constexpr std::int64_t kPhaseGap = kDay; // between the loud and the quiet half: time to look for other addresses
constexpr std::size_t kLeastShared = 3;  // accounts
constexpr double kSharedByChance = 4;    // standard deviations that chance may explain

using Values = std::vector<std::uint32_t>; // sorted, each once

Values distinct(Values values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

Values addressesOf(const Tape& tape, const AttackGroup& group)
{
    Values addresses;
    for (const std::uint32_t index : group.attempts) {
        addresses.push_back(tape.attempts[index].address);
    }
    return distinct(std::move(addresses));
}

/// Accounts that were tried; `existing`: names that somebody got into ever, since every bot knows the others.
Values accountsOf(const Tape& tape, const Standing& standing, const AttackGroup& group, bool existing)
{
    Values accounts;
    for (const std::uint32_t index : group.attempts) {
        const std::uint32_t account = tape.attempts[index].account;
        if (account != kNobody && (!existing || standing.exists(account))) {
            accounts.push_back(account);
        }
    }
    return distinct(std::move(accounts));
}

std::size_t sharedOf(const Values& a, const Values& b)
{
    Values both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both.size();
}

class Joiner
{
public:
    Joiner(const Tape& tape, const Standing& standing) : m_tape(tape), m_standing(standing)
    {
        for (std::uint32_t account = 0; account < tape.data->accountCount(); ++account) {
            m_existing += standing.exists(account) ? 1U : 0U;
        }
    }

    [[nodiscard]] bool isPartOf(const AttackGroup& part, const AttackGroup& whole) const
    {
        if (whole.kind != IncidentKind::DistributedGuessing || whole.door != part.door) {
            return false;
        }
        return part.kind == IncidentKind::PasswordSpray ? isSprayOf(part, whole) : part.kind == IncidentKind::BruteForce && isPhaseOf(part, whole);
    }

    void move(const AttackGroup& part, AttackGroup& whole) const
    {
        const Values addresses = addressesOf(m_tape, part);
        whole.attempts.insert(whole.attempts.end(), part.attempts.begin(), part.attempts.end());
        std::sort(whole.attempts.begin(), whole.attempts.end());
        for (const std::uint32_t address : addresses) {
            const auto at = std::ranges::lower_bound(whole.members, address, {}, &GroupMember::address);
            const GroupMember member{address, kCertain, signsOfAll(part)};
            if (at == whole.members.end() || at->address != address) {
                whole.members.insert(at, member);
            } else {
                *at = member;
            }
        }
        whole.alarm = std::min(whole.alarm, part.alarm);
    }

private:
    [[nodiscard]] std::int64_t begin(const AttackGroup& group) const { return m_tape.attempts[group.attempts.front()].time; }
    [[nodiscard]] std::int64_t end(const AttackGroup& group) const { return m_tape.attempts[group.attempts.back()].time; }

    [[nodiscard]] bool isSprayOf(const AttackGroup& spray, const AttackGroup& whole) const
    {
        if (begin(spray) < begin(whole) - kSprayMargin || end(spray) > end(whole) + kSprayMargin ||
            static_cast<double>(whole.members.size()) < kFarLarger * static_cast<double>(addressesOf(m_tape, spray).size())) {
            return false;
        }
        const Values mine = accountsOf(m_tape, m_standing, spray, false);
        return 2 * sharedOf(mine, accountsOf(m_tape, m_standing, whole, false)) >= mine.size();
    }

    [[nodiscard]] bool isPhaseOf(const AttackGroup& loud, const AttackGroup& whole) const
    {
        if (whole.everyday || begin(whole) > end(loud) + kPhaseGap || begin(loud) > end(whole) + kPhaseGap) {
            return false;
        }
        const bool existing = m_existing > 0;
        const Values mine = accountsOf(m_tape, m_standing, loud, existing), theirs = accountsOf(m_tape, m_standing, whole, existing);
        const std::size_t shared = sharedOf(mine, theirs), fewer = std::min(mine.size(), theirs.size());
        // Two lists drawn by chance from all accounts share some as well; half of all may never have been in the log.
        const auto all = static_cast<double>(std::max(existing ? m_existing : m_tape.data->accountCount(), 2 * (mine.size() + theirs.size() - shared)));
        const double a = static_cast<double>(mine.size()) / all, b = static_cast<double>(theirs.size()) / all;
        const double expected = a * b * all, deviation = std::sqrt(expected * (1 - a) * (1 - b));
        return shared >= kLeastShared && 2 * shared >= fewer && static_cast<double>(shared) > expected + kSharedByChance * deviation;
    }

    const Tape& m_tape;
    const Standing& m_standing;
    std::size_t m_existing = 0;
};

} // namespace

void joinParts(const Tape& tape, const Standing& standing, std::vector<AttackGroup>& groups)
{
    const Joiner joiner(tape, standing);
    std::vector<std::size_t> joined; // first all, then gone: nothing moves while it is looked at
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto whole = std::find_if(groups.begin(), groups.end(), [&](const AttackGroup& group) { return joiner.isPartOf(groups[i], group); });
        if (whole != groups.end()) {
            joiner.move(groups[i], *whole);
            joined.push_back(i);
        }
    }
    for (auto index = joined.rbegin(); index != joined.rend(); ++index) {
        groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(*index));
    }
}

} // namespace mailward::detect
