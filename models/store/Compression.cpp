// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/Compression.h"

#include <memory>
#include <zstd.h>

namespace mailward {

namespace {

/// Text compresses about five-fold at this level at the speed of one SSH stream; higher ones would hold up a pull.
constexpr int kLevel = -1;

} // namespace

QByteArray compressBytes(std::string_view bytes)
{
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    QByteArray frame(static_cast<qsizetype>(ZSTD_compressBound(bytes.size())), Qt::Uninitialized);
    const std::size_t size = ZSTD_compress2(context.get(), frame.data(), static_cast<std::size_t>(frame.size()),
                                            bytes.data(), bytes.size());
    Q_ASSERT(!ZSTD_isError(size)); // the buffer has the size that zstd asks for: only memory can fail
    frame.truncate(static_cast<qsizetype>(size));
    frame.squeeze();
    return frame;
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
