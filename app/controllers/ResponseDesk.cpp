// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ResponseDesk.h"

#include "app/controllers/PlanViews.h"

namespace mailward {

ResponseDesk::ResponseDesk(DataPaths paths, LocalEventStore& store, Naming naming, std::function<QStringList()> serverNames, TargetSource targets, const Clock& clock,
                           QObject* parent)
    : QObject(parent), m_paths(std::move(paths)), m_store(store), m_naming(std::move(naming)), m_serverNames(std::move(serverNames)), m_targets(std::move(targets)),
      m_clock(clock), m_jobs(QStringLiteral("response"))
{
}

ResponseDesk::~ResponseDesk() = default;

QString ResponseDesk::who()
{
    return qEnvironmentVariable("USER", QStringLiteral("unknown"));
}

Response* ResponseDesk::opened()
{
    if (!m_response) {
        auto response = Response::open(m_paths, m_clock);
        if (!response) {
            QMetaObject::invokeMethod(this, [this, why = Notice::of(response.error())] {
                emit closed(why);
                emit noticed(why);
            }, Qt::QueuedConnection);
            return nullptr;
        }
        m_response = std::move(*response);
    }
    return m_response.get();
}

void ResponseDesk::post(std::function<void(Response&)> work)
{
    run([work = std::move(work)](Response& response) {
            work(response);
            return true;
        },
        [](bool) {});
}

void ResponseDesk::note(const QString& action, const QString& server, const QString& detail)
{
    run([action, server, detail](Response& response) {
            AuditEntry entry;
            entry.who = who();
            entry.action = action;
            entry.server = server;
            entry.detail = detail;
            return response.audit().append(entry);
        },
        [this](const Result<AuditEntry>& written) {
            if (!written) {
                emit noticed(Notice::of(written.error()));
            }
            publishAudit();
        });
}

void ResponseDesk::publishAudit()
{
    run([](Response& response) { return auditRows(response.audit().entries()); },
        [this](const std::vector<AuditRow>& rows) {
            m_audit.setNow(m_clock.now());
            m_audit.setRows(rows);
        });
}

void ResponseDesk::verifyAudit()
{
    run([this](Response&) { return AuditLog::verify(m_paths.state); },
        [this](const Result<AuditLog::Verification>& found) {
            if (!found) {
                emit auditVerified(false, found.error().toString());
            } else {
                emit auditVerified(found->sound, found->sound ? tr("The chain is whole: %n entries", nullptr, static_cast<int>(found->entries)) : found->problem);
            }
        });
}

} // namespace mailward
