// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/TcpSocket.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mailward {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kSlice{100};

QString errnoText(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

/// 0, an errno, or ECANCELED when stopped.
int waitConnected(int fd, Clock::time_point deadline, const std::stop_token& stop)
{
    for (;;) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
        if (stop.stop_requested()) {
            return ECANCELED;
        }
        if (left.count() <= 0) {
            return ETIMEDOUT;
        }
        pollfd entry{fd, POLLOUT, 0};
        const int ready = poll(&entry, 1, static_cast<int>(std::min(left, kSlice).count()));
        if (ready < 0 && errno != EINTR) {
            return errno;
        }
        if (ready > 0) {
            int error = 0;
            socklen_t size = sizeof error;
            getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
            return error;
        }
    }
}

/// The socket, or minus an errno.
int connectOne(const addrinfo& address, Clock::time_point deadline, const std::stop_token& stop)
{
    const int fd = socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return -errno;
    }
    int error = connect(fd, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS) {
        error = waitConnected(fd, deadline, stop);
    }
    if (error != 0) {
        close(fd);
        return -error;
    }
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

} // namespace

Result<int> connectTcp(const QString& host, std::uint16_t port, milliseconds timeout, std::stop_token stop)
{
    const QString where = QStringLiteral("%1, port %2").arg(host).arg(port);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int problem = getaddrinfo(host.toUtf8().constData(), std::to_string(port).c_str(), &hints, &found);
    if (problem != 0) {
        const bool passing = problem == EAI_AGAIN;
        return failure(passing ? ErrorCode::Network : ErrorCode::NotFound,
                       QStringLiteral("The name %1 has no address: %2.")
                           .arg(host, QString::fromLocal8Bit(gai_strerror(problem))),
                       QStringLiteral("Check the spelling and this machine's name service."));
    }
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> list(found, freeaddrinfo);
    const auto deadline = Clock::now() + timeout;
    int error = EHOSTUNREACH;
    for (const addrinfo* one = list.get(); one != nullptr; one = one->ai_next) {
        const int fd = connectOne(*one, deadline, stop);
        if (fd >= 0) {
            return fd;
        }
        error = -fd;
        if (error == ECANCELED) {
            return failure(ErrorCode::Cancelled, QStringLiteral("Connecting to %1 was stopped.").arg(where));
        }
    }
    if (error == ETIMEDOUT) {
        return failure(
            ErrorCode::Timeout, QStringLiteral("%1 does not answer.").arg(where),
            QStringLiteral("Is the server up, and does a firewall in between let this machine through?"));
    }
    return failure(
        ErrorCode::Network, QStringLiteral("No connection to %1: %2.").arg(where, errnoText(error)),
        error == ECONNREFUSED ? QStringLiteral("The host is up, but no ssh server listens on that port.")
                              : QStringLiteral("Check this machine's network and the server's address."));
}

void watchForDeadPeer(int fd, milliseconds deadPeer)
{
    const int on = 1;
    const int idle = 5;
    const int interval = 3;
    const int count = 3;
    const auto limit = static_cast<unsigned int>(deadPeer.count());
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof interval);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count);
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
}

bool isSameSocket(int one, int other)
{
    struct stat a
    {
    };
    struct stat b
    {
    };
    return fstat(one, &a) == 0 && fstat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

StopShutdown::StopShutdown(std::stop_token stop, int fd) : m_callback(std::move(stop), Shut{fd}) {}

void StopShutdown::Shut::operator()() const
{
    shutdown(fd, SHUT_RDWR);
}

} // namespace mailward
