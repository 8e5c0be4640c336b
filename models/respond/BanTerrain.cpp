// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/BanTerrain.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace mailward {

namespace {

/// Share of good log-ins that come from anywhere in the world at random, however well the past looks.
constexpr double kTravellers = 2e-3;

/// Log-ins below which a single one says little about those to come.
constexpr double kShortHistory = 1000;

using Items = std::vector<TrieItem>;

/// Share of travellers inside: the announced space of IPv4 is about 2^32 addresses, that of IPv6 about 2^50 networks of /64.
double travellersIn(const Prefix& prefix)
{
    return kTravellers * std::ldexp(peersIn(prefix), prefix.isV4() ? -32 : -50);
}

/// The widest network of at least `length` bits around `address` that holds none of `others` (sorted).
Prefix apartFrom(IpAddress address, int length, const std::vector<IpAddress>& others)
{
    const auto after = std::lower_bound(others.begin(), others.end(), address);
    if (after != others.end()) {
        length = std::max(length, commonLength(address, *after) + 1);
    }
    if (after != others.begin()) {
        length = std::max(length, commonLength(address, *std::prev(after)) + 1);
    }
    return {address, length};
}

/// Sorted; of networks inside one another the outermost.
std::vector<Prefix> outermost(std::vector<Prefix> prefixes)
{
    std::sort(prefixes.begin(), prefixes.end());
    std::vector<Prefix> out;
    for (const auto& prefix : prefixes) {
        if (out.empty() || !out.back().contains(prefix)) {
            out.push_back(prefix);
        }
    }
    return out;
}

using Obstacles = std::span<const Prefix>;

/// Halves the network again and again around the obstacles in it, so that what lies between them can be chosen: down to
/// pieces that are worth no rule. `obstacles` are those inside.
void splitAround(const Prefix& prefix, double attack, double leastGain, Obstacles obstacles, Items& items)
{
    if (obstacles.empty() || attack <= leastGain || prefix.isHost() || obstacles.front() == prefix) {
        return;
    }
    const Prefix low(prefix.address(), prefix.length() + 1);
    const Prefix high(prefix.last(), prefix.length() + 1);
    const auto middle = std::lower_bound(obstacles.begin(), obstacles.end(), high) - obstacles.begin();
    items.push_back({.prefix = low});
    items.push_back({.prefix = high});
    splitAround(low, attack / 2, leastGain, obstacles.first(std::size_t(middle)), items);
    splitAround(high, attack / 2, leastGain, obstacles.subspan(std::size_t(middle)), items);
}

/// Collects the items of both families, then gives each its trie.
class TerrainItems
{
public:
    TerrainItems(const OptimiserInput& input, const RangeBook& book, const std::vector<GoodAddress>& good, double leastGain)
        : m_input(input), m_book(book), m_good(good), m_leastGain(leastGain)
    {
    }

    Items collect(std::span<const OptimiserSource> sources)
    {
        addUntouchable();
        addGood(sources);
        m_obstacles = outermost(std::move(m_obstacles));
        const AttackForecast forecast(sources, m_book);
        addRanges(forecast);
        addNeighbourhoods(forecast);
        addSources(sources, forecast);
        return std::move(m_items);
    }

private:
    void addObstacle(TerrainFlag flags, const Prefix& prefix, double good = 0)
    {
        m_items.push_back({.prefix = prefix, .good = good, .flags = flags});
        m_obstacles.push_back(prefix);
    }

    void addUntouchable()
    {
        const auto& guards = m_input.guards;
        for (const auto& entry : guards.allow.entries()) {
            if (!entry.expires || *entry.expires > guards.now) {
                addObstacle(kNeverBanned, entry.prefix);
            }
        }
        for (const auto* list : {&guards.consoles, &guards.servers}) {
            for (const auto& named : *list) {
                addObstacle(kNeverBanned, named.prefix);
            }
        }
        for (const auto& prefix : m_input.goodNetworks) {
            addObstacle(kNeverBanned, prefix);
        }
    }

    /// A good address stands for its neighbourhood, as far as no source is in it: tomorrow its owner may have the one beside it.
    void addGood(std::span<const OptimiserSource> sources)
    {
        std::vector<IpAddress> hostile;
        hostile.reserve(sources.size());
        for (const auto& source : sources) {
            hostile.push_back(source.address);
        }
        std::sort(hostile.begin(), hostile.end());
        for (const auto& good : m_good) {
            const auto flags = static_cast<TerrainFlag>(kKnownGood | (good.onlyWayIn ? kOnlyWayIn : 0));
            addObstacle(flags, apartFrom(good.address, neighbourhoodOf(good.address).length(), hostile), good.share);
        }
    }

    [[nodiscard]] Obstacles obstaclesIn(const Prefix& prefix) const
    {
        const auto first = std::lower_bound(m_obstacles.begin(), m_obstacles.end(), prefix);
        const auto last = std::upper_bound(first, m_obstacles.end(), prefix.last(),
                                           [](IpAddress address, const Prefix& other) { return address < other.address(); });
        return {first, last};
    }

    void addOpen(const Prefix& prefix, double attack, double risk)
    {
        m_items.push_back({.prefix = prefix, .attack = attack, .risk = risk + travellersIn(prefix), .open = true});
        // A place may lie in a network, a country and a neighbourhood at once; a third each keeps the sum below the limit.
        splitAround(prefix, attack, m_leastGain / 3, obstaclesIn(prefix), m_items);
    }

    /// A newcomer is expected where addresses were seen once (after Good and Turing), in the narrowest group that is known.
    [[nodiscard]] std::vector<double> newcomers() const
    {
        std::vector<double> shares(m_book.cells());
        for (const auto& good : m_good) {
            const auto* range = m_book.find(GroupKind::Network, good.address);
            range = range != nullptr ? range : m_book.find(GroupKind::Country, good.address);
            if (range != nullptr) {
                shares[range->cell] += good.newcomer;
            }
        }
        return shares;
    }

    void addRanges(const AttackForecast& forecast)
    {
        const auto risks = newcomers();
        for (const auto kind : {GroupKind::Network, GroupKind::Country}) {
            for (const auto& range : m_book.ranges(kind)) {
                const double part = peersIn(range.prefix) / m_book.peers(range.cell);
                addOpen(range.prefix, part * forecast.ofCell(kind, range.cell), part * risks[range.cell]);
            }
        }
    }

    /// Neighbours of sources may be people too: as many as the surroundings have shown.
    void addNeighbourhoods(const AttackForecast& forecast)
    {
        std::vector<double> sums{0};
        for (const auto& good : m_good) {
            sums.push_back(sums.back() + good.newcomer);
        }
        const auto before = [&](IpAddress address, bool with) {
            const auto less = [](const GoodAddress& a, IpAddress b) { return a.address < b; };
            const auto it = std::lower_bound(m_good.begin(), m_good.end(), address, less);
            const bool same = with && it != m_good.end() && it->address == address;
            return sums[std::size_t(it - m_good.begin()) + (same ? 1 : 0)];
        };
        for (const auto& item : forecast.neighbourhoods()) {
            const Prefix around(item.prefix.address(), item.prefix.isV4() ? 16 : 32);
            const double share = before(around.last(), true) - before(around.address(), false);
            addOpen(item.prefix, item.attack, share * peersIn(item.prefix) / peersIn(around));
        }
    }

    void addSources(std::span<const OptimiserSource> sources, const AttackForecast& forecast)
    {
        std::vector<IpAddress> good;
        good.reserve(m_good.size());
        for (const auto& entry : m_good) {
            good.push_back(entry.address);
        }
        for (const auto& source : sources) {
            const Prefix prefix = apartFrom(source.address, source.address.isV4() ? 32 : 64, good);
            m_items.push_back({.prefix = prefix, .attack = forecast.ofSource(source), .risk = travellersIn(prefix), .open = true});
        }
    }

    const OptimiserInput& m_input;
    const RangeBook& m_book;
    const std::vector<GoodAddress>& m_good;
    double m_leastGain;
    Items m_items;
    std::vector<Prefix> m_obstacles;
};

} // namespace

std::vector<GoodAddress> goodAddresses(const std::vector<GoodLogin>& logins, std::span<const OptimiserSource> sources, const RangeBook& book)
{
    std::vector<Prefix> hot;
    hot.reserve(sources.size());
    for (const auto& source : sources) {
        hot.push_back(neighbourhoodOf(source.address));
    }
    std::sort(hot.begin(), hot.end());
    struct Account {
        const GoodLogin* main = nullptr;
        bool safe = false; // has a way in where no ban can fall
    };
    std::unordered_map<std::string_view, Account> accounts;
    accounts.reserve(logins.size());
    double total = 0;
    std::vector<GoodAddress> good;
    good.reserve(logins.size());
    for (const auto& login : logins) {
        auto& account = accounts[login.account];
        if (account.main == nullptr || login.count > account.main->count) {
            account.main = &login;
        }
        account.safe = account.safe || (book.find(GroupKind::Country, login.address) == nullptr && book.find(GroupKind::Network, login.address) == nullptr &&
                                        !std::binary_search(hot.begin(), hot.end(), neighbourhoodOf(login.address)));
        good.push_back({.address = login.address, .share = double(login.count)});
        total += double(login.count);
    }
    for (const auto& [name, account] : accounts) {
        if (!account.safe) {
            good.push_back({.address = account.main->address, .onlyWayIn = true});
        }
    }
    std::sort(good.begin(), good.end(), [](const GoodAddress& a, const GoodAddress& b) { return a.address < b.address; });
    std::vector<GoodAddress> merged;
    merged.reserve(good.size());
    for (const auto& entry : good) {
        if (merged.empty() || merged.back().address != entry.address) {
            merged.push_back(entry);
        } else {
            merged.back().share += entry.share;
            merged.back().onlyWayIn = merged.back().onlyWayIn || entry.onlyWayIn;
        }
    }
    for (auto& entry : merged) {
        entry.newcomer = entry.share <= 1 ? entry.share / std::max(total, kShortHistory) : 0;
        entry.share /= std::max(total, 1.0);
    }
    return merged;
}

BanTerrain::BanTerrain(std::span<const OptimiserSource> sources, const OptimiserInput& input, const std::vector<GoodAddress>& good, const RangeBook& book,
                       double leastGain)
{
    Items items = TerrainItems(input, book, good, leastGain).collect(sources);
    const auto v6 = std::partition(items.begin(), items.end(), [](const TrieItem& item) { return item.prefix.isV4(); });
    m_tries.emplace_back(Items(items.begin(), v6), kWidestBanV4);
    m_tries.emplace_back(Items(v6, items.end()), kWidestBanV6);
}

BanTerrain::Choice BanTerrain::choose(const ChoiceTerms& terms) const
{
    Choice choice;
    for (const auto& trie : m_tries) {
        for (const auto index : trie.choose(terms)) {
            const auto& node = trie.nodes()[index];
            choice.prefixes.push_back(node.prefix);
            choice.attack.push_back(node.attack);
            choice.cut += node.good;
            choice.risk += node.risk;
        }
    }
    return choice;
}

std::size_t BanTerrain::countRules(const ChoiceTerms& terms) const
{
    std::size_t count = 0;
    for (const auto& trie : m_tries) {
        count += trie.choose(terms).size();
    }
    return count;
}

} // namespace mailward
