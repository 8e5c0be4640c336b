// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace mailward {

/// How we log in. Exactly one way is tried, once: a refused try is never repeated by itself, because the
/// server's own fail2ban would ban us.
enum class AuthMethod { Agent, KeyFile, Password, KeyboardInteractive };

/// How changes reach the server: as root (the helper is sent along), or through sudo and the installed
/// helper.
enum class GateMode { RootDirect, SudoGate };

/// Where an ssh server is and who we are there.
struct SshEndpoint
{
    QString host; ///< name or address literal
    std::uint16_t port = 22;
    QString user;
    AuthMethod auth = AuthMethod::Agent;
    QString identityFile;          ///< absolute local path of the private key; for AuthMethod::KeyFile
    bool legacyAlgorithms = false; ///< also ssh-rsa/SHA-1, CBC and the like; shown in red

    bool operator==(const SshEndpoint&) const = default;
};

/// Where a server's lines come from: a log file, or its systemd journal.
struct LogSource
{
    static constexpr const char* kJournal = "journal";

    std::string path; ///< absolute path there, or kJournal; never used as a local path

    [[nodiscard]] bool isJournal() const { return path == kJournal; }

    bool operator==(const LogSource&) const = default;
};

/// All that we know about a server before connecting. A value; secrets are not part of it.
struct ServerProfile
{
    static constexpr const char* kServersZone = "server"; ///< whatever the server's own clock shows: it is asked

    QString name; ///< [A-Za-z0-9][A-Za-z0-9._-]{0,63}, unique
    SshEndpoint endpoint;
    std::vector<SshEndpoint> jumpHosts; ///< in the order in which they are passed; at most 4
    std::vector<LogSource> logs;
    QString timezone = QLatin1String(kServersZone); ///< of stamps that name none: IANA name, "+hh:mm", or kServersZone
    GateMode gate = GateMode::SudoGate;
    int backfillDays = 30; ///< rotated files older than this are left alone; 0 to 3650

    bool operator==(const ServerProfile&) const = default;

    /// The paths that Debian and Red Hat use, for a new profile.
    [[nodiscard]] static std::vector<LogSource> usualLogs();

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<ServerProfile> fromJson(const QJsonObject& json);
};

/// "user@host:port", the port being optional; what is wrong with it, validate() says.
[[nodiscard]] SshEndpoint endpointFromText(const QString& text);

/// InvalidInput names the field and says what is allowed. Every profile passes here before it is stored or
/// used.
[[nodiscard]] Result<void> validate(const ServerProfile& profile);
[[nodiscard]] Result<void> validate(const SshEndpoint& endpoint);
[[nodiscard]] bool isValidServerName(const QString& name);
[[nodiscard]] bool isValidHost(const QString& host);
[[nodiscard]] bool isValidUser(const QString& user);
/// Absolute, no "." or ".." parts, only letters, digits and /._-@+:=, (or the word for the journal)
[[nodiscard]] bool isValidLogPath(const std::string& path);
[[nodiscard]] bool isValidTimezone(const QString& timezone);

} // namespace mailward
