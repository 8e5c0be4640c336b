// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/ColumnsSnapshot.h"

#include <algorithm>

namespace mailward {

namespace {

/// Rows of one chunk whose `column` holds `id`, by the chunk's postings where there are some.
template <class Column>
void rowsIn(const ChunkView& chunk, const Column& column, const std::vector<std::uint16_t>* order, std::uint32_t id,
            RowId base, std::vector<RowId>& out)
{
    if (!order) {
        for (std::uint32_t row = 0; row < chunk.rows; ++row) {
            if (column[row] == id) {
                out.push_back(base + row);
            }
        }
        return;
    }
    const auto first = std::lower_bound(order->begin(), order->end(), id,
                                        [&](std::uint16_t row, std::uint32_t value) { return column[row] < value; });
    for (auto at = first; at != order->end() && column[*at] == id; ++at) {
        out.push_back(base + *at);
    }
}

} // namespace

BlockTimes ChunkView::blockTimes(std::uint32_t block) const
{
    const std::uint32_t begin = block * kBlockRows;
    if (begin + kBlockRows <= rows) {
        return fixed->blocks[block];
    }
    BlockTimes times; // the writer may be filling this block: its own figure is not for us yet
    for (std::uint32_t row = begin; row < rows; ++row) {
        times.add(fixed->time[row]);
    }
    return times;
}

TimeRange ColumnsSnapshot::range() const
{
    if (m_rows == 0) {
        return {};
    }
    ChunkSummary all;
    for (const ChunkView& chunk : m_chunks) {
        all.minTime = std::min(all.minTime, chunk.summary.minTime);
        all.maxTime = std::max(all.maxTime, chunk.summary.maxTime);
    }
    return {fromMicros(all.minTime), fromMicros(all.maxTime + 1)};
}

AddressId ColumnsSnapshot::findAddress(IpAddress ip) const
{
    for (std::uint32_t i = 0; i < m_addresses.size(); ++i) {
        if (m_addresses[i].ip == ip) {
            return AddressId{i};
        }
    }
    return {};
}

AccountId ColumnsSnapshot::findAccount(std::string_view name) const
{
    for (std::uint32_t i = 0; i < m_accounts.size(); ++i) {
        if (m_accounts[i] == name) {
            return AccountId{i};
        }
    }
    return {};
}

LineRef ColumnsSnapshot::line(RowId row) const
{
    const FixedColumns& fixed = *m_chunks[row / kChunkRows].fixed;
    return LineRef{FileId{fixed.file[row % kChunkRows]}, fixed.offset[row % kChunkRows], 0, 0};
}

Event ColumnsSnapshot::event(RowId row) const
{
    const ChunkView& chunk = m_chunks[row / kChunkRows];
    const std::size_t at = row % kChunkRows;
    const AmendableColumns& columns = *chunk.amendable;
    const EventWords& w = words(columns.words[at]);
    const auto textOf = [this](TextId id) { return id.isValid() ? text(id) : std::string(); };
    Event event;
    event.time = fromMicros(chunk.fixed->time[at]);
    event.service = static_cast<Service>(columns.service[at]);
    event.kind = kindOf(columns.verdict[at]);
    event.outcome = outcomeOf(columns.verdict[at]);
    event.attempts = columns.attempts[at];
    if (const AddressId id{chunk.fixed->address[at]}; id.isValid()) {
        event.ip = address(id).ip;
    }
    if (const AccountId id{columns.account[at]}; id.isValid()) {
        event.account = account(id);
    }
    event.server = m_servers[chunk.fixed->server[at]];
    event.program = textOf(w.program);
    event.detail = textOf(w.detail);
    event.qid = textOf(w.qid);
    event.from = textOf(w.from);
    event.to = textOf(w.to);
    event.status = textOf(w.status);
    event.dsn = textOf(w.dsn);
    event.line = line(row);
    return event;
}

std::vector<RowId> ColumnsSnapshot::rowsOfAddress(AddressId id) const
{
    std::vector<RowId> rows;
    for (std::size_t i = 0; i < m_chunks.size(); ++i) {
        const ChunkView& chunk = m_chunks[i];
        rowsIn(chunk, chunk.fixed->address, chunk.postings ? &chunk.postings->byAddress : nullptr, id.value(),
               i * kChunkRows, rows);
    }
    return rows;
}

std::vector<RowId> ColumnsSnapshot::rowsOfAccount(AccountId id) const
{
    std::vector<RowId> rows;
    for (std::size_t i = 0; i < m_chunks.size(); ++i) {
        const ChunkView& chunk = m_chunks[i];
        rowsIn(chunk, chunk.amendable->account, chunk.postings ? &chunk.postings->byAccount : nullptr, id.value(),
               i * kChunkRows, rows);
    }
    return rows;
}

} // namespace mailward
