// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/PrefixTrie.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace mailward {

double peersIn(const Prefix& prefix)
{
    return std::ldexp(1.0, (prefix.isV4() ? 32 : 64) - prefix.length());
}

int commonLength(IpAddress a, IpAddress b)
{
    if (a.isV4() != b.isV4()) {
        return -1;
    }
    int length = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        const auto difference = static_cast<std::uint8_t>(a.bytes()[i] ^ b.bytes()[i]);
        length += std::countl_zero(difference);
        if (difference != 0) {
            break;
        }
    }
    return length - (a.isV4() ? 96 : 0);
}

PrefixTrie::PrefixTrie(std::vector<TrieItem> items, int widest)
{
    std::sort(items.begin(), items.end(), [](const TrieItem& a, const TrieItem& b) { return a.prefix < b.prefix; });
    makeNodes(items);
    linkNodes();
    spreadItems(items, widest);
}

void PrefixTrie::makeNodes(const std::vector<TrieItem>& items)
{
    std::vector<Prefix> prefixes;
    prefixes.reserve(items.size());
    for (const auto& item : items) {
        if (prefixes.empty() || prefixes.back() != item.prefix) {
            prefixes.push_back(item.prefix);
        }
    }
    const std::size_t count = prefixes.size();
    for (std::size_t i = 1; i < count; ++i) {
        const Prefix& a = prefixes[i - 1];
        const Prefix& b = prefixes[i];
        if (const int common = commonLength(a.address(), b.address()); common < std::min(a.length(), b.length())) {
            prefixes.emplace_back(a.address(), common);
        }
    }
    const auto forks = prefixes.begin() + static_cast<std::ptrdiff_t>(count);
    std::sort(forks, prefixes.end());
    std::inplace_merge(prefixes.begin(), forks, prefixes.end());
    prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
    m_nodes.resize(prefixes.size());
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
        m_nodes[i].prefix = prefixes[i];
    }
}

void PrefixTrie::linkNodes()
{
    std::vector<std::uint32_t> path;
    for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
        while (!path.empty() && !m_nodes[path.back()].prefix.contains(m_nodes[i].prefix)) {
            m_nodes[path.back()].end = i;
            path.pop_back();
        }
        m_nodes[i].parent = path.empty() ? kNone : path.back();
        path.push_back(i);
    }
    for (const auto open : path) {
        m_nodes[open].end = static_cast<std::uint32_t>(m_nodes.size());
    }
}

/// Charges every node with the items inside it (from the leaves up) and with its part of the items around it (from the roots
/// down), and finds the nodes that consist of open space alone.
void PrefixTrie::spreadItems(const std::vector<TrieItem>& items, int widest)
{
    struct Around {
        double attack = 0; // a peer
        double risk = 0;
        double good = 0;
        std::uint8_t flags = 0;
        bool open = false;
    };
    std::vector<Around> own(m_nodes.size());
    std::size_t at = 0;
    for (const auto& item : items) {
        while (m_nodes[at].prefix != item.prefix) {
            ++at;
        }
        auto& sum = own[at];
        sum.attack += item.attack;
        sum.risk += item.risk;
        sum.good += item.good;
        sum.flags = static_cast<std::uint8_t>(sum.flags | item.flags);
        sum.open = sum.open || item.open;
    }
    std::vector<std::uint8_t> openHalves(m_nodes.size());
    for (std::size_t i = m_nodes.size(); i-- > 0;) {
        auto& node = m_nodes[i];
        node.attack += own[i].attack;
        node.risk += own[i].risk;
        node.good += own[i].good;
        node.flags = static_cast<std::uint8_t>(node.flags | own[i].flags);
        node.eligible = own[i].open || openHalves[i] == 2;
        if (node.parent != kNone) {
            auto& parent = m_nodes[node.parent];
            parent.attack += node.attack;
            parent.risk += node.risk;
            parent.good += node.good;
            parent.flags = static_cast<std::uint8_t>(parent.flags | node.flags);
            const bool isHalf = node.prefix.length() == parent.prefix.length() + 1;
            openHalves[node.parent] = static_cast<std::uint8_t>(openHalves[node.parent] + (isHalf && node.eligible ? 1 : 0));
        }
    }
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        auto& node = m_nodes[i];
        const Around around = node.parent == kNone ? Around{} : own[node.parent]; // already holds all that is around the parent
        const double peers = peersIn(node.prefix);
        node.attack += around.attack * peers;
        node.risk += around.risk * peers;
        node.good += around.good;
        node.flags = static_cast<std::uint8_t>(node.flags | around.flags);
        node.eligible = (node.eligible || around.open) && node.prefix.length() >= widest;
        own[i] = {own[i].attack / peers + around.attack, own[i].risk / peers + around.risk, own[i].good + around.good,
                  static_cast<std::uint8_t>(own[i].flags | around.flags), own[i].open || around.open};
    }
}

std::vector<std::uint32_t> PrefixTrie::choose(const ChoiceTerms& terms) const
{
    std::vector<double> inside(m_nodes.size()); // the best of what lies below each node
    std::vector<bool> whole(m_nodes.size());
    for (std::size_t i = m_nodes.size(); i-- > 0;) {
        const auto& node = m_nodes[i];
        double best = inside[i];
        if (node.eligible && (node.flags & terms.forbidden) == 0) {
            const double value = node.attack - terms.goodPrice * (node.good + node.risk) - terms.rulePrice;
            if (value > 0 && value >= best) {
                whole[i] = true;
                best = value;
            }
        }
        if (node.parent != kNone) {
            inside[node.parent] += best;
        }
    }
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t i = 0; i < m_nodes.size();) {
        if (whole[i]) {
            chosen.push_back(i);
        }
        i = whole[i] ? m_nodes[i].end : i + 1;
    }
    return chosen;
}

} // namespace mailward
