// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/SshSessionPrivate.h"

#include "models/servers/TcpSocket.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <mutex>
#include <unistd.h>

namespace mailward {

namespace {

constexpr const char* kKex =
    "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp521,ecdh-sha2-nistp384,ecdh-sha2-nistp256,"
    "diffie-hellman-group18-sha512,diffie-hellman-group16-sha512,diffie-hellman-group-exchange-sha256";
constexpr const char* kLegacyKex = ",diffie-hellman-group14-sha256,diffie-hellman-group14-sha1";
// The fastest first: an AEAD cipher with hardware behind it decides how fast a backlog comes in.
constexpr const char* kCiphers =
    "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,aes256-ctr,aes128-ctr";
constexpr const char* kLegacyCiphers = ",aes192-ctr,aes256-cbc,aes128-cbc";
constexpr const char* kMacs = "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com";
constexpr const char* kLegacyMacs = ",hmac-sha2-256,hmac-sha2-512,hmac-sha1";
constexpr std::array kHostKeys{"ssh-ed25519",         "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
                               "ecdsa-sha2-nistp521", "rsa-sha2-512",        "rsa-sha2-256"};
constexpr const char* kUserKeys =
    "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256,"
    "sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com";

/// libssh wants to be set up once, before the first session of any thread.
void initializeOnce()
{
    static std::once_flag once;
    std::call_once(once, [] { ssh_init(); });
}

/// Our order, with the types first that are stored for the host: else a server with a second key would look
/// changed.
std::string hostKeyOrder(const std::vector<QByteArray>& stored, bool legacy)
{
    std::vector<std::string> types(kHostKeys.begin(), kHostKeys.end());
    if (legacy) {
        types.emplace_back("ssh-rsa");
    }
    std::stable_partition(types.begin(), types.end(), [&](const std::string& type) {
        const QByteArray base =
            type.starts_with("rsa-sha2") ? QByteArray("ssh-rsa") : QByteArray::fromStdString(type);
        return std::find(stored.begin(), stored.end(), base) != stored.end();
    });
    std::string list;
    for (const std::string& type : types) {
        list += (list.empty() ? "" : ",") + type;
    }
    return list;
}

bool setOptions(ssh_session session, const SshEndpoint& endpoint, const KnownHosts& knownHosts, int fd,
                long timeoutSeconds)
{
    const auto set = [session](ssh_options_e option, const auto& value) {
        return ssh_options_set(session, option, value) == SSH_OK;
    };
    const auto list = [&](ssh_options_e option, const char* modern, const char* old) {
        return set(option, (std::string(modern) + (endpoint.legacyAlgorithms ? old : "")).c_str());
    };
    const bool no = false;
    const unsigned int port = endpoint.port;
    const int leastRsa = endpoint.legacyAlgorithms ? 1024 : 2048;
    const std::string order =
        hostKeyOrder(knownHosts.storedTypes(endpoint.host, endpoint.port), endpoint.legacyAlgorithms);
    return set(SSH_OPTIONS_PROCESS_CONFIG, &no) &&
           set(SSH_OPTIONS_HOST, endpoint.host.toUtf8().constData()) && set(SSH_OPTIONS_PORT, &port) &&
           set(SSH_OPTIONS_USER, endpoint.user.toUtf8().constData()) &&
           set(SSH_OPTIONS_TIMEOUT, &timeoutSeconds) && set(SSH_OPTIONS_KNOWNHOSTS, "/dev/null") &&
           set(SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null") && set(SSH_OPTIONS_COMPRESSION, "no") &&
           set(SSH_OPTIONS_HOSTKEYS, order.c_str()) && set(SSH_OPTIONS_RSA_MIN_SIZE, &leastRsa) &&
           list(SSH_OPTIONS_KEY_EXCHANGE, kKex, kLegacyKex) &&
           list(SSH_OPTIONS_CIPHERS_C_S, kCiphers, kLegacyCiphers) &&
           list(SSH_OPTIONS_CIPHERS_S_C, kCiphers, kLegacyCiphers) &&
           list(SSH_OPTIONS_HMAC_C_S, kMacs, kLegacyMacs) && list(SSH_OPTIONS_HMAC_S_C, kMacs, kLegacyMacs) &&
           list(SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES, kUserKeys, ",ssh-rsa") && set(SSH_OPTIONS_FD, &fd);
}

/// "ED25519 256" as ssh-keygen titles its drawing.
QString keyTitle(const QString& type, const QByteArray& blob)
{
    if (type == QLatin1String("ssh-ed25519")) {
        return QStringLiteral("ED25519 256");
    }
    if (type.startsWith(QLatin1String("ecdsa-sha2-nistp"))) {
        return QStringLiteral("ECDSA ") + type.mid(16);
    }
    // An RSA blob ends with its modulus, whose first byte is 0 to keep it positive; the exponent before it is
    // 3 bytes long.
    const qsizetype modulus = blob.size() - (4 + 7) - (4 + 3) - 4 - 1;
    return QStringLiteral("RSA %1").arg(modulus * 8);
}

tl::unexpected<Error> noConnection()
{
    return failure(ErrorCode::Network, QStringLiteral("There is no connection."),
                   QStringLiteral("Connect first."));
}

} // namespace

QString serverText(const char* text)
{
    return UntrustedText(std::string_view(text == nullptr ? "" : text)).plain(200).trimmed();
}

QString SshSession::Private::where() const
{
    return QStringLiteral("%1@%2:%3").arg(endpoint.user, endpoint.host).arg(endpoint.port);
}

tl::unexpected<Error> SshSession::Private::sshFailure(ErrorCode code, const QString& what,
                                                      const QString& hint) const
{
    if (stop.stop_requested()) {
        return failure(ErrorCode::Cancelled, QStringLiteral("%1: stopped.").arg(where()));
    }
    const QString reason = serverText(ssh_get_error(session));
    return failure(code, reason.isEmpty() ? what : QStringLiteral("%1: %2.").arg(what, reason), hint);
}

void SshSession::Private::close()
{
    trusted = false;
    loggedIn = false;
    if (session != nullptr) {
        ssh_disconnect(session);
        ssh_free(session);
        session = nullptr;
    }
    if (fd >= 0) {
        // Only while ours is open, the number of the other one can be told from a stranger's that took its
        // place.
        if (isSameSocket(fd, lent)) {
            ::close(lent);
        }
        ::close(fd);
    }
    fd = -1;
    lent = -1;
}

Result<void> SshSession::Private::readHostKey()
{
    ssh_key key = nullptr;
    char* text = nullptr;
    if (ssh_get_server_publickey(session, &key) != SSH_OK ||
        ssh_pki_export_pubkey_base64(key, &text) != SSH_OK) {
        ssh_key_free(key);
        return sshFailure(ErrorCode::Network, QStringLiteral("%1 showed no host key").arg(where()));
    }
    keyBlob = QByteArray::fromBase64(text);
    ssh_string_free_char(text);
    hostKey = HostKeyInfo{};
    hostKey.host = endpoint.host;
    hostKey.port = endpoint.port;
    hostKey.type = QString::fromLatin1(ssh_key_type_to_char(ssh_key_type(key)));
    ssh_key_free(key);
    hostKey.fingerprint = sha256Fingerprint(keyBlob);
    hostKey.randomart = randomart(keyBlob, keyTitle(hostKey.type, keyBlob));
    const KnownHosts::Verdict verdict = knownHosts.check(endpoint.host, endpoint.port, keyBlob);
    hostKey.state = verdict.state;
    hostKey.storedIn = verdict.where;
    hostKey.problem = verdict.problem;
    hostKey.storedFingerprint = verdict.storedFingerprint;
    trusted = verdict.state == HostKeyState::Known;
    return {};
}

SshSession::SshSession(SshEndpoint endpoint, KnownHosts knownHosts, std::stop_token stop, Timeouts timeouts)
    : d(std::make_unique<Private>(std::move(endpoint), std::move(knownHosts), std::move(stop), timeouts))
{
    initializeOnce();
}

SshSession::SshSession(SshEndpoint endpoint, KnownHosts knownHosts, std::stop_token stop)
    : SshSession(std::move(endpoint), std::move(knownHosts), std::move(stop), Timeouts{})
{
}

SshSession::~SshSession()
{
    disconnect();
}

Result<HostKeyInfo> SshSession::connect(int fd)
{
    disconnect();
    if (const auto valid = validate(d->endpoint); !valid) {
        if (fd >= 0) {
            ::close(fd);
        }
        return tl::unexpected(valid.error());
    }
    if (fd < 0) {
        const auto socket = connectTcp(d->endpoint.host, d->endpoint.port, d->timeouts.connect, d->stop);
        if (!socket) {
            return tl::unexpected(socket.error());
        }
        fd = *socket;
    }
    watchForDeadPeer(fd, d->timeouts.deadPeer);
    d->fd = fd;
    d->lent = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    d->session = ssh_new();
    const auto seconds = std::max<long>(1, static_cast<long>(d->timeouts.connect.count() / 1000));
    if (d->session == nullptr || !setOptions(d->session, d->endpoint, d->knownHosts, d->lent, seconds)) {
        return d->sshFailure(ErrorCode::Internal, QStringLiteral("The ssh library refused an option"));
    }
    const StopShutdown guard(d->stop, fd);
    if (ssh_connect(d->session) != SSH_OK) {
        return d->sshFailure(
            ErrorCode::Network, QStringLiteral("No ssh connection to %1").arg(d->where()),
            QStringLiteral("Is that an ssh server? A very old one may need the legacy switch; a busy one may "
                           "drop new connections (MaxStartups)."));
    }
    if (const auto read = d->readHostKey(); !read) {
        return tl::unexpected(read.error());
    }
    return d->hostKey;
}

Result<void> SshSession::acceptHostKey(const QString& shownFingerprint)
{
    if (d->session == nullptr || d->keyBlob.isEmpty()) {
        return noConnection();
    }
    if (d->hostKey.state != HostKeyState::Unknown || shownFingerprint != d->hostKey.fingerprint) {
        return failure(ErrorCode::HostKeyChanged,
                       QStringLiteral("The key of %1 is not the one that was shown.").arg(d->where()),
                       QStringLiteral("Nothing was sent. Compare the key on the server's own console."));
    }
    if (const auto added = d->knownHosts.add(d->endpoint.host, d->endpoint.port, d->keyBlob); !added) {
        return added;
    }
    d->hostKey.state = HostKeyState::Known;
    d->hostKey.storedIn = d->knownHosts.ownFile();
    d->trusted = true;
    return {};
}

Result<void> SshSession::authenticate(const SecretSource& secrets)
{
    if (d->session == nullptr) {
        return noConnection();
    }
    if (!d->trusted) {
        const bool unknown = d->hostKey.state == HostKeyState::Unknown;
        return failure(
            unknown ? ErrorCode::HostKeyUnknown : ErrorCode::HostKeyChanged,
            QStringLiteral("The host key of %1 is %2.").arg(d->where(), hostKeyStateName(d->hostKey.state)),
            unknown
                ? QStringLiteral("Compare its fingerprint %1 and accept it.").arg(d->hostKey.fingerprint)
                : QStringLiteral("Nothing was sent and nothing will be. Somebody may be in between, or the "
                                 "server was set up anew: "
                                 "compare the key on the server's own console, then forget the old one (%1).")
                      .arg(d->hostKey.storedIn.isEmpty() ? d->hostKey.problem : d->hostKey.storedIn));
    }
    const long seconds = std::max<long>(1, static_cast<long>(d->timeouts.login.count() / 1000));
    ssh_options_set(d->session, SSH_OPTIONS_TIMEOUT, &seconds);
    const StopShutdown guard(d->stop, d->fd);
    const auto done = logIn(d->session, d->endpoint, d->where(), secrets);
    if (!done && d->stop.stop_requested()) {
        return d->sshFailure(ErrorCode::Cancelled, {});
    }
    d->loggedIn = done.has_value();
    return done;
}

Result<std::unique_ptr<CommandStream>> SshSession::start(const RemoteCommand& command)
{
    if (!isReady()) {
        return noConnection();
    }
    return startSshStream(d->session, d->stop, d->where(), command);
}

Result<CommandOutput> SshSession::run(const RemoteCommand& command)
{
    auto stream = start(command);
    if (!stream) {
        return tl::unexpected(stream.error());
    }
    return collect(**stream, command, d->stop);
}

bool SshSession::isReady() const
{
    return d->session != nullptr && d->loggedIn && ssh_is_connected(d->session) != 0;
}

const HostKeyInfo& SshSession::hostKey() const
{
    return d->hostKey;
}

const SshEndpoint& SshSession::endpoint() const
{
    return d->endpoint;
}

UntrustedText SshSession::serverBanner() const
{
    const char* banner = d->session != nullptr ? ssh_get_serverbanner(d->session) : nullptr;
    return UntrustedText(std::string_view(banner == nullptr ? "" : banner));
}

void SshSession::disconnect()
{
    d->close();
}

} // namespace mailward
