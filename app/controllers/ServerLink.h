// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/DataPaths.h"
#include "models/respond/Executor.h"
#include "models/servers/ServerConnection.h"

namespace mailward {

/// Our own known_hosts stands in the config folder; this is the user's, which is only read.
[[nodiscard]] QString userKnownHosts();

/// A profile as the executor needs it: each connect() is a new connection, verified and logged in. Unknown host keys
/// end there; accepting one is a step of its own. `secret` may be called in any thread.
[[nodiscard]] ExecutorTarget executorTarget(const ServerProfile& profile, const DataPaths& paths, SecretSource secret,
                                            std::stop_token stop = {});

} // namespace mailward
