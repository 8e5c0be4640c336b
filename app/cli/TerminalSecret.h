// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/SshSession.h"

namespace mailward::cli {

/// Asks on the controlling terminal, without echo; gives nothing where there is no terminal. Never reads stdin or argv.
[[nodiscard]] SecretSource terminalSecrets();

} // namespace mailward::cli
