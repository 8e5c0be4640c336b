// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <QByteArray>
#include <string_view>

namespace mailward {

/// What one stored block of raw lines may unpack to, in bytes.
inline constexpr std::size_t kMaxRawBlock = std::size_t{256} << 20;

/// One zstd frame with its content size and a checksum.
[[nodiscard]] QByteArray compressBytes(std::string_view bytes);
/// Corrupt when it is no such frame, is damaged, or claims more than `maxSize` bytes.
[[nodiscard]] Result<QByteArray> decompressBytes(const QByteArray& frame, std::size_t maxSize);

} // namespace mailward
