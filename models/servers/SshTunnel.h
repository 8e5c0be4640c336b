// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/SshSession.h"

#include <thread>

namespace mailward {

/// A way through a jump host: a forwarded channel of a verified, logged-in session, and a local socket that
/// leads there. A thread of its own pumps, and owns the session from then on.
class SshTunnel
{
public:
    /// Blocks until the jump host has connected to `to`.
    [[nodiscard]] static Result<std::unique_ptr<SshTunnel>> open(std::unique_ptr<SshSession> through,
                                                                 const SshEndpoint& to);
    ~SshTunnel();
    SshTunnel(const SshTunnel&) = delete;
    SshTunnel& operator=(const SshTunnel&) = delete;

    /// The near end; the caller closes it. To be taken once.
    [[nodiscard]] int takeSocket();

private:
    explicit SshTunnel(int nearEnd) : m_nearEnd(nearEnd) {}

    int m_nearEnd;
    std::jthread m_pump;
};

} // namespace mailward
