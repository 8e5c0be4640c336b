// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/ServerConnection.h"
#include "models/store/LocalEventStore.h"

#include <functional>

namespace mailward {

/// Gives a connection to the named server, verified and logged in.
using ConnectByName = std::function<Result<std::unique_ptr<ServerConnection>>(const QString& server)>;

/// Raw lines that the store no longer keeps, fetched from their server: the whole stretch that `line` stands in, which then
/// is in the store again. Connects only when something is missing. Blocks; for a thread of its own.
[[nodiscard]] Result<void> fetchRawLines(LocalEventStore& store, const LineRef& line, const ConnectByName& connect, const std::stop_token& stop = {});

} // namespace mailward
