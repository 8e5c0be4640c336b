// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/core/Time.h"
#include "models/respond/PrefixTrie.h"

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace mailward {

/// A source that an incident names.
struct OptimiserSource {
    IpAddress address;
    double confidence = 1; ///< 0 to 1: how surely it belongs to the attack
    std::uint64_t attempts = 1;
    Instant first{};
    Instant last{}; ///< before `first`: not known, at once
};

enum class GroupKind { Network, Country };

/// The published ranges of a network or country from which the attack comes.
struct CandidateGroup {
    QString name; ///< for people: "CN", "AS64500 Example"
    GroupKind kind = GroupKind::Country;
    std::vector<Prefix> ranges; ///< groups of one kind share no range
};

/// Who owns an address: the groups' ranges, looked up by address. A group has one cell for each family, because sizes of
/// the families cannot be compared.
class RangeBook
{
public:
    struct Range {
        Prefix prefix;
        std::uint32_t cell = 0;
    };

    explicit RangeBook(const std::vector<CandidateGroup>& groups);

    [[nodiscard]] const Range* find(GroupKind kind, IpAddress address) const;
    [[nodiscard]] const std::vector<Range>& ranges(GroupKind kind) const { return m_ranges[std::size_t(kind)]; }
    [[nodiscard]] std::size_t cells() const { return m_peers.size(); }
    [[nodiscard]] double peers(std::uint32_t cell) const { return m_peers[cell]; }
    [[nodiscard]] static std::size_t groupOf(std::uint32_t cell) { return cell / 2; }

private:
    std::array<std::vector<Range>, 2> m_ranges; ///< by kind, sorted
    std::vector<double> m_peers;
};

/// The network that neighbours of an address share: /24, or /56 of IPv6.
[[nodiscard]] Prefix neighbourhoodOf(IpAddress address);

/// Where the next sources will come from: a mixture of "the same again", "a neighbour", "the same network", "the same
/// country" and "anywhere". How much each explains is learnt from the later half of the sources, given the earlier half.
class AttackForecast
{
public:
    /// `sources` in order of time.
    AttackForecast(std::span<const OptimiserSource> sources, const RangeBook& book);

    struct Weights {
        double same = 0;
        double neighbour = 0;
        double network = 0;
        double country = 0;
        double anywhere = 0;
    };
    [[nodiscard]] const Weights& weights() const { return m_weights; }

    /// Share of the attack to come from each neighbourhood that has shown two sources or more.
    [[nodiscard]] std::vector<TrieItem> neighbourhoods() const;
    /// Share of the attack to come from the ranges of this cell, all together.
    [[nodiscard]] double ofCell(GroupKind kind, std::uint32_t cell) const;
    /// Share of the attack to come from exactly this source.
    [[nodiscard]] double ofSource(const OptimiserSource& source) const;

private:
    /// How busy a source was in the last quarter of the attack; what it did before counts for little.
    [[nodiscard]] double activity(const OptimiserSource& source) const;
    void weighReturns(std::span<const OptimiserSource> sources);

    struct Counts {
        std::vector<std::pair<Prefix, double>> neighbourhoods; ///< sorted; weight of the sources inside
        std::vector<double> cells;
        double total = 0;
    };
    [[nodiscard]] static Counts count(std::span<const OptimiserSource> sources, const RangeBook& book);
    void learnWeights(const Counts& early, std::span<const OptimiserSource> late, const RangeBook& book);

    Counts m_counts;
    Instant m_recently{};   ///< begin of the attack's last quarter
    double m_activity = 0; ///< of all sources
    Weights m_weights;
};

} // namespace mailward
