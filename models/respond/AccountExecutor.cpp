// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AccountExecutor.h"

#include "models/respond/AccountRun.h"
#include "models/respond/Plan.h"

#include <QCryptographicHash>

#include <algorithm>
#include <set>

namespace mailward {

namespace {

constexpr std::size_t kMostTested = 3; // accounts of a back end, until one passes the test look-up

/// The names of a few, the number of many.
QString namesOf(const std::vector<std::string>& accounts)
{
    QStringList names;
    for (std::size_t i = 0; i < std::min<std::size_t>(accounts.size(), 20); ++i) {
        names << QString::fromStdString(accounts[i]);
    }
    return accounts.size() <= 20 ? names.join(QStringLiteral(", ")) : QStringLiteral("%1 accounts, %2 ...").arg(accounts.size()).arg(names.mid(0, 5).join(QStringLiteral(", ")));
}

std::vector<ExecutorTarget> chosen(const QStringList& servers, const std::vector<ExecutorTarget>& targets)
{
    std::vector<ExecutorTarget> result;
    std::copy_if(targets.begin(), targets.end(), std::back_inserter(result), [&](const ExecutorTarget& target) { return servers.isEmpty() || servers.contains(target.server); });
    return result;
}

/// A plan that leaves the password alone is called by what it does.
QString auditWord(const AccountPlan& plan)
{
    return plan.action != AccountAction::None ? accountActionName(plan.action) : plan.steps.kick ? QStringLiteral("kick") : QStringLiteral("hold");
}

/// Of characters that Dovecot takes as it comes (auth_username_chars).
bool isPlain(const std::string& name)
{
    return name.find_first_of("+='") == std::string::npos;
}

/// Passed when one of `names` passes. What stands in the way of single accounts alone is a note, told once more when they are written.
Result<void> testBackend(AccountGate gate, const AccountBackend& backend, const std::vector<std::string>& names, QStringList& notes)
{
    QString note;
    for (const auto& name : names) {
        const auto row = gate.test(backend, name);
        if (row) {
            return {};
        }
        const QString& text = row.error().text;
        if (text != accountProblemText(QStringLiteral("differs")) && text != accountProblemText(QStringLiteral("double")) && text != accountProblemText(QStringLiteral("missing"))) {
            return failure(row.error().code, QStringLiteral("The test look-up in %1 failed. %2").arg(backend.id, text),
                           row.error().hint.isEmpty() ? QStringLiteral("Mend it, or leave the place out there with \"off = yes\" in /etc/mailward/accounts.") : row.error().hint);
        }
        note = QStringLiteral("The test look-up of %1 in %2 failed. %3").arg(UntrustedText(name).plain(60), backend.id, text);
    }
    notes << (note.isEmpty() ? QStringList() : QStringList{note});
    return {};
}

/// Once in each back end with a row that the plan changes: a place that cannot be written is found before another one is. An account
/// that Dovecot does not know may be one that may not log in now: a few are tried, and a note says so.
Result<void> testPlaces(const AccountSession& session, const AccountPlan& plan, AccountServerPreview& server)
{
    for (const auto& backend : server.about.backends) {
        std::vector<std::string> names;
        for (const auto& row : server.rows) {
            const bool changes = std::any_of(row.rows.begin(), row.rows.end(), [&](const BackendRow& one) { return one.backend == backend.id && isWritable(plan.action, one.state); });
            if (changes && row.problem.isEmpty()) {
                names.push_back(row.account);
            }
        }
        std::stable_partition(names.begin(), names.end(), isPlain);
        names.resize(std::min(names.size(), kMostTested));
        if (auto tested = testBackend(session.gate(), backend, names, server.notes); !tested) {
            return tested;
        }
    }
    return {};
}

/// Everything that is known of one server before anything is changed there.
Result<AccountServerPreview> previewOn(const ExecutorTarget& target, const AccountPlan& plan, const std::function<void(const char*)>& tell)
{
    tell("looking up");
    auto session = AccountSession::open(target);
    if (!session) {
        return tl::unexpected(session.error());
    }
    auto server = session->lookUp(plan);
    if (!server) {
        return server;
    }
    tell("testing");
    if (auto tested = testPlaces(*session, plan, *server); !tested) {
        return tl::unexpected(tested.error());
    }
    tell("reviewing");
    if (auto added = session->addDetails(plan, *server); !added) {
        return tl::unexpected(added.error());
    }
    return server;
}

} // namespace

QByteArray batchText(const AccountPlan& plan, const AccountServerPreview& server)
{
    QByteArray text;
    for (const auto& backend : server.about.backends) {
        QByteArray lines;
        for (const auto& row : server.rows) {
            if (row.problem.isEmpty() && std::any_of(row.rows.begin(), row.rows.end(), [&](const BackendRow& one) { return one.backend == backend.id && isWritable(plan.action, one.state); })) {
                lines += QByteArray::fromStdString(row.account) + (plan.action == AccountAction::Reset ? " HASH\n" : "\n");
            }
        }
        if (!lines.isEmpty()) {
            text += "account-write\n" + plan.id.toLatin1() + ' ' + accountActionName(plan.action).toLatin1() + ' ' + backend.id.toLatin1() + ' ' + backend.fingerprint.toLatin1() + " SECONDS\n" + lines + "end\n";
        }
    }
    const auto also = [&](bool wanted, const char* verb) { text += wanted ? QByteArray(verb) + "\n...\nend\n" : QByteArray(); };
    also(plan.steps.flush, "account-flush");
    also(plan.steps.kick, "account-kick");
    also(plan.steps.cutSmtp, "account-cut");
    also(plan.steps.hold, "account-hold");
    also(plan.action != AccountAction::None, "account-confirm");
    also(plan.steps.review, "account-rules");
    return text;
}

bool AccountReport::isComplete() const
{
    return !accounts.empty() && std::none_of(accounts.begin(), accounts.end(), [](const AccountOutcome& outcome) { return outcome.error.has_value(); });
}

AccountExecutor::AccountExecutor(AccountJournal& journal, AuditLog& audit, const Clock& clock) : m_journal(journal), m_audit(audit), m_clock(clock) {}

Result<void> AccountExecutor::audit(const QString& action, const QString& who, const QString& server, const QString& planId, const QString& detail)
{
    return m_audit.append({0, {}, who, action, server, planId, detail, {}}).map([](const AuditEntry&) {});
}

Result<AccountPreview> AccountExecutor::preview(const AccountPlan& plan, const std::vector<ExecutorTarget>& targets, const Progress& progress)
{
    AccountPreview preview;
    preview.plan = plan;
    std::set<std::string> found;
    const auto servers = chosen(plan.servers, targets);
    if (servers.empty()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("The plan has no server to go to."), QStringLiteral("Add a server, or name one that is known."));
    }
    for (const auto& target : servers) {
        const auto tell = [&](const char* step) {
            if (progress) {
                progress({target.server, unsigned(found.size()), unsigned(plan.accounts.size()), QLatin1String(step)});
            }
        };
        auto server = previewOn(target, plan, tell);
        if (!server) { // one that is down keeps nobody from shutting the doors of the others
            preview.leftOut.push_back({target.server, server.error()});
            continue;
        }
        server->command = GateClient::commandText(target.access);
        server->batch = batchText(plan, *server);
        for (const auto& row : server->rows) {
            if (!row.rows.empty()) {
                found.insert(row.account);
            }
        }
        preview.servers.push_back(std::move(*server));
    }
    if (preview.servers.empty()) {
        const auto& [server, error] = preview.leftOut.front();
        return failure(error.code, QStringLiteral("%1: %2").arg(server, error.text), error.hint);
    }
    if (!preview.leftOut.empty()) {
        preview.plan.servers.clear();
        for (const auto& server : preview.servers) {
            preview.plan.servers << server.server;
        }
    }
    std::copy_if(plan.accounts.begin(), plan.accounts.end(), std::back_inserter(preview.nowhere), [&](const auto& name) { return !found.contains(name); });
    if (std::all_of(preview.servers.begin(), preview.servers.end(), [](const auto& server) { return server.found() == 0; })) {
        preview.objections << QStringLiteral("None of these accounts can be changed on any of these servers.");
    }
    return preview;
}

Result<AccountReport> AccountExecutor::apply(const AccountPlan& plan, const std::vector<ExecutorTarget>& targets, const AccountOptions& options, const Progress& progress, const std::stop_token& stop)
{
    if (!isPlanId(plan.id)) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("The plan has no valid id."));
    }
    if (auto written = m_journal.addPlan(plan); !written) {
        return tl::unexpected(written.error());
    }
    return run(plan, targets, options, {}, progress, stop);
}

Result<AccountReport> AccountExecutor::run(const AccountPlan& plan, const std::vector<ExecutorTarget>& targets, const AccountOptions& options, std::vector<PasswordSlip> kept, const Progress& progress,
                                           const std::stop_token& stop)
{
    const auto servers = chosen(plan.servers, targets);
    if (servers.empty()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("The plan has no server to go to."), QStringLiteral("Add a server, or name one that is known."));
    }
    AccountRun run(plan, m_journal, options, std::move(kept), progress, stop);
    for (const auto& target : servers) {
        const std::size_t before = run.outcomes().size();
        auto done = run.on(target);
        unsigned good = 0, kicked = 0, cut = 0, held = 0;
        std::vector<std::string> names;
        for (std::size_t i = before; i < run.outcomes().size(); ++i) {
            const auto& outcome = run.outcomes()[i];
            good += outcome.error ? 0U : 1U;
            kicked += outcome.kicked;
            cut += outcome.cut;
            held += unsigned(outcome.held.size());
            names.push_back(outcome.account);
        }
        QString detail = QStringLiteral("%1 of %2 (%3); %4 sessions ended, %5 SMTP sessions cut, %6 messages on hold").arg(good).arg(names.size()).arg(namesOf(names)).arg(kicked).arg(cut).arg(held);
        detail += options.override.isEmpty() ? QString() : QStringLiteral("; typed: %1").arg(options.override);
        detail += done ? QString() : QStringLiteral("; stopped: %1").arg(done.error().text);
        if (auto written = audit(QStringLiteral("account-") + auditWord(plan), options.who, target.server, plan.id, detail); !written) {
            return tl::unexpected(written.error());
        }
        if (!done && done.error().code == ErrorCode::Cancelled) {
            break;
        }
    }
    return run.report();
}

Result<AccountReport> AccountExecutor::resume(const QString& planId, const std::vector<ExecutorTarget>& targets, const AccountOptions& options, std::vector<PasswordSlip> kept, const Progress& progress,
                                              const std::stop_token& stop)
{
    const AccountPlan* known = m_journal.plan(planId);
    if (known == nullptr) {
        return failure(ErrorCode::NotFound, QStringLiteral("The journal knows no plan %1.").arg(planId));
    }
    return run(AccountPlan(*known), targets, options, std::move(kept), progress, stop);
}

Result<void> AccountExecutor::delivered(const QString& planId, const QString& who, const QString& how)
{
    std::vector<AccountJournalEntry> entries;
    for (auto& entry : m_journal.lastOf(planId)) {
        if (entry.state == AccountState::Confirmed) {
            entry.state = AccountState::Delivered;
            entry.note = how;
            entries.push_back(std::move(entry));
        }
    }
    const auto count = entries.size();
    return m_journal.add(std::move(entries)).and_then([&] { return audit(QStringLiteral("account-delivered"), who, {}, planId, QStringLiteral("%1 new passwords handed over: %2").arg(count).arg(how)); });
}

Result<std::vector<QueuedMail>> AccountExecutor::previewQueue(const ExecutorTarget& target, const std::string& account, const QStringList& ids, QueueAction action)
{
    auto session = AccountSession::open(target);
    return session ? session->gate().queue({account}).map([&](std::vector<QueuedMail> mails) {
        std::erase_if(mails, [&](const QueuedMail& mail) { return (!ids.isEmpty() && !ids.contains(mail.id)) || (action == QueueAction::Release && !mail.isHeld()); });
        return mails;
    }) : tl::unexpected(session.error());
}

Result<QueueChange> AccountExecutor::changeQueue(const ExecutorTarget& target, const std::string& account, const QStringList& ids, QueueAction action, const QString& who)
{
    if (ids.isEmpty()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("No message was chosen."));
    }
    const QString verb = action == QueueAction::Release ? QStringLiteral("queue-release") : QStringLiteral("queue-delete");
    const QString name = QString::fromStdString(account);
    const auto written = [&](const QString& detail) { return audit(verb, who, target.server, {}, name + QStringLiteral(": ") + detail); };
    const QString some = ids.size() <= 50 ? ids.join(QLatin1Char(' ')) : ids.mid(0, 50).join(QLatin1Char(' ')) + QStringLiteral(" ...");
    if (auto begun = written(QStringLiteral("%1 messages are to be changed: %2").arg(ids.size()).arg(some)); !begun) {
        return tl::unexpected(begun.error());
    }
    auto session = AccountSession::open(target);
    auto done = !session ? Result<QueueChange>(tl::unexpected(session.error())) : action == QueueAction::Release ? session->gate().release(account, ids) : session->gate().remove(account, ids);
    return written(done ? QStringLiteral("%1 messages were, %2 were left").arg(done->done.size()).arg(done->left.size()) : done.error().text).and_then([&] { return std::move(done); });
}

} // namespace mailward
