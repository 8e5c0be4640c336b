// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/SshSession.h"

namespace mailward::cli {

/// Asks on the controlling terminal, without echo; gives nothing where there is no terminal. Never reads stdin or argv.
[[nodiscard]] SecretSource terminalSecrets();

/// One question on the terminal, without echo. Nothing: no terminal.
[[nodiscard]] std::optional<Secret> askTerminal(const QString& question);
/// The first line of an open file descriptor, for scripts. Nothing: it cannot be read.
[[nodiscard]] std::optional<Secret> readSecret(int fd);

} // namespace mailward::cli
