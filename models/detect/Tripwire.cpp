// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/Tripwire.h"

#include "models/detect/Tape.h"

#include <algorithm>

namespace mailward::detect {

namespace {

constexpr std::uint64_t kLeastNews = 5;
constexpr double kTimesUsual = 3;

} // namespace

void Tripwire::read(const ColumnsSnapshot& data)
{
    for (; m_chunk < data.chunks().size(); ++m_chunk, m_row = 0) {
        const ChunkView& chunk = data.chunks()[m_chunk];
        for (; m_row < chunk.rows; ++m_row) {
            const std::uint32_t address = chunk.fixed->address[m_row];
            const std::int64_t time = chunk.fixed->time[m_row];
            m_latest = std::max(m_latest, time);
            if (address == kNobody || address < m_knownAddresses) {
                continue;
            }
            m_knownAddresses = address + 1; // ids are given in the order of first sight
            if (outcomeOf(chunk.amendable->verdict[m_row]) == Outcome::Failure) {
                m_fresh.push_back(time);
                ++m_news;
            }
        }
        if (chunk.rows < kChunkRows) {
            break; // it goes on growing
        }
    }
    while (!m_fresh.empty() && m_fresh.front() <= m_latest - kDay) {
        m_fresh.pop_front();
    }
}

void Tripwire::looked(const ColumnsSnapshot& data)
{
    read(data);
    m_usualPerHour = static_cast<double>(m_fresh.size()) / 24;
    m_lookedAt = m_latest;
    m_news = 0;
}

bool Tripwire::isTripped(const ColumnsSnapshot& data)
{
    read(data);
    const double hours = m_lookedAt == INT64_MIN ? 0 : static_cast<double>(m_latest - m_lookedAt) / static_cast<double>(kHour);
    return m_news >= kLeastNews && static_cast<double>(m_news) > kTimesUsual * m_usualPerHour * hours;
}

} // namespace mailward::detect
