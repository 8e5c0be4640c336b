// SPDX-License-Identifier: GPL-3.0-or-later
// Earlier plans: what AccountExecutor.h says of undo(), and of the previews before it and before resume().
#include "models/respond/AccountExecutor.h"

#include "models/respond/AccountRun.h"
#include "models/respond/PastContainments.h"

#include <algorithm>
#include <set>

namespace mailward {

namespace {

/// A server of the journal may have gone from the profiles since.
Result<ExecutorTarget> targetNamed(const QString& server, const std::vector<ExecutorTarget>& targets)
{
    const auto target = std::find_if(targets.begin(), targets.end(), [&](const ExecutorTarget& one) { return one.server == server; });
    if (target == targets.end()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("%1 is not among the servers.").arg(server), QStringLiteral("Add it again under this name."));
    }
    return *target;
}

/// What undo would do with each account of `plan` on one server: its "problem" says why a row stays as it is.
Result<AccountServerPreview> previewUndoOn(const QString& name, const std::vector<ExecutorTarget>& targets, const AccountPlan& plan)
{
    const auto target = targetNamed(name, targets);
    auto session = target.and_then(AccountSession::open);
    auto server = session ? session->lookUp(plan) : Result<AccountServerPreview>(tl::unexpected(session.error()));
    auto standing = server ? session->gate().standing(plan.id) : Result<std::vector<AccountGate::Written>>(tl::unexpected(server.error()));
    if (!standing) {
        return tl::unexpected(standing.error());
    }
    std::map<std::string, QString> words; // of several rows one that stays for a reason, else one that comes back
    for (const auto& row : *standing) {
        QString& word = words[row.account];
        word = word.isEmpty() || word == QLatin1String("old") || (word == QLatin1String("new") && row.word != QLatin1String("old")) ? row.word : word;
    }
    for (AccountPreviewRow& row : server->rows) {
        const auto found = words.find(row.account);
        const QString word = found == words.end() ? QStringLiteral("gone") : found->second;
        row.problem = word == QLatin1String("new") ? QString() : word == QLatin1String("old") ? QStringLiteral("It is as it was before already.") : accountProblemText(word);
    }
    server->command = GateClient::commandText(target->access);
    server->batch = "account-undo\n" + plan.id.toLatin1() + "\nend\n";
    return server;
}

} // namespace

Result<AccountPreview> AccountExecutor::previewResume(const QString& planId, const std::vector<ExecutorTarget>& targets, const Progress& progress)
{
    const AccountPlan* known = m_journal.plan(planId);
    if (known == nullptr) {
        return failure(ErrorCode::NotFound, QStringLiteral("The journal knows no plan %1.").arg(planId));
    }
    auto preview = this->preview(*known, targets, progress);
    if (!preview) {
        return preview;
    }
    std::set<QString> wanted(known->servers.begin(), known->servers.end());
    for (const auto& entry : m_journal.lastOf(planId)) {
        if (!isThrough(known->action, &entry, false)) {
            wanted.insert(entry.server);
        }
    }
    for (const QString& server : wanted) {
        if (const auto target = targetNamed(server, targets); !target) {
            preview->leftOut.push_back({server, target.error()});
        }
    }
    for (auto& server : preview->servers) {
        for (auto& row : server.rows) {
            if (row.problem.isEmpty() && isThrough(known->action, m_journal.last(planId, server.server, row.account), false)) {
                row.problem = QStringLiteral("This was done before: it is left as it is.");
            }
        }
        server.batch = batchText(*known, server);
    }
    if (preview->isAllowed() && std::all_of(preview->servers.begin(), preview->servers.end(), [](const auto& server) { return server.found() == 0; })) {
        preview->objections << QStringLiteral("Nothing of it is left to do on the servers that were looked at.");
    }
    return preview;
}

Result<AccountPreview> AccountExecutor::previewUndo(const QString& planId, const std::vector<ExecutorTarget>& targets, const Progress& progress)
{
    const AccountPlan* known = m_journal.plan(planId);
    std::map<QString, std::vector<std::string>> byServer;
    for (const auto& entry : m_journal.lastOf(planId)) {
        if (known != nullptr && canUndo(*known, entry, m_clock.now())) {
            byServer[entry.server].push_back(entry.account);
        }
    }
    if (byServer.empty()) {
        return failure(ErrorCode::NotFound, QStringLiteral("Nothing of this containment can be taken back."), QStringLiteral("It was taken back already, or is too old: a server keeps the old rows of new passwords for 7 days."));
    }
    AccountPreview preview;
    preview.plan = *known;
    preview.plan.servers.clear();
    for (const auto& [name, accounts] : byServer) {
        if (progress) {
            progress({name, 0, 0, QStringLiteral("looking up")});
        }
        AccountPlan part = *known;
        part.accounts = accounts;
        auto server = previewUndoOn(name, targets, part);
        if (!server) {
            preview.leftOut.push_back({name, server.error()});
            continue;
        }
        preview.plan.servers << name;
        preview.servers.push_back(std::move(*server));
    }
    if (preview.servers.empty()) {
        const auto& [server, error] = preview.leftOut.front();
        return failure(error.code, QStringLiteral("%1: %2").arg(server, error.text), error.hint);
    }
    if (std::all_of(preview.servers.begin(), preview.servers.end(), [](const auto& server) { return server.found() == 0; })) {
        preview.objections << QStringLiteral("None of these accounts can be brought back as it was: the table says why.");
    }
    return preview;
}

Result<AccountReport> AccountExecutor::undo(const QString& planId, const std::vector<ExecutorTarget>& targets, const QString& who, const QStringList& servers)
{
    AccountReport report;
    report.planId = planId;
    std::map<QString, std::vector<AccountJournalEntry>> byServer;
    for (const auto& entry : m_journal.lastOf(planId)) {
        if (servers.isEmpty() || servers.contains(entry.server)) {
            byServer[entry.server].push_back(entry);
        }
    }
    if (byServer.empty()) {
        return failure(ErrorCode::NotFound, QStringLiteral("The journal knows no plan %1.").arg(planId));
    }
    for (const auto& [name, entries] : byServer) {
        const QString server = name;
        auto session = targetNamed(server, targets).and_then(AccountSession::open);
        auto rows = session ? session->gate().undo(planId) : Result<std::vector<AccountGate::Written>>(tl::unexpected(session.error()));
        std::map<std::string, QString> words;
        if (rows) {
            for (const auto& row : *rows) {
                QString& word = words[row.account];
                word = word.isEmpty() || word == QLatin1String("restored") ? row.word : word;
            }
        }
        std::vector<AccountJournalEntry> journalled;
        for (const auto& entry : entries) {
            AccountOutcome outcome;
            outcome.server = server;
            outcome.account = entry.account;
            outcome.state = entry.state;
            const auto word = words.find(entry.account);
            if (!rows) {
                outcome.error = rows.error();
            } else if (word == words.end()) {
                outcome.error = Error{ErrorCode::NotFound, accountProblemText(QStringLiteral("gone")), {}};
            } else if (word->second != QLatin1String("restored")) {
                outcome.error = Error{ErrorCode::Conflict, accountProblemText(word->second), {}};
            } else {
                outcome.state = AccountState::Restored;
                journalled.push_back({{}, planId, server, entry.account, AccountState::Restored, {}, {}});
            }
            report.accounts.push_back(std::move(outcome));
        }
        if (auto written = m_journal.add(journalled); !written) {
            return tl::unexpected(written.error());
        }
        if (auto written = audit(QStringLiteral("account-undo"), who, server, planId, QStringLiteral("%1 of %2 rows came back").arg(journalled.size()).arg(entries.size())); !written) {
            return tl::unexpected(written.error());
        }
    }
    return report;
}

} // namespace mailward
