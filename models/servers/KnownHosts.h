// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/servers/HostKey.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace mailward {

/// OpenSSH's known_hosts lists, read by ourselves because libssh 0.10 ignores @revoked: our own file, which
/// we write, and the user's, which we only read. Plain and hashed names, patterns, `[host]:port`, @revoked;
/// keys behind @cert-authority are authorities, not hosts, and never count as a host's key.
class KnownHosts
{
public:
    /// `ownFile` may not exist yet. `readOnlyFiles`, e.g. ~/.ssh/known_hosts, may be absent.
    KnownHosts(QString ownFile, QStringList readOnlyFiles);

    struct Verdict
    {
        HostKeyState state = HostKeyState::Error;
        QString where;   ///< "file:line" of the deciding entry
        QString problem; ///< for Error
        QString storedFingerprint; ///< of the deciding entry's key; empty when there is none
    };
    /// Reads the files afresh. A revoked key is revoked for every host.
    [[nodiscard]] Verdict check(const QString& host, std::uint16_t port, const QByteArray& keyBlob) const;
    /// Types of the keys stored for a host, so that the same ones are asked for first; empty when it is new.
    [[nodiscard]] std::vector<QByteArray> storedTypes(const QString& host, std::uint16_t port) const;
    /// Appends a key to our own file. Only for a key whose check() is Unknown at this moment; Conflict
    /// otherwise.
    [[nodiscard]] Result<void> add(const QString& host, std::uint16_t port, const QByteArray& keyBlob);
    /// Takes all plain entries of a host out of our own file (a person found that the server got a new key).
    [[nodiscard]] Result<void> forget(const QString& host, std::uint16_t port);

    /// A person read the new key's fingerprint on the server's own console and typed it: when it is that of the key
    /// `shown`, which contradicts a stored one, forget() the stored one. The new key is then unknown and has to be accepted
    /// like any other. InvalidInput: another fingerprint. Conflict: nothing contradicts it, it is revoked, or the old key
    /// stands in a file that we only read; the hint says what to do there.
    [[nodiscard]] Result<void> forgetReplaced(const HostKeyInfo& shown, const QString& typedFingerprint);

    [[nodiscard]] const QString& ownFile() const { return m_ownFile; }

private:
    QString m_ownFile;
    QStringList m_readOnly;
};

} // namespace mailward
