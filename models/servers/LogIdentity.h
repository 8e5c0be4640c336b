// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/PullSink.h"

#include <QByteArray>

namespace mailward {

inline constexpr std::uint64_t kFingerprintBytes = 1024;
inline constexpr std::uint64_t kTailBytes = 256;

/// "<n>:<SHA-256 of head>" of a file's first bytes.
[[nodiscard]] std::string fingerprintOf(QByteArrayView head);
/// Do these first bytes of a file begin with those that the fingerprint was made of?
[[nodiscard]] bool fingerprintMatches(const std::string& fingerprint, QByteArrayView head);
/// Hash of the last (at most 256) of these bytes.
[[nodiscard]] std::string tailHashOf(QByteArrayView bytes);

} // namespace mailward
