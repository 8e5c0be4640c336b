// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/AccountActivity.h"

#include <algorithm>

namespace mailward {

namespace {

constexpr std::int64_t kDay = std::int64_t{24} * 3600 * 1'000'000;

/// One pass; then the places, of which each account has few.
class ActivityPass
{
public:
    ActivityPass(const ColumnsSnapshot& data, Instant until) : m_data(data), m_until(toMicros(until)), m_accounts(data.accountCount()), m_lastNetwork(data.accountCount(), AddressId::kNone)
    {
    }

    bool run(const std::stop_token& stop)
    {
        for (const ChunkView& chunk : m_data.chunks()) {
            if (stop.stop_requested()) {
                return false;
            }
            for (std::uint32_t row = 0; row < chunk.rows; ++row) {
                if (const std::uint32_t account = chunk.amendable->account[row]; account < m_accounts.size()) {
                    note(chunk, row, account);
                }
            }
        }
        return true;
    }

    std::vector<AccountActivity> take()
    {
        std::sort(m_places.begin(), m_places.end());
        m_places.erase(std::unique(m_places.begin(), m_places.end()), m_places.end());
        for (const Place& place : m_places) {
            AccountActivity& activity = m_accounts[place.account];
            ++activity.networks;
            if (place.country != kNoCountry) {
                activity.countries.push_back(place.country);
            }
        }
        for (std::uint32_t id = 0; id < m_accounts.size(); ++id) {
            m_accounts[id].account = AccountId(id);
            auto& countries = m_accounts[id].countries;
            std::sort(countries.begin(), countries.end());
            countries.erase(std::unique(countries.begin(), countries.end()), countries.end());
        }
        return std::move(m_accounts);
    }

private:
    struct Place {
        std::uint32_t account = 0;
        std::uint32_t network = 0;
        CountryCode country = kNoCountry;
        auto operator<=>(const Place&) const = default;
    };

    void note(const ChunkView& chunk, std::uint32_t row, std::uint32_t account)
    {
        const std::int64_t time = chunk.fixed->time[row];
        const Verdict verdict = chunk.amendable->verdict[row];
        AccountActivity& activity = m_accounts[account];
        const std::int64_t back = m_until - 1 - time;
        const bool recent = back >= 0 && back < kDay * static_cast<std::int64_t>(kActivityDays);
        const std::size_t day = recent ? kActivityDays - 1 - static_cast<std::size_t>(back / kDay) : 0;
        if (outcomeOf(verdict) == Outcome::Success) {
            goodLogin(chunk, row, activity, time);
            if (recent) {
                const std::uint32_t attempts = chunk.amendable->attempts[row];
                activity.letIn += attempts;
                activity.loginsByDay[day] += attempts;
                activity.services |= 1U << chunk.amendable->service[row];
                place(account, chunk.fixed->address[row]);
            }
        } else if (recent && outcomeOf(verdict) == Outcome::Failure) {
            activity.failed += chunk.amendable->attempts[row];
        }
        if (recent && kindOf(verdict) == EventKind::Accepted) {
            ++activity.mails;
            ++activity.mailsByDay[day];
        } else if (recent && kindOf(verdict) == EventKind::Bounced) {
            ++activity.bounced;
        }
    }

    static void goodLogin(const ChunkView& chunk, std::uint32_t row, AccountActivity& activity, std::int64_t time)
    {
        if (!activity.lastGood || fromMicros(time) >= activity.lastGood->at) {
            activity.lastGood = LastGoodLogin{fromMicros(time), AddressId(chunk.fixed->address[row]), static_cast<Service>(chunk.amendable->service[row])};
        }
    }

    void place(std::uint32_t account, std::uint32_t address)
    {
        if (address == AddressId::kNone) {
            return;
        }
        const AddressEntry& entry = m_data.address(AddressId(address));
        if (m_lastNetwork[account] != entry.networkId) { // most log-ins come from where the one before came from
            m_lastNetwork[account] = entry.networkId;
            m_places.push_back({account, entry.networkId, entry.facts.country});
        }
    }

    const ColumnsSnapshot& m_data;
    std::int64_t m_until;
    std::vector<AccountActivity> m_accounts;
    std::vector<std::uint32_t> m_lastNetwork; ///< by account
    std::vector<Place> m_places;
};

} // namespace

std::vector<AccountActivity> accountActivity(const ColumnsSnapshot& data, Instant until, const std::stop_token& stop)
{
    ActivityPass pass(data, until);
    return pass.run(stop) ? pass.take() : std::vector<AccountActivity>();
}

std::optional<double> usualDay(const std::array<std::uint32_t, kActivityDays>& days)
{
    std::vector<std::uint32_t> active;
    std::copy_if(days.begin(), days.end() - 1, std::back_inserter(active), [](std::uint32_t count) { return count > 0; });
    if (active.size() < 3) {
        return std::nullopt;
    }
    const auto middle = active.begin() + static_cast<std::ptrdiff_t>(active.size() / 2);
    std::nth_element(active.begin(), middle, active.end());
    return *middle;
}

} // namespace mailward
