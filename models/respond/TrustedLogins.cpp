// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/TrustedLogins.h"

#include "models/respond/AttackForecast.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace mailward {

namespace {

constexpr std::size_t kSharedBy = 5; ///< people of one neighbourhood; a family at home is fewer

/// Calls `use(chunk, row)` for each success with an address, in `range`.
template <class Use>
void forEachSuccess(const ColumnsSnapshot& data, TimeRange range, const Use& use)
{
    for (const ChunkView& chunk : data.chunks()) {
        if (chunk.summary.maxTime < toMicros(range.begin) || chunk.summary.minTime >= toMicros(range.end)) {
            continue;
        }
        for (std::uint32_t row = 0; row < chunk.rows; ++row) {
            if (outcomeOf(chunk.amendable->verdict[row]) == Outcome::Success && AddressId(chunk.fixed->address[row]).isValid() &&
                range.contains(fromMicros(chunk.fixed->time[row]))) {
                use(chunk, row);
            }
        }
    }
}

/// Lost accounts, with when, and the networks that they had used until then.
class LostAccounts
{
public:
    LostAccounts(const ColumnsSnapshot& data, TimeRange range, const std::vector<Incident>& incidents)
    {
        for (const Incident& incident : incidents) {
            for (const OpenedAccount& opened : incident.opened) {
                const AccountId id = data.findAccount(opened.name.raw());
                if (id.isValid() && !incident.falseAlarm) {
                    const auto at = m_since.try_emplace(id.value(), toMicros(opened.at)).first;
                    at->second = std::min(at->second, toMicros(opened.at));
                }
            }
        }
        if (m_since.empty()) {
            return;
        }
        forEachSuccess(data, range, [&](const ChunkView& chunk, std::uint32_t row) {
            const auto lost = m_since.find(chunk.amendable->account[row]);
            if (lost != m_since.end() && chunk.fixed->time[row] < lost->second) {
                m_usedBefore.insert(key(lost->first, data.address(AddressId(chunk.fixed->address[row])).networkId));
            }
        });
    }

    [[nodiscard]] bool isIntruder(std::uint32_t account, std::uint32_t network, std::int64_t at) const
    {
        const auto lost = m_since.find(account);
        return lost != m_since.end() && at >= lost->second && !m_usedBefore.contains(key(account, network));
    }

private:
    static std::uint64_t key(std::uint32_t account, std::uint32_t network) { return std::uint64_t{account} << 32U | network; }

    std::unordered_map<std::uint32_t, std::int64_t> m_since;
    std::unordered_set<std::uint64_t> m_usedBefore;
};

} // namespace

std::vector<GoodLogin> trustedLogins(const ColumnsSnapshot& data, TimeRange range, const std::vector<Incident>& incidents)
{
    std::unordered_map<IpAddress, std::int64_t> participants; // since when; a person who was let in before that is one all the same
    for (const Incident& incident : incidents) {
        if (incident.falseAlarm) {
            continue;
        }
        for (const IncidentSource& source : incident.sources) {
            const auto at = participants.try_emplace(source.ip, toMicros(source.first)).first;
            at->second = std::min(at->second, toMicros(source.first));
        }
    }
    const LostAccounts lost(data, range, incidents);
    std::unordered_map<std::uint64_t, std::uint64_t> counts; // address and account in one number: both are 32-bit indices
    forEachSuccess(data, range, [&](const ChunkView& chunk, std::uint32_t row) {
        const std::uint32_t address = chunk.fixed->address[row];
        const std::uint32_t account = chunk.amendable->account[row];
        const AddressEntry& entry = data.address(AddressId(address));
        const auto hostile = participants.find(entry.ip);
        if ((hostile == participants.end() || chunk.fixed->time[row] < hostile->second) && !lost.isIntruder(account, entry.networkId, chunk.fixed->time[row])) {
            counts[std::uint64_t{address} << 32U | account] += std::max<std::uint32_t>(chunk.amendable->attempts[row], 1);
        }
    });
    std::vector<GoodLogin> found;
    found.reserve(counts.size());
    for (const auto& [key, count] : counts) {
        const AccountId account(static_cast<std::uint32_t>(key & 0xFFFFFFFFU));
        found.push_back({data.address(AddressId(static_cast<std::uint32_t>(key >> 32U))).ip, account.isValid() ? data.account(account) : std::string(), count});
    }
    std::sort(found.begin(), found.end(), [](const GoodLogin& a, const GoodLogin& b) { return std::tie(a.address, a.account) < std::tie(b.address, b.account); });
    return found;
}

std::vector<Prefix> sharedNetworks(const std::vector<GoodLogin>& logins)
{
    std::vector<std::pair<Prefix, std::string_view>> uses;
    uses.reserve(logins.size());
    for (const GoodLogin& login : logins) {
        uses.emplace_back(neighbourhoodOf(login.address), login.account);
    }
    std::sort(uses.begin(), uses.end());
    uses.erase(std::unique(uses.begin(), uses.end()), uses.end());
    std::vector<Prefix> shared;
    for (auto it = uses.begin(); it != uses.end();) {
        const auto end = std::find_if(it, uses.end(), [&](const auto& use) { return use.first != it->first; });
        if (static_cast<std::size_t>(end - it) >= kSharedBy) {
            shared.push_back(it->first);
        }
        it = end;
    }
    return shared;
}

} // namespace mailward
