// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/ProvenPieces.h"

#include <algorithm>
#include <utility>

namespace mailward {

void ProvenPieces::add(QByteArrayView bytes)
{
    m_buffer.remove(0, std::exchange(m_used, 0));
    m_buffer.append(bytes);
}

Result<QByteArrayView> ProvenPieces::next()
{
    m_buffer.remove(0, std::exchange(m_used, 0));
    const auto size = static_cast<qsizetype>(std::min(m_left, m_piece));
    if (size == 0 || m_buffer.size() < size + m_proof.size()) {
        return QByteArrayView();
    }
    const QByteArrayView all = m_buffer;
    if (all.sliced(size, m_proof.size()) != m_proof) {
        return failure(ErrorCode::Conflict, QStringLiteral("The log was cut short or written anew while it was read."));
    }
    m_used = size + m_proof.size();
    m_left -= static_cast<std::uint64_t>(size);
    m_piece = std::min(m_piece * 2, kLargest);
    return all.first(size);
}

std::uint64_t ProvenPieces::carried(std::uint64_t length, qsizetype proof)
{
    std::uint64_t pieces = 0;
    std::uint64_t piece = kFirst;
    for (std::uint64_t left = length; left > 0; left -= std::min(left, piece), piece = std::min(piece * 2, kLargest)) {
        ++pieces;
    }
    return length + pieces * static_cast<std::uint64_t>(proof);
}

} // namespace mailward
