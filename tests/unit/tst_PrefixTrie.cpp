// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/PrefixTrie.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace mailward;

namespace {

using Random = std::mt19937;

std::uint32_t pick(Random& random, std::uint32_t below) { return std::uniform_int_distribution<std::uint32_t>(0, below - 1)(random); }

/// A toy space of 2^bits addresses: networks are numbered like a heap, 1 is all, 2n and 2n+1 are the halves of n.
class ToySpace
{
public:
    ToySpace(int bits, std::vector<TrieItem> items) : m_bits(bits), m_items(std::move(items)) {}

    [[nodiscard]] Prefix prefix(std::uint32_t node) const
    {
        int depth = 0;
        while ((node >> depth) > 1) {
            ++depth;
        }
        const std::uint32_t offset = (node - (1U << depth)) << (m_bits - depth);
        return {IpAddress::fromV4(0xC6336400U + offset), 32 - m_bits + depth}; // in 198.51.100.0/24
    }
    [[nodiscard]] std::uint32_t nodes() const { return 2U << m_bits; }

    /// By definition; minus infinity where the network may not be chosen.
    [[nodiscard]] double value(std::uint32_t node, const ChoiceTerms& terms) const
    {
        const Prefix here = prefix(node);
        double sum = 0;
        std::uint8_t flags = 0;
        for (const auto& item : m_items) {
            if (item.prefix.overlaps(here)) {
                const double part = item.prefix.contains(here) ? peersIn(here) / peersIn(item.prefix) : 1;
                sum += item.attack * part - terms.goodPrice * (item.good + item.risk * part);
                flags = static_cast<std::uint8_t>(flags | item.flags);
            }
        }
        return (flags & terms.forbidden) == 0 && isOpen(node) ? sum : -1e9;
    }

    /// The best sum with at most 0, 1, 2 ... rules.
    [[nodiscard]] std::vector<double> bestByRules(std::uint32_t node, const ChoiceTerms& terms, std::size_t most) const
    {
        std::vector<double> best(most + 1, 0.0);
        if (2 * node < nodes()) {
            const auto low = bestByRules(2 * node, terms, most);
            const auto high = bestByRules(2 * node + 1, terms, most);
            for (std::size_t k = 0; k <= most; ++k) {
                for (std::size_t part = 0; part <= k; ++part) {
                    best[k] = std::max(best[k], low[part] + high[k - part]);
                }
            }
        }
        const double whole = value(node, terms);
        for (std::size_t k = 1; k <= most; ++k) {
            best[k] = std::max(best[k], whole);
        }
        return best;
    }

    /// Every set of disjoint networks inside `node`, as sums of value minus price.
    void everySum(std::uint32_t node, const ChoiceTerms& terms, std::vector<double>& sums) const
    {
        sums.push_back(value(node, terms) - terms.rulePrice);
        if (2 * node >= nodes()) {
            sums.push_back(0);
            return;
        }
        std::vector<double> low;
        std::vector<double> high;
        everySum(2 * node, terms, low);
        everySum(2 * node + 1, terms, high);
        for (const double a : low) {
            for (const double b : high) {
                sums.push_back(a + b);
            }
        }
    }

private:
    [[nodiscard]] bool isOpen(std::uint32_t node) const
    {
        const Prefix here = prefix(node);
        const auto covers = [&](const TrieItem& item) { return item.open && item.prefix.contains(here); };
        return std::any_of(m_items.begin(), m_items.end(), covers) || (2 * node < nodes() && isOpen(2 * node) && isOpen(2 * node + 1));
    }

    int m_bits;
    std::vector<TrieItem> m_items;
};

/// Sources, good addresses, forbidden and open networks at random. With `spread`, masses lie on networks too, and every network is an item.
std::vector<TrieItem> randomItems(int bits, bool spread, Random& random)
{
    const ToySpace space(bits, {});
    std::vector<TrieItem> items;
    const auto hosts = 1U << bits;
    const auto mass = [&] { return double(1 + pick(random, 8)) / 8; };
    for (std::uint32_t i = 0; i < 1 + pick(random, hosts); ++i) {
        items.push_back({.prefix = space.prefix(hosts + pick(random, hosts)), .attack = mass(), .open = pick(random, 4) != 0});
    }
    for (std::uint32_t i = 0; i < pick(random, hosts / 4 + 1); ++i) {
        items.push_back({.prefix = space.prefix(hosts + pick(random, hosts)), .good = mass(), .flags = static_cast<std::uint8_t>(pick(random, 3))});
    }
    for (std::uint32_t i = 0; i < 1 + pick(random, 4); ++i) {
        items.push_back({.prefix = space.prefix(1 + pick(random, 2 * hosts - 1)), .open = true});
    }
    for (std::uint32_t node = 1; spread && node < 2 * hosts; ++node) {
        const bool heavy = pick(random, 6) == 0;
        items.push_back({.prefix = space.prefix(node), .attack = heavy ? mass() : 0, .risk = heavy ? mass() / 4 : 0});
    }
    return items;
}

double sumOf(const PrefixTrie& trie, const std::vector<std::uint32_t>& chosen, const ChoiceTerms& terms)
{
    double sum = 0;
    for (const auto i : chosen) {
        const auto& node = trie.nodes()[i];
        sum += node.attack - terms.goodPrice * (node.good + node.risk);
    }
    return sum;
}

bool equal(double a, double b) { return std::abs(a - b) < 1e-6; }

} // namespace

class TestPrefixTrie : public QObject
{
    Q_OBJECT

private slots:
    void equalToEverySetOfNetworks()
    {
        Random random(1);
        for (int round = 0; round < 400; ++round) {
            const int bits = 1 + round % 3;
            const auto items = randomItems(bits, round % 2 == 0, random);
            const ToySpace space(bits, items);
            const PrefixTrie trie(items, 0);
            const ChoiceTerms terms{double(pick(random, 10)) / 16, double(pick(random, 9)) / 4, 2};
            std::vector<double> sums;
            space.everySum(1, terms, sums);
            const auto chosen = trie.choose(terms);
            QVERIFY(equal(sumOf(trie, chosen, terms) - terms.rulePrice * double(chosen.size()), *std::max_element(sums.begin(), sums.end())));
        }
    }

    void bestForItsNumberOfRules()
    {
        Random random(2);
        for (int round = 0; round < 120; ++round) {
            const int bits = 6 + round % 3;
            const auto items = randomItems(bits, round % 2 == 0, random);
            const ToySpace space(bits, items);
            const PrefixTrie trie(items, 0);
            ChoiceTerms terms{0, double(pick(random, 9)) / 4, 2};
            const auto best = space.bestByRules(1, terms, 24);
            for (const double price : {0.01, 0.1, 0.3, 0.7, 1.5, 4.0}) {
                terms.rulePrice = price;
                const auto chosen = trie.choose(terms);
                if (chosen.size() < best.size()) {
                    QVERIFY(equal(sumOf(trie, chosen, terms), best[chosen.size()]));
                }
            }
        }
    }

    void chosenNetworksAreDisjoint()
    {
        Random random(3);
        for (int round = 0; round < 200; ++round) {
            const PrefixTrie trie(randomItems(7, false, random), 26);
            const auto chosen = trie.choose({0.1, 1, 1});
            for (std::size_t i = 0; i < chosen.size(); ++i) {
                QVERIFY(trie.nodes()[chosen[i]].prefix.length() >= 26);
                QVERIFY(i == 0 || !trie.nodes()[chosen[i - 1]].prefix.overlaps(trie.nodes()[chosen[i]].prefix));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestPrefixTrie)
#include "tst_PrefixTrie.moc"
