// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Secret.h"
#include "models/core/UntrustedText.h"
#include "models/servers/CommandRunner.h"
#include "models/servers/HostKey.h"
#include "models/servers/KnownHosts.h"
#include "models/servers/ServerProfile.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace mailward {

/// What a log-in needs from a person, or from a keychain.
struct SecretRequest
{
    enum class Kind { Passphrase, Password, Challenge };
    Kind kind = Kind::Password;
    QString endpoint;     ///< "user@host:port", ours
    UntrustedText prompt; ///< the server's question (Challenge only)
    bool echo = false;    ///< the answer may be shown while it is typed
};
/// Called in the session's thread; may wait for a person. Nothing: given up.
using SecretSource = std::function<std::optional<Secret>(const SecretRequest&)>;

/// One verified SSH connection over libssh. All calls block and come from one thread; only the stop source
/// may be used from others, and ends any call within a second. Nothing is sent to a server before its key is
/// known or accepted: run(), start() and authenticate() refuse. No PTY, no agent or port forwarding offered,
/// no user configuration read.
class SshSession final : public StreamingRunner
{
public:
    struct Timeouts
    {
        std::chrono::milliseconds connect{10'000};  ///< TCP and key exchange, each
        std::chrono::milliseconds login{20'000};    ///< each answer of the server while logging in
        std::chrono::milliseconds deadPeer{15'000}; ///< unanswered data: the connection counts as broken
    };

    SshSession(SshEndpoint endpoint, KnownHosts knownHosts, std::stop_token stop, Timeouts timeouts);
    SshSession(SshEndpoint endpoint, KnownHosts knownHosts, std::stop_token stop = {});
    ~SshSession() override;
    SshSession(const SshSession&) = delete;
    SshSession& operator=(const SshSession&) = delete;

    /// TCP (or `fd`, an open stream socket that leads to the endpoint and is ours from here) and key
    /// exchange. The answer says what the server's key is; a hard stop is no Error here, but nothing else
    /// will work then.
    [[nodiscard]] Result<HostKeyInfo> connect(int fd = -1);
    /// Accepts an Unknown key, and only the one whose fingerprint the person saw. HostKeyChanged in every
    /// other state.
    [[nodiscard]] Result<void> acceptHostKey(const QString& shownFingerprint);
    /// One try in the endpoint's way. AuthRefused is final: connect anew only when a person asks for it.
    [[nodiscard]] Result<void> authenticate(const SecretSource& secrets = {});

    [[nodiscard]] Result<CommandOutput> run(const RemoteCommand& command) override;
    [[nodiscard]] Result<std::unique_ptr<CommandStream>> start(const RemoteCommand& command) override;

    /// False once the link broke or was closed. Does not ask the server.
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] const HostKeyInfo& hostKey() const;
    [[nodiscard]] const SshEndpoint& endpoint() const;
    /// What the server calls itself, e.g. "SSH-2.0-OpenSSH_9.2p1".
    [[nodiscard]] UntrustedText serverBanner() const;
    void disconnect();

private:
    class Private;
    friend class SshTunnel;
    std::unique_ptr<Private> d;
};

} // namespace mailward
