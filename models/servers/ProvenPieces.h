// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>

namespace mailward {

/// A log that is cut short and written anew while it is read looks like one file: its old bytes, then new ones from the same
/// offset on. So the server sends a log in pieces (of 1, 2, 4, then always 8 MiB), and after each one once more the bytes that
/// say which file it is, its head and those before the offset. A piece counts only when these are still the same: what was
/// read between two equal proofs is of one file. Holds one piece in memory.
class ProvenPieces
{
public:
    static constexpr std::uint64_t kFirst = 1ULL << 20;
    static constexpr std::uint64_t kLargest = 8ULL << 20;

    /// `length` bytes of content follow, in pieces, each with `proof` after it.
    ProvenPieces(QByteArray proof, std::uint64_t length) : m_proof(std::move(proof)), m_left(length) {}

    void add(QByteArrayView bytes);
    /// The next piece, valid until the next call; empty: bytes are missing. Conflict: the file was not the same any more.
    [[nodiscard]] Result<QByteArrayView> next();

    [[nodiscard]] bool isWhole() const { return m_left == 0; }
    /// Content and proofs together, from the start.
    [[nodiscard]] static std::uint64_t carried(std::uint64_t length, qsizetype proof);

private:
    QByteArray m_proof;
    QByteArray m_buffer;
    qsizetype m_used = 0; ///< of the buffer: handed out by the last call
    std::uint64_t m_left;
    std::uint64_t m_piece = kFirst;
};

} // namespace mailward
