// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/SshTunnel.h"

#include "models/servers/SshSessionPrivate.h"
#include "models/servers/TcpSocket.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mailward {

namespace {

constexpr std::size_t kStep = 64 * 1024;
constexpr int kPollMilliseconds = 100;

struct ChannelFree
{
    void operator()(ssh_channel channel) const { ssh_channel_free(channel); }
};
using TunnelChannel = std::unique_ptr<std::remove_pointer_t<ssh_channel>, ChannelFree>;

/// Carries bytes both ways between a channel and a socket until one of them ends.
class Pump
{
public:
    Pump(ssh_session session, ssh_channel channel, int socket)
        : m_session(session),
          m_channel(channel),
          m_socket(socket)
    {
    }

    void run(const std::stop_token& stop)
    {
        while (!stop.stop_requested() && toSocket() && toChannel()) {
            if (!m_moved) {
                std::array<pollfd, 2> wait{
                    {{ssh_get_fd(m_session), POLLIN, 0},
                     {m_socket, static_cast<short>(m_pending.isEmpty() ? POLLIN : POLLIN | POLLOUT), 0}}};
                poll(wait.data(), wait.size(), kPollMilliseconds);
            }
            m_moved = false;
        }
    }

private:
    bool toSocket()
    {
        if (m_pending.isEmpty()) {
            const int count = ssh_channel_read_nonblocking(m_channel, m_step.data(), kStep, 0);
            if (count < 0 || (count == 0 && ssh_channel_is_eof(m_channel) != 0)) {
                return false;
            }
            m_pending.append(m_step.data(), count);
        }
        if (!m_pending.isEmpty()) {
            const auto sent = send(m_socket, m_pending.constData(),
                                   static_cast<std::size_t>(m_pending.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0) {
                return errno == EAGAIN || errno == EINTR;
            }
            m_pending.remove(0, static_cast<qsizetype>(sent));
            m_moved = true;
        }
        return true;
    }

    bool toChannel()
    {
        const auto count = recv(m_socket, m_step.data(), kStep, MSG_DONTWAIT);
        if (count < 0) {
            return errno == EAGAIN || errno == EINTR;
        }
        m_moved = true;
        return count > 0 &&
               ssh_channel_write(m_channel, m_step.data(), static_cast<std::uint32_t>(count)) == count;
    }

    ssh_session m_session;
    ssh_channel m_channel;
    int m_socket;
    std::array<char, kStep> m_step{};
    QByteArray m_pending; ///< from the channel, not yet taken by the socket
    bool m_moved = false;
};

} // namespace

Result<std::unique_ptr<SshTunnel>> SshTunnel::open(std::unique_ptr<SshSession> through, const SshEndpoint& to)
{
    if (!through->isReady()) {
        return failure(ErrorCode::Network, QStringLiteral("The jump host is not connected."),
                       QStringLiteral("Connect again."));
    }
    SshSession::Private& d = *through->d;
    const StopShutdown guard(d.stop, d.fd);
    TunnelChannel channel(ssh_channel_new(d.session));
    if (channel == nullptr || ssh_channel_open_forward(channel.get(), to.host.toUtf8().constData(), to.port,
                                                       "127.0.0.1", 0) != SSH_OK) {
        return d.sshFailure(
            ErrorCode::Network,
            QStringLiteral("The jump host %1 does not lead to %2, port %3")
                .arg(d.where(), to.host)
                .arg(to.port),
            QStringLiteral(
                "Can it reach that host, and does its sshd allow forwarding (AllowTcpForwarding)?"));
    }
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return failure(ErrorCode::Io, QStringLiteral("No more sockets on this machine."),
                       QStringLiteral("Close other programs."));
    }
    std::unique_ptr<SshTunnel> tunnel(new SshTunnel(ends[0]));
    tunnel->m_pump = std::jthread([owned = std::move(through), held = std::move(channel),
                                   far = ends[1]](const std::stop_token& stop) mutable {
        Pump(owned->d->session, held.get(), far).run(stop);
        ::close(far);
        held.reset();
        owned.reset();
    });
    return tunnel;
}

SshTunnel::~SshTunnel()
{
    if (m_nearEnd >= 0) {
        ::close(m_nearEnd);
    }
}

int SshTunnel::takeSocket()
{
    return std::exchange(m_nearEnd, -1);
}

} // namespace mailward
