// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/UntrustedText.h"
#include "models/servers/CommandRunner.h"
#include "models/servers/ServerProfile.h"

#include <vector>

namespace mailward {

/// One line of `servers check`.
struct Capability
{
    enum class Verdict { Ok, Warn, Fail };
    QString id; ///< stable word: ssh, log:PATH, gate, clock ...
    Verdict verdict = Verdict::Ok;
    QString text;   ///< plain text; what the server said in it is escaped
    QString remedy; ///< a command or a sentence that can be copied; empty when all is well
};

/// Short word for JSON: ok, warn, fail.
[[nodiscard]] QString verdictName(Capability::Verdict verdict);

/// Looks at what a server has: mail software, logs that we may read, firewall tools, helper, clock, disk. One
/// read-only command; changes nothing. `banner` is SshSession::serverBanner().
[[nodiscard]] Result<std::vector<Capability>> probeServer(CommandRunner& runner, const ServerProfile& profile,
                                                          const UntrustedText& banner);

} // namespace mailward
