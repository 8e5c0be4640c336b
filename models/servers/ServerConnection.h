// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/LogPuller.h"
#include "models/servers/ServerProbe.h"
#include "models/servers/SshSession.h"
#include "models/servers/SshTunnel.h"

namespace mailward {

/// Where a connection stands, for a live light and a progress line.
enum class ConnectionPhase { Connecting, CheckingHostKey, LoggingIn, Ready, Closed };

/// What a connection asks and tells. All are called in the connection's thread and may wait for a person.
struct ConnectionCallbacks
{
    /// First contact with a host (the server or a jump host): true when the person accepts the key shown.
    /// Left empty, an unknown key ends in HostKeyUnknown. Never asked about a changed key.
    std::function<bool(const HostKeyInfo&)> acceptHostKey;
    std::function<void(const HostKeyInfo&)> hostKeyStored; ///< an accepted key stands in our file now
    SecretSource secret;
    std::function<void(ConnectionPhase, const QString& endpoint)> phase;
};

/// A server from its profile to a session that is verified and logged in, jump hosts included. For one
/// thread; the stop source may be used from any, and ends what is under way within a second.
class ServerConnection
{
public:
    /// `configFolder` holds our own `known_hosts`; `userKnownHosts` is read only (empty: none).
    ServerConnection(ServerProfile profile, const QString& configFolder, QString userKnownHosts,
                     std::stop_token stop = {});
    ~ServerConnection();

    /// Connects, verifies and logs in, host by host. HostKeyUnknown, HostKeyChanged and AuthRefused need a
    /// person; Network and Timeout may be tried again (see backoff()).
    [[nodiscard]] Result<void> open(const ConnectionCallbacks& callbacks = {});
    void close();
    [[nodiscard]] bool isOpen() const;

    /// Only while open.
    [[nodiscard]] SshSession& session();
    [[nodiscard]] Result<std::vector<Capability>> check();

    [[nodiscard]] const ServerProfile& profile() const { return m_profile; }
    /// The key that was looked at last: of the server, or of the jump host that stopped us.
    [[nodiscard]] const HostKeyInfo& hostKey() const { return m_hostKey; }

    /// May this error go away by itself? Then how long to wait before try number `attempt` (from 1): 1 s
    /// doubling to 5 min, +-25 % by chance; for a broken link to 5 s as long as it is young (60 tries), for a full disk
    /// to 15 s.
    /// Nothing: a person has to act first.
    [[nodiscard]] static std::optional<std::chrono::milliseconds> backoff(const Error& error, int attempt);

private:
    [[nodiscard]] Result<std::unique_ptr<SshSession>> openHop(const SshEndpoint& endpoint, int fd,
                                                              const ConnectionCallbacks& callbacks);

    ServerProfile m_profile;
    QString m_ownKnownHosts;
    QString m_userKnownHosts;
    std::stop_token m_stop;
    std::vector<std::unique_ptr<SshTunnel>> m_tunnels; ///< through the jump hosts, the first one first
    std::unique_ptr<SshSession> m_session;
    HostKeyInfo m_hostKey;
};

} // namespace mailward
