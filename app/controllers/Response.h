// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Clock.h"
#include "models/core/DataPaths.h"
#include "models/detect/Incident.h"
#include "models/respond/AccountExecutor.h"
#include "models/respond/Executor.h"
#include "models/store/ColumnsSnapshot.h"

#include <memory>

namespace mailward {

/// Who sits at this console, for journals and audit: the log-in of the system.
[[nodiscard]] QString whoIsHere();

/// The answering side of one installation: journals, audit log, back end and executors of bans and accounts, opened together because no change may
/// happen without all of them. One thread at a time.
class Response
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Response>> open(const DataPaths& paths, const Clock& clock);

    [[nodiscard]] Executor& executor() { return m_executor; }
    [[nodiscard]] Journal& journal() { return *m_journal; }
    [[nodiscard]] AuditLog& audit() { return *m_audit; }
    [[nodiscard]] AccountExecutor& accounts() { return m_accounts; }
    [[nodiscard]] AccountJournal& accountJournal() { return *m_accountJournal; }

    /// What the guards look at, from the allow-list on disk and the trusted log-ins of the last 30 days: participants of
    /// `incidents` and whoever used a lost account are no witnesses. Where people are at home whose password was reset in the
    /// last days, nothing is banned: their devices still try the old one.
    [[nodiscard]] Result<GuardContext> guards(const ColumnsSnapshot& history, const std::vector<Incident>& incidents = {}) const;
    [[nodiscard]] static QString allowListPath(const DataPaths& paths);

private:
    Response(DataPaths paths, const Clock& clock, std::unique_ptr<Journal> journal, std::unique_ptr<AccountJournal> accounts,
             std::unique_ptr<AuditLog> audit);

    DataPaths m_paths;
    const Clock& m_clock;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<AccountJournal> m_accountJournal;
    std::unique_ptr<AuditLog> m_audit;
    NftablesBackend m_backend;
    Executor m_executor;
    AccountExecutor m_accounts;
};

} // namespace mailward
