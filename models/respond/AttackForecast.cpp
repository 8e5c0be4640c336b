// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AttackForecast.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mailward {

namespace {

constexpr std::array kKinds{GroupKind::Network, GroupKind::Country};
constexpr int kRounds = 30;
constexpr double kMadeUp = 0.1;
constexpr double kLeastSame = 0.05; ///< sources that never return are still worth a rule while rules are to be had
constexpr double kMostSame = 0.8; ///< whoever is banned goes on from elsewhere: once those seen are stopped, a fifth of what is to come at least is from there
constexpr double kBefore = 0.05; ///< of an attempt's worth, once the attack's last quarter has begun
/// Density of "anywhere". The part of IPv6 that is announced is about 2^50 networks of /64.
double anywhereDensity(IpAddress address) { return std::ldexp(1.0, address.isV4() ? -32 : -50); }

double density(const std::vector<std::pair<Prefix, double>>& neighbourhoods, IpAddress address)
{
    const Prefix wanted = neighbourhoodOf(address);
    const auto it = std::lower_bound(neighbourhoods.begin(), neighbourhoods.end(), wanted,
                                     [](const auto& entry, const Prefix& prefix) { return entry.first < prefix; });
    return it == neighbourhoods.end() || it->first != wanted ? 0 : it->second / peersIn(wanted);
}

Instant lastOf(const OptimiserSource& source)
{
    return std::max(source.first, source.last);
}

/// Attempts in [since, ...), taken as spread evenly over the source's time.
double triesSince(const OptimiserSource& source, Instant since)
{
    const Instant last = lastOf(source);
    const auto all = double(source.attempts);
    if (last < since || source.first >= since) {
        return last < since ? 0 : all;
    }
    return all * double((last - since).count()) / double((last - source.first).count());
}

} // namespace

Prefix neighbourhoodOf(IpAddress address)
{
    return {address, address.isV4() ? 24 : 56};
}

RangeBook::RangeBook(const std::vector<CandidateGroup>& groups) : m_peers(2 * groups.size())
{
    for (std::size_t i = 0; i < groups.size(); ++i) {
        for (const auto& prefix : groups[i].ranges) {
            const auto cell = static_cast<std::uint32_t>(2 * i + (prefix.isV4() ? 0 : 1));
            m_ranges[std::size_t(groups[i].kind)].push_back({prefix, cell});
            m_peers[cell] += peersIn(prefix);
        }
    }
    for (auto& ranges : m_ranges) {
        std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.prefix < b.prefix; });
    }
}

const RangeBook::Range* RangeBook::find(GroupKind kind, IpAddress address) const
{
    const auto& all = ranges(kind);
    const auto after = std::upper_bound(all.begin(), all.end(), address,
                                        [](IpAddress value, const Range& range) { return value < range.prefix.address(); });
    return after == all.begin() || !std::prev(after)->prefix.contains(address) ? nullptr : &*std::prev(after);
}

AttackForecast::AttackForecast(std::span<const OptimiserSource> sources, const RangeBook& book)
{
    const std::size_t half = sources.size() / 2;
    learnWeights(count(sources.first(half), book), sources.subspan(half), book);
    m_counts = count(sources, book);
    weighReturns(sources);
    for (double* weight : {&m_weights.neighbour, &m_weights.network, &m_weights.country, &m_weights.anywhere}) {
        *weight *= 1 - m_weights.same;
    }
}

/// Who tried for hours and then was banned, or changed to one try an address, does not return for having been loud: what counts is
/// whether those who try now had tried before.
void AttackForecast::weighReturns(std::span<const OptimiserSource> sources)
{
    Instant begin = Instant::max(), end = Instant::min();
    for (const auto& source : sources) {
        begin = std::min(begin, source.first);
        end = std::max(end, lastOf(source));
    }
    m_recently = sources.empty() ? Instant{} : end - (end - begin) / 4;
    double recent = 0, again = 0;
    for (const auto& source : sources) {
        const double tries = triesSince(source, m_recently);
        recent += source.confidence * tries;
        again += source.confidence * (source.first >= m_recently ? std::max(tries - 1, 0.0) : tries);
        m_activity += source.confidence * activity(source);
    }
    m_weights.same = std::clamp(recent > 0 ? again / recent : 0, kLeastSame, kMostSame);
}

double AttackForecast::activity(const OptimiserSource& source) const
{
    return triesSince(source, m_recently) + kBefore * double(source.attempts);
}

AttackForecast::Counts AttackForecast::count(std::span<const OptimiserSource> sources, const RangeBook& book)
{
    Counts counts;
    counts.cells.resize(book.cells());
    std::vector<std::pair<Prefix, double>> all;
    all.reserve(sources.size());
    for (const auto& source : sources) {
        counts.total += source.confidence;
        all.emplace_back(neighbourhoodOf(source.address), source.confidence);
        for (const auto kind : kKinds) {
            if (const auto* range = book.find(kind, source.address)) {
                counts.cells[range->cell] += source.confidence;
            }
        }
    }
    std::sort(all.begin(), all.end());
    for (const auto& [prefix, weight] : all) {
        if (!counts.neighbourhoods.empty() && counts.neighbourhoods.back().first == prefix) {
            counts.neighbourhoods.back().second += weight;
        } else {
            counts.neighbourhoods.emplace_back(prefix, weight);
        }
    }
    return counts;
}

/// Expectation and maximisation over the four explanations, from equal shares; a little of a made-up source each keeps them from dying.
void AttackForecast::learnWeights(const Counts& early, std::span<const OptimiserSource> late, const RangeBook& book)
{
    using Row = std::array<double, 4>;
    std::vector<Row> rows;
    rows.reserve(late.size());
    const double total = std::max(early.total, 1.0);
    for (const auto& source : late) {
        Row row{density(early.neighbourhoods, source.address) / total, 0, 0, anywhereDensity(source.address)};
        for (const auto kind : kKinds) {
            if (const auto* range = book.find(kind, source.address)) {
                row[1 + std::size_t(kind)] = early.cells[range->cell] / total / book.peers(range->cell);
            }
        }
        rows.push_back(row);
    }
    Row share{0.25, 0.25, 0.25, 0.25};
    for (int round = 0; round < kRounds; ++round) {
        Row sum{kMadeUp, kMadeUp, kMadeUp, kMadeUp};
        for (const auto& row : rows) {
            const double likely = std::inner_product(row.begin(), row.end(), share.begin(), 0.0);
            for (std::size_t i = 0; i < row.size(); ++i) {
                sum[i] += share[i] * row[i] / likely;
            }
        }
        for (std::size_t i = 0; i < share.size(); ++i) {
            share[i] = sum[i] / (double(rows.size()) + kMadeUp * double(share.size()));
        }
    }
    m_weights = {0, share[0], share[1], share[2], share[3]};
}

std::vector<TrieItem> AttackForecast::neighbourhoods() const
{
    constexpr double kTwoSources = 1.5; // two sources, of which one may be doubtful
    std::vector<TrieItem> items;
    for (const auto& [prefix, weight] : m_counts.neighbourhoods) {
        if (weight >= kTwoSources) {
            items.push_back({.prefix = prefix, .attack = m_weights.neighbour * weight / m_counts.total, .open = true});
        }
    }
    return items;
}

double AttackForecast::ofCell(GroupKind kind, std::uint32_t cell) const
{
    const double weight = kind == GroupKind::Network ? m_weights.network : m_weights.country;
    return m_counts.total > 0 ? weight * m_counts.cells[cell] / m_counts.total : 0;
}

double AttackForecast::ofSource(const OptimiserSource& source) const
{
    return m_activity > 0 ? m_weights.same * source.confidence * activity(source) / m_activity : 0;
}

} // namespace mailward
