// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/AccountRows.h"
#include "app/controllers/JobThread.h"
#include "models/core/Clock.h"
#include "models/respond/AccountGate.h"
#include "models/respond/Executor.h"
#include "models/tables/AccountSurveyView.h"
#include "models/tables/Notice.h"
#include "models/tables/WeakFindingTableModel.h"

#include <QObject>
#include <memory>
#include <stop_token>

namespace mailward {

/// Asks the servers about accounts and changes nothing: where passwords are kept and how old they are, what is enforced, and
/// which of them anybody would try. Works in a thread of its own. Lives in the window's thread.
class AccountSurveyController final : public QObject
{
    Q_OBJECT

public:
    using TargetSource = std::function<std::vector<ExecutorTarget>(const QStringList&)>;
    using Note = std::function<void(const QString& action, const QString& server, const QString& detail)>;

    /// `targets` is asked in the window's thread; `note` writes to the audit.
    AccountSurveyController(TargetSource targets, Note note, const Clock& clock, QObject* parent = nullptr);
    ~AccountSurveyController() override;

    [[nodiscard]] WeakFindingTableModel& findings() { return m_findings; }
    [[nodiscard]] const WeakAuditView& audit() const { return m_audit; }

    void readFacts();
    void readPolicy();
    /// A new audit: nothing is asked yet.
    void beginAudit();
    /// Measures on the servers what the test would cost.
    void estimate(const WeakAuditForm& form);
    /// Somebody has the right to do this, in writing; that is noted in the audit first.
    void startAudit(const WeakAuditForm& form);
    void stopAudit();

signals:
    void factsRead(const std::shared_ptr<const mailward::AccountFactsByName>& facts, const QString& words);
    void policyRead(const std::vector<mailward::PolicyServer>& servers);
    void auditChanged(const mailward::WeakAuditView& view);
    void noticed(const mailward::Notice& notice);

private:
    [[nodiscard]] Result<std::vector<WeakCandidate>> candidates(const WeakAuditForm& form) const;
    void fail(const Error& error);
    void takeCost(std::size_t server, const Result<AuditCost>& cost, bool last);
    void takeAudit(std::size_t server, const Result<WeakAudit>& audit, bool last);

    TargetSource m_targets;
    Note m_note;
    const Clock& m_clock;
    WeakAuditView m_audit;
    WeakFindingTableModel m_findings;
    std::vector<std::chrono::seconds> m_costs; ///< by server of the audit
    quint64 m_asked = 0;
    std::stop_source m_stop;
    bool m_reading = false;
    JobThread m_jobs; ///< last: its jobs use the above
};

} // namespace mailward

Q_DECLARE_METATYPE(std::shared_ptr<const mailward::AccountFactsByName>)
