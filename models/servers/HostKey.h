// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace mailward {

/// What our own list and the user's known_hosts say about the key that a server shows.
enum class HostKeyState {
    Known,     ///< stored for this host and port
    Unknown,   ///< first contact: a person has to look at it
    Changed,   ///< another key of the same type is stored: hard stop
    OtherType, ///< only keys of other types are stored, which the server no longer shows: hard stop
    Revoked,   ///< marked @revoked: hard stop
    Error      ///< the lists could not be read: stop
};

/// The key that a server showed, as a person compares it. Text of ours, safe as plain text.
struct HostKeyInfo
{
    QString host;
    std::uint16_t port = 22;
    HostKeyState state = HostKeyState::Error;
    QString type;        ///< "ssh-ed25519"
    QString fingerprint; ///< "SHA256:..." as OpenSSH prints it
    QString randomart;   ///< 11 lines as of `ssh-keygen -lv`
    QString
        storedIn; ///< where the known (or contradicting) entry stands: "file:line"; empty when there is none
    QString problem; ///< for Error: what could not be read
    QString storedFingerprint; ///< of the key that was accepted before; empty when there is none

    [[nodiscard]] bool isHardStop() const
    {
        return state != HostKeyState::Known && state != HostKeyState::Unknown;
    }
};

/// Short word for JSON: known, unknown, changed, other-type, revoked, error.
[[nodiscard]] QString hostKeyStateName(HostKeyState state);

/// "SHA256:..." of a public key blob.
[[nodiscard]] QString sha256Fingerprint(const QByteArray& keyBlob);

/// OpenSSH's "drunken bishop" drawing of a key's SHA-256, framed. `title` is e.g. "ED25519 256".
[[nodiscard]] QString randomart(const QByteArray& keyBlob, const QString& title);

} // namespace mailward
