// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/Compression.h"

#include <zstd.h>

namespace mailward {

namespace {

/// Text compresses about five-fold at this level at the speed of one SSH stream; higher ones would hold up a pull.
constexpr int kLevel = -1;

} // namespace

void Compressor::Free::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }

Compressor::Compressor() : m_context(ZSTD_createCCtx())
{
    ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_checksumFlag, 1);
}

Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;

QByteArray Compressor::compress(std::string_view bytes)
{
    const std::size_t bound = ZSTD_compressBound(bytes.size());
    if (m_size < bound) {
        m_room = std::make_unique_for_overwrite<char[]>(bound);
        m_size = bound;
    }
    const std::size_t size = ZSTD_compress2(m_context.get(), m_room.get(), m_size, bytes.data(), bytes.size());
    Q_ASSERT(!ZSTD_isError(size)); // the room has the size that zstd asks for: only memory can fail
    return {m_room.get(), static_cast<qsizetype>(size)};
}

Result<QByteArray> decompressBytes(const QByteArray& frame, std::size_t maxSize)
{
    const auto claimed = ZSTD_getFrameContentSize(frame.constData(), static_cast<std::size_t>(frame.size()));
    if (claimed == ZSTD_CONTENTSIZE_ERROR || claimed == ZSTD_CONTENTSIZE_UNKNOWN || claimed > maxSize) {
        return failure(ErrorCode::Corrupt, QStringLiteral("A stored block is not compressed as it should be."));
    }
    QByteArray bytes(static_cast<qsizetype>(claimed), Qt::Uninitialized);
    const std::size_t size = ZSTD_decompress(bytes.data(), static_cast<std::size_t>(bytes.size()), frame.constData(),
                                             static_cast<std::size_t>(frame.size()));
    if (ZSTD_isError(size) || size != claimed) {
        return failure(ErrorCode::Corrupt, QStringLiteral("A stored block is damaged: its checksum does not fit."));
    }
    return bytes;
}

} // namespace mailward
