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
    std::array<std::uint8_t, 64> failed{};    ///< 1: attempts count as failed
    std::array<std::uint8_t, 64> succeeded{}; ///< 1: attempts count as succeeded
    std::array<std::uint8_t, 64> line{};      ///< 1: the line counts, not its attempts
};

VerdictTraits makeTraits()
{
    VerdictTraits traits;
    for (std::size_t v = 0; v < 64; ++v) {
        const auto verdict = static_cast<Verdict>(v);
        const auto series = v < kVerdictCount ? seriesOf(verdict) : std::nullopt;
        traits.series[v] = series ? static_cast<std::uint8_t>(*series) : kNoSeries;
        traits.failed[v] = outcomeOf(verdict) == Outcome::Failure;
        traits.succeeded[v] = outcomeOf(verdict) == Outcome::Success;
        traits.line[v] = !traits.failed[v] && !traits.succeeded[v];
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

void addAll(std::vector<Cell>& to, const std::vector<Cell>& from)
{
    for (std::size_t i = 0; i < to.size(); ++i) {
        to[i].add(from[i]);
    }
}

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

void Cell::add(const Cell& other)
{
    if (other.events == 0) {
        return;
    }
    first = events == 0 ? other.first : std::min(first, other.first);
    last = events == 0 ? other.last : std::max(last, other.last);
    failed += other.failed;
    succeeded += other.succeeded;
    events += other.events;
}

std::uint32_t HourOfWeek::at(std::int64_t micros)
{
    const std::int64_t quarter = floorDiv(micros, kQuarterHour);
    if (const auto known = m_known.find(quarter); known != m_known.end()) {
        return known->second;
    }
    std::int64_t seconds = quarter * (kQuarterHour / 1'000'000);
    if (m_zone) {
        seconds += m_zone->offsetFromUtc(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC));
    }
    // 1 January 1970 was a Thursday: three days after a Monday.
    const std::int64_t hours = floorDiv(seconds, 3600) + 72;
    const auto slot = static_cast<std::uint8_t>(hours - floorDiv(hours, 168) * 168);
    m_known.emplace(quarter, slot);
    return slot;
}

QueryPass::QueryPass(const ColumnsSnapshot& data, const FilterMask& mask, const QuerySpec& spec, const BinLayout& layout)
    : address(data.addressCount() + 1), account(data.accountCount() + 1), service(kServiceCount),
      server(data.serverCount()), hour(168), bins(layout.count + 1), m_mask(mask), m_spec(spec), m_layout(layout),
      m_hours(spec.zone),
      m_wantsHour(std::find(spec.groups.begin(), spec.groups.end(), Group::HourOfWeek) != spec.groups.end())
{
}

void QueryPass::add(const QueryPass& other)
{
    addAll(address, other.address);
    addAll(account, other.account);
    addAll(service, other.service);
    addAll(server, other.server);
    addAll(hour, other.hour);
    for (std::size_t bin = 0; bin < bins.size(); ++bin) {
        for (std::size_t i = 0; i < kSeriesCount; ++i) {
            bins[bin][i] += other.bins[bin][i];
        }
    }
    for (std::size_t i = 0; i < kSeriesCount; ++i) {
        series[i] += other.series[i];
    }
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

std::size_t QueryPass::hourOf(std::int64_t time)
{
    if (time < m_hourBegin || time >= m_hourEnd) {
        m_hourBegin = floorDiv(time, kQuarterHour) * kQuarterHour;
        m_hourEnd = m_hourBegin + kQuarterHour;
        m_hour = m_hours.at(time);
    }
    return m_hour;
}

/// An event that only one condition keeps out: the view that ignores this condition counts it.
void QueryPass::addSingle(std::uint16_t bit, std::int64_t time, std::size_t a, std::size_t c, std::size_t s, std::size_t v,
                          std::uint64_t failed, std::uint64_t succeeded, std::size_t seriesIndex, std::uint64_t weight)
{
    switch (bit) {
    case FilterMask::Time: bins[binOf(time)][seriesIndex] += weight; break;
    case FilterMask::Account: account[c].add(failed, succeeded, time); break;
    case FilterMask::Service: service[s].add(failed, succeeded, time); break;
    case FilterMask::Server: server[v].add(failed, succeeded, time); break;
    case FilterMask::Address:
    case FilterMask::Network:
    case FilterMask::Asn:
    case FilterMask::Country: address[a].add(failed, succeeded, time); break;
    default: break;
    }
}

template <bool Words, class Rows>
void QueryPass::scanRows(const ChunkView& chunk, const Rows& rows)
{
    const FixedColumns& fixed = *chunk.fixed;
    const AmendableColumns& amendable = *chunk.amendable;
    const FilterMask& mask = m_mask;
    const std::size_t noAddress = address.size() - 1;
    const std::size_t noAccount = account.size() - 1;
    const bool crossfilter = m_spec.crossfilter;
    const std::uint32_t count = rows.size();
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t row = rows[i];
        const std::int64_t time = fixed.time[row];
        const std::size_t a = std::min<std::size_t>(fixed.address[row], noAddress);
        const std::size_t c = std::min<std::size_t>(amendable.account[row], noAccount);
        const std::size_t s = amendable.service[row];
        const std::size_t v = fixed.server[row];
        const Verdict verdict = amendable.verdict[row];
        unsigned fails = mask.address[a] | mask.account[c] | mask.service[s] | mask.server[v] | mask.verdict[verdict];
        fails |= time < mask.begin || time >= mask.end ? static_cast<unsigned>(FilterMask::Time) : 0U;
        if constexpr (Words) {
            fails |= mask.wordsFail(mask.addressWords[a] | mask.accountWords[c]) ? unsigned{FilterMask::Other} : 0U;
        }
        if (fails != 0 && (!crossfilter || (fails & (fails - 1)) != 0)) {
            continue;
        }
        const std::uint64_t attempts = amendable.attempts[row];
        const std::uint64_t failed = attempts * kTraits.failed[verdict];
        const std::uint64_t succeeded = attempts * kTraits.succeeded[verdict];
        const std::uint64_t weight = failed + succeeded + kTraits.line[verdict];
        const std::size_t seriesIndex = kTraits.series[verdict];
        if (fails != 0) {
            addSingle(static_cast<std::uint16_t>(fails), time, a, c, s, v, failed, succeeded, seriesIndex, weight);
            continue;
        }
        ++events;
        series[seriesIndex] += weight;
        bins[binOf(time)][seriesIndex] += weight;
        address[a].add(failed, succeeded, time);
        account[c].add(failed, succeeded, time);
        service[s].add(failed, succeeded, time);
        server[v].add(failed, succeeded, time);
        if (m_wantsHour) {
            hour[hourOf(time)].add(failed, succeeded, time);
        }
    }
}

void QueryPass::scan(const ChunkView& chunk, const RowChoice& choice)
{
    const bool outside = chunk.summary.maxTime < m_mask.begin || chunk.summary.minTime >= m_mask.end;
    if (outside && !m_spec.crossfilter) {
        return;
    }
    std::vector<std::uint16_t> few;
    if (choice.candidates(chunk, few)) {
        m_mask.hasWords() ? scanRows<true>(chunk, SomeRows{few}) : scanRows<false>(chunk, SomeRows{few});
    } else {
        m_mask.hasWords() ? scanRows<true>(chunk, AllRows{chunk.rows}) : scanRows<false>(chunk, AllRows{chunk.rows});
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
