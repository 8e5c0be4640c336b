// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/JobThread.h"
#include "app/controllers/Naming.h"
#include "app/controllers/Response.h"
#include "models/respond/AuditAnchors.h"
#include "models/store/LocalEventStore.h"
#include "models/tables/AuditTableModel.h"
#include "models/tables/Notice.h"

#include <QObject>

#include <functional>
#include <mutex>
#include <stop_token>

namespace mailward {

/// Where everything that changes servers meets: one thread in which all of it happens, one thing at a time, with journal and
/// audit open. Lives in the window's thread. Must be destroyed before those who post jobs to it.
class ResponseDesk final : public QObject
{
    Q_OBJECT

public:
    using TargetSource = std::function<std::vector<ExecutorTarget>(const QStringList&)>;

    /// `serverNames` and `targets` are asked in the window's thread.
    ResponseDesk(DataPaths paths, LocalEventStore& store, Naming naming, std::function<QStringList()> serverNames, TargetSource targets, const Clock& clock,
                 QObject* parent = nullptr);
    ~ResponseDesk() override;

    /// Runs `work` with the answering side in the desk's thread, then `then` with its answer in the window's thread.
    template <class Work, class Then>
    void run(Work work, Then then)
    {
        m_jobs.post([this, work = std::move(work), then = std::move(then)]() mutable {
            Response* response = opened();
            if (response == nullptr) {
                return;
            }
            auto answer = std::make_shared<decltype(work(*response))>(work(*response));
            QMetaObject::invokeMethod(this, [answer, then = std::move(then)] { then(*answer); }, Qt::QueuedConnection);
        });
    }

    /// The same for who takes the answer to its own thread: changes of accounts share the order, the journals and the audit.
    void post(std::function<void(Response&)> work)
    {
        run([work = std::move(work)](Response& response) { work(response); return true; }, [](bool) {});
    }

    [[nodiscard]] const DataPaths& paths() const { return m_paths; }
    [[nodiscard]] LocalEventStore& store() const { return m_store; }
    /// From any thread.
    [[nodiscard]] Naming naming() const
    {
        const std::lock_guard lock(m_namingLock);
        return m_naming;
    }
    void setGeography(std::shared_ptr<const GeoDatabase> geo)
    {
        const std::lock_guard lock(m_namingLock);
        m_naming.geo = std::move(geo);
    }
    [[nodiscard]] const Clock& clock() const { return m_clock; }
    [[nodiscard]] QStringList serverNames() const { return m_serverNames(); }
    /// Those named, or all.
    [[nodiscard]] std::vector<ExecutorTarget> targets(const QStringList& names = {}) const { return m_targets(names); }

    [[nodiscard]] AuditTableModel& audit() { return m_audit; }
    /// A thing that was done outside of a plan, such as an accepted host key.
    void note(const QString& action, const QString& server, const QString& detail);
    void publishAudit();
    /// Checks the chain, and compares it with what the servers hold of it. They are asked in a thread of their own: a change that waits to
    /// be confirmed must not wait for a server that does not answer.
    void verifyAudit();

signals:
    void noticed(const mailward::Notice& notice);
    /// Journal or audit cannot be opened: nothing can be changed anywhere.
    void closed(const mailward::Notice& why);
    void auditVerified(const mailward::AuditCheckView& found);

private:
    [[nodiscard]] Response* opened();
    void tellVerified(const std::vector<AskedAnchors>& asked, const Result<AuditLog::Chain>& chain);

    DataPaths m_paths;
    LocalEventStore& m_store;
    mutable std::mutex m_namingLock;
    Naming m_naming;
    std::function<QStringList()> m_serverNames;
    TargetSource m_targets;
    const Clock& m_clock;
    AuditTableModel m_audit;
    std::unique_ptr<Response> m_response; ///< the desk's thread only
    JobThread m_jobs;                     ///< after the above: its jobs use them
    std::stop_source m_closing;
    JobThread m_checks;                   ///< last: its jobs post to the one before
};

} // namespace mailward
