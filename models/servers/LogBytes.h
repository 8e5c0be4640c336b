// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/CommandRunner.h"
#include "models/servers/PullSink.h"

#include <stop_token>

namespace mailward {

/// Reads bytes [start, end) of a log once more from its server: of that very incarnation, wherever rotation has put it by
/// now, compressed or not. At most 16 MiB. NotFound when the server no longer has it, or when it is a journal, whose
/// entries have no place of their own.
[[nodiscard]] Result<QByteArray> fetchLogBytes(StreamingRunner& runner, const PulledFile& file, std::uint64_t start,
                                               std::uint64_t end, const std::stop_token& stop);

} // namespace mailward
