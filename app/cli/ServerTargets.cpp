// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ServerTargets.h"

#include "app/cli/TerminalSecret.h"
#include "app/controllers/ServerLink.h"
#include "models/servers/ProfileStore.h"

namespace mailward::cli {

Result<std::vector<ExecutorTarget>> targetsFor(const Context& context, const QStringList& named)
{
    const auto profiles = ProfileStore(context.paths.config).load();
    if (!profiles) {
        return tl::unexpected(profiles.error());
    }
    std::vector<ExecutorTarget> targets;
    for (const ServerProfile& profile : *profiles) {
        if (named.isEmpty() || named.contains(profile.name)) {
            targets.push_back(executorTarget(profile, context.paths, terminalSecrets()));
        }
    }
    if (targets.empty() || (!named.isEmpty() && targets.size() != static_cast<std::size_t>(named.size()))) {
        return failure(ErrorCode::NotFound, QStringLiteral("not every server named is in the inventory"),
                       QStringLiteral("mailward-cli servers list shows them"));
    }
    return targets;
}

} // namespace mailward::cli
