// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/ServerConnection.h"

#include <QDir>
#include <QRandomGenerator>

#include <algorithm>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr auto kFirstPause = 1s;
constexpr auto kLongestPause = 5min;
/// Room on this machine's own disk is found again soon.
constexpr std::chrono::milliseconds kDiskPause = 15s;
/// A link that comes back is used within ten seconds, for as long as it is likely to come back soon.
constexpr std::chrono::milliseconds kLinkPause = 5s;
constexpr int kLinkAttempts = 60;

QString endpointText(const SshEndpoint& endpoint)
{
    return QStringLiteral("%1@%2:%3").arg(endpoint.user, endpoint.host).arg(endpoint.port);
}

/// Our disk's, or a cap's: the store says LimitExceeded when it is full.
bool isOfDisk(const Error& error)
{
    return error.code == ErrorCode::LimitExceeded || error.code == ErrorCode::Io;
}

void tell(const ConnectionCallbacks& callbacks, ConnectionPhase phase, const SshEndpoint& endpoint)
{
    if (callbacks.phase) {
        callbacks.phase(phase, endpointText(endpoint));
    }
}

} // namespace

ServerConnection::ServerConnection(ServerProfile profile, const QString& configFolder, QString userKnownHosts,
                                   std::stop_token stop)
    : m_profile(std::move(profile)),
      m_ownKnownHosts(QDir(configFolder).filePath(QStringLiteral("known_hosts"))),
      m_userKnownHosts(std::move(userKnownHosts)),
      m_stop(std::move(stop))
{
}

ServerConnection::~ServerConnection()
{
    close();
}

Result<std::unique_ptr<SshSession>> ServerConnection::openHop(const SshEndpoint& endpoint, int fd,
                                                              const ConnectionCallbacks& callbacks)
{
    const KnownHosts knownHosts(m_ownKnownHosts,
                                m_userKnownHosts.isEmpty() ? QStringList() : QStringList(m_userKnownHosts));
    auto session = std::make_unique<SshSession>(endpoint, knownHosts, m_stop);
    tell(callbacks, ConnectionPhase::Connecting, endpoint);
    const auto key = session->connect(fd);
    if (!key) {
        return tl::unexpected(key.error());
    }
    m_hostKey = *key;
    tell(callbacks, ConnectionPhase::CheckingHostKey, endpoint);
    if (key->state == HostKeyState::Unknown && callbacks.acceptHostKey && callbacks.acceptHostKey(*key)) {
        if (const auto accepted = session->acceptHostKey(key->fingerprint); !accepted) {
            return tl::unexpected(accepted.error());
        }
        m_hostKey = session->hostKey();
        if (callbacks.hostKeyStored) {
            callbacks.hostKeyStored(m_hostKey);
        }
    }
    tell(callbacks, ConnectionPhase::LoggingIn, endpoint);
    if (const auto loggedIn = session->authenticate(callbacks.secret); !loggedIn) {
        return tl::unexpected(loggedIn.error());
    }
    return session;
}

Result<void> ServerConnection::open(const ConnectionCallbacks& callbacks)
{
    close();
    if (const auto valid = validate(m_profile); !valid) {
        return valid;
    }
    std::vector<SshEndpoint> way = m_profile.jumpHosts;
    way.push_back(m_profile.endpoint);
    int fd = -1;
    for (std::size_t i = 0; i < way.size(); ++i) {
        auto session = openHop(way[i], fd, callbacks);
        if (!session) {
            close();
            tell(callbacks, ConnectionPhase::Closed, way[i]);
            return tl::unexpected(session.error());
        }
        if (i + 1 == way.size()) {
            m_session = std::move(*session);
            break;
        }
        auto tunnel = SshTunnel::open(std::move(*session), way[i + 1]);
        if (!tunnel) {
            close();
            tell(callbacks, ConnectionPhase::Closed, way[i]);
            return tl::unexpected(tunnel.error());
        }
        fd = (*tunnel)->takeSocket();
        m_tunnels.push_back(std::move(*tunnel));
    }
    tell(callbacks, ConnectionPhase::Ready, m_profile.endpoint);
    return {};
}

void ServerConnection::close()
{
    m_session.reset();
    while (!m_tunnels.empty()) {
        m_tunnels.pop_back(); // the innermost first: each runs through the one before it
    }
}

bool ServerConnection::isOpen() const
{
    return m_session != nullptr && m_session->isReady();
}

SshSession& ServerConnection::session()
{
    Q_ASSERT(m_session != nullptr);
    return *m_session;
}

Result<std::vector<Capability>> ServerConnection::check()
{
    if (!isOpen()) {
        return failure(ErrorCode::Network, QStringLiteral("%1 is not connected.").arg(m_profile.name),
                       QStringLiteral("Connect first."));
    }
    return probeServer(*m_session, m_profile, m_session->serverBanner());
}

std::optional<std::chrono::milliseconds> ServerConnection::backoff(const Error& error, int attempt)
{
    switch (error.code) {
    case ErrorCode::Network:
    case ErrorCode::Timeout:
    case ErrorCode::Remote:
    case ErrorCode::Io:
    case ErrorCode::LimitExceeded:
        break;
    default:
        return std::nullopt;
    }
    const bool link = error.code == ErrorCode::Network || error.code == ErrorCode::Timeout;
    const int doublings = std::clamp(link && attempt > kLinkAttempts ? attempt - kLinkAttempts + 2 : attempt - 1, 0, 16);
    const std::chrono::milliseconds longest =
        link && attempt <= kLinkAttempts ? kLinkPause : isOfDisk(error) ? kDiskPause : std::chrono::milliseconds(kLongestPause);
    const std::chrono::milliseconds pause =
        std::min<std::chrono::milliseconds>(kFirstPause * (1 << doublings), longest);
    const auto spread =
        static_cast<std::int64_t>(QRandomGenerator::global()->bounded(501)) + 750; // 0.75 to 1.25
    return pause * spread / 1000;
}

} // namespace mailward
