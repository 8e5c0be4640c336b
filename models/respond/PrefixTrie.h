// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mailward {

/// Size of a network in peers: single addresses of IPv4, /64 networks of IPv6 (which one customer owns). May be below 1.
[[nodiscard]] double peersIn(const Prefix& prefix);
/// Length of the longest prefix that both addresses share; -1 across families.
[[nodiscard]] int commonLength(IpAddress a, IpAddress b);

/// What is known of one network. Of several items about the same network the sum counts.
struct TrieItem {
    Prefix prefix;
    double attack = 0; ///< share of the attack to come, spread evenly over the network
    double risk = 0;   ///< share of good log-ins to come from addresses not seen yet, spread evenly
    double good = 0;   ///< share of good log-ins seen; whoever cuts a part of the network is charged the whole
    std::uint8_t flags = 0;
    bool open = false; ///< may be banned as far as the attack goes; only networks made up of open ones are ever chosen
};

/// What a choice pays for.
struct ChoiceTerms {
    double rulePrice = 0;       ///< for each network chosen
    double goodPrice = 1;       ///< for each unit of `good` and `risk`
    std::uint8_t forbidden = 0; ///< a network that meets an item with one of these flags is not chosen
};

/// The compressed binary trie over networks of one family: every item and every fork between items is a node. Choosing
/// disjoint nodes for the highest sum of (attack - goodPrice * (good + risk) - rulePrice) is one pass from the leaves up, after
/// Soldo, Argyraki and Markopoulou, "Optimal Source-Based Filtering of Malicious Traffic". A choice of k networks is the best of
/// all choices of at most k. Immutable; any thread.
class PrefixTrie
{
public:
    struct Node {
        Prefix prefix;
        std::uint32_t parent = kNone;
        std::uint32_t end = 0; ///< one past the last node inside; nodes stand in order of their addresses, outer before inner
        double attack = 0;
        double risk = 0;
        double good = 0;
        std::uint8_t flags = 0;
        bool eligible = false;
    };
    static constexpr std::uint32_t kNone = ~std::uint32_t{0};

    /// Items of one family. Nodes broader than `widest` bits are never chosen.
    PrefixTrie(std::vector<TrieItem> items, int widest);

    [[nodiscard]] const std::vector<Node>& nodes() const { return m_nodes; }
    /// Indices of the chosen nodes, ascending. Of equal choices the one with fewer networks.
    [[nodiscard]] std::vector<std::uint32_t> choose(const ChoiceTerms& terms) const;

private:
    void makeNodes(const std::vector<TrieItem>& items);
    void linkNodes();
    void spreadItems(const std::vector<TrieItem>& items, int widest);

    std::vector<Node> m_nodes;
};

} // namespace mailward
