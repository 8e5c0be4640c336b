// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on servers and waits for a person's word: the countdown, what the servers did at its end, and what an earlier console
// left behind.
#include "app/controllers/ResponseController.h"

#include <algorithm>

namespace mailward {

namespace {

using namespace std::chrono_literals;

/// The servers' timers may be a few seconds late; then we look whether they did it.
constexpr auto kGrace = 6s;
constexpr auto kAskAgain = 2s;

} // namespace

/// What an earlier console left behind. The tray has room for one plan that waits; of the others a notice tells.
void ResponseController::takeUnfinished(const std::vector<ApplyReport>& reports)
{
    for (const ApplyReport& report : reports) {
        ApplyReport waiting{report.planId, {}};
        for (const ServerOutcome& outcome : report.servers) {
            const bool waits = !outcome.error && outcome.state == ApplyState::Probed && m_plan.state == PlanState::Empty;
            if (waits) {
                waiting.servers.push_back(outcome);
            } else {
                emit noticed({Meaning::Warning, tr("%1: an unfinished plan stands at '%2'").arg(outcome.server, applyStateName(outcome.state)), {}});
            }
        }
        if (!waiting.servers.empty()) {
            m_plan.id = report.planId;
            awaitConfirm(waiting, tr("Applied before the console was closed, and not confirmed yet."));
        }
    }
}

/// What the servers did when nobody confirmed, only they know.
void ResponseController::askAfterWindow(int again)
{
    m_desk.run([plan = m_plan.id, targets = m_desk.targets({})](Response& response) { return response.executor().recover(targets, plan); },
        [this, again](const Result<std::vector<ApplyReport>>& reports) { takeExpiry(reports, again); });
}

void ResponseController::takeExpiry(const Result<std::vector<ApplyReport>>& reports, int again)
{
    m_desk.publishAudit();
    emit enforcedChanged();
    if (!reports) {
        setState(PlanState::Failed, reports.error().text, reports.error().hint);
        return;
    }
    QStringList back, kept, open;
    for (const ServerOutcome& outcome : reports->empty() ? std::vector<ServerOutcome>{} : reports->front().servers) {
        if (outcome.error) {
            setState(PlanState::Failed, tr("%1 does not say whether it took the plan back: %2").arg(outcome.server, outcome.error->text),
                     tr("By itself it does so after %1 s. The page Bans shows what stands there as soon as it answers.").arg(m_plan.windowSeconds));
            return;
        }
        (outcome.state == ApplyState::Undone ? back : outcome.state == ApplyState::Confirmed ? kept : open) << outcome.server;
    }
    if (!open.isEmpty() && again > 0) {
        QTimer::singleShot(kAskAgain, this, [this, again] { askAfterWindow(again - 1); });
    } else if (!open.isEmpty()) {
        setState(PlanState::Failed, tr("%1 still enforces the plan, though nobody confirmed it.").arg(open.join(QStringLiteral(", "))),
                 tr("Lift it on the page Bans, and look whether the server's clock and timers run."));
    } else if (!kept.isEmpty()) {
        setState(PlanState::Confirmed, tr("Kept on %1: it was confirmed elsewhere.").arg(kept.join(QStringLiteral(", "))));
    } else {
        setState(PlanState::Reverted, back.isEmpty() ? tr("Not confirmed in time: no server enforces it.") : tr("Not confirmed in time: %1 took the plan back.").arg(back.join(QStringLiteral(", "))));
    }
}

/// Applied, unconfirmed: on all servers, or on those before the one that failed. What stands there can be kept or undone.
void ResponseController::awaitConfirm(const ApplyReport& report, const QString& said)
{
    Instant deadline{};
    QStringList standing;
    std::optional<ServerOutcome> failed;
    for (const ServerOutcome& outcome : report.servers) {
        if (outcome.error) {
            failed = outcome;
        } else if (!outcome.unchanged && outcome.deadline != Instant{}) {
            standing << outcome.server;
            deadline = deadline == Instant{} ? outcome.deadline : std::min(deadline, outcome.deadline);
        }
    }
    const QString problem = failed ? tr("%1: %2").arg(failed->server, failed->error->text) : QString();
    if (standing.isEmpty() && failed) {
        setState(PlanState::Failed, problem, failed->error->hint);
    } else if (standing.isEmpty()) {
        setState(PlanState::Confirmed, tr("Nothing was to change: all of it is enforced already."));
    } else {
        m_plan.deadline = deadline;
        m_deadline.start(std::max(0ms, std::chrono::ceil<std::chrono::milliseconds>(deadline - m_desk.clock().now()) + kGrace));
        setState(PlanState::AwaitingConfirm, failed ? tr("On %1 only. %2").arg(standing.join(QStringLiteral(", ")), problem) : said);
    }
}

} // namespace mailward
