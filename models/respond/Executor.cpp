// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/Executor.h"

#include <algorithm>
#include <set>

namespace mailward {

/// What one connection to one server told us. `before` is the state that changes are measured against.
struct Executor::Session {
    ExecutorTarget target;
    std::unique_ptr<CommandRunner> runner;
    ServerState before;
    GateInfo info{};

    [[nodiscard]] GateClient gate(const BanBackend& backend) { return {*runner, target.access, backend}; }
};

namespace {

QString figures(const BanDelta& delta)
{
    return QStringLiteral("%1 bans, %2 lifted").arg(delta.bans.size()).arg(delta.unbans.size());
}

/// Bans that run out within seconds are not compared: one server lists them still, the next look does not.
std::vector<LiveBan> lasting(const std::vector<LiveBan>& bans, Instant now)
{
    std::vector<LiveBan> result;
    std::copy_if(bans.begin(), bans.end(), std::back_inserter(result), [&](const LiveBan& ban) { return ban.expires > now + std::chrono::seconds(5); });
    std::sort(result.begin(), result.end(), [](const LiveBan& a, const LiveBan& b) { return std::tie(a.ports, a.prefix) < std::tie(b.ports, b.prefix); });
    return result;
}

bool samePlaces(const std::vector<LiveBan>& a, const std::vector<LiveBan>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const LiveBan& x, const LiveBan& y) { return x.prefix == y.prefix && x.ports == y.ports; });
}

const ExecutorTarget* find(const std::vector<ExecutorTarget>& targets, const QString& server)
{
    const auto it = std::find_if(targets.begin(), targets.end(), [&](const ExecutorTarget& target) { return target.server == server; });
    return it == targets.end() ? nullptr : &*it;
}

/// The targets that the plan names, or all.
std::vector<ExecutorTarget> chosen(const Plan& plan, const std::vector<ExecutorTarget>& targets)
{
    std::vector<ExecutorTarget> result;
    std::copy_if(targets.begin(), targets.end(), std::back_inserter(result),
                 [&](const ExecutorTarget& target) { return plan.servers.isEmpty() || plan.servers.contains(target.server); });
    return result;
}

/// The first server that is another one by now than the person has looked at: then none is touched, the canary neither.
std::optional<ServerOutcome> outdated(const QString& server, const QString& hash, const std::map<QString, QString>& previewed)
{
    const auto seen = previewed.find(server);
    if (seen == previewed.end() || seen->second == hash) {
        return std::nullopt;
    }
    ServerOutcome outcome;
    outcome.server = server;
    outcome.stale = true;
    outcome.error = Error{ErrorCode::Conflict, QStringLiteral("The bans on %1 have changed since the preview.").arg(server), QStringLiteral("Look at the preview again, then apply.")};
    return outcome;
}

/// Why a plan goes nowhere: a guard objects, or it leaves people no way in and nobody typed how many.
std::optional<Error> refusalOf(const GuardVerdict& verdict, const QString& typed)
{
    if (!verdict.isAllowed()) {
        const auto& first = verdict.objections.front();
        return Error{ErrorCode::Refused, first.why, first.yields ? QStringLiteral("It can be forced for that entry.") : QStringLiteral("Take it out of the plan; nothing was changed.")};
    }
    if (!verdict.isAgreed(typed)) {
        return Error{ErrorCode::Refused, QStringLiteral("The plan leaves %1 people no way in, and nobody typed that number.").arg(verdict.collateral.onlyHere.size()),
                     QStringLiteral("Look at the preview again: it says who they are. Nothing was changed.")};
    }
    return std::nullopt;
}

} // namespace

bool ApplyReport::isComplete() const
{
    return !servers.empty() && std::all_of(servers.begin(), servers.end(), [](const ServerOutcome& outcome) {
        return !outcome.error && (outcome.state == ApplyState::Probed || outcome.state == ApplyState::Confirmed);
    });
}

bool ApplyReport::isOutdated() const
{
    return std::any_of(servers.begin(), servers.end(), [](const ServerOutcome& outcome) { return outcome.stale; }) &&
           std::all_of(servers.begin(), servers.end(), [](const ServerOutcome& outcome) { return outcome.error || outcome.unchanged; });
}

Executor::Executor(Journal& journal, AuditLog& audit, const BanBackend& backend, const Clock& clock)
    : m_journal(journal), m_audit(audit), m_backend(backend), m_clock(clock)
{
}

Result<Executor::Session> Executor::openSession(const ExecutorTarget& target) const
{
    auto runner = target.connect();
    if (!runner) {
        return tl::unexpected(runner.error());
    }
    Session session{target, std::move(*runner), {}};
    auto state = session.gate(m_backend).state();
    if (!state) {
        return tl::unexpected(state.error());
    }
    session.before = std::move(*state);
    return session;
}

Result<std::vector<Executor::Session>> Executor::openAll(const std::vector<ExecutorTarget>& targets, GuardContext& guards) const
{
    if (targets.empty()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("The plan has no server to go to."), QStringLiteral("Add a server, or name one that is known."));
    }
    std::vector<Session> sessions;
    guards.now = m_clock.now();
    for (const auto& target : targets) {
        auto session = openSession(target);
        auto info = session ? session->gate(m_backend).version() : Result<GateInfo>(tl::unexpected(session.error()));
        if (!info) {
            return failure(info.error().code, QStringLiteral("%1: %2").arg(target.server, info.error().text), info.error().hint);
        }
        for (const auto& prefix : info->protectedPrefixes) {
            guards.servers.push_back({prefix, QStringLiteral("what %1 protects").arg(target.server)});
        }
        for (const auto& ban : session->before.bans) {
            guards.enforced.push_back(ban.prefix);
        }
        session->info = std::move(*info);
        sessions.push_back(std::move(*session));
    }
    return sessions;
}

Result<PlanPreview> Executor::preview(const Plan& plan, const std::vector<ExecutorTarget>& targets,
                                      const std::vector<AttackSource>& attackers, GuardContext guards)
{
    auto sessions = openAll(chosen(plan, targets), guards);
    if (!sessions) {
        return tl::unexpected(sessions.error());
    }
    std::vector<NamedState> states;
    for (auto& session : *sessions) {
        states.push_back({session.target.server, session.target.access, std::move(session.before), session.info});
    }
    auto preview = previewPlan(plan, attackers, guards, states, m_backend);
    for (std::size_t i = 0; i < preview.servers.size(); ++i) {
        auto& server = preview.servers[i];
        if (server.gate.backend == m_backend.name() || server.delta.isEmpty() || !preview.verdict.isAllowed()) {
            continue;
        }
        const auto shown = (*sessions)[i].gate(m_backend).show(server.batch); // other back ends speak for themselves
        if (!shown) {
            return failure(shown.error().code, QStringLiteral("%1: %2").arg(server.server, shown.error().text), shown.error().hint);
        }
        server.rules = *shown;
    }
    return preview;
}

Result<void> Executor::journal(const QString& planId, ServerOutcome& outcome, ApplyState state, const ServerState& before, const QString& hashAfter)
{
    outcome.state = state;
    return m_journal.add({{}, planId, outcome.server, state, before.hash, hashAfter, outcome.deadline, outcome.error ? outcome.error->text : QString()});
}

Result<void> Executor::audit(const QString& action, const QString& who, const QString& server, const QString& planId, const QString& detail)
{
    return m_audit.append({0, {}, who, action, server, planId, detail, {}}).map([](const AuditEntry&) {});
}

Result<ApplyReport> Executor::apply(const Plan& plan, const std::vector<ExecutorTarget>& targets, GuardContext guards,
                                    const ApplyOptions& options, const Progress& progress, const std::stop_token& stop)
{
    if (!isPlanId(plan.id)) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("The plan has no valid id."));
    }
    auto sessions = openAll(chosen(plan, targets), guards);
    if (!sessions) {
        return tl::unexpected(sessions.error());
    }
    if (const auto refusal = refusalOf(checkBans(plan.bans, guards), options.override)) {
        if (auto written = audit(QStringLiteral("refused"), options.who, {}, plan.id, refusal->text); !written) {
            return tl::unexpected(written.error());
        }
        return tl::unexpected(*refusal);
    }
    ApplyReport report{plan.id, {}};
    for (const auto& session : *sessions) {
        if (auto stale = outdated(session.target.server, session.before.hash, options.previewed)) {
            report.servers = {*stale};
            if (progress) {
                progress(*stale);
            }
            return report;
        }
    }
    if (auto written = m_journal.addPlan(plan); !written) {
        return tl::unexpected(written.error());
    }
    for (auto& session : *sessions) {
        ServerOutcome outcome;
        outcome.server = session.target.server;
        auto done = stop.stop_requested() ? Result<void>(failure(ErrorCode::Cancelled, QStringLiteral("Stopped before this server was changed.")))
                                          : applyTo(session, plan, options, outcome);
        if (!done) {
            outcome.error = done.error();
        }
        report.servers.push_back(outcome);
        if (progress) {
            progress(outcome);
        }
        if (!done) {
            break; // the first server is the canary, and each one is the canary of the next
        }
    }
    return report;
}

Result<void> Executor::applyTo(Session& session, const Plan& plan, const ApplyOptions& options, ServerOutcome& outcome)
{
    if (session.before.intact && deltaFor(plan, session.before).isEmpty()) {
        outcome.unchanged = true;
        outcome.state = ApplyState::Confirmed;
        const auto* last = m_journal.last(plan.id, session.target.server);
        if (last != nullptr && (last->state == ApplyState::Probed || last->state == ApplyState::Applied)) {
            outcome.state = ApplyState::Probed; // applied before, and still to be confirmed
            outcome.deadline = last->deadline;
        }
        return {};
    }
    auto done = change(session, plan, options, outcome);
    if (done) {
        return done;
    }
    // Whatever went wrong: back at once if the server still answers. If it does not, its timer does the same.
    outcome.error = done.error();
    const bool refused = outcome.state == ApplyState::Applying && done.error().code == ErrorCode::Conflict;
    auto gate = session.gate(m_backend);
    const auto undone = gate.undo(plan.id);
    if (refused && undone) { // the last check, on the server itself, is the one that nothing slips past
        const auto now = gate.state();
        outcome.stale = now && now->hash != session.before.hash;
    }
    auto written = journal(plan.id, outcome, undone ? ApplyState::Undone : ApplyState::Failed, session.before);
    if (written) {
        written = audit(QStringLiteral("apply-failed"), options.who, outcome.server, plan.id,
                        done.error().text + (undone ? QStringLiteral(" Taken back.") : QStringLiteral(" The server takes it back by itself.")));
    }
    return written ? done : written;
}

Result<void> Executor::change(Session& session, const Plan& plan, const ApplyOptions& options, ServerOutcome& outcome)
{
    const ServerState& before = session.before;
    const BanDelta delta = deltaFor(plan, before);
    auto gate = session.gate(m_backend);
    QString hashAfter;
    const auto note = [&](ApplyState state) { return journal(plan.id, outcome, state, before, hashAfter); };
    const auto intent = figures(delta) + QStringLiteral("; state %1").arg(before.hash.left(12)) +
                        (options.override.isEmpty() ? QString() : QStringLiteral("; typed: \"%1\"").arg(options.override));
    return note(ApplyState::Planned)
        .and_then([&] { return audit(QStringLiteral("apply"), options.who, outcome.server, plan.id, intent); })
        .and_then([&] { return gate.stage(plan.id, m_backend.renderBatch(delta)); })
        .and_then([&] { return note(ApplyState::Staged); })
        .and_then([&] {
            outcome.deadline = m_clock.now() + options.window; // measured before the server starts its timer: never too late
            return gate.arm(plan.id, options.window);
        })
        .and_then([&] { return note(ApplyState::Armed); })
        .and_then([&] { return note(ApplyState::Applying); })
        .and_then([&] { return gate.apply(plan.id, before.hash); })
        .and_then([&](const QString& hash) {
            hashAfter = hash;
            return note(ApplyState::Applied);
        })
        .and_then([&] { return probe(session.target, afterDelta(before, delta, plan.id)); })
        .and_then([&] { return note(ApplyState::Probed); })
        .and_then([&] {
            return audit(QStringLiteral("applied"), options.who, outcome.server, plan.id,
                         figures(delta) + QStringLiteral("; state now %1; unconfirmed until %2").arg(hashAfter.left(12), QString::fromStdString(formatRfc3339(outcome.deadline))));
        });
}

Result<void> Executor::probe(const ExecutorTarget& target, const std::vector<LiveBan>& wanted) const
{
    const auto session = openSession(target);
    if (!session) {
        return failure(session.error().code, QStringLiteral("After the change, %1 can no longer be reached: %2").arg(target.server, session.error().text),
                       QStringLiteral("The change is taken back; the server does it by itself if we cannot."));
    }
    const Instant now = session->before.serverTime;
    if (!session->before.intact || !samePlaces(lasting(session->before.bans, now), lasting(wanted, now))) {
        return failure(ErrorCode::Conflict, QStringLiteral("%1 does not enforce what was sent.").arg(target.server),
                       QStringLiteral("The change is taken back. Something else writes to the table \"inet mailward\" there."));
    }
    return {};
}

Result<ApplyReport> Executor::confirm(const QString& planId, const std::vector<ExecutorTarget>& targets, const QString& who)
{
    return finish(planId, targets, who, true);
}

Result<ApplyReport> Executor::revert(const QString& planId, const std::vector<ExecutorTarget>& targets, const QString& who)
{
    return finish(planId, targets, who, false);
}

Result<ApplyReport> Executor::finish(const QString& planId, const std::vector<ExecutorTarget>& targets, const QString& who, bool keep)
{
    ApplyReport report{planId, {}};
    for (const auto& last : m_journal.lastOf(planId)) {
        const bool open = last.state == ApplyState::Probed || last.state == ApplyState::Applied || last.state == ApplyState::Confirming;
        const auto* target = find(targets, last.server);
        if (target == nullptr || last.state == ApplyState::Undone || (keep && !open)) {
            continue;
        }
        ServerOutcome outcome;
        outcome.server = last.server;
        outcome.state = last.state;
        outcome.deadline = last.deadline;
        auto session = openSession(*target);
        auto done = session ? finishOn(*session, planId, who, keep, outcome) : Result<void>(tl::unexpected(session.error()));
        if (!done) {
            outcome.error = done.error();
        }
        report.servers.push_back(outcome);
    }
    if (report.servers.empty()) {
        return failure(ErrorCode::NotFound, QStringLiteral("Plan %1 is on none of these servers.").arg(planId),
                       QStringLiteral("It may be taken back already: read the bans."));
    }
    return report;
}

Result<void> Executor::finishOn(Session& session, const QString& planId, const QString& who, bool keep, ServerOutcome& outcome)
{
    auto gate = session.gate(m_backend);
    QString boot;
    auto done = journal(planId, outcome, keep ? ApplyState::Confirming : ApplyState::Undoing, session.before).and_then([&]() -> Result<void> {
        if (!keep) {
            return gate.undo(planId);
        }
        return gate.confirm(planId).map([&](GateClient::Confirmation confirmation) {
            outcome.survivesReboot = confirmation.loadedAtBoot;
            boot = confirmation.loadedAtBoot ? QStringLiteral("survives a reboot") : QStringLiteral("does not survive a reboot: nothing there loads it again");
        });
    });
    if (!done) {
        outcome.error = done.error();
        const auto where = gate.planState(planId);
        const bool gone = where && *where == GatePlanState::Undone;
        auto written = gone ? journal(planId, outcome, ApplyState::Undone, session.before) : Result<void>();
        written = written.and_then([&] { return audit(keep ? QStringLiteral("confirm-failed") : QStringLiteral("revert-failed"), who, outcome.server, planId, done.error().text); });
        return written ? done : written;
    }
    return journal(planId, outcome, keep ? ApplyState::Confirmed : ApplyState::Undone, session.before)
        .and_then([&] { return audit(keep ? QStringLiteral("confirm") : QStringLiteral("revert"), who, outcome.server, planId, boot); })
        .and_then([&] { return gate.anchor(m_audit.headHex(), m_audit.identity()); });
}

Result<void> Executor::unban(const std::vector<UnbanEntry>& entries, const ExecutorTarget& target, const QString& who)
{
    auto session = openSession(target);
    if (!session) {
        return tl::unexpected(session.error());
    }
    Plan plan;
    plan.id = newPlanId();
    plan.made = m_clock.now();
    plan.from = QStringLiteral("lifted by hand");
    plan.unbans = entries;
    plan.servers = QStringList{target.server};
    const BanDelta delta = deltaFor(plan, session->before);
    if (!delta.bans.empty()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("That is only a part of a banned network."),
                       QStringLiteral("Lift the whole network, or apply a plan that lets this part in: it is split then."));
    }
    if (delta.unbans.empty()) {
        return failure(ErrorCode::NotFound, QStringLiteral("%1 does not ban that.").arg(target.server), QStringLiteral("Read the bans again: it may have run out."));
    }
    ServerOutcome outcome;
    outcome.server = target.server;
    QStringList names;
    for (const auto& unban : delta.unbans) {
        names << QString::fromStdString(unban.prefix.toString());
    }
    auto gate = session->gate(m_backend);
    return m_journal.addPlan(plan)
        .and_then([&] { return journal(plan.id, outcome, ApplyState::Applying, session->before); })
        .and_then([&] { return gate.unban(delta.unbans); })
        .and_then([&] { return journal(plan.id, outcome, ApplyState::Confirmed, session->before); })
        .and_then([&] { return audit(QStringLiteral("unban"), who, target.server, plan.id, names.mid(0, 20).join(QStringLiteral(", "))); });
}

Result<ServerBans> Executor::bans(const ExecutorTarget& target)
{
    auto session = openSession(target);
    if (!session) {
        return tl::unexpected(session.error());
    }
    ServerBans result;
    result.server = target.server;
    result.state = std::move(session->before);
    result.rulesChanged = !result.state.intact;
    auto gate = session->gate(m_backend);
    auto info = gate.version();
    auto others = info ? gate.others() : Result<std::vector<OtherBan>>(tl::unexpected(info.error()));
    if (!others) {
        return tl::unexpected(others.error());
    }
    result.gate = std::move(*info);
    result.others = std::move(*others);
    std::set<std::pair<Ports, Prefix>> there;
    for (const auto& ban : result.state.bans) {
        there.emplace(ban.ports, ban.prefix);
    }
    for (const auto& wanted : m_journal.expected(target.server)) {
        if (!there.contains({wanted.ports, wanted.prefix})) {
            result.missing.push_back(wanted);
        }
    }
    std::copy_if(result.state.bans.begin(), result.state.bans.end(), std::back_inserter(result.foreign),
                 [&](const LiveBan& ban) { return !ban.isOurs() || m_journal.plan(ban.planId) == nullptr; });
    return result;
}

Result<std::vector<ApplyReport>> Executor::recover(const std::vector<ExecutorTarget>& targets, const QString& onlyPlan)
{
    std::vector<ApplyReport> reports;
    for (const auto& entry : m_journal.unfinished()) { // ordered by plan
        const auto* target = find(targets, entry.server);
        if (target == nullptr || (!onlyPlan.isEmpty() && entry.planId != onlyPlan)) {
            continue;
        }
        if (reports.empty() || reports.back().planId != entry.planId) {
            reports.push_back({entry.planId, {}});
        }
        ServerOutcome& outcome = reports.back().servers.emplace_back(ServerOutcome{entry.server, entry.state, false, entry.deadline, {}, {}, false});
        auto session = openSession(*target);
        const auto where = session ? session->gate(m_backend).planState(entry.planId) : Result<GatePlanState>(tl::unexpected(session.error()));
        if (!where) {
            outcome.error = where.error();
            continue;
        }
        const bool stands = std::any_of(session->before.bans.begin(), session->before.bans.end(), [&](const LiveBan& ban) { return ban.planId == entry.planId; });
        ApplyState state = ApplyState::Undone; // also: staged or armed only, or a reboot before the confirmation
        if (*where == GatePlanState::Applied) {
            state = ApplyState::Probed; // we could read it over a new connection just now
        } else if (*where == GatePlanState::Confirmed || (*where == GatePlanState::Unknown && stands)) {
            state = ApplyState::Confirmed;
        }
        if (state != entry.state) {
            if (auto written = journal(entry.planId, outcome, state, session->before); !written) {
                return tl::unexpected(written.error());
            }
        }
    }
    return reports;
}

} // namespace mailward
