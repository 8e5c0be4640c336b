// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/PullConsumer.h"

#include "models/servers/LogIdentity.h"

#include <utility>

namespace mailward {

PullConsumer::PullConsumer(PullSink& sink, PulledFile file, QByteArrayView before, QByteArrayView head)
    : m_sink(sink),
      m_file(std::move(file)),
      m_tail(before.toByteArray()),
      // Only after a gap does an offset stand inside a line.
      m_skipping(m_file.offset > 0 && !before.isEmpty() && before.back() != '\n')
{
    if (!head.isEmpty() || m_file.fingerprint.empty()) {
        m_file.fingerprint = fingerprintOf(head);
    }
    m_file.tailHash = tailHashOf(m_tail);
}

void PullConsumer::remember(QByteArrayView bytes)
{
    m_tail = m_tail.append(bytes.last(std::min<qsizetype>(bytes.size(), kTailBytes))).right(kTailBytes);
    m_file.offset += static_cast<std::uint64_t>(bytes.size());
    m_file.tailHash = tailHashOf(m_tail);
}

Result<void> PullConsumer::feed(QByteArrayView bytes)
{
    if (bytes.size() >= kCommitBytes / 4) {
        m_buffer.reserve(2 * kCommitBytes); // once, instead of at each step of its growth
    }
    m_buffer.append(bytes);
    if (m_skipping) {
        if (const auto skipped = skipTooLong(); !skipped || m_skipping) {
            return skipped;
        }
    }
    if (m_buffer.size() < kCommitBytes && m_buffer.lastIndexOf('\n') >= m_buffer.size() - kMaxLine) {
        return {};
    }
    if (m_buffer.size() > kMaxLine) {
        if (const auto committed = commitLines(); !committed) {
            return committed;
        }
    }
    if (m_buffer.size() > kMaxLine) {
        m_skipping = true;
        return skipTooLong();
    }
    return {};
}

Result<void> PullConsumer::flush()
{
    if (const auto committed = commitLines(); !committed) {
        return committed;
    }
    const auto settled = m_sink.settle();
    m_sinkFailed = m_sinkFailed || !settled;
    return settled;
}

Result<void> PullConsumer::commitLines()
{
    const qsizetype end = m_buffer.lastIndexOf('\n') + 1;
    return end > 0 && !m_skipping ? commit(end) : Result<void>{};
}

Result<void> PullConsumer::commit(qsizetype size)
{
    if (!hasBegun()) {
        const auto begun = m_sink.begin(m_file);
        if (!begun) {
            m_sinkFailed = true;
            return tl::unexpected(begun.error());
        }
        m_file.id = begun->id;
    }
    QByteArray rest = m_buffer.sliced(size);
    m_buffer.truncate(size);
    PullChunk chunk{m_file, m_file.offset, std::exchange(m_buffer, std::move(rest))};
    const PulledFile old = m_file;
    const QByteArray oldTail = m_tail;
    remember(chunk.bytes);
    chunk.file = m_file;
    if (const auto stored = m_sink.commit(chunk); !stored) {
        m_file = old;
        m_tail = oldTail;
        m_buffer.prepend(chunk.bytes);
        m_sinkFailed = true;
        return stored;
    }
    m_committed += static_cast<std::uint64_t>(size);
    return {};
}

Result<void> PullConsumer::skipTooLong()
{
    // An incarnation has no holes, so what follows the gap is a new one of the same file.
    const qsizetype end = m_buffer.indexOf('\n') + 1;
    const qsizetype gone = end > 0 ? end : m_buffer.size();
    m_lost += static_cast<std::uint64_t>(gone);
    m_file.bytesLost += static_cast<std::uint64_t>(gone);
    remember(QByteArrayView(m_buffer).first(gone));
    m_buffer.remove(0, gone);
    m_file.id = FileId();
    m_skipping = end == 0;
    return {};
}

} // namespace mailward
