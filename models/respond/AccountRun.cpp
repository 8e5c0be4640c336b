// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AccountRun.h"

#include <QCryptographicHash>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace mailward {

namespace {

constexpr std::size_t kBatch = 500;

std::string stateName(const BackendRow& row)
{
    return row.account + ' ' + row.backend.toStdString() + ' ' + std::to_string(static_cast<int>(row.state)) + ' ' + row.scheme.toStdString() + ' ' + std::to_string(row.cost);
}

/// Why nothing is done with an account: the word of the row that speaks loudest.
QString problemOf(AccountAction action, const std::vector<BackendRow>& rows)
{
    if (rows.empty()) {
        return QStringLiteral("missing");
    }
    const auto has = [&](AccountRowState state) { return std::any_of(rows.begin(), rows.end(), [&](const BackendRow& row) { return row.state == state; }); };
    if (action == AccountAction::None || std::any_of(rows.begin(), rows.end(), [&](const BackendRow& row) { return isWritable(action, row.state); })) {
        return {};
    }
    return has(AccountRowState::Protected) ? QStringLiteral("protected") : has(AccountRowState::Disabled) ? QStringLiteral("disabled") : QString();
}

/// One after the other in as many threads as there are cores: bcrypt takes its time.
template <class Work>
void inParallel(std::size_t count, Work work)
{
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::clamp(std::thread::hardware_concurrency(), 1U, 8U); ++i) {
        threads.emplace_back([&] {
            for (std::size_t at = next++; at < count; at = next++) {
                work(at);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
}

bool isOfTheLink(const Error& error) { return error.code == ErrorCode::Network || error.code == ErrorCode::Timeout; }

QString proofOf(const QString& planId, const std::string& hash)
{
    return QString::fromLatin1(QCryptographicHash::hash(planId.toLatin1() + QByteArray::fromStdString(hash), QCryptographicHash::Sha256).toHex().left(16));
}

} // namespace

bool isWritable(AccountAction action, AccountRowState state)
{
    switch (action) {
    case AccountAction::Reset: return state == AccountRowState::Open || state == AccountRowState::Locked;
    case AccountAction::Lock: return state == AccountRowState::Open;
    case AccountAction::Unlock: return state == AccountRowState::Locked;
    case AccountAction::None: break;
    }
    return false;
}

bool isThrough(AccountAction action, const AccountJournalEntry* last, bool passwordHeld)
{
    if (last == nullptr || last->state == AccountState::Planned || last->state == AccountState::Hashed || last->state == AccountState::Written || last->state == AccountState::Failed) {
        return false;
    }
    return action != AccountAction::Reset || last->state != AccountState::Confirmed || passwordHeld;
}

Result<AccountSession> AccountSession::open(const ExecutorTarget& target)
{
    auto runner = target.connect();
    if (!runner) {
        return tl::unexpected(runner.error());
    }
    AccountSession session;
    session.m_target = target;
    session.m_runner = std::move(*runner);
    return session;
}

Result<AccountServerPreview> AccountSession::lookUp(const AccountPlan& plan)
{
    auto about = gate().find();
    auto rows = about ? gate().look(plan.accounts) : Result<std::vector<BackendRow>>(tl::unexpected(about.error()));
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    AccountServerPreview server;
    server.server = m_target.server;
    server.about = std::move(*about);
    std::map<std::string, std::vector<BackendRow>> byAccount;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto& backend : server.about.backends) {
        hash.addData(backend.id.toLatin1() + ' ' + backend.fingerprint.toLatin1() + '\n');
    }
    std::sort(rows->begin(), rows->end(), [](const BackendRow& a, const BackendRow& b) { return std::tie(a.account, a.backend) < std::tie(b.account, b.backend); });
    for (auto& row : *rows) {
        hash.addData(QByteArray::fromStdString(stateName(row)) + '\n');
        byAccount[row.account].push_back(std::move(row));
    }
    for (const auto& name : plan.accounts) {
        AccountPreviewRow row{name, std::move(byAccount[name]), {}, 0, {}, {}};
        row.problem = accountProblemText(problemOf(plan.action, row.rows));
        row.sessions.account = name;
        server.rows.push_back(std::move(row));
    }
    server.stateHash = QString::fromLatin1(hash.result().toHex());
    return server;
}

Result<void> AccountSession::addDetails(const AccountPlan& plan, AccountServerPreview& server)
{
    auto sessions = gate().sessions(plan.accounts);
    auto queue = gate().queue(plan.accounts);
    auto rules = plan.steps.review ? gate().rules(plan.accounts) : std::vector<MailRule>();
    const auto looked = [&](auto& found) -> Result<void> { // a queue that cannot be read keeps nobody from locking the door
        if (!found && !isOfTheLink(found.error())) {
            server.notes << found.error().text;
            found = {};
        }
        return found ? Result<void>() : tl::unexpected(found.error());
    };
    if (auto whole = looked(sessions).and_then([&] { return looked(queue); }).and_then([&] { return looked(rules); }); !whole) {
        return whole;
    }
    std::map<std::string, AccountPreviewRow*> rows;
    for (auto& row : server.rows) {
        rows[row.account] = &row;
    }
    for (const auto& one : *sessions) {
        if (rows.contains(one.account)) {
            rows[one.account]->sessions = one;
        }
    }
    for (const auto& mail : *queue) {
        if (rows.contains(mail.account) && !mail.isHeld()) {
            ++rows[mail.account]->queued;
        }
    }
    for (auto& rule : *rules) {
        if (rows.contains(rule.account)) {
            rows[rule.account]->rules.push_back(std::move(rule));
        }
    }
    return {};
}

AccountRun::AccountRun(const AccountPlan& plan, AccountJournal& journal, const AccountOptions& options, std::vector<PasswordSlip> kept, AccountExecutor::Progress progress, std::stop_token stop)
    : m_plan(plan), m_journal(journal), m_options(options), m_progress(std::move(progress)), m_stop(std::move(stop)), m_hash(plan.hash)
{
    for (auto& slip : kept) {
        std::string account = slip.account;
        slip.servers.clear();
        m_fresh[account] = {std::move(slip), {}};
    }
}

void AccountRun::tell(const char* step) const
{
    if (m_progress) {
        m_progress({m_server, m_through, unsigned(m_plan.accounts.size()), QLatin1String(step)});
    }
}

AccountState AccountRun::finalState() const
{
    switch (m_plan.action) {
    case AccountAction::Lock: return AccountState::Locked;
    case AccountAction::Unlock: return AccountState::Unlocked;
    case AccountAction::None: return AccountState::Done;
    case AccountAction::Reset: break;
    }
    return AccountState::Confirmed;
}

/// Through already, in an earlier run of this plan.
bool AccountRun::isDone(const QString& server, const std::string& account)
{
    const auto* last = m_journal.last(m_plan.id, server, account);
    const auto fresh = m_fresh.find(account);
    if (!isThrough(m_plan.action, last, fresh != m_fresh.end())) {
        return false;
    }
    if (m_plan.action == AccountAction::Reset && last->state == AccountState::Confirmed) {
        fresh->second.slip.servers << server;
    }
    return true;
}

Result<void> AccountRun::prepare(AccountSession& session, const ExecutorTarget& target)
{
    tell("looking up");
    auto seen = session.lookUp(m_plan);
    if (!seen) {
        return tl::unexpected(seen.error());
    }
    m_seen = std::move(*seen);
    const auto previewed = m_options.previewed.find(target.server);
    if (previewed != m_options.previewed.end() && previewed->second != m_seen.stateHash) {
        return failure(ErrorCode::Conflict, QStringLiteral("The accounts on %1 have changed since the preview.").arg(target.server), QStringLiteral("Look at the preview again, then apply."));
    }
    if (m_plan.action == AccountAction::Reset) {
        if (!m_hash) {
            auto choice = chooseScheme(m_seen.about.schemes);
            if (!choice) {
                return tl::unexpected(choice.error());
            }
            m_hash = *choice;
        } else if (!m_seen.about.schemes.isEmpty() && !m_seen.about.schemes.contains(hashSchemeName(m_hash->scheme))) {
            return failure(ErrorCode::Refused, QStringLiteral("%1 does not read %2.").arg(target.server, hashSchemeName(m_hash->scheme)), QStringLiteral("Choose a scheme that all of the servers list."));
        }
    }
    for (auto& row : m_seen.rows) {
        Place& place = *std::find_if(m_places.begin(), m_places.end(), [&](const Place& one) { return one.outcome.account == row.account; });
        if (!row.problem.isEmpty()) {
            place.outcome.error = Error{row.rows.empty() ? ErrorCode::NotFound : ErrorCode::Refused, row.problem, {}};
            place.outcome.state = AccountState::Failed;
        }
        for (auto& one : row.rows) {
            if (isWritable(m_plan.action, one.state)) {
                place.outcome.backends << one.backend;
                place.rows.push_back(std::move(one));
            }
        }
    }
    return {};
}

Result<void> AccountRun::on(const ExecutorTarget& target)
{
    m_server = target.server;
    m_places.clear();
    m_through = 0;
    AccountPlan rest = m_plan;
    std::erase_if(rest.accounts, [&](const std::string& name) { return isDone(target.server, name); });
    for (const auto& name : m_plan.accounts) {
        Place place;
        place.outcome.server = target.server;
        place.outcome.account = name;
        if (!std::binary_search(rest.accounts.begin(), rest.accounts.end(), name)) {
            place.outcome.state = m_journal.last(m_plan.id, target.server, name)->state;
        }
        m_places.push_back(std::move(place));
    }
    Result<void> result;
    if (!rest.accounts.empty()) {
        auto session = AccountSession::open(target);
        result = session ? prepare(*session, target) : tl::unexpected(session.error());
        Batch waiting;
        for (auto& place : m_places) {
            if (!place.outcome.error && std::binary_search(rest.accounts.begin(), rest.accounts.end(), place.outcome.account)) {
                waiting.push_back(&place);
            }
        }
        for (std::size_t at = 0; result && at < waiting.size(); at += kBatch) {
            Batch batch(waiting.begin() + std::ptrdiff_t(at), waiting.begin() + std::ptrdiff_t(std::min(at + kBatch, waiting.size())));
            if (m_stop.stop_requested()) {
                result = failure(ErrorCode::Cancelled, QStringLiteral("Stopped. What was confirmed stays; the rest is as it was."));
                break;
            }
            result = journal(batch, AccountState::Planned).and_then([&] { return makePasswords(batch); }).and_then([&] { return write(*session, batch); }).and_then([&] {
                return endSessions(*session, batch);
            }).and_then([&] { return confirm(target, batch); }).and_then([&] { return review(*session, batch); });
            m_through += unsigned(batch.size());
        }
        if (!result) {
            for (Place* place : waiting) {
                if (!place->outcome.error && place->outcome.state != finalState()) {
                    place->outcome.error = result.error();
                }
            }
        }
    }
    for (auto& place : m_places) {
        m_outcomes.push_back(std::move(place.outcome));
    }
    return result;
}

Result<void> AccountRun::journal(const Batch& batch, AccountState state)
{
    std::vector<AccountJournalEntry> entries;
    for (Place* place : batch) {
        // Half of an account is not nothing: what was written is journalled, with the reason why it is not all.
        if (!place->outcome.error || !place->written.isEmpty() || state == AccountState::Failed) {
            place->outcome.state = state;
            const auto fresh = m_fresh.find(place->outcome.account);
            entries.push_back({{}, m_plan.id, m_server, place->outcome.account, state, fresh == m_fresh.end() || fresh->second.hash.empty() ? QString() : proofOf(m_plan.id, fresh->second.hash),
                               place->outcome.error ? place->outcome.error->text : QString()});
        }
    }
    return m_journal.add(std::move(entries));
}

Result<void> AccountRun::makePasswords(const Batch& batch)
{
    if (m_plan.action != AccountAction::Reset) {
        return {};
    }
    tell("hashing");
    std::vector<Fresh*> toHash;
    std::vector<PasswordSlip> made;
    for (const Place* place : batch) {
        Fresh& fresh = m_fresh[place->outcome.account];
        if (fresh.slip.password.isEmpty()) {
            fresh.slip = {place->outcome.account, {}, {}, makePassword(m_plan.recipe)};
            fresh.slip.made = m_plan.made;
            made.push_back(fresh.slip.clone());
            made.back().servers = QStringList{m_server};
        }
        if (fresh.hash.empty()) {
            toHash.push_back(&fresh);
        }
    }
    std::vector<Result<std::string>> hashes(toHash.size());
    inParallel(toHash.size(), [&](std::size_t i) { hashes[i] = hashPassword(toHash[i]->slip.password, *m_hash); });
    for (std::size_t i = 0; i < toHash.size(); ++i) {
        if (!hashes[i]) {
            return tl::unexpected(hashes[i].error());
        }
        toHash[i]->hash = '{' + hashSchemeName(m_hash->scheme).toStdString() + '}' + *hashes[i];
    }
    if (m_options.keep && !made.empty()) {
        if (auto kept = m_options.keep(made); !kept) {
            return kept;
        }
    }
    return journal(batch, AccountState::Hashed);
}

/// What the server said of each row: the account's first failure is its outcome's.
void AccountRun::take(const std::vector<AccountGate::Written>& rows, const Batch& batch, const char* good)
{
    std::map<std::string, Place*> places;
    for (Place* place : batch) {
        places[place->outcome.account] = place;
    }
    for (const auto& row : rows) {
        const auto found = places.find(row.account);
        if (found == places.end()) {
            continue;
        }
        const bool fine = row.word == QLatin1String(good) || row.word == QLatin1String("same") || (m_plan.action == AccountAction::Lock && row.word == QLatin1String("locked")) ||
                          (m_plan.action == AccountAction::Unlock && row.word == QLatin1String("open"));
        if (row.word == QLatin1String(good)) {
            found->second->written << row.backend;
        } else if (fine) {
            found->second->stood = true;
        } else if (!found->second->outcome.error) {
            const QString text = accountProblemText(row.word == QLatin1String("old") ? QStringLiteral("write") : row.word);
            found->second->outcome.error = Error{ErrorCode::Remote, row.backend + QStringLiteral(": ") + (text.isEmpty() ? accountProblemText(QStringLiteral("write")) : text), {}};
        }
    }
}

Result<void> AccountRun::write(AccountSession& session, const Batch& batch)
{
    if (m_plan.action == AccountAction::None) {
        return {};
    }
    tell("writing");
    const auto kind = m_plan.action == AccountAction::Reset ? AccountGate::Write::Reset : m_plan.action == AccountAction::Lock ? AccountGate::Write::Lock : AccountGate::Write::Unlock;
    for (const auto& backend : m_seen.about.backends) {
        std::vector<AccountGate::Change> changes;
        for (const Place* place : batch) {
            if (place->outcome.backends.contains(backend.id)) {
                changes.push_back({place->outcome.account, kind == AccountGate::Write::Reset ? m_fresh.at(place->outcome.account).hash : std::string()});
            }
        }
        if (changes.empty()) {
            continue;
        }
        const auto rows = session.gate().write(m_plan.id, kind, backend, changes, m_options.window);
        if (!rows) {
            return tl::unexpected(rows.error());
        }
        take(*rows, batch, "written");
    }
    return journal(batch, AccountState::Written);
}

/// A step after the change of a password that did not work is told, and undoes nothing: the new password holds, and that matters most.
/// Only a link that broke ends the batch.
Result<void> AccountRun::noted(const Result<void>& step, const Batch& batch)
{
    if (step || isOfTheLink(step.error())) {
        return step;
    }
    for (Place* place : batch) {
        if (!place->outcome.error) {
            place->outcome.error = step.error();
        }
    }
    return {};
}

Result<void> AccountRun::endSessions(AccountSession& session, const Batch& batch)
{
    std::vector<std::string> names;
    std::map<std::string, Place*> places;
    for (Place* place : batch) {
        if (!place->outcome.error || !place->written.isEmpty()) {
            names.push_back(place->outcome.account);
            places[place->outcome.account] = place;
        }
    }
    if (names.empty()) {
        return {};
    }
    const auto& steps = m_plan.steps;
    auto gate = session.gate();
    if (steps.flush || steps.kick || steps.cutSmtp) {
        tell("ending sessions");
    }
    if (steps.flush && m_seen.about.dovecot) {
        if (auto flushed = noted(gate.flush(names), batch); !flushed) {
            return flushed;
        }
    }
    const auto count = [&](Result<std::map<std::string, unsigned>> counts, unsigned AccountOutcome::*field) -> Result<void> {
        if (!counts) {
            return tl::unexpected(counts.error());
        }
        for (const auto& [name, number] : *counts) {
            if (places.contains(name)) {
                places[name]->outcome.*field += number;
            }
        }
        return {};
    };
    if (steps.kick && m_seen.about.dovecot) {
        if (auto done = noted(count(gate.kick(names), &AccountOutcome::kicked), batch); !done) {
            return done;
        }
    }
    if ((steps.cutSmtp || steps.cutSilent) && m_seen.about.postfix) {
        if (auto done = noted(count(gate.cut(names, steps.cutSilent), &AccountOutcome::cut), batch); !done) {
            return done;
        }
    }
    if (steps.hold && m_seen.about.postfix) {
        tell("holding mail");
        auto held = gate.hold(names);
        if (!held) {
            return noted(tl::unexpected(held.error()), batch);
        }
        for (auto& mail : *held) {
            if (!places.contains(mail.account)) {
                continue;
            }
            auto& outcome = places[mail.account]->outcome;
            if (mail.isHeld()) {
                outcome.held.push_back(std::move(mail));
            } else if (!outcome.error) {
                outcome.error = Error{ErrorCode::Remote, QStringLiteral("Postfix did not put message %1 on hold.").arg(mail.id), QStringLiteral("Look at the server's mail log, then hold the account's mail again.")};
            }
        }
    }
    return {};
}

/// What the server says of the rows that it wrote: "confirmed" when all are, else the first other word; none when it forgot one.
QString AccountRun::worstWord(const std::vector<AccountGate::Written>& rows, const Place& place)
{
    QString worst = QStringLiteral("confirmed");
    for (const QString& backend : place.written) {
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const AccountGate::Written& one) { return one.account == place.outcome.account && one.backend == backend; });
        if (row == rows.end()) {
            return {};
        }
        worst = worst == QLatin1String("confirmed") ? row->word : worst;
    }
    return place.written.isEmpty() ? QString() : worst;
}

/// Over a connection of its own: whoever changed the password that this one stands on would not get in, and the server takes it back.
Result<void> AccountRun::confirm(const ExecutorTarget& target, const Batch& batch)
{
    if (m_plan.action == AccountAction::None) {
        for (Place* place : batch) {
            place->outcome.state = finalState();
        }
        return journal(batch, finalState());
    }
    tell("confirming");
    auto fresh = AccountSession::open(target);
    const auto rows = fresh ? fresh->gate().confirm(m_plan.id) : Result<std::vector<AccountGate::Written>>(tl::unexpected(fresh.error()));
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    Batch through;
    Batch failed;
    for (Place* place : batch) {
        const QString word = worstWord(*rows, *place);
        const bool stands = word == QLatin1String("confirmed") || (place->written.isEmpty() && (place->stood || place->rows.empty()));
        if (stands) {
            through.push_back(place);
            continue;
        }
        if (!place->written.isEmpty()) {
            const QString text = word.isEmpty() ? QStringLiteral("The server took the change back before it was confirmed.") : accountProblemText(word == QLatin1String("unread") ? word : QStringLiteral("verify"));
            place->outcome.error = Error{ErrorCode::Conflict, text, QStringLiteral("Try again.")};
        }
        if (word != QLatin1String("unread")) { // of such a one nobody knows how it ends: it stays as written, and can be resumed
            failed.push_back(place);
        }
    }
    for (const Place* place : through) {
        if (const auto made = m_fresh.find(place->outcome.account); made != m_fresh.end()) {
            made->second.slip.servers << m_server;
        }
    }
    return journal(through, finalState()).and_then([&] { return journal(failed, AccountState::Failed); });
}

Result<void> AccountRun::review(AccountSession& session, const Batch& batch)
{
    if (!m_plan.steps.review) {
        return {};
    }
    tell("reviewing");
    std::vector<std::string> names;
    std::map<std::string, Place*> places;
    for (Place* place : batch) {
        names.push_back(place->outcome.account);
        places[place->outcome.account] = place;
    }
    auto rules = session.gate().rules(names);
    if (!rules) {
        return noted(tl::unexpected(rules.error()), batch);
    }
    for (auto& rule : *rules) {
        if (places.contains(rule.account)) {
            places[rule.account]->outcome.rules.push_back(std::move(rule));
        }
    }
    return {};
}

AccountReport AccountRun::report()
{
    AccountReport report;
    report.planId = m_plan.id;
    report.accounts = std::move(m_outcomes);
    // An account need not be on every server: only one that is on none is a failure.
    std::set<std::string> somewhere;
    for (const auto& outcome : report.accounts) {
        if (!outcome.error || outcome.error->code != ErrorCode::NotFound) {
            somewhere.insert(outcome.account);
        }
    }
    std::erase_if(report.accounts, [&](const AccountOutcome& outcome) { return outcome.error && outcome.error->code == ErrorCode::NotFound && somewhere.contains(outcome.account); });
    std::stable_sort(report.accounts.begin(), report.accounts.end(), [](const AccountOutcome& a, const AccountOutcome& b) { return std::tie(a.server, a.account) < std::tie(b.server, b.account); });
    if (m_plan.action == AccountAction::Reset) {
        for (auto& [account, fresh] : m_fresh) {
            if (!fresh.slip.servers.isEmpty()) {
                report.slips.push_back(std::move(fresh.slip));
            }
        }
    }
    return report;
}

} // namespace mailward
