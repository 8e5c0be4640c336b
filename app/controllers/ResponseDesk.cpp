// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ResponseDesk.h"

#include "app/controllers/PlanViews.h"

namespace mailward {

ResponseDesk::ResponseDesk(DataPaths paths, LocalEventStore& store, Naming naming, std::function<QStringList()> serverNames, TargetSource targets, const Clock& clock,
                           QObject* parent)
    : QObject(parent), m_paths(std::move(paths)), m_store(store), m_naming(std::move(naming)), m_serverNames(std::move(serverNames)), m_targets(std::move(targets)),
      m_clock(clock), m_jobs(QStringLiteral("response")), m_checks(QStringLiteral("audit"))
{
}

ResponseDesk::~ResponseDesk()
{
    m_closing.request_stop();
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

void ResponseDesk::note(const QString& action, const QString& server, const QString& detail)
{
    run([action, server, detail](Response& response) {
            AuditEntry entry;
            entry.who = whoIsHere();
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
    const auto targets = m_targets({});
    emit auditVerified({Meaning::Muted, targets.empty() ? tr("checking ...") : tr("asking %n server(s) ...", nullptr, static_cast<int>(targets.size())), {}});
    m_checks.post([this, targets, stop = m_closing.get_token()] {
        const auto asked = askAnchors(targets, NftablesBackend(), stop);
        m_jobs.post([this, asked] { // where entries are written: none comes between the log and its head
            const auto chain = AuditLog::read(m_paths.state);
            QMetaObject::invokeMethod(this, [this, asked, chain] { tellVerified(asked, chain); }, Qt::QueuedConnection);
        });
    });
}

void ResponseDesk::tellVerified(const std::vector<AskedAnchors>& asked, const Result<AuditLog::Chain>& chain)
{
    if (!chain) {
        emit auditVerified({Meaning::Critical, chain.error().text, {chain.error().hint}});
        return;
    }
    std::vector<AnchorReport> reports;
    for (const AskedAnchors& one : asked) {
        reports.push_back(judgeAnchors(one, *chain));
    }
    emit auditVerified(auditCheckView(*chain, reports));
}

} // namespace mailward
