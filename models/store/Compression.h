// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <QByteArray>
#include <memory>
#include <string_view>

struct ZSTD_CCtx_s;

namespace mailward {

/// For what takes no QByteArray. Good as long as the bytes.
[[nodiscard]] inline std::string_view viewOf(const QByteArray& bytes) { return {bytes.constData(), static_cast<std::size_t>(bytes.size())}; }

/// What one stored block of raw lines may unpack to, in bytes.
inline constexpr std::size_t kMaxRawBlock = std::size_t{256} << 20;

/// Packs one piece after the other; what it works with is kept from piece to piece. One thread at a time.
class Compressor
{
public:
    Compressor();
    ~Compressor();
    Compressor(Compressor&&) noexcept;
    Compressor& operator=(Compressor&&) noexcept;

    /// One zstd frame with its content size and a checksum.
    [[nodiscard]] QByteArray compress(std::string_view bytes);

private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_CCtx_s, Free> m_context;
    std::unique_ptr<char[]> m_room;
    std::size_t m_size = 0; ///< of the room
};

/// Corrupt when it is no such frame, is damaged, or claims more than `maxSize` bytes.
[[nodiscard]] Result<QByteArray> decompressBytes(const QByteArray& frame, std::size_t maxSize);

} // namespace mailward
