// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/CutOff.h"

#include "models/respond/AttackForecast.h"

#include <algorithm>
#include <map>

namespace mailward {

namespace {

/// Is an address in any of the bans? They may lie inside one another.
class Reach
{
public:
    explicit Reach(const std::vector<BanEntry>& bans)
    {
        for (const BanEntry& ban : bans) {
            m_prefixes.insert(ban.prefix);
            m_lengths[ban.prefix.isV4() ? 0 : 1].insert(ban.prefix.length());
        }
    }
    [[nodiscard]] bool covers(IpAddress address) const
    {
        const auto& lengths = m_lengths[address.isV4() ? 0 : 1];
        return std::any_of(lengths.begin(), lengths.end(), [&](int length) { return m_prefixes.contains(Prefix(address, length)); });
    }

private:
    std::set<Prefix> m_prefixes;
    std::array<std::set<int>, 2> m_lengths;
};

} // namespace

std::vector<CutOffPerson> peopleCutOff(const ColumnsSnapshot& data, TimeRange range, const Plan& plan, const std::set<IpAddress>& suspects)
{
    const Reach reach(plan.bans);
    std::vector<char> inside(data.addressCount()), suspect(data.addressCount());
    for (std::uint32_t id = 0; id < data.addressCount(); ++id) {
        const IpAddress ip = data.address(AddressId(id)).ip;
        suspect[id] = suspects.contains(ip) ? 1 : 0;
        inside[id] = suspect[id] == 0 && reach.covers(ip) ? 1 : 0;
    }
    std::map<std::pair<std::uint32_t, Prefix>, CutOffPerson> people;
    std::map<Prefix, std::set<std::uint32_t>> places;
    std::set<std::uint32_t> elsewhere;
    for (const ChunkView& chunk : data.chunks()) {
        for (std::uint32_t row = 0; row < chunk.rows; ++row) {
            const AddressId id(chunk.fixed->address[row]);
            const Instant at = fromMicros(chunk.fixed->time[row]);
            if (outcomeOf(chunk.amendable->verdict[row]) != Outcome::Success || !id.isValid() || suspect[id.value()] != 0 || !range.contains(at)) {
                continue;
            }
            const std::uint32_t account = chunk.amendable->account[row];
            if (inside[id.value()] == 0) {
                elsewhere.insert(account);
                continue;
            }
            const Prefix place = neighbourhoodOf(data.address(id).ip);
            CutOffPerson& person = people[{account, place}];
            person.place = place;
            person.logins += std::max<std::uint32_t>(chunk.amendable->attempts[row], 1);
            person.last = std::max(person.last, at);
            person.servers.insert(data.server(ServerId(chunk.fixed->server[row])));
            places[place].insert(account);
        }
    }
    std::vector<CutOffPerson> found;
    for (auto& [key, person] : people) {
        const AccountId account(key.first);
        person.account = account.isValid() ? data.account(account) : std::string();
        person.onlyHere = !elsewhere.contains(key.first);
        person.colleagues = places[key.second].size() - 1;
        found.push_back(std::move(person));
    }
    std::stable_sort(found.begin(), found.end(), [](const CutOffPerson& a, const CutOffPerson& b) { return a.onlyHere != b.onlyHere ? a.onlyHere : a.logins > b.logins; });
    return found;
}

} // namespace mailward
