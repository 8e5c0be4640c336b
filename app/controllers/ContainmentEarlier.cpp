// SPDX-License-Identifier: GPL-3.0-or-later
// Containments of the journal: going on with one, and taking one back, just now or long after.
#include "app/controllers/ContainmentController.h"

#include "app/controllers/ContainRows.h"
#include "models/tables/Format.h"

#include <algorithm>
#include <set>

namespace mailward {

bool ContainmentController::openResume(const QString& planId)
{
    return openEarlier(ContainTask::Resume, planId);
}

bool ContainmentController::openUndo(const QString& planId)
{
    return openEarlier(ContainTask::Undo, planId);
}

bool ContainmentController::openEarlier(ContainTask task, const QString& planId)
{
    if (!isFree()) {
        return false;
    }
    close();
    m_planId = planId;
    m_view.task = task;
    m_view.title = task == ContainTask::Resume ? tr("Go on with a containment") : tr("Take a containment back");
    look([task, planId, targets = m_targets({})](AccountExecutor& accounts, const AccountExecutor::Progress& progress) {
        return task == ContainTask::Resume ? accounts.previewResume(planId, targets, progress) : accounts.previewUndo(planId, targets, progress);
    });
    return true;
}

/// What was chosen when it was made is what goes on; nothing of it can be chosen anew.
void ContainmentController::takeEarlierPreview(const AccountPreview& preview)
{
    const AccountPlan& plan = preview.plan;
    m_view.choice = choiceOf(plan);
    m_view.from = QStringLiteral("%1 · %2").arg(UntrustedText(plan.from.toStdString()).plain(), formatMomentFully(plan.made, m_zone).section(QLatin1Char('.'), 0, 0));
    const bool resumes = m_view.task == ContainTask::Resume;
    if (resumes) {
        m_view.title = counted(m_view.willChange, tr("Go on with %1 account"), tr("Go on with %1 accounts"));
        if (plan.action == AccountAction::Reset) {
            m_view.warnings << tr("Accounts whose new password nobody holds get another one. If it was kept in a sealed file, go on with that file: what it holds stays.");
        }
    } else {
        m_previewedServers = plan.servers;
        tellUndo(m_view, preview);
        m_view.title = counted(m_view.willChange, tr("Take %1 account back to what it was"), tr("Take %1 accounts back to what they were"));
    }
    m_view.stage = ContainStage::Preview;
    m_view.step = resumes && plan.action == AccountAction::Reset ? tr("Each server takes the passwords back by itself after %1 unless we get in again.").arg(formatDuration(m_window)) : QString();
    publish();
}

void ContainmentController::takeBack()
{
    m_view.stage = ContainStage::Working;
    m_view.canUndo = false;
    m_view.step = tr("Taking it back …");
    m_view.problem.clear();
    m_view.hint.clear();
    m_view.total = 0;
    publish();
    m_post([this, id = m_planId, targets = m_targets({}), servers = m_previewedServers](Response& response) {
        auto report = response.accounts().undo(id, targets, whoIsHere(), servers);
        auto answer = std::make_shared<Result<std::shared_ptr<AccountReport>>>(
            report ? Result<std::shared_ptr<AccountReport>>(std::make_shared<AccountReport>(std::move(*report))) : tl::unexpected(report.error()));
        QMetaObject::invokeMethod(this, [this, answer] {
            if (!*answer) {
                fail(answer->error(), ContainStage::Done);
                m_view.canUndo = true;
                publish();
                return;
            }
            takeUndone(***answer);
            emit contained();
        }, Qt::QueuedConnection);
    });
}

void ContainmentController::takeUndone(const AccountReport& undone)
{
    // A slip goes only when what it opens is no more: where a row did not come back, it is the only copy of its password.
    std::erase_if(m_slips, [&](const auto& slip) { return isUndone(undone, slip.account.raw()); });
    if (m_slips.empty()) {
        m_secrets.reset();
    }
    const std::vector<HeldMail> held = m_view.held; // undo lets no mail go
    if (m_view.task == ContainTask::Undo && m_preview) {
        m_view.warnings = leftOutWords(*m_preview); // what it does is done by now
    }
    tellReport(m_view, undone);
    m_view.held = held;
    m_view.stage = ContainStage::Done;
    m_view.canUndo = std::any_of(undone.accounts.begin(), undone.accounts.end(), [](const AccountOutcome& one) { return one.error && one.error->code != ErrorCode::NotFound; });
    std::set<std::string> back;
    for (const AccountOutcome& one : undone.accounts) {
        if (isUndone(undone, one.account)) {
            back.insert(one.account);
        }
    }
    m_view.changed = back.size();
    m_view.title = counted(m_view.changed, tr("%1 account as it was before"), tr("%1 accounts as they were before"));
    m_view.step = !isWhole(undone) ? tr("Not all of it came back: the table says what and why.") : QString();
    publish();
}

} // namespace mailward
