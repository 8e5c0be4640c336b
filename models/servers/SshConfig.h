// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/ServerProfile.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace mailward {

/// A host of an OpenSSH client configuration as a profile of ours.
struct SshConfigHost
{
    QString alias;                     ///< the word after Host
    std::optional<ServerProfile> profile; ///< nothing: `problem` says why it cannot be taken over
    QString problem;
    QStringList notes; ///< what its settings say and we do not carry over
};

/// What the reader needs to know of its surroundings.
struct SshConfigPlace
{
    QString home;      ///< for ~ and %d
    QString localUser; ///< where no User is named
};

/// Reads an OpenSSH client configuration (ssh_config(5)) without running anything: Host with patterns and negation, the
/// first value wins, Include, HostName, Port, User, IdentityFile, ProxyJump; tokens %h %n %p %r %u %d %%. Match blocks
/// are left out and said. One entry for each name that stands without a wildcard after Host, in order.
/// NotFound, Io: the file cannot be read; LimitExceeded: too many files or lines.
[[nodiscard]] Result<std::vector<SshConfigHost>> readSshConfig(const QString& path, const SshConfigPlace& place);

} // namespace mailward
