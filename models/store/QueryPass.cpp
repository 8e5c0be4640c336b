// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/QueryPass.h"

#include "models/store/EventBlock.h"

#include <QDateTime>
#include <QTimeZone>
#include <algorithm>
#include <atomic>
#include <thread>

namespace mailward {

namespace {

constexpr std::int64_t kQuarterHour = std::int64_t{15} * 60 * 1'000'000;
constexpr std::uint8_t kNoSeries = kSeriesCount;
/// More candidates than this, and reading all rows in order is faster than gathering them.
constexpr std::size_t kMaxCandidates = 32;

struct VerdictTraits {
    std::array<std::uint8_t, 64> series{};
    std::array<std::uint8_t, 64> cls{};
    std::array<std::uint8_t, 64> attempts{}; ///< 1: attempts count, 0: only the line does
};

VerdictTraits makeTraits()
{
    VerdictTraits traits;
    for (std::size_t v = 0; v < 64; ++v) {
        const auto verdict = static_cast<Verdict>(v);
        const auto series = v < kVerdictCount ? seriesOf(verdict) : std::nullopt;
        const Outcome outcome = outcomeOf(verdict);
        traits.series[v] = series ? static_cast<std::uint8_t>(*series) : kNoSeries;
        traits.cls[v] = outcome == Outcome::Failure   ? PackedCells::Failed
                        : outcome == Outcome::Success ? PackedCells::Succeeded
                                                      : PackedCells::Neither;
        traits.attempts[v] = traits.cls[v] != PackedCells::Neither;
    }
    return traits;
}

const VerdictTraits kTraits = makeTraits();

struct AllRows {
    std::uint32_t count;
    [[nodiscard]] std::uint32_t size() const { return count; }
    [[nodiscard]] std::uint32_t operator[](std::uint32_t i) const { return i; }
};

struct SomeRows {
    const std::vector<std::uint16_t>& rows;
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(rows.size()); }
    [[nodiscard]] std::uint32_t operator[](std::uint32_t i) const { return rows[i]; }
};

} // namespace

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

void PackedCells::addLarge(std::size_t value, std::size_t cls, std::uint64_t attempts)
{
    (cls == Failed ? m_cells[value].failed : m_cells[value].succeeded) += attempts;
    ++m_cells[value].events;
}

void PackedCells::empty()
{
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        std::uint64_t* const packed = &m_packed[i * 4];
        m_cells[i].failed += packed[Failed] % kOneLine;
        m_cells[i].succeeded += packed[Succeeded] % kOneLine;
        m_cells[i].events += packed[Failed] / kOneLine + packed[Succeeded] / kOneLine + packed[Neither] / kOneLine;
        packed[Failed] = packed[Succeeded] = packed[Neither] = 0;
    }
}

void PackedCells::add(const PackedCells& other)
{
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        m_cells[i].add(other.m_cells[i]);
    }
}

void HourOfWeek::lookUp(std::int64_t micros)
{
    const std::int64_t quarter = floorDiv(micros, kQuarterHour);
    m_begin = quarter * kQuarterHour;
    m_end = m_begin + kQuarterHour;
    const auto [known, isNew] = m_known.try_emplace(quarter, 0);
    if (isNew) {
        std::int64_t seconds = m_begin / 1'000'000;
        if (m_zone) {
            seconds += m_zone->offsetFromUtc(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC));
        }
        // 1 January 1970 was a Thursday: three days after a Monday.
        const std::int64_t hours = floorDiv(seconds, 3600) + 72;
        known->second = static_cast<std::uint32_t>(hours - floorDiv(hours, 168) * 168);
    }
    m_hour = known->second;
}

QueryPass::QueryPass(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const BinLayout& layout)
    : address(data.addressCount() + 1), account(data.accountCount() + 1), service(kServiceCount),
      server(data.serverCount()), hour(168), bins(layout.count + 1), m_mask(mask), m_spec(spec), m_layout(layout),
      m_hours(spec.zone),
      m_wantsHour(std::find(spec.groups.begin(), spec.groups.end(), Group::HourOfWeek) != spec.groups.end()),
      m_places(data.serverCount() * 16)
{
}

void QueryPass::emptyAll()
{
    for (PackedCells* cells : {&address, &account, &service, &server, &hour, &m_places}) {
        cells->empty();
    }
    m_unemptied = 0;
}

void QueryPass::finish()
{
    emptyAll();
    const std::vector<Cell>& places = m_places.cells();
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i].events > 0) {
            server.add(i / 16, places[i]);
            service.add(i % 16, places[i]);
        }
    }
}

void QueryPass::add(const QueryPass& other)
{
    address.add(other.address);
    account.add(other.account);
    service.add(other.service);
    server.add(other.server);
    hour.add(other.hour);
    for (std::size_t bin = 0; bin < bins.size(); ++bin) {
        std::transform(bins[bin].begin(), bins[bin].end(), other.bins[bin].begin(), bins[bin].begin(), std::plus<>());
    }
    std::transform(series.begin(), series.end(), other.series.begin(), series.begin(), std::plus<>());
    events += other.events;
}

std::size_t QueryPass::binOf(std::int64_t time)
{
    if (time < m_binBegin || time >= m_binEnd) {
        const std::int64_t bin = floorDiv(time - m_layout.begin, m_layout.width);
        const bool inside = bin >= 0 && bin < static_cast<std::int64_t>(m_layout.count);
        m_bin = inside ? static_cast<std::size_t>(bin) : m_layout.count;
        m_binBegin = m_layout.begin + bin * m_layout.width;
        m_binEnd = m_binBegin + m_layout.width;
    }
    return m_bin;
}

/// An event that only one condition keeps out: the view that ignores this condition counts it.
void QueryPass::addSingle(unsigned bit, const Item& item)
{
    switch (bit) {
    case FilterMask::Time: bins[binOf(item.time)][item.series] += item.weight; break;
    case FilterMask::Account: account.add(item.account, item.cls, item.packed); break;
    case FilterMask::Service: service.add(item.service, item.cls, item.packed); break;
    case FilterMask::Server: server.add(item.server, item.cls, item.packed); break;
    case FilterMask::Address:
    case FilterMask::Network:
    case FilterMask::Asn:
    case FilterMask::Country: address.add(item.address, item.cls, item.packed); break;
    default: break;
    }
}

/// A line with more attempts than the packed counters take: rare, so each counter is asked for.
void QueryPass::addLarge(unsigned fails, const Item& item, std::uint64_t attempts)
{
    const auto counts = [fails](unsigned bits) { return (fails & ~bits) == 0; };
    if (counts(FilterMask::Time)) {
        bins[binOf(item.time)][item.series] += attempts;
    }
    if (counts(FilterMask::kAddressBits)) {
        address.addLarge(item.address, item.cls, attempts);
    }
    if (counts(FilterMask::Account)) {
        account.addLarge(item.account, item.cls, attempts);
    }
    if (counts(FilterMask::Service)) {
        service.addLarge(item.service, item.cls, attempts);
    }
    if (counts(FilterMask::Server)) {
        server.addLarge(item.server, item.cls, attempts);
    }
    if (fails == 0) {
        ++events;
        series[item.series] += attempts;
        if (m_wantsHour) {
            hour.addLarge(m_hours.at(item.time), item.cls, attempts);
        }
    }
}

template <bool Masked, bool Words, class Rows>
void QueryPass::scanRows(const ChunkView& chunk, const Rows& rows)
{
    const FixedColumns& fixed = *chunk.fixed;
    const AmendableColumns& amendable = *chunk.amendable;
    const FilterMask& mask = m_mask;
    const std::size_t noAddress = mask.address.size() - 1;
    const std::size_t noAccount = mask.account.size() - 1;
    const std::uint32_t count = rows.size();
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t row = rows[i];
        const Verdict verdict = amendable.verdict[row];
        const std::uint64_t attempts = amendable.attempts[row] * std::uint64_t{kTraits.attempts[verdict]};
        const Item item{fixed.time[row],
                        std::min<std::size_t>(fixed.address[row], noAddress),
                        std::min<std::size_t>(amendable.account[row], noAccount),
                        amendable.service[row],
                        fixed.server[row],
                        kTraits.cls[verdict],
                        kTraits.series[verdict],
                        PackedCells::kOneLine + attempts,
                        attempts + 1U - kTraits.attempts[verdict]};
        unsigned fails = item.time < mask.begin || item.time >= mask.end ? unsigned{FilterMask::Time} : 0U;
        if constexpr (Masked) {
            fails |= static_cast<unsigned>(mask.address[item.address] | mask.account[item.account] | mask.service[item.service]
                                           | mask.server[item.server] | mask.verdict[verdict]);
        }
        if constexpr (Words) {
            fails |= mask.wordsFail(mask.addressWords[item.address] | mask.accountWords[item.account]) ? unsigned{FilterMask::Other} : 0U;
        }
        if (fails != 0 && (!m_spec.crossfilter || (fails & (fails - 1)) != 0)) {
            continue;
        }
        if (attempts > PackedCells::kMaxAttempts) {
            addLarge(fails, item, attempts);
        } else if (fails != 0) {
            addSingle(fails, item);
        } else {
            ++events;
            series[item.series] += item.weight;
            bins[binOf(item.time)][item.series] += item.weight;
            address.add(item.address, item.cls, item.packed);
            account.add(item.account, item.cls, item.packed);
            m_places.add(item.server * 16 + item.service, item.cls, item.packed);
            if (m_wantsHour) {
                hour.add(m_hours.at(item.time), item.cls, item.packed);
            }
        }
    }
}

template <class Rows>
void QueryPass::scanChosen(const ChunkView& chunk, const Rows& rows)
{
    if (m_mask.hasWords()) {
        scanRows<true, true>(chunk, rows);
    } else if (m_mask.looksAtValues()) {
        scanRows<true, false>(chunk, rows);
    } else {
        scanRows<false, false>(chunk, rows);
    }
}

void QueryPass::scan(const ChunkView& chunk, const RowChoice& choice)
{
    const bool outside = chunk.summary.maxTime < m_mask.begin || chunk.summary.minTime >= m_mask.end;
    if (outside && !m_spec.crossfilter) {
        return;
    }
    if (m_unemptied += chunk.rows; m_unemptied > PackedCells::kMaxLines) {
        emptyAll();
        m_unemptied = chunk.rows;
    }
    if (std::vector<std::uint16_t> few; choice.candidates(chunk, few)) {
        scanChosen(chunk, SomeRows{few});
    } else {
        scanChosen(chunk, AllRows{chunk.rows});
    }
}

RowChoice::RowChoice(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec)
{
    // A view that ignores its own condition needs the rows that this condition leaves out.
    if (spec.crossfilter || data.rows() == 0) {
        return;
    }
    const auto passing = [this](const std::vector<std::uint8_t>& fails) {
        m_ids.clear();
        for (std::uint32_t id = 0; id < fails.size() && m_ids.size() <= kMaxCandidates; ++id) {
            if (fails[id] == 0) {
                m_ids.push_back(id + 1 == fails.size() ? EventBlock::kNone : id);
            }
        }
        return m_ids.size() <= kMaxCandidates;
    };
    m_byAddress = mask.address.size() > 2 * kMaxCandidates && passing(mask.address);
    m_byAccount = !m_byAddress && mask.account.size() > 2 * kMaxCandidates && passing(mask.account);
}

bool RowChoice::candidates(const ChunkView& chunk, std::vector<std::uint16_t>& rows) const
{
    rows.clear();
    if (!chunk.postings || !(m_byAddress || m_byAccount)) {
        return false;
    }
    const auto& order = m_byAddress ? chunk.postings->byAddress : chunk.postings->byAccount;
    const auto& column = m_byAddress ? chunk.fixed->address : chunk.amendable->account;
    for (const std::uint32_t id : m_ids) {
        auto at = std::lower_bound(order.begin(), order.end(), id,
                                   [&](std::uint16_t row, std::uint32_t value) { return column[row] < value; });
        for (; at != order.end() && column[*at] == id; ++at) {
            rows.push_back(*at);
        }
    }
    return true;
}

void forEachChunk(std::size_t chunks, int threads, const std::stop_token& stop,
                  const std::function<void(std::size_t thread, std::size_t chunk)>& work)
{
    std::atomic<std::size_t> next = 0;
    const auto run = [&](std::size_t thread) {
        for (std::size_t chunk = next++; chunk < chunks && !stop.stop_requested(); chunk = next++) {
            work(thread, chunk);
        }
    };
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < static_cast<std::size_t>(std::max(threads, 1)) && i < chunks; ++i) {
        others.emplace_back(run, i);
    }
    run(0);
}

} // namespace mailward
