// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/LocalSshd.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QThread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mailward::test {

namespace {

/// Below the range from which the kernel takes source ports, so that nobody gets it by chance while sshd
/// restarts.
std::uint16_t freePort()
{
    for (;;) {
        const auto port = static_cast<std::uint16_t>(QRandomGenerator::global()->bounded(20'000, 32'000));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool free = ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        ::close(fd);
        if (free) {
            return port;
        }
    }
}

bool write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

bool runTool(const QString& program, const QStringList& arguments, QByteArray* output)
{
    QProcess process;
    process.start(program, arguments);
    const bool done = process.waitForFinished(30'000) && process.exitStatus() == QProcess::NormalExit &&
                      process.exitCode() == 0;
    if (output != nullptr) {
        *output = process.readAllStandardOutput();
    }
    return done;
}

bool LocalSshd::makeHostKeys(const QStringList& types)
{
    m_hostKeys.clear();
    for (const QString& type : types) {
        const QString path = m_folder.filePath(QStringLiteral("host_") + type);
        QFile::remove(path);
        QFile::remove(path + QStringLiteral(".pub"));
        if (!runTool(QStringLiteral("ssh-keygen"),
                     {QStringLiteral("-q"), QStringLiteral("-t"), type, QStringLiteral("-N"), QString(),
                      QStringLiteral("-f"), path})) {
            return false;
        }
        m_hostKeys.append(path);
    }
    return true;
}

QByteArray LocalSshd::hostKeyLine(const QString& type) const
{
    QFile file(m_folder.filePath(QStringLiteral("host_%1.pub").arg(type)));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').mid(0, 2).join(' ') : QByteArray();
}

bool LocalSshd::start(const QByteArray& extra)
{
    if (m_hostKeys.isEmpty() && !makeHostKeys({QStringLiteral("ed25519")})) {
        return false;
    }
    if (!QFile::exists(userKey()) &&
        !runTool(QStringLiteral("ssh-keygen"),
                 {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"), QStringLiteral("-N"),
                  QString(), QStringLiteral("-f"), userKey()})) {
        return false;
    }
    if (m_port == 0) {
        m_port = freePort();
    }
    QByteArray config = "ListenAddress 127.0.0.1\nPort " + QByteArray::number(m_port) +
                        "\nUsePAM no\nStrictModes no\nPermitRootLogin prohibit-password\n" +
                        "PidFile none\nUseDNS no\nPasswordAuthentication no\nKbdInteractiveAuthentication "
                        "no\nMaxStartups 100\nAuthorizedKeysFile " +
                        userKey().toUtf8() + ".pub\nSetEnv HOME=" + m_folder.path().toUtf8() + '\n'; // nobody's own .bashrc
    for (const QString& key : m_hostKeys) {
        config += "HostKey " + key.toUtf8() + '\n';
    }
    const QString path = m_folder.filePath(QStringLiteral("sshd_config"));
    if (!write(path, config + extra)) {
        return false;
    }
    if (geteuid() == 0) {
        QDir().mkpath(QStringLiteral("/run/sshd"));
    }
    QFile::remove(m_folder.filePath(QStringLiteral("log")));
    m_process.start(QStringLiteral("/usr/sbin/sshd"),
                    {QStringLiteral("-D"), QStringLiteral("-E"), m_folder.filePath(QStringLiteral("log")),
                     QStringLiteral("-f"), path});
    QElapsedTimer time;
    time.start();
    while (time.elapsed() < 10'000 && m_process.waitForStarted() && m_process.state() == QProcess::Running) {
        if (log().contains("Server listening on")) {
            return true;
        }
        QThread::msleep(20);
    }
    return false;
}

void LocalSshd::stop()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        m_process.waitForFinished(5000);
    }
}

SshEndpoint LocalSshd::endpoint() const
{
    SshEndpoint endpoint;
    endpoint.host = QStringLiteral("127.0.0.1");
    endpoint.port = m_port;
    endpoint.user = QString::fromLocal8Bit(getpwuid(geteuid())->pw_name);
    endpoint.auth = AuthMethod::KeyFile;
    endpoint.identityFile = userKey();
    return endpoint;
}

QByteArray LocalSshd::log() const
{
    QFile file(m_folder.filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace mailward::test
