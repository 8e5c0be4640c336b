// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/Query.h"

#include "models/store/QueryGroups.h"
#include "models/store/QueryPass.h"

#include <algorithm>

namespace mailward {

namespace {

constexpr std::array<std::string_view, kGroupCount> kGroupNames{"ip", "net", "asn", "country", "account", "service", "server", "hour"};

/// Round widths in seconds, from which a histogram takes the least that needs no more bins than allowed.
constexpr std::array<std::int64_t, 20> kWidths{1,    2,    5,     10,    15,    30,    60,     120,    300,     600,
                                               900,  1800, 3600,  7200,  10800, 21600, 43200,  86400,  172800,  604800};

BinLayout layoutOf(const ColumnsSnapshot& data, const Filter& filter, const QuerySpec& spec)
{
    TimeRange range = spec.window.value_or(data.range());
    if (!spec.window && !spec.crossfilter) {
        range.begin = std::max(range.begin, filter.after.value_or(range.begin));
        range.end = std::min(range.end, filter.before.value_or(range.end));
    }
    if (spec.bins <= 0 || range.isEmpty()) {
        return {};
    }
    const auto beginFor = [&](std::int64_t width) { return floorDiv(toMicros(range.begin), width) * width; };
    const auto binsFor = [&](std::int64_t width) { return (toMicros(range.end) - beginFor(width) + width - 1) / width; };
    std::int64_t width = 0;
    for (const std::int64_t seconds : kWidths) {
        width = seconds * 1'000'000;
        if (binsFor(width) <= spec.bins) {
            break;
        }
    }
    while (binsFor(width) > spec.bins) {
        width *= 2;
    }
    return {beginFor(width), width, static_cast<std::size_t>(binsFor(width))};
}

/// One pass a thread, all added to the first.
std::vector<std::unique_ptr<QueryPass>> countAll(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec,
                                                 const BinLayout& layout, const RowChoice& choice, bool pairs, BlockCounts& matches)
{
    std::vector<std::unique_ptr<QueryPass>> passes;
    const auto useful = std::clamp<std::size_t>(data.chunks().size(), 1, static_cast<std::size_t>(std::max(spec.threads, 1)));
    for (std::size_t i = 0; i < useful; ++i) {
        passes.push_back(std::make_unique<QueryPass>(data, mask, spec, layout));
        pairs ? passes.back()->notePairs() : void();
    }
    forEachChunk(data.chunks().size(), static_cast<int>(useful), spec.stop, [&](std::size_t thread, std::size_t chunk) {
        passes[thread]->scan(data.chunks()[chunk], choice, matches.empty() ? nullptr : &matches[chunk * kChunkBlocks]);
    });
    for (const auto& pass : passes) {
        pass->finish();
    }
    for (std::size_t i = 1; i < passes.size(); ++i) {
        passes.front()->take(*passes[i]);
    }
    return passes;
}

} // namespace

Totals totalsOf(const ColumnsSnapshot& data, const FilterMask& mask, const QueryPass& counted)
{
    Totals totals;
    totals.events = counted.events;
    std::copy_n(counted.series.begin(), kSeriesCount, totals.series.begin());
    for (std::uint32_t i = 0; i < data.addressCount(); ++i) {
        const Tally& cell = counted.address.cells()[i];
        if (cell.events == 0 || mask.address[i] != 0) {
            continue;
        }
        ++totals.addresses;
        const std::uint32_t country = groupIdOf(data.address(AddressId{i}), AddressId{i}, Group::Country);
        totals.unknownCountry += country == kUnknownCountry ? cell.failed + cell.succeeded : 0;
        totals.special += country == kSpecialAddress ? cell.failed + cell.succeeded : 0;
        totals.specialFailing += country == kSpecialAddress && cell.failed > 0 ? 1U : 0U;
    }
    for (std::uint32_t i = 0; i < data.accountCount(); ++i) {
        totals.accounts += counted.account.cells()[i].events > 0 && mask.account[i] == 0 ? 1U : 0U;
    }
    totals.withoutAddress = mask.address.back() == 0 ? counted.address.cells().back().events : 0;
    return totals;
}

std::string_view groupName(Group group) { return kGroupNames[static_cast<std::size_t>(group)]; }

std::optional<Group> groupFromName(std::string_view name)
{
    for (std::size_t i = 0; i < kGroupCount; ++i) {
        if (kGroupNames[i] == name) {
            return static_cast<Group>(i);
        }
    }
    return std::nullopt;
}

const GroupResult* QueryResult::group(Group which) const
{
    const auto at = std::find_if(groups.begin(), groups.end(), [which](const GroupResult& g) { return g.group == which; });
    return at == groups.end() ? nullptr : &*at;
}

QueryResult runQuery(const ColumnsSnapshot& data, const Filter& filter, const QuerySpec& spec)
{
    const FilterMask mask(data, filter);
    const RowChoice choice(data, mask, spec);
    const BinLayout layout = layoutOf(data, filter, spec);
    const bool pairs = needsDetails(spec) && PairsSeen::fits(data.addressCount(), data.accountCount())
                       && std::any_of(spec.groups.begin(), spec.groups.end(), PairsSeen::covers);
    BlockCounts matches(spec.pageOffset ? data.chunks().size() * kChunkBlocks : 0);
    const auto passes = countAll(data, mask, spec, layout, choice, pairs, matches);
    QueryPass& counted = *passes.front();
    QueryResult result;
    result.version = data.version();
    result.totals = totalsOf(data, mask, counted);
    result.histogram.begin = fromMicros(layout.begin);
    result.histogram.binWidth = std::chrono::microseconds(layout.count > 0 ? layout.width : 0);
    for (std::size_t bin = 0; bin < layout.count; ++bin) {
        std::copy_n(counted.bins[bin].begin(), kSeriesCount, result.histogram.bins.emplace_back().begin());
    }
    result.groups = groupResults(data, mask, spec, choice, counted);
    if (spec.pageOffset) {
        result.page = eventPage(data, mask, spec, matches);
    }
    result.complete = !spec.stop.stop_requested();
    return result;
}

} // namespace mailward
