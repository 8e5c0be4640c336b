// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/SshSession.h"

#include <libssh/libssh.h>

namespace mailward {

/// What the parts of a session (key exchange, log-in, streams, forwarding) share.
class SshSession::Private
{
public:
    Private(SshEndpoint e, KnownHosts k, std::stop_token s, Timeouts t)
        : endpoint(std::move(e)),
          knownHosts(std::move(k)),
          stop(std::move(s)),
          timeouts(t)
    {
    }

    SshEndpoint endpoint;
    KnownHosts knownHosts;
    std::stop_token stop;
    Timeouts timeouts;
    ssh_session session = nullptr;
    int fd = -1; ///< our socket
    int lent =
        -1; ///< its duplicate for libssh, which closes it after some errors and leaves it open otherwise
    QByteArray keyBlob;
    HostKeyInfo hostKey;
    bool trusted = false; ///< the key is known or was accepted
    bool loggedIn = false;

    [[nodiscard]] QString where() const; ///< "user@host:port"
    /// Cancelled when stopped, else `code` with libssh's words, which may be the server's and are escaped.
    [[nodiscard]] tl::unexpected<Error> sshFailure(ErrorCode code, const QString& what,
                                                   const QString& hint = {}) const;
    [[nodiscard]] Result<void> readHostKey();
    void close();
};

/// Opens an exec channel and hands it out as a stream. `d` outlives it.
[[nodiscard]] Result<std::unique_ptr<CommandStream>>
startSshStream(ssh_session session, std::stop_token stop, const QString& where, const RemoteCommand& command);

/// One log-in try in the endpoint's way.
[[nodiscard]] Result<void> logIn(ssh_session session, const SshEndpoint& endpoint, const QString& where,
                                 const SecretSource& secrets);

/// Text that may come from the server, for an error message: escaped and short.
[[nodiscard]] QString serverText(const char* text);

} // namespace mailward
