// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/AuditLog.h"
#include "models/respond/GateClient.h"
#include "models/respond/Guards.h"
#include "models/respond/Journal.h"
#include "models/respond/Preview.h"

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <vector>

namespace mailward {

/// A server that plans are applied to. `connect` opens a NEW connection each time it is called (the old one survives a
/// lock-out through conntrack and proves nothing).
struct ExecutorTarget {
    QString server;
    GateAccess access = GateAccess::Installed;
    std::function<Result<std::unique_ptr<CommandRunner>>()> connect;
};

struct ApplyOptions {
    std::chrono::seconds window{60}; ///< 5 to 600: the server takes the change back by itself after that
    QString who;                     ///< the person at the console, for the audit
    QString override;                ///< what was typed where a guard asked for it, for the audit
    std::map<QString, QString> previewed; ///< server -> ServerPreview::stateHash: Conflict when it is another one by now
};

/// How it went on one server.
struct ServerOutcome {
    QString server;
    ApplyState state = ApplyState::Planned;
    bool unchanged = false; ///< nothing to do: the server was in the wanted state already
    Instant deadline{};     ///< confirm before that
    std::optional<Error> error;
    std::optional<bool> survivesReboot{}; ///< known after confirm()
    bool stale = false; ///< it had changed since the preview, and nothing was changed there
};

struct ApplyReport {
    QString planId;
    std::vector<ServerOutcome> servers;
    [[nodiscard]] bool isComplete() const; ///< applied and probed everywhere
    [[nodiscard]] bool isOutdated() const; ///< a server had changed since the preview, and nothing stands anywhere: to be previewed again
};

/// What a server enforces, beside what we think that it should.
struct ServerBans {
    QString server;
    ServerState state;
    std::vector<LiveBan> missing; ///< confirmed by us, not over yet, not there
    std::vector<LiveBan> foreign; ///< in our table, but not from a plan of ours
    std::vector<OtherBan> others; ///< of fail2ban, CrowdSec, or written by hand: only shown
    GateInfo gate;                ///< what enforces ours there, and beside whom
    bool rulesChanged = false;    ///< somebody edited the rules of our table
    [[nodiscard]] bool hasDrifted() const { return rulesChanged || !missing.empty() || !foreign.empty(); }
};

/// Brings plans to servers: read, diff, guard, stage, arm, apply, probe over a new connection; then confirm or revert. Each
/// step stands in the journal before it is taken. The first server is the canary; the first bad probe stops the rest.
/// Blocking; call it in a worker thread, one call at a time.
class Executor
{
public:
    using Progress = std::function<void(const ServerOutcome&)>;

    Executor(Journal& journal, AuditLog& audit, const BanBackend& backend, const Clock& clock);

    /// Reads each server's state and shows what would be sent. Changes nothing.
    [[nodiscard]] Result<PlanPreview> preview(const Plan& plan, const std::vector<ExecutorTarget>& targets,
                                              const std::vector<AttackSource>& attackers, GuardContext guards);
    /// Refused as a whole when a guard objects; nothing is done anywhere when one server is no longer as it was previewed. Unconfirmed afterwards: call confirm() or revert() before the deadline.
    [[nodiscard]] Result<ApplyReport> apply(const Plan& plan, const std::vector<ExecutorTarget>& targets, GuardContext guards,
                                            const ApplyOptions& options, const Progress& progress = {},
                                            const std::stop_token& stop = {});
    [[nodiscard]] Result<ApplyReport> confirm(const QString& planId, const std::vector<ExecutorTarget>& targets, const QString& who);
    [[nodiscard]] Result<ApplyReport> revert(const QString& planId, const std::vector<ExecutorTarget>& targets, const QString& who);
    /// Lifts bans at once, on one server. No timer: letting somebody in locks nobody out.
    [[nodiscard]] Result<void> unban(const std::vector<UnbanEntry>& entries, const ExecutorTarget& target, const QString& who);
    [[nodiscard]] Result<ServerBans> bans(const ExecutorTarget& target);
    /// After a crash, or when a window is over: asks each server where the unfinished plans stand (or that one), and writes that
    /// down. A report for each plan; what is Probed there still waits for confirm() or revert(). Changes no server.
    [[nodiscard]] Result<std::vector<ApplyReport>> recover(const std::vector<ExecutorTarget>& targets, const QString& onlyPlan = {});

private:
    struct Session; ///< one connection to one server, with what it said of itself

    [[nodiscard]] Result<Session> openSession(const ExecutorTarget& target) const;
    [[nodiscard]] Result<std::vector<Session>> openAll(const std::vector<ExecutorTarget>& targets, GuardContext& guards) const;
    [[nodiscard]] Result<void> applyTo(Session& session, const Plan& plan, const ApplyOptions& options, ServerOutcome& outcome);
    [[nodiscard]] Result<void> change(Session& session, const Plan& plan, const ApplyOptions& options, ServerOutcome& outcome);
    [[nodiscard]] Result<void> probe(const ExecutorTarget& target, const std::vector<LiveBan>& wanted) const;
    [[nodiscard]] Result<void> journal(const QString& planId, ServerOutcome& outcome, ApplyState state, const ServerState& before,
                                       const QString& hashAfter = {});
    [[nodiscard]] Result<void> audit(const QString& action, const QString& who, const QString& server, const QString& planId,
                                     const QString& detail);
    [[nodiscard]] Result<ApplyReport> finish(const QString& planId, const std::vector<ExecutorTarget>& targets, const QString& who,
                                             bool keep);
    [[nodiscard]] Result<void> finishOn(Session& session, const QString& planId, const QString& who, bool keep, ServerOutcome& outcome);

    Journal& m_journal;
    AuditLog& m_audit;
    const BanBackend& m_backend;
    const Clock& m_clock;
};

} // namespace mailward
