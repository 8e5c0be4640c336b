// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Clock.h"
#include "models/core/Result.h"
#include "models/respond/DurableFile.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

namespace mailward {

/// One thing that was done, or refused. Never holds a password, a hash of one, or a key.
struct AuditEntry {
    std::uint64_t sequence = 0; ///< 1-based, set by the log
    Instant time{};             ///< set by the log
    QString who;                ///< the person at the console
    QString action;             ///< "apply", "confirm", "revert", "unban", "host-key-accepted" ...
    QString server;             ///< empty: none
    QString planId;             ///< empty: none
    QString detail;             ///< a sentence, with the figures and what was typed to override a guard
    QByteArray mac;             ///< hex; chained over all entries before
};

/// What tells one console's chain from another's, on servers that several of them write to. Neither gives the key away.
struct AuditIdentity {
    QByteArray chain;   ///< 16 hex digits that follow from the key: the same as long as the key is; empty without a key
    QByteArray console; ///< 16 hex digits that follow from machine, person and folder: the same even when log and key were replaced
    bool operator==(const AuditIdentity&) const = default;
};

/// Append-only lines "MAC JSON", each MAC over the JSON and its predecessor's, on disk before append() returns. A head file
/// beside it tells how long the chain is, so that a cut tail is noticed; the head also goes to the servers' syslog (anchors).
class AuditLog
{
public:
    /// Creates log and key (0600) in `folder` when there are none; verifies what is there.
    [[nodiscard]] static Result<std::unique_ptr<AuditLog>> open(const QString& folder, const Clock& clock);

    [[nodiscard]] Result<AuditEntry> append(AuditEntry entry);
    [[nodiscard]] const std::vector<AuditEntry>& entries() const { return m_entries; }
    [[nodiscard]] QByteArray headHex() const; ///< 64 hex digits
    [[nodiscard]] AuditIdentity identity() const;

    struct Verification {
        std::uint64_t entries = 0;  ///< that are sound, counted from the start
        bool sound = true;
        QString problem;            ///< what is wrong with the first unsound one
    };
    /// Reads the folder's log again from disk. Any changed, missing, added, moved or cut byte makes it unsound.
    [[nodiscard]] static Result<Verification> verify(const QString& folder);

    /// The chain as it stands on disk, for who compares it with what the servers hold.
    struct Chain {
        Verification verification;
        std::vector<AuditEntry> entries; ///< the sound ones
        AuditIdentity identity;
    };
    [[nodiscard]] static Result<Chain> read(const QString& folder);

private:
    explicit AuditLog(const Clock& clock) : m_clock(clock) {}
    [[nodiscard]] Result<void> writeHead() const;

    const Clock& m_clock;
    QString m_folder;
    QByteArray m_key;
    QByteArray m_head;
    DurableFile m_file;
    std::vector<AuditEntry> m_entries;
};

} // namespace mailward
