// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <chrono>
#include <cstdint>
#include <stop_token>

namespace mailward {

/// Connects to a host (all its addresses, one after the other) and gives the socket: blocking, close-on-exec.
/// Errors: NotFound (no such name), Network, Timeout, Cancelled. Looking up the name cannot be cancelled.
[[nodiscard]] Result<int> connectTcp(const QString& host, std::uint16_t port,
                                     std::chrono::milliseconds timeout, std::stop_token stop);

/// Lets the kernel find a dead peer: data unanswered for `deadPeer`, or probes unanswered while idle.
/// libssh's own keep-alive never fails. No effect on sockets that are not TCP.
void watchForDeadPeer(int fd, std::chrono::milliseconds deadPeer);

/// Are these two descriptors open on one and the same socket?
[[nodiscard]] bool isSameSocket(int one, int other);

/// While it lives, a stop request shuts the socket down, which ends any blocking call on it at once.
class StopShutdown
{
public:
    StopShutdown(std::stop_token stop, int fd);

private:
    struct Shut
    {
        int fd;
        void operator()() const;
    };
    std::stop_callback<Shut> m_callback;
};

} // namespace mailward
