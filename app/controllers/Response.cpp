// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/Response.h"

#include "app/controllers/History.h"
#include "models/respond/ResetWave.h"
#include "models/respond/TrustedLogins.h"

namespace mailward {

QString whoIsHere()
{
    return qEnvironmentVariable("USER", QStringLiteral("unknown"));
}

Response::Response(DataPaths paths, const Clock& clock, std::unique_ptr<Journal> journal, std::unique_ptr<AccountJournal> accounts,
                   std::unique_ptr<AuditLog> audit)
    : m_paths(std::move(paths)), m_clock(clock), m_journal(std::move(journal)), m_accountJournal(std::move(accounts)), m_audit(std::move(audit)),
      m_executor(*m_journal, *m_audit, m_backend, clock), m_accounts(*m_accountJournal, *m_audit, clock)
{}

Result<std::unique_ptr<Response>> Response::open(const DataPaths& paths, const Clock& clock)
{
    auto journal = Journal::open(paths.state + QStringLiteral("/journal.jsonl"), clock);
    if (!journal) {
        return tl::unexpected(journal.error());
    }
    auto accounts = AccountJournal::open(paths.state + QStringLiteral("/accounts.jsonl"), clock);
    if (!accounts) {
        return tl::unexpected(accounts.error());
    }
    auto audit = AuditLog::open(paths.state, clock);
    if (!audit) {
        return tl::unexpected(audit.error());
    }
    return std::unique_ptr<Response>(new Response(paths, clock, std::move(*journal), std::move(*accounts), std::move(*audit)));
}

QString Response::allowListPath(const DataPaths& paths)
{
    return paths.config + QStringLiteral("/allow.list");
}

Result<GuardContext> Response::guards(const ColumnsSnapshot& history, const std::vector<Incident>& incidents) const
{
    auto allow = AllowList::load(allowListPath(m_paths));
    if (!allow) {
        return tl::unexpected(allow.error());
    }
    GuardContext context;
    context.allow = std::move(*allow);
    context.now = m_clock.now();
    context.goodLogins = trustedLogins(history, judgedPeriod(history, context.now), incidents);
    for (const AllowEntry& spared : sparedAfterResets(m_accountJournal->resetsSince(context.now - kResetWave), context.goodLogins)) {
        if (context.allow.meets(spared.prefix, context.now) == nullptr) {
            context.allow.add(spared);
        }
    }
    return context;
}

} // namespace mailward
