// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ServerTableModel.h"

#include <QString>
#include <QStringList>
#include <cstdint>

namespace mailward {

enum class KeyStanding : std::uint8_t { Unknown, Known, Changed, Revoked };

/// A server's key as a person must see it before the first contact, or at a hard stop.
struct HostKeyView {
    QString server;
    QString host;
    std::uint16_t port = 22;
    QString keyType;     ///< "ED25519"
    QString fingerprint; ///< "SHA256:..."
    QString randomart;
    KeyStanding state = KeyStanding::Unknown;
    QString knownFingerprint; ///< Changed: the one that was accepted once
    QString hint;
};

enum class LoginMethod : std::uint8_t { Agent, KeyFile, Password, Questions };

/// What a log-in under way needs from a person.
struct SecretQuestion {
    enum class Kind : std::uint8_t { Passphrase, Password, Challenge };
    QString server;
    QString endpoint; ///< "user@host:port": the server, or a jump host on the way
    Kind kind = Kind::Password;
    UntrustedText prompt; ///< the server's own words (Challenge only)
    bool echo = false;    ///< the answer may be shown while it is typed
    bool canRemember = false; ///< there is a secret service that could keep it
    std::uint64_t number = 0; ///< of the question: an answer to an earlier one is none to this
};

/// A host of an ssh configuration, as the import shows it.
struct ImportRow {
    QString name;
    QString target;  ///< "user@host:port", and the jump hosts
    QString notes;   ///< what is not carried over; one line each
    QString problem; ///< why it cannot be taken; empty: it can
    bool present = false; ///< a server of that name is there already
};

/// What the dialog Add server collects. The secret travels apart and only once.
struct ServerForm {
    QString name;
    QString host;
    int port = 22;
    QString user;
    LoginMethod method = LoginMethod::Agent;
    QString keyFile;
    QStringList logPaths;
    QString zone; ///< IANA name of the server's clock; empty: ask the server
    QString jumpHosts; ///< "user@host:port" of each, separated by commas, in the order in which they are passed
    int backfillDays = 30;
    bool legacy = false;   ///< old algorithms, too
    bool remember = false; ///< the secret, in the desktop's secret service
};

/// A field of the form that the controller objects to.
struct FormProblem {
    QString field; ///< name, host, port, user, keyFile, jumpHosts, logPaths, zone, secret
    QString text;
};

/// One light in the filter bar.
struct ServerLight {
    QString name;
    QString text; ///< "live", "12 s behind", "no connection"
    QString tip;
    LinkState state = LinkState::Idle;
    bool operator==(const ServerLight&) const = default;
};

} // namespace mailward
