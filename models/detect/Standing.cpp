// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/Standing.h"

#include "models/core/Parallel.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace mailward::detect {

namespace {

constexpr std::size_t kLeastSuccesses = 5'000; ///< that are worth a thread

std::uint64_t keyOf(std::uint32_t account, std::uint32_t network) { return (static_cast<std::uint64_t>(account) << 32U) | network; }

/// The same name with or without its domain, or at most two letters apart.
bool looksLike(std::string_view a, std::string_view b)
{
    const auto local = [](std::string_view name) { return name.substr(0, name.find('@')); };
    a = local(a);
    b = local(b);
    if (a.size() > 64 || b.size() > 64 || a.empty() || b.empty()) {
        return false;
    }
    std::array<std::size_t, 65> row{};
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row[b.size()] <= 2 && row[b.size()] * 2 < std::max(a.size(), b.size());
}

} // namespace

Standing::Standing(const Tape& tape, const DetectSettings& settings, const std::vector<Prefix>& allowed)
    : m_tape(tape), m_apart(tape.data->addressCount(), 0), m_shared(tape.data->networkCount(), 0),
      m_established(tape.data->networkCount(), 0), m_suspect(tape.data->networkCount(), 0), m_exists(tape.data->accountCount(), 0)
{
    findApart(allowed);
    findSurroundings();
    collectSuccesses();
    judgeNetworks(settings);
    countCountries(true);
    if (m_trustedNetworks < kKnownNetworks) {
        countCountries(false);
    }
}

void Standing::findSurroundings()
{
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    m_surroundings.resize(m_apart.size());
    for (std::uint32_t id = 0; id < m_surroundings.size(); ++id) {
        const AddressEntry& entry = m_tape.address(id);
        std::uint64_t key = entry.facts.asn;
        if (key == 0) {
            const auto& bytes = entry.ip.bytes();
            const std::uint64_t v6 = (static_cast<std::uint64_t>(bytes[0]) << 24U) | (static_cast<std::uint64_t>(bytes[1]) << 16U) |
                                     (static_cast<std::uint64_t>(bytes[2]) << 8U) | bytes[3];
            key = entry.ip.isV4() ? (1ULL << 40U) | (entry.ip.v4() >> 16U) : (2ULL << 40U) | v6;
        }
        m_surroundings[id] = numbers.try_emplace(key, static_cast<std::uint32_t>(numbers.size())).first->second;
    }
    m_residents.resize(numbers.size(), 0);
}

bool Standing::knowsSurroundings(std::uint32_t account, std::uint32_t address) const
{
    return exists(account) && std::binary_search(m_knownSurroundings.begin(), m_knownSurroundings.end(), keyOf(account, m_surroundings[address]));
}

bool Standing::cameFromAround(std::uint32_t account, std::uint32_t address, std::int64_t time) const
{
    const auto own = m_byAccount.of(account);
    return std::any_of(own.begin(), own.end(), [&](std::uint32_t index) {
        const Attempt& success = m_tape.attempts[index];
        return success.time < time && m_surroundings[success.address] == m_surroundings[address];
    });
}

void Standing::findApart(const std::vector<Prefix>& allowed)
{
    for (std::uint32_t id = 0; id < m_apart.size(); ++id) {
        const AddressEntry& entry = m_tape.address(id);
        // Documentation ranges never occur on the internet, so they can only be somebody's own network or an exercise.
        const bool special = entry.facts.cls != AddressClass::Public && entry.facts.cls != AddressClass::Documentation;
        const bool ours = std::any_of(allowed.begin(), allowed.end(), [&](const Prefix& p) { return p.contains(entry.ip); });
        m_apart[id] = special || ours ? 1 : 0;
    }
}

void Standing::collectSuccesses()
{
    const auto& attempts = m_tape.attempts;
    std::vector<std::uint32_t> successes;
    for (std::uint32_t i = 0; i < attempts.size(); ++i) {
        if (attempts[i].success) {
            successes.push_back(i);
            m_exists[attempts[i].account] = 1;
        }
    }
    auto byAddress = std::async(successes.size() < kLeastSuccesses ? std::launch::deferred : std::launch::async,
                                [&] { return Grouped(successes, m_apart.size(), [&](std::uint32_t i) { return attempts[i].address; }); });
    m_byAccount = Grouped(successes, m_exists.size(), [&](std::uint32_t i) { return attempts[i].account; });
    m_byAddress = byAddress.get();
    m_pairs.resize(m_byAccount.size());
    const auto places = inStretches(m_exists.size(), stretchesOf(m_byAccount.size(), kLeastSuccesses), [&](std::size_t begin, std::size_t end) {
        return placesOf(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
    });
    for (const std::vector<std::uint64_t>& part : places) {
        m_knownSurroundings.insert(m_knownSurroundings.end(), part.begin(), part.end());
    }
    for (const std::uint64_t key : m_knownSurroundings) {
        ++m_residents[static_cast<std::uint32_t>(key)];
    }
}

/// Fills the pairs of the accounts in [begin, end); the answer: where in the net each got in from, once, sorted.
std::vector<std::uint64_t> Standing::placesOf(std::uint32_t begin, std::uint32_t end)
{
    std::vector<std::uint64_t> places;
    for (std::uint32_t account = begin; account < end; ++account) {
        const auto firstPair = m_pairs.begin() + static_cast<std::ptrdiff_t>(m_byAccount.beginOf(account));
        const auto firstPlace = static_cast<std::ptrdiff_t>(places.size());
        auto pair = firstPair;
        for (const std::uint32_t index : m_byAccount.of(account)) {
            const Attempt& success = m_tape.attempts[index];
            *pair++ = {m_tape.network(success.address), success.time};
            const std::uint64_t place = keyOf(account, m_surroundings[success.address]);
            if (places.empty() || places.back() != place) {
                places.push_back(place);
            }
        }
        std::sort(firstPair, pair);
        std::sort(places.begin() + firstPlace, places.end());
        places.erase(std::unique(places.begin() + firstPlace, places.end()), places.end());
    }
    return places;
}

void Standing::judgeNetworks(const DetectSettings& settings)
{
    std::vector<std::uint32_t> inside(m_shared.size(), 0), outside(m_shared.size(), 0);
    const auto span = static_cast<std::int64_t>(settings.establishedHours * static_cast<double>(kHour));
    for (std::size_t account = 0; account < m_byAccount.keys(); ++account) {
        const auto own = pairsOf(account);
        for (auto first = own.begin(); first != own.end();) {
            const auto next = std::find_if(first, own.end(), [&](const Success& one) { return one.network != first->network; });
            ++inside[first->network];
            if (std::prev(next)->time - first->time >= span) {
                m_established[first->network] = 1;
            }
            first = next;
        }
    }
    // Accounts that a network fails at without ever getting into them: each pair once.
    std::vector<std::uint64_t> failed;
    for (const Attempt& attempt : m_tape.attempts) {
        if (!attempt.success && attempt.account != kNobody) {
            failed.push_back(keyOf(attempt.account, m_tape.network(attempt.address)));
        }
    }
    std::sort(failed.begin(), failed.end());
    failed.erase(std::unique(failed.begin(), failed.end()), failed.end());
    for (const std::uint64_t key : failed) {
        const auto network = static_cast<std::uint32_t>(key);
        outside[network] += std::ranges::binary_search(pairsOf(key >> 32U), network, {}, &Success::network) ? 0U : 1U;
    }
    for (std::uint32_t network = 0; network < m_shared.size(); ++network) {
        m_shared[network] = inside[network] >= settings.sharedAccounts && outside[network] <= 2 * inside[network] ? 1 : 0;
        m_suspect[network] = outside[network] > 2 + 2 * inside[network] ? 1 : 0;
        if (m_suspect[network]) {
            m_established[network] = 0;
        }
    }
}

void Standing::countCountries(bool trustedOnly)
{
    m_countries.clear();
    m_trustedNetworks = 0;
    std::vector<std::uint8_t> counted(m_shared.size(), 0);
    for (std::uint32_t address = 0; address < m_byAddress.keys(); ++address) {
        const AddressEntry& entry = m_tape.address(address);
        const bool counts = trustedOnly ? isTrusted(entry.networkId) : !m_suspect[entry.networkId];
        if (counts && !counted[entry.networkId] && !m_byAddress.of(address).empty()) {
            counted[entry.networkId] = 1;
            ++m_countries[entry.facts.country];
            ++m_trustedNetworks;
        }
    }
}

double Standing::countryShare(CountryCode country) const
{
    const auto found = m_countries.find(country);
    return country == kNoCountry || found == m_countries.end() ? 0 : static_cast<double>(found->second) / static_cast<double>(m_trustedNetworks);
}

bool Standing::isFamiliar(std::uint32_t account, std::uint32_t network, std::int64_t time) const
{
    return successIn(account, network, time - kMemory, time) >= 0;
}

std::int64_t Standing::successIn(std::uint32_t account, std::uint32_t network, std::int64_t from, std::int64_t to) const
{
    if (!exists(account)) {
        return -1;
    }
    const auto own = pairsOf(account);
    const auto found = std::ranges::lower_bound(own, Success{network, from});
    return found != own.end() && found->network == network && found->time < to ? found->time : -1;
}

bool Standing::similarSuccess(std::uint32_t address, std::uint32_t account, std::int64_t from, std::int64_t to) const
{
    const auto own = m_byAddress.of(address);
    const auto time = [this](std::uint32_t index) { return m_tape.attempts[index].time; };
    for (auto at = std::ranges::lower_bound(own, from, {}, time); at != own.end() && time(*at) < to; ++at) {
        const std::uint32_t other = m_tape.attempts[*at].account;
        if (account == kNobody || looksLike(m_tape.data->account(AccountId{account}), m_tape.data->account(AccountId{other}))) {
            return true;
        }
    }
    return false;
}

bool Standing::anySuccess(std::uint32_t account, std::int64_t from, std::int64_t to) const
{
    if (!exists(account)) {
        return false;
    }
    const auto own = m_byAccount.of(account);
    const auto time = [this](std::uint32_t index) { return m_tape.attempts[index].time; };
    const auto at = std::ranges::lower_bound(own, from, {}, time);
    return at != own.end() && time(*at) < to;
}

std::span<const Standing::Success> Standing::pairsOf(std::size_t account) const
{
    return std::span(m_pairs).subspan(m_byAccount.beginOf(account), m_byAccount.of(account).size());
}

} // namespace mailward::detect
