// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/SshSession.h"

#include <QProcess>
#include <QTemporaryDir>

namespace mailward::test {

/// A real sshd on loopback, with keys of its own, for the user who runs the test. Gone with this object.
class LocalSshd
{
public:
    LocalSshd() = default;
    ~LocalSshd() { stop(); }

    /// Starts it; `extra` goes into its configuration. Call again after stop() for the same port with the
    /// same keys.
    bool start(const QByteArray& extra = {});
    void stop();
    /// New host key(s) of these types instead of the present one.
    bool makeHostKeys(const QStringList& types);

    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString userKey() const { return m_folder.filePath(QStringLiteral("id")); }
    [[nodiscard]] QString ownKnownHosts() const
    {
        return m_folder.filePath(QStringLiteral("own_known_hosts"));
    }
    [[nodiscard]] QString userKnownHosts() const
    {
        return m_folder.filePath(QStringLiteral("user_known_hosts"));
    }
    [[nodiscard]] QByteArray
    hostKeyLine(const QString& type = QStringLiteral("ed25519")) const; ///< "type base64"
    [[nodiscard]] SshEndpoint endpoint() const;
    [[nodiscard]] KnownHosts knownHosts() const { return {ownKnownHosts(), {userKnownHosts()}}; }
    /// What it wrote since it was started.
    [[nodiscard]] QByteArray log() const;
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QStringList m_hostKeys;
    std::uint16_t m_port = 0;
};

/// Runs a program to its end. False when it is missing or fails.
bool runTool(const QString& program, const QStringList& arguments, QByteArray* output = nullptr);

} // namespace mailward::test
