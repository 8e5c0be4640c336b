// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AccountGate.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace mailward {

namespace {

constexpr std::size_t kMostLines = 1'000'000;
using Words = QList<QByteArray>;

/// The answer's lines that begin with `first`, as words.
std::vector<Words> linesOf(const QByteArray& answer, const char* first, char separator = ' ')
{
    std::vector<Words> result;
    for (const auto& line : answer.split('\n')) {
        auto words = line.split(separator);
        if (words.front() == first && result.size() < kMostLines) {
            result.push_back(std::move(words));
        }
    }
    return result;
}

std::optional<Instant> instantOf(const QByteArray& seconds)
{
    const qint64 value = seconds.toLongLong();
    return value > 0 && value < 99'999'999'999 ? std::optional(Instant{std::chrono::seconds(value)}) : std::nullopt;
}

QByteArray namesText(const std::vector<std::string>& accounts)
{
    QByteArray text;
    for (const auto& name : accounts) {
        text += QByteArray::fromStdString(name) + '\n';
    }
    return text;
}

/// Nothing goes out under a name that the helper would refuse anyway.
Result<void> checked(const std::vector<std::string>& accounts)
{
    if (accounts.empty() || !std::all_of(accounts.begin(), accounts.end(), [](const auto& name) { return isAccountName(name); })) {
        return failure(ErrorCode::InvalidInput, accountProblemText(QStringLiteral("name")));
    }
    return {};
}

std::optional<AccountBackendKind> kindOf(const QByteArray& word)
{
    for (const auto kind : {AccountBackendKind::PasswdFile, AccountBackendKind::System, AccountBackendKind::Sql, AccountBackendKind::Ldap}) {
        if (accountBackendKindName(kind) == QLatin1String(word)) {
            return kind;
        }
    }
    return std::nullopt;
}

/// "row NAME BACK STATE SCHEME COST CHANGED CREATED"
std::optional<BackendRow> rowOf(const Words& words)
{
    static constexpr std::array kStates{"open", "locked", "disabled", "protected"};
    const auto state = words.size() == 8 ? std::find(kStates.begin(), kStates.end(), words[3].toStdString()) : kStates.end();
    if (state == kStates.end() || !isAccountName(words[1].toStdString())) {
        return std::nullopt;
    }
    return BackendRow{words[1].toStdString(), QString::fromLatin1(words[2]).left(32), static_cast<AccountRowState>(state - kStates.begin()),
                      words[4] == "-" ? QString() : QString::fromLatin1(words[4]).left(32), words[5].toUInt(), instantOf(words[6]), instantOf(words[7])};
}

/// An answer that leaves out a back end is none: whoever stands there would count as somebody who is nowhere.
Result<QByteArray> whole(const QByteArray& answer)
{
    const auto unread = linesOf(answer, "unread");
    if (!unread.empty()) {
        return failure(ErrorCode::Remote, QStringLiteral("The back end %1 cannot be read. %2").arg(QString::fromLatin1(unread.front().value(1)).left(32), accountProblemText(QStringLiteral("read"))),
                       QStringLiteral("Mend it, describe it in /etc/mailward/accounts on the server, or leave it out there with \"off = yes\"."));
    }
    return answer;
}

Result<std::vector<BackendRow>> rowsOf(const QByteArray& answer)
{
    if (auto read = whole(answer); !read) {
        return tl::unexpected(read.error());
    }
    std::vector<BackendRow> rows;
    for (const auto& words : linesOf(answer, "row")) {
        if (auto row = rowOf(words)) {
            rows.push_back(std::move(*row));
        }
    }
    return rows;
}

/// "mail NAME QUEUE ID BYTES ARRIVED RECIPIENTS CLIENT SENDER RCPT..."
std::vector<QueuedMail> mailOf(const QByteArray& answer)
{
    std::vector<QueuedMail> result;
    for (const auto& words : linesOf(answer, "mail", '\t')) {
        if (words.size() < 9) {
            continue;
        }
        QueuedMail mail{words[1].toStdString(), QString::fromLatin1(words[3]).left(32), QString::fromLatin1(words[2]).left(16), words[4].toULongLong(), instantOf(words[5]).value_or(Instant{}),
                        UntrustedText(words[8].toStdString()), UntrustedText(words[7].toStdString()), words[6].toUInt(), {}};
        for (qsizetype i = 9; i < words.size() && i < 14; ++i) {
            mail.firstRecipients.emplace_back(words[i].toStdString());
        }
        result.push_back(std::move(mail));
    }
    return result;
}

QueueChange changeOf(const QByteArray& answer)
{
    QueueChange change{mailOf(answer), {}};
    for (const auto& words : linesOf(answer, "left")) {
        if (words.size() == 3) {
            change.left.push_back({QString::fromLatin1(words[1]).left(32), QString::fromLatin1(words[2]).left(16)});
        }
    }
    return change;
}

std::map<std::string, unsigned> countsOf(const QByteArray& answer, const char* first)
{
    std::map<std::string, unsigned> result;
    for (const auto& words : linesOf(answer, first)) {
        if (words.size() == 3) {
            result[words[1].toStdString()] += words[2].toUInt();
        }
    }
    return result;
}

std::vector<AccountGate::Written> writtenOf(const QByteArray& answer)
{
    std::vector<AccountGate::Written> result;
    for (const auto& words : linesOf(answer, "done")) {
        if (words.size() == 4) {
            result.push_back({words[1].toStdString(), QString::fromLatin1(words[2]).left(32), QString::fromLatin1(words[3]).left(16)});
        }
    }
    return result;
}

QByteArray idsText(const std::string& account, const QStringList& ids)
{
    return QByteArray::fromStdString(account) + '\n' + ids.join(QLatin1Char('\n')).toLatin1() + '\n';
}

std::optional<MailRule::Kind> ruleKindOf(const QByteArray& word)
{
    for (const auto kind : {MailRule::Kind::SieveRedirect, MailRule::Kind::Forward, MailRule::Kind::Alias, MailRule::Kind::AppPassword, MailRule::Kind::Delegate}) {
        if (mailRuleKindName(kind) == QLatin1String(word)) {
            return kind;
        }
    }
    return std::nullopt;
}

void takeAuditLine(const QByteArray& line, WeakAudit& audit, const AccountGate::AuditProgress& progress)
{
    const auto words = line.split(' ');
    if (words.size() == 4 && words[0] == "weak" && isAccountName(words[1].toStdString()) && audit.findings.size() < kMostLines) {
        audit.findings.push_back({words[1].toStdString(), QString::fromLatin1(words[2]).left(32), QString::fromLatin1(words[3]).left(16)});
    } else if (words.size() == 2 && words[0] == "unread") {
        audit.unread << QString::fromLatin1(words[1]).left(32);
    } else if (words.size() == 3 && words[0] == "tested") {
        audit.tested = words[1].toULongLong();
        audit.total = words[2].toULongLong();
        if (progress) {
            progress(audit.tested, audit.total);
        }
    } else if (words.size() == 5 && words[0] == "audited") {
        audit.tested = words[1].toULongLong();
        audit.total = words[2].toULongLong();
        audit.untestable = words[3].toULongLong();
        audit.complete = words[4] == "whole" && audit.unread.isEmpty();
    }
}

WeakAudit sorted(WeakAudit audit)
{
    std::sort(audit.findings.begin(), audit.findings.end(), [](const WeakFinding& a, const WeakFinding& b) { return a.account < b.account; });
    return audit;
}

/// Reads what the server finds as it comes; a stop ends the command there (it ends when nobody reads).
Result<WeakAudit> readAudit(StreamingRunner& runner, GateAccess access, const RemoteCommand& command, const AccountGate::AuditProgress& progress, const std::stop_token& stop)
{
    auto stream = runner.start(command);
    if (!stream) {
        return tl::unexpected(stream.error());
    }
    WeakAudit audit;
    QByteArray rest;
    CommandOutput output;
    while (!(*stream)->atEnd()) {
        if (stop.stop_requested()) {
            return sorted(std::move(audit));
        }
        auto part = (*stream)->read(1 << 16, std::chrono::milliseconds(200));
        if (!part) {
            return tl::unexpected(part.error());
        }
        rest += *part;
        const qsizetype end = rest.lastIndexOf('\n') + 1;
        for (const auto& line : rest.left(end).split('\n')) {
            takeAuditLine(line, audit, progress);
            output.out = line.isEmpty() ? output.out : line;
        }
        rest.remove(0, end);
    }
    const auto finished = (*stream)->finish();
    if (!finished) {
        return tl::unexpected(finished.error());
    }
    output.err = finished->err;
    output.exitCode = finished->exitCode;
    return gateAnswer(access, output).map([&](const QByteArray&) { return sorted(std::move(audit)); });
}

} // namespace

AccountGate::AccountGate(CommandRunner& runner, GateAccess access) : m_runner(runner), m_access(access) {}

Result<QByteArray> AccountGate::ask(const QByteArray& request, std::chrono::seconds limit)
{
    RemoteCommand command = gateCommand(m_access, request);
    command.timeout = limit;
    return m_runner.run(command).and_then([&](const CommandOutput& output) { return gateAnswer(m_access, output); });
}

Result<AccountServer> AccountGate::find()
{
    return ask("account-find\n").map([](const QByteArray& answer) {
        AccountServer server;
        for (const auto& words : linesOf(answer, "back")) {
            const auto kind = words.size() >= 7 ? kindOf(words[2]) : std::nullopt;
            if (kind) {
                const auto word = [&](qsizetype i) { return words[i] == "-" ? QString() : QString::fromLatin1(words[i]).left(32); };
                server.backends.push_back({word(1), *kind, word(3), UntrustedText(words.mid(6).join(' ').toStdString()), word(5), word(4)});
            }
        }
        for (const auto& words : linesOf(answer, "schemes")) {
            for (const auto& scheme : words.mid(1)) {
                server.schemes << QString::fromLatin1(scheme).left(32);
            }
        }
        for (const auto& words : linesOf(answer, "has")) {
            const QByteArray what = words.value(1);
            server.dovecot |= what == "dovecot";
            server.postfix |= what == "postfix";
            server.sieve |= what == "sieve";
            server.perl |= what == "perl";
        }
        server.schemes.removeAll(QString());
        return server;
    });
}

Result<BackendRow> AccountGate::test(const AccountBackend& backend, const std::string& account)
{
    if (auto good = checked({account}); !good) {
        return tl::unexpected(good.error());
    }
    return ask("account-test\n" + backend.id.toLatin1() + ' ' + backend.fingerprint.toLatin1() + ' ' + namesText({account})).and_then([](const QByteArray& answer) -> Result<BackendRow> {
        auto rows = rowsOf(answer);
        if (!rows || rows->size() != 1) {
            return failure(ErrorCode::Remote, QStringLiteral("The server's helper gave no row."));
        }
        return rows->front();
    });
}

Result<std::vector<BackendRow>> AccountGate::look(const std::vector<std::string>& accounts)
{
    return checked(accounts).and_then([&] { return ask("account-look\n" + namesText(accounts)); }).and_then(rowsOf);
}

Result<std::vector<AccountFacts>> AccountGate::facts()
{
    return ask("account-facts\n").and_then([](const QByteArray& answer) {
        return rowsOf(answer).map([&](const std::vector<BackendRow>& rows) {
            std::set<std::pair<QByteArray, QByteArray>> knows;                     // back end, what
            std::map<std::tuple<QByteArray, QByteArray, QByteArray>, QByteArray> extra; // back end, name, what
            for (const auto& words : linesOf(answer, "knows")) {
                knows.insert({words.value(1), words.value(2)});
            }
            for (const auto& words : linesOf(answer, "extra")) {
                extra[{words.value(1), words.value(2), words.value(3)}] = words.value(4);
            }
            std::vector<AccountFacts> facts;
            for (const auto& row : rows) {
                const QByteArray back = row.backend.toLatin1();
                const auto value = [&](const char* what) {
                    const auto found = extra.find({back, QByteArray::fromStdString(row.account), what});
                    return found == extra.end() ? QByteArray() : found->second;
                };
                AccountFacts one;
                one.row = row;
                one.keepsLastLogin = knows.contains({back, "last"});
                one.lastLogin = instantOf(value("last"));
                if (knows.contains({back, "apps"})) {
                    one.appPasswords = value("apps").toUInt();
                }
                if (knows.contains({back, "factor"})) {
                    one.secondFactor = !value("factor").isEmpty();
                }
                facts.push_back(std::move(one));
            }
            return facts;
        });
    });
}

Result<std::vector<OpenSessions>> AccountGate::sessions(const std::vector<std::string>& accounts)
{
    return checked(accounts).and_then([&] { return ask("account-sessions\n" + namesText(accounts)); }).map([](const QByteArray& answer) {
        std::map<std::string, OpenSessions> found;
        for (const auto& words : linesOf(answer, "session")) {
            if (words.size() == 4) {
                auto& one = found[words[2].toStdString()];
                one.account = words[2].toStdString();
                (words[1] == "smtp" ? one.smtp : one.imapPop) += words[3].toUInt();
            }
        }
        std::vector<OpenSessions> result;
        for (auto& [name, one] : found) {
            result.push_back(std::move(one));
        }
        return result;
    });
}

Result<std::vector<QueuedMail>> AccountGate::queue(const std::vector<std::string>& accounts)
{
    return checked(accounts).and_then([&] { return ask("account-queue\n" + namesText(accounts)); }).map(mailOf);
}

Result<UntrustedText> AccountGate::headers(const std::string& account, const QString& queueId)
{
    return checked({account}).and_then([&] { return ask("account-headers\n" + idsText(account, {queueId})); }).map([](const QByteArray& answer) {
        std::string text;
        for (const auto& line : answer.split('\n')) {
            if (line.startsWith("| ")) {
                text += line.mid(2).toStdString() + '\n';
            }
        }
        return UntrustedText(std::move(text));
    });
}

Result<std::vector<MailRule>> AccountGate::rules(const std::vector<std::string>& accounts)
{
    return checked(accounts).and_then([&] { return ask("account-rules\n" + namesText(accounts)); }).map([](const QByteArray& answer) {
        std::vector<MailRule> rules;
        for (const auto& words : linesOf(answer, "rule", '\t')) {
            const auto kind = words.size() >= 5 ? ruleKindOf(words[2]) : std::nullopt;
            if (kind) {
                rules.push_back({words[1].toStdString(), *kind, UntrustedText(words[3].toStdString()), UntrustedText(words.mid(4).join('\t').trimmed().toStdString())});
            }
        }
        return rules;
    });
}

Result<std::vector<PolicyFact>> AccountGate::policy()
{
    return ask("account-policy\n").map([](const QByteArray& answer) {
        std::vector<PolicyFact> facts;
        for (const auto& words : linesOf(answer, "fact")) {
            if (words.size() >= 2) {
                facts.push_back({QString::fromLatin1(words[1]).left(64), UntrustedText(words.mid(2).join(' ').trimmed().toStdString())});
            }
        }
        return facts;
    });
}

Result<AuditCost> AccountGate::auditCost(std::size_t candidates)
{
    return ask("account-audit-cost\n").and_then(whole).map([&](const QByteArray& answer) {
        AuditCost cost;
        cost.candidates = candidates;
        for (const auto& words : linesOf(answer, "cost")) {
            if (words.size() == 6) {
                cost.schemes.push_back({QString::fromLatin1(words[1]).left(32), words[2].toUInt(), words[3].toULongLong(), words[5].toDouble(), words[4] == "1"});
            }
        }
        return cost;
    });
}

Result<WeakAudit> AccountGate::audit(const std::vector<WeakCandidate>& candidates, std::chrono::seconds cap, const AuditProgress& progress, const std::stop_token& stop)
{
    if (candidates.empty() || candidates.size() > kMostCandidates || cap.count() < 1 || cap.count() > 999'999) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("An audit takes 1 to %1 candidates, and a cap of its time.").arg(kMostCandidates));
    }
    QByteArray request = "account-audit\n" + QByteArray::number(qlonglong(cap.count())) + '\n';
    for (const auto& candidate : candidates) {
        request += candidate.kind.toLatin1() + ' ' + QByteArray::fromStdString(candidate.text).toHex() + '\n';
    }
    RemoteCommand command = gateCommand(m_access, request);
    command.timeout = 10 * cap + std::chrono::minutes(10); // the cap is of its own time, and it is nice
    if (auto* streaming = dynamic_cast<StreamingRunner*>(&m_runner)) {
        return readAudit(*streaming, m_access, command, progress, stop);
    }
    return m_runner.run(command).and_then([&](const CommandOutput& output) { return gateAnswer(m_access, output); }).map([&](const QByteArray& answer) {
        WeakAudit audit;
        for (const auto& line : answer.split('\n')) {
            takeAuditLine(line, audit, progress);
        }
        return sorted(std::move(audit));
    });
}

Result<std::vector<AccountGate::Written>> AccountGate::write(const QString& planId, Write kind, const AccountBackend& backend, const std::vector<Change>& changes, std::chrono::seconds window)
{
    static constexpr std::array kWords{"reset", "lock", "unlock"};
    QByteArray request = "account-write\n" + planId.toLatin1() + ' ' + kWords.at(static_cast<std::size_t>(kind)) + ' ' + backend.id.toLatin1() + ' ' + backend.fingerprint.toLatin1() + ' ' +
                         QByteArray::number(qlonglong(window.count())) + '\n';
    for (const auto& change : changes) {
        if (!isAccountName(change.account)) {
            return failure(ErrorCode::InvalidInput, accountProblemText(QStringLiteral("name")));
        }
        request += QByteArray::fromStdString(change.account) + (kind == Write::Reset ? ' ' + QByteArray::fromStdString(change.hash) : QByteArray()) + '\n';
    }
    return ask(request).map(writtenOf);
}

Result<std::vector<AccountGate::Written>> AccountGate::confirm(const QString& planId) { return ask("account-confirm\n" + planId.toLatin1() + '\n').map(writtenOf); }
Result<std::vector<AccountGate::Written>> AccountGate::undo(const QString& planId) { return ask("account-undo\n" + planId.toLatin1() + '\n').map(writtenOf); }
Result<std::vector<AccountGate::Written>> AccountGate::standing(const QString& planId) { return ask("account-standing\n" + planId.toLatin1() + '\n').map(writtenOf); }

Result<void> AccountGate::flush(const std::vector<std::string>& accounts)
{
    return checked(accounts).and_then([&] { return ask("account-flush\n" + namesText(accounts)); }).and_then([](const QByteArray& answer) -> Result<void> {
        if (!linesOf(answer, "failed").empty()) {
            return failure(ErrorCode::Remote, QStringLiteral("Dovecot did not flush its cache of passwords."), QStringLiteral("Is Dovecot running? Old passwords may work until auth_cache_ttl is over."));
        }
        return {};
    });
}

Result<std::map<std::string, unsigned>> AccountGate::kick(const std::vector<std::string>& accounts)
{
    return checked(accounts).and_then([&] { return ask("account-kick\n" + namesText(accounts)); }).and_then([](const QByteArray& answer) -> Result<std::map<std::string, unsigned>> {
        if (const auto failed = linesOf(answer, "failed"); !failed.empty()) {
            return failure(ErrorCode::Remote, QStringLiteral("Dovecot did not end the sessions of %1 accounts, %2 among them.").arg(failed.size()).arg(UntrustedText(failed.front().value(1).toStdString()).plain(60)),
                           QStringLiteral("Look at \"doveadm who\" on the server, then do it again."));
        }
        return countsOf(answer, "kicked");
    });
}

Result<std::map<std::string, unsigned>> AccountGate::cut(const std::vector<std::string>& accounts, bool silent)
{
    return checked(accounts).and_then([&] { return ask(QByteArray("account-cut\n") + (silent ? "silent" : "named") + '\n' + namesText(accounts)); }).map([](const QByteArray& answer) {
        return countsOf(answer, "cut");
    });
}

Result<std::vector<QueuedMail>> AccountGate::hold(const std::vector<std::string>& accounts)
{
    return checked(accounts).and_then([&] { return ask("account-hold\n" + namesText(accounts)); }).map(mailOf);
}

Result<QueueChange> AccountGate::release(const std::string& account, const QStringList& ids)
{
    return checked({account}).and_then([&] { return ask("account-release\n" + idsText(account, ids)); }).map(changeOf);
}

Result<QueueChange> AccountGate::remove(const std::string& account, const QStringList& ids)
{
    return checked({account}).and_then([&] { return ask("account-delete\n" + idsText(account, ids)); }).map(changeOf);
}

} // namespace mailward
