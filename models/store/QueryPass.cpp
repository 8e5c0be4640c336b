// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/QueryPass.h"

#include <algorithm>

namespace mailward {

namespace {

constexpr std::uint8_t kNoSeries = kSeriesCount;
/// The counters of more addresses than this are not near at hand: they are called for some rows before they are needed.
constexpr std::uint32_t kNearAddresses = 60'000;

VerdictTraits makeTraits()
{
    VerdictTraits traits;
    for (std::size_t v = 0; v < 64; ++v) {
        const auto verdict = static_cast<Verdict>(v);
        const auto series = v < kVerdictCount ? seriesOf(verdict) : std::nullopt;
        const Outcome outcome = outcomeOf(verdict);
        traits.series[v] = series ? static_cast<std::uint8_t>(*series) : kNoSeries;
        traits.cls[v] = outcome == Outcome::Failure   ? LineClass::Failed
                        : outcome == Outcome::Success ? LineClass::Succeeded
                                                      : LineClass::Neither;
    }
    return traits;
}

const VerdictTraits kTraits = makeTraits();

/// What a line adds to its series: attempts where they have a meaning, else itself.
std::uint64_t weightOf(LineClass cls, std::uint32_t attempts) { return cls == LineClass::Neither ? 1 : attempts; }

constexpr bool isSingle(unsigned bits) { return (bits & (bits - 1)) == 0; }

} // namespace

const VerdictTraits& verdictTraits() { return kTraits; }

std::optional<Series> seriesOf(Verdict verdict)
{
    switch (outcomeOf(verdict)) {
    case Outcome::Failure: return Series::Failure;
    case Outcome::Success: return Series::Success;
    case Outcome::None: break;
    }
    switch (kindOf(verdict)) {
    case EventKind::Reject:
    case EventKind::Ban: return Series::Blocked;
    case EventKind::Sent: return Series::Sent;
    case EventKind::Bounced:
    case EventKind::Dsn: return Series::Bounced;
    default: return std::nullopt;
    }
}

QueryPass::QueryPass(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const BinLayout& layout)
    : address(data.addressCount() + 1), account(data.accountCount() + 1), service(kServiceCount), server(data.serverCount()),
      hour(168), bins(layout.count + 1), m_mask(mask), m_sieve(mask, spec.crossfilter), m_layout(layout), m_hours(spec.zone), m_begin(mask.begin), m_end(mask.end),
      m_crossfilter(spec.crossfilter),
      m_wantsHour(std::find(spec.groups.begin(), spec.groups.end(), Group::HourOfWeek) != spec.groups.end())
{
}

void QueryPass::notePairs()
{
    pairs = std::make_unique<PairsSeen>(m_mask.address.size() - 1, m_mask.account.size() - 1);
}

void QueryPass::setTimes(std::int64_t begin, std::int64_t end)
{
    m_begin = begin;
    m_end = end;
}

void QueryPass::emptyAll()
{
    address.empty();
    account.empty();
    m_unemptied = 0;
}

void QueryPass::finish() { emptyAll(); }

void QueryPass::take(QueryPass& other)
{
    const auto sum = [](std::vector<Tally>& own, const std::vector<Tally>& more) {
        for (std::size_t i = 0; i < own.size(); ++i) {
            own[i].add(more[i]);
        }
    };
    address.add(other.address);
    account.add(other.account);
    sum(service, other.service);
    sum(server, other.server);
    sum(hour, other.hour);
    for (std::size_t bin = 0; bin < bins.size(); ++bin) {
        std::transform(bins[bin].begin(), bins[bin].end(), other.bins[bin].begin(), bins[bin].begin(), std::plus<>());
    }
    std::transform(series.begin(), series.end(), other.series.begin(), series.begin(), std::plus<>());
    events += other.events;
    if (pairs && other.pairs) {
        pairs->take(*other.pairs);
    }
}

void QueryPass::enterBin(std::int64_t time)
{
    const auto count = static_cast<std::int64_t>(m_layout.count);
    const std::int64_t end = m_layout.begin + count * m_layout.width;
    if (count == 0 || time < m_layout.begin || time >= end) {
        m_bin = m_layout.count;
        m_binBegin = count > 0 && time >= end ? end : INT64_MIN;
        m_binEnd = count > 0 && time < m_layout.begin ? m_layout.begin : INT64_MAX;
        return;
    }
    const std::int64_t bin = (time - m_layout.begin) / m_layout.width;
    m_bin = static_cast<std::size_t>(bin);
    m_binBegin = m_layout.begin + bin * m_layout.width;
    m_binEnd = m_binBegin + m_layout.width;
}

/// Works out the chunk's mixes; false when there are too many to be worth it.
bool QueryPass::prepare(const ChunkView& chunk)
{
    m_table = &chunk.mixes;
    m_mixes.clear();
    m_mixFails.clear();
    m_mixesFail = false;
    if (chunk.mixes.size() > kMostMixes) {
        return false;
    }
    std::uint64_t most = 1;
    for (std::uint32_t i = 0; i < chunk.mixes.size(); ++i) {
        const EventMix& mix = chunk.mixes[i];
        MixSlot& slot = m_mixes.emplace_back();
        slot.cls = kTraits.cls[mix.verdict];
        slot.series = kTraits.series[mix.verdict];
        const bool large = slot.cls != LineClass::Neither && mix.attempts > PackedCells::kMaxAttempts;
        m_mixFails.push_back(static_cast<std::uint16_t>(m_mask.service[mix.service] | m_mask.server[mix.server] | m_mask.verdict[mix.verdict] | (large ? kLarge : 0)));
        m_mixesFail = m_mixesFail || m_mixFails.back() != 0;
        slot.packed = large ? 0 : PackedCells::pack(slot.cls, mix.attempts);
        most = large || slot.cls == LineClass::Neither ? most : std::max<std::uint64_t>(most, mix.attempts);
    }
    if (m_unemptied += most * chunk.rows; m_unemptied > PackedCells::kMaxSum) {
        emptyAll();
        m_unemptied = most * chunk.rows;
    }
    return true;
}

/// Where the mixes' counts belong from now on.
void QueryPass::enter(std::int64_t time, bool inside)
{
    const std::size_t bin = binOf(time);
    const std::uint32_t hourNow = m_wantsHour ? m_hours.at(time) : 0;
    if (bin != m_mixBin || hourNow != m_mixHour || inside != m_mixInside) {
        flush();
        m_mixBin = bin;
        m_mixHour = hourNow;
        m_mixInside = inside;
    }
}

void QueryPass::flush()
{
    for (std::uint32_t i = 0; i < m_mixes.size(); ++i) {
        MixSlot& slot = m_mixes[i];
        if (slot.count == 0) {
            continue;
        }
        const EventMix& mix = (*m_table)[i];
        const std::uint64_t weight = slot.count * weightOf(slot.cls, mix.attempts);
        bins[m_mixBin][slot.series] += weight;
        if (m_mixInside) {
            events += slot.count;
            series[slot.series] += weight;
            service[mix.service].add(slot.cls, weight, slot.count);
            server[mix.server].add(slot.cls, weight, slot.count);
            if (m_wantsHour) {
                hour[m_mixHour].add(slot.cls, weight, slot.count);
            }
        }
        slot.count = 0;
    }
}

/// Counts one row for each view that takes it, by itself.
void QueryPass::count(const ChunkView& chunk, std::uint32_t row, unsigned fails)
{
    const EventMix mix{chunk.amendable->attempts[row], chunk.fixed->server[row], chunk.amendable->service[row], chunk.amendable->verdict[row]};
    const std::int64_t time = chunk.fixed->time[row];
    const std::size_t noAddress = m_mask.address.size() - 1;
    const std::size_t noAccount = m_mask.account.size() - 1;
    const std::size_t a = std::min<std::size_t>(chunk.fixed->address[row], noAddress);
    const std::size_t c = std::min<std::size_t>(chunk.amendable->account[row], noAccount);
    const LineClass cls = kTraits.cls[mix.verdict];
    const std::uint64_t weight = weightOf(cls, mix.attempts);
    const auto counts = [fails](unsigned bits) { return (fails & ~bits) == 0; };
    const bool forAddress = counts(FilterMask::kAddressBits);
    const bool forAccount = counts(FilterMask::Account);
    counts(FilterMask::Time) ? void(bins[binOf(time)][kTraits.series[mix.verdict]] += weight) : void();
    forAddress ? address.cells()[a].add(cls, weight, 1) : void();
    forAccount ? account.cells()[c].add(cls, weight, 1) : void();
    counts(FilterMask::Service) ? service[mix.service].add(cls, weight, 1) : void();
    counts(FilterMask::Server) ? server[mix.server].add(cls, weight, 1) : void();
    if (pairs && (forAddress || forAccount)) {
        pairs->note(a, c, time, fails);
    }
    if (fails == 0) {
        ++events;
        series[kTraits.series[mix.verdict]] += weight;
        m_wantsHour ? hour[m_hours.at(time)].add(cls, weight, 1) : void();
    }
}

std::uint32_t QueryPass::scanRow(const ChunkView& chunk, std::uint32_t row)
{
    const std::int64_t time = chunk.fixed->time[row];
    unsigned fails = m_mask.failsOf(chunk, row) & ~unsigned{FilterMask::Time};
    fails |= time < m_begin || time >= m_end ? unsigned{FilterMask::Time} : 0U;
    if (fails == 0 || (m_crossfilter && isSingle(fails))) {
        count(chunk, row, fails);
    }
    return fails == 0 ? 1 : 0;
}

/// Rows of one bin and one hour, all at times that pass: the inner loop of everything. Returns how many passed.
template <bool Masked, QueryPass::Noting Pairs>
std::uint32_t QueryPass::scanInside(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end)
{
    const std::uint32_t* const addresses = chunk.fixed->address.data();
    const std::uint32_t* const accounts = chunk.amendable->account.data();
    const std::uint16_t* const mixes = chunk.amendable->mix.data();
    const std::int64_t* const times = chunk.fixed->time.data();
    const auto noAddress = static_cast<std::uint32_t>(m_mask.address.size() - 1);
    const auto noAccount = static_cast<std::uint32_t>(m_mask.account.size() - 1);
    std::uint64_t* const addressCells = address.packed();
    std::uint64_t* const accountCells = account.packed();
    MixSlot* const mixSlots = m_mixes.data();
    std::uint32_t passed = 0;
    std::optional<PairsSeen::Pen> pen;
    if constexpr (Pairs == Noting::Later) {
        pen.emplace(*pairs);
    }
    const auto note = [&](std::uint32_t row, std::uint32_t a, std::uint32_t c, unsigned fails) {
        if constexpr (Pairs == Noting::Later) { // a counter that is not empty has met somebody
            pen->noteLater(a, c, times[row], fails, addressCells[a] == 0, accountCells[c] == 0);
        } else if constexpr (Pairs == Noting::Any) {
            pairs->note(a, c, times[row], fails);
        }
    };
    const bool isFar = noAddress > kNearAddresses;
    const auto expect = [&](std::uint32_t row) {
        if (isFar) {
            const std::uint32_t a = std::min(addresses[row], noAddress);
            __builtin_prefetch(&addressCells[a], 1);
            if constexpr (Pairs == Noting::Later) {
                pen->expect(a);
            }
        }
    };
    const auto countRow = [&](std::uint32_t row, unsigned fails) {
        MixSlot& slot = mixSlots[mixes[row]];
        const std::uint32_t a = std::min(addresses[row], noAddress);
        const std::uint32_t c = std::min(accounts[row], noAccount);
        if (fails == 0) {
            ++slot.count;
            ++passed;
            note(row, a, c, fails);
            addressCells[a] += slot.packed;
            accountCells[c] += slot.packed;
        } else if ((fails & ~unsigned{kLarge}) == 0) {
            count(chunk, row, 0);
            ++passed;
        } else if ((fails & ~unsigned{FilterMask::kAddressBits}) == 0) {
            note(row, a, c, fails);
            addressCells[a] += slot.packed;
        } else if (fails == FilterMask::Account) {
            note(row, a, c, fails);
            accountCells[c] += slot.packed;
        } else {
            count(chunk, row, fails & ~unsigned{kLarge});
        }
    };
    if constexpr (Masked) {
        const RowSieve::Chosen chosen = choose(chunk, begin, end);
        for (std::uint32_t i = 0; i < chosen.count; ++i) {
            expect(chosen.rows[std::min(i + kRowsAhead, chosen.count - 1)]);
            countRow(chosen.rows[i], chosen.failsOf(i));
        }
        return passed;
    }
    for (std::uint32_t row = begin; row < end; ++row) {
        expect(std::min(row + kRowsAhead, end - 1));
        countRow(row, m_mixFails[mixes[row]]);
    }
    return passed;
}

/// Rows that fail by time: only the timeline may count them, and only those that fail nothing else.
std::uint32_t QueryPass::scanOutside(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end)
{
    const RowSieve::Chosen chosen = choose(chunk, begin, end);
    for (std::uint32_t i = 0; i < chosen.count; ++i) {
        m_mixes[chunk.amendable->mix[chosen.rows[i]]].count += (chosen.failsOf(i) & ~unsigned{kLarge}) == 0 ? 1U : 0U;
    }
    return 0;
}

/// Does the block lie in one bin, and in one hour where hours are counted?
bool QueryPass::isOnePlace(const BlockTimes& times)
{
    std::ignore = binOf(times.first);
    if (m_wantsHour) {
        std::ignore = m_hours.at(times.first);
    }
    return times.last < m_binEnd && (!m_wantsHour || times.last < m_hours.end());
}

std::uint32_t QueryPass::scanBlock(const ChunkView& chunk, std::uint32_t block)
{
    const std::uint32_t begin = block * kBlockRows;
    const std::uint32_t end = std::min(begin + kBlockRows, chunk.rows);
    const BlockTimes times = chunk.blockTimes(block);
    const bool outside = times.last < m_begin || times.first >= m_end;
    const bool inside = times.first >= m_begin && times.last < m_end;
    if (outside && !(m_crossfilter && m_layout.count > 0)) {
        return 0;
    }
    if (m_mixes.empty() || !(outside || inside)) {
        return scanRows(chunk, begin, end);
    }
    m_inOrder = times.inOrder;
    return isOnePlace(times) ? scanRun(chunk, begin, end, inside) : scanRuns(chunk, begin, end, inside);
}

std::uint32_t QueryPass::scanRows(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end)
{
    std::uint32_t passed = 0;
    for (std::uint32_t row = begin; row < end; ++row) {
        passed += scanRow(chunk, row);
    }
    return passed;
}

/// Rows of one bin and one hour.
std::uint32_t QueryPass::scanRun(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end, bool inside)
{
    enter(chunk.fixed->time[begin], inside);
    if (!inside) {
        return scanOutside(chunk, begin, end);
    }
    const bool masked = m_mask.looksAtValues() || m_mask.hasWords();
    if (!pairs) {
        return masked ? scanInside<true, Noting::None>(chunk, begin, end) : scanInside<false, Noting::None>(chunk, begin, end);
    }
    if (pairs->isLater({chunk.fixed->time[begin], chunk.fixed->time[end - 1], m_inOrder})) {
        return masked ? scanInside<true, Noting::Later>(chunk, begin, end) : scanInside<false, Noting::Later>(chunk, begin, end);
    }
    return masked ? scanInside<true, Noting::Any>(chunk, begin, end) : scanInside<false, Noting::Any>(chunk, begin, end);
}

/// Rows of several bins or hours: cut where one ends, which in a log in order of time is seldom.
std::uint32_t QueryPass::scanRuns(const ChunkView& chunk, std::uint32_t begin, std::uint32_t end, bool inside)
{
    constexpr std::uint32_t kShortest = 16; // below, a run costs more than its rows
    std::uint32_t passed = 0;
    while (begin < end) {
        std::ignore = isOnePlace({chunk.fixed->time[begin], chunk.fixed->time[begin]});
        std::uint32_t next = begin + 1;
        const std::int64_t last = m_wantsHour ? std::min(m_binEnd, m_hours.end()) : m_binEnd;
        while (next < end && chunk.fixed->time[next] >= chunk.fixed->time[begin] && chunk.fixed->time[next] < last) {
            ++next;
        }
        passed += next - begin < kShortest ? scanRows(chunk, begin, next) : scanRun(chunk, begin, next, inside);
        begin = next;
    }
    return passed;
}

void QueryPass::scan(const ChunkView& chunk, const RowChoice& choice, std::uint16_t* matches)
{
    const bool outside = chunk.summary.maxTime < m_begin || chunk.summary.minTime >= m_end;
    if (outside && !(m_crossfilter && m_layout.count > 0)) {
        return;
    }
    const auto note = [matches](std::uint32_t block, std::uint32_t passed) {
        if (matches != nullptr) {
            matches[block] = static_cast<std::uint16_t>(matches[block] + passed);
        }
    };
    if (std::vector<std::uint16_t> few; choice.candidates(chunk, few)) {
        for (const std::uint16_t row : few) {
            note(row / kBlockRows, scanRow(chunk, row));
        }
        return;
    }
    prepare(chunk);
    for (std::uint32_t block = 0; block < chunk.blocks(); ++block) {
        note(block, scanBlock(chunk, block));
    }
    flush();
}

} // namespace mailward
