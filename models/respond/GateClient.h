// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/core/Result.h"
#include "models/core/UntrustedText.h"
#include "models/respond/AuditAnchors.h"
#include "models/respond/BanBackend.h"
#include "models/servers/CommandRunner.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace mailward {

/// How a server's helper is reached.
enum class GateAccess {
    SentAsRoot,   ///< we log in as root: the helper travels with each request, nothing is installed
    SentWithSudo, ///< we may run anything with sudo: likewise
    Installed     ///< sudo names /usr/local/sbin/mailward-gate alone
};

/// What the helper says of itself and of whom it will not ban.
struct GateInfo {
    int protocol = 0;
    QString timer;                 ///< "systemd" or "setsid"
    QString backend;               ///< what enforces there: "nftables", "ipset", "iptables", "fail2ban", "hosts", "postfix"
    QStringList beside;            ///< who else writes rules there: "firewalld", "ufw", "docker", "fail2ban", "crowdsec"
    QStringList noEffect;          ///< services that this back end cannot close
    bool boots = false;            ///< what is confirmed there comes back after a reboot
    std::vector<Prefix> protectedPrefixes; ///< its own addresses, peers of ssh sessions, /etc/mailward/protected
};

/// A ban that somebody else made, as far as the server can tell.
struct OtherBan {
    Prefix prefix;
    UntrustedText who;   ///< "fail2ban", "crowdsec", "hand"
    UntrustedText where; ///< jail, scenario, chain
    std::optional<Instant> since;
    std::optional<Instant> until;
};

/// Where a plan stands on one server, in the server's own words.
enum class GatePlanState { Unknown, Staged, Armed, Applied, Confirmed, Undone };
[[nodiscard]] QString gatePlanStateName(GatePlanState state);

/// The constant command for `access` with `request` (its lines, without the last "end") on standard input. Verbs that begin with
/// "account-" take the parts of accounts along, others those of bans.
[[nodiscard]] RemoteCommand gateCommand(GateAccess access, const QByteArray& request);
/// The answer when its last line is "ok ...", else what the helper objected to, or why there was no helper.
[[nodiscard]] Result<QByteArray> gateAnswer(GateAccess access, const CommandOutput& output);

/// Speaks with mailward-gate over a CommandRunner. One request, one answer; no state of its own. The remote command is always
/// one of three constants; everything else is data on its standard input. Lives in the thread that owns the runner.
class GateClient
{
public:
    GateClient(CommandRunner& runner, GateAccess access, const BanBackend& backend);

    [[nodiscard]] Result<GateInfo> version();
    [[nodiscard]] Result<ServerState> state();
    /// What the server would run after `batch`, in its own words. Changes nothing.
    [[nodiscard]] Result<QByteArray> show(const QByteArray& batch);
    /// Bans of fail2ban, CrowdSec and of whoever wrote rules by hand. Only read.
    [[nodiscard]] Result<std::vector<OtherBan>> others();
    [[nodiscard]] Result<void> stage(const QString& planId, const QByteArray& batch);
    /// The server's timer runs from here; it undoes the plan unless that was confirmed. 5 to 600 s.
    [[nodiscard]] Result<void> arm(const QString& planId, std::chrono::seconds window);
    /// One transaction, only if the server's state still has `expectedHash` (else Conflict). The new hash.
    [[nodiscard]] Result<QString> apply(const QString& planId, const QString& expectedHash);
    struct Confirmation {
        bool loadedAtBoot = false; ///< the server's own nftables.conf includes our file
    };
    [[nodiscard]] Result<Confirmation> confirm(const QString& planId);
    /// Unconfirmed: the state before it. Confirmed: its bans are lifted. Twice is once.
    [[nodiscard]] Result<void> undo(const QString& planId);
    [[nodiscard]] Result<void> unban(const std::vector<UnbanEntry>& entries);
    [[nodiscard]] Result<GatePlanState> planState(const QString& planId);
    /// Writes the head of our audit chain to the server's syslog, with whose it is where the helper is not too old for that.
    [[nodiscard]] Result<void> anchor(const QByteArray& headHex, const AuditIdentity& by);
    /// What stands there of anybody's chains.
    [[nodiscard]] Result<HeldAnchors> anchors();

    /// The constant command for `access`, for the preview.
    [[nodiscard]] static QString commandText(GateAccess access);

private:
    [[nodiscard]] Result<QByteArray> ask(const QByteArray& request);

    CommandRunner& m_runner;
    GateAccess m_access;
    const BanBackend& m_backend;
};

} // namespace mailward
