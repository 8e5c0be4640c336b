// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/AccountsCommand.h"

#include "app/cli/ServerTargets.h"
#include "app/controllers/Response.h"
#include "models/core/Clock.h"

#include <QFile>

#include <cstdio>

namespace mailward::cli {

namespace {

/// What a look gets: a server, connected, and what was asked.
struct Look {
    const Context& context;
    const Arguments& arguments;
    QString server;
    AccountGate& gate;
    std::vector<std::string> names; ///< the words behind the verb
};

QString rowStateName(AccountRowState state)
{
    static constexpr std::array kNames{"open", "locked", "disabled", "protected"};
    return QLatin1String(kNames.at(static_cast<std::size_t>(state)));
}

void printRow(const Look& look, const BackendRow& row, const AccountFacts* facts = nullptr)
{
    const auto time = [](JsonLine& line, const char* key, const std::optional<Instant>& at) {
        if (at) {
            line.text(key, QString::fromStdString(formatRfc3339(*at)));
        } else {
            line.null(key);
        }
    };
    if (look.context.json) {
        JsonLine line;
        line.text("server", look.server).text("account", UntrustedText(row.account).json()).text("backend", row.backend).text("state", rowStateName(row.state)).text("scheme", row.scheme).number("cost", row.cost);
        time(line, "changed", row.changed);
        time(line, "created", row.created);
        if (facts != nullptr && facts->keepsLastLogin) {
            time(line, "last_login", facts->lastLogin);
        }
        if (facts != nullptr && facts->appPasswords) {
            line.number("app_passwords", *facts->appPasswords);
        }
        if (facts != nullptr && facts->secondFactor) {
            line.flag("second_factor", *facts->secondFactor);
        }
        line.print();
    } else {
        std::printf("%-12s %-36s %-12s %-10s %s %u\n", qUtf8Printable(look.server), qUtf8Printable(UntrustedText(row.account).plain()), qUtf8Printable(row.backend), qUtf8Printable(rowStateName(row.state)),
                    qUtf8Printable(row.scheme), row.cost);
    }
}

Result<void> find(const Look& look)
{
    return look.gate.find().map([&](const AccountServer& server) {
        for (const auto& backend : server.backends) {
            if (look.context.json) {
                JsonLine().text("server", look.server).text("backend", backend.id).text("kind", accountBackendKindName(backend.kind)).text("source", backend.source.json()).text("preset", backend.preset).text("problem", accountProblemText(backend.problem)).print();
            } else {
                std::printf("%-12s %-12s %-12s %-40s %s\n", qUtf8Printable(look.server), qUtf8Printable(backend.id), qUtf8Printable(accountBackendKindName(backend.kind)), qUtf8Printable(backend.source.plain()),
                            qUtf8Printable(accountProblemText(backend.problem)));
            }
        }
    });
}

Result<void> list(const Look& look)
{
    return look.gate.facts().map([&](const std::vector<AccountFacts>& facts) {
        for (const auto& one : facts) {
            printRow(look, one.row, &one);
        }
    });
}

Result<void> lookUp(const Look& look)
{
    return look.gate.look(look.names).and_then([&](const std::vector<BackendRow>& rows) -> Result<void> {
        for (const auto& row : rows) {
            printRow(look, row);
        }
        if (rows.empty()) {
            return failure(ErrorCode::NotFound, QStringLiteral("no back end of %1 has such an account").arg(look.server));
        }
        return {};
    });
}

Result<void> test(const Look& look)
{
    return look.gate.find().and_then([&](const AccountServer& server) -> Result<void> {
        const auto backend = std::find_if(server.backends.begin(), server.backends.end(), [&](const AccountBackend& one) { return one.id.toStdString() == look.names.front(); });
        if (backend == server.backends.end()) {
            return failure(ErrorCode::NotFound, QStringLiteral("%1 has no such back end").arg(look.server), QStringLiteral("accounts find lists them"));
        }
        return look.gate.test(*backend, look.names.back()).map([&](const BackendRow& row) { printRow(look, row); });
    });
}

Result<void> queue(const Look& look)
{
    return look.gate.queue(look.names).map([&](const std::vector<QueuedMail>& mails) {
        for (const auto& mail : mails) {
            printMail(look.context, look.server, mail);
        }
    });
}

Result<void> headers(const Look& look)
{
    return look.gate.headers(look.names.front(), QString::fromStdString(look.names.back())).map([&](const UntrustedText& text) {
        if (look.context.json) {
            JsonLine().text("server", look.server).text("headers", text.json()).print();
        } else {
            for (const QString& line : QString::fromStdString(text.raw()).split(QLatin1Char('\n'))) {
                std::printf("%s\n", qUtf8Printable(UntrustedText(line.toStdString()).plain(0)));
            }
        }
    });
}

Result<void> rules(const Look& look)
{
    return look.gate.rules(look.names).map([&](const std::vector<MailRule>& found) {
        for (const auto& rule : found) {
            if (look.context.json) {
                JsonLine().text("server", look.server).text("account", UntrustedText(rule.account).json()).text("kind", mailRuleKindName(rule.kind)).text("where", rule.where.json()).text("target", rule.target.json()).print();
            } else {
                std::printf("%-12s %-32s %-16s %s -> %s\n", qUtf8Printable(look.server), qUtf8Printable(UntrustedText(rule.account).plain()), qUtf8Printable(mailRuleKindName(rule.kind)), qUtf8Printable(rule.where.plain()),
                            qUtf8Printable(rule.target.plain()));
            }
        }
    });
}

Result<void> policy(const Look& look)
{
    return look.gate.policy().map([&](const std::vector<PolicyFact>& facts) {
        for (const auto& finding : judgePolicy(facts)) {
            if (look.context.json) {
                JsonLine().text("server", look.server).text("id", finding.id).text("verdict", policyVerdictName(finding.verdict)).text("title", finding.title).text("evidence", finding.evidence.json()).text("remedy", finding.remedy).print();
            } else {
                std::printf("%-8s %s (%s)\n", qUtf8Printable(policyVerdictName(finding.verdict)), qUtf8Printable(finding.title), qUtf8Printable(finding.evidence.plain()));
                if (!finding.remedy.isEmpty()) {
                    std::printf("         %s\n", qUtf8Printable(finding.remedy));
                }
            }
        }
    });
}

/// Company defaults come from a file: words of the company have no place in a process list.
Result<std::vector<WeakCandidate>> candidatesOf(const Arguments& arguments)
{
    QStringList words;
    if (const QString path = arguments.value(QStringLiteral("--candidates")); !path.isEmpty()) {
        QFile file(path);
        if (!(path == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly))) {
            return failure(ErrorCode::NotFound, QStringLiteral("cannot read %1: %2").arg(path, file.errorString()));
        }
        for (const QByteArray& line : file.readAll().split('\n')) {
            if (!line.isEmpty()) {
                words << QString::fromUtf8(line);
            }
        }
    }
    const auto most = arguments.number(QStringLiteral("--most"), 50, 1, qint64(kMostCandidates));
    if (!most) {
        return failure(ErrorCode::InvalidInput, most.error());
    }
    return weakCandidates(words, SystemClock().now(), std::size_t(*most));
}

Result<void> audit(const Look& look)
{
    const auto candidates = candidatesOf(look.arguments);
    if (!candidates) {
        return tl::unexpected(candidates.error());
    }
    const auto cost = look.gate.auditCost(candidates->size());
    if (!cost) {
        return tl::unexpected(cost.error());
    }
    std::fprintf(stderr, "%s: %s\n", qUtf8Printable(look.server), qUtf8Printable(cost->text()));
    if (look.arguments.has(QStringLiteral("--cost-only"))) {
        if (look.context.json) {
            JsonLine().text("server", look.server).number("accounts", qint64(cost->accounts())).number("candidates", qint64(cost->candidates)).number("seconds", cost->duration().count()).flag("costly", cost->isCostly()).print();
        }
        return {};
    }
    const auto cap = look.arguments.number(QStringLiteral("--seconds"), 360, 1, 999'999);
    if (!cap) {
        return failure(ErrorCode::InvalidInput, cap.error());
    }
    if (cost->isCostly() && !look.arguments.has(QStringLiteral("--yes"))) {
        return failure(ErrorCode::Refused, QStringLiteral("the audit would take more than six minutes of one core"), QStringLiteral("--yes does it (with --seconds N to stop after N of them); --most N takes fewer candidates"));
    }
    const auto found = look.gate.audit(*candidates, std::chrono::seconds(*cap), [&](std::size_t done, std::size_t total) { std::fprintf(stderr, "%s: %zu of %zu accounts\n", qUtf8Printable(look.server), done, total); });
    if (!found) {
        return tl::unexpected(found.error());
    }
    for (const auto& finding : found->findings) {
        if (look.context.json) {
            JsonLine().text("server", look.server).text("account", UntrustedText(finding.account).json()).text("backend", finding.backend).text("kind", finding.kind).print();
        } else {
            std::printf("%-12s %-36s %s\n", qUtf8Printable(look.server), qUtf8Printable(UntrustedText(finding.account).plain()), qUtf8Printable(weakKindText(finding.kind)));
        }
    }
    std::fprintf(stderr, "%s: %zu of %zu accounts tested, %zu weak, %zu cannot be tested\n", qUtf8Printable(look.server), found->tested, found->total, found->findings.size(), found->untestable);
    if (!found->unread.isEmpty()) {
        return failure(ErrorCode::Remote, QStringLiteral("nobody in %1 was tested: it could not be read").arg(found->unread.join(QStringLiteral(", "))), accountProblemText(QStringLiteral("read")));
    }
    if (!found->complete) {
        return failure(ErrorCode::LimitExceeded, QStringLiteral("stopped after %1 s of the server's time").arg(*cap), QStringLiteral("--seconds N allows more"));
    }
    return {};
}

struct LookVerb {
    const char* name;
    Result<void> (*run)(const Look&);
    int words; ///< -1: one or more
};

} // namespace

void printMail(const Context& context, const QString& server, const QueuedMail& mail)
{
    if (context.json) {
        JsonLine()
            .text("server", server)
            .text("account", UntrustedText(mail.account).json())
            .text("id", mail.id)
            .text("queue", mail.queue)
            .number("bytes", qint64(mail.bytes))
            .text("arrived", QString::fromStdString(formatRfc3339(mail.arrived)))
            .text("sender", mail.sender.json())
            .text("client", mail.client.json())
            .number("recipients", mail.recipients)
            .print();
    } else {
        std::printf("%-12s %-28s %-14s %-9s from <%s> to %u via %s\n", qUtf8Printable(server), qUtf8Printable(UntrustedText(mail.account).plain()), qUtf8Printable(mail.id), qUtf8Printable(mail.queue), qUtf8Printable(mail.sender.plain()),
                    mail.recipients, qUtf8Printable(mail.client.plain()));
    }
}

std::optional<int> runAccountsLook(const Context& context, const QString& verb, const Arguments& arguments)
{
    static constexpr std::array kVerbs{LookVerb{"find", find, 0}, LookVerb{"list", list, 0}, LookVerb{"look", lookUp, -1}, LookVerb{"test", test, 2}, LookVerb{"queue", queue, -1},
                                       LookVerb{"headers", headers, 2}, LookVerb{"rules", rules, -1}, LookVerb{"policy", policy, 0}, LookVerb{"audit", audit, 0}};
    const auto known = std::find_if(kVerbs.begin(), kVerbs.end(), [&](const LookVerb& one) { return verb == QLatin1String(one.name); });
    if (known == kVerbs.end()) {
        return std::nullopt;
    }
    const auto names = namesOf(arguments.positional.mid(1));
    if (known->words >= 0 ? int(names.size()) != known->words : names.empty()) {
        return wrongUse(QStringLiteral("accounts %1 takes %2 [--server NAME]").arg(verb, known->words == 0 ? QString() : known->words == 2 ? QStringLiteral("two words") : QStringLiteral("ACCOUNT...")));
    }
    const auto targets = targetsFor(context, arguments.all(QStringLiteral("--server")));
    if (!targets) {
        return printError(targets.error());
    }
    int code = kDone;
    for (const auto& target : *targets) {
        auto runner = target.connect();
        if (!runner) {
            code = printError(runner.error());
            continue;
        }
        AccountGate gate(**runner, target.access);
        if (const auto done = known->run({context, arguments, target.server, gate, names}); !done) {
            code = printError(done.error());
        }
    }
    return code;
}

} // namespace mailward::cli
