// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/AccountsCommand.h"

#include "app/cli/ServerTargets.h"
#include "app/cli/TerminalSecret.h"
#include "app/controllers/Response.h"
#include "app/controllers/ServerLink.h"
#include "models/core/SecretsAtWork.h"
#include "models/core/UntrustedText.h"
#include "models/respond/PastContainments.h"

#include <QFile>

#include <cstdio>
#include <unistd.h>

namespace mailward::cli {

namespace {

const OptionNames& optionNames()
{
    static const OptionNames kNames{{QStringLiteral("--server"), QStringLiteral("--handover"), QStringLiteral("--passphrase-fd"), QStringLiteral("--words"), QStringLiteral("--length"), QStringLiteral("--scheme"),
                                     QStringLiteral("--cost"), QStringLiteral("--accounts-file"), QStringLiteral("--within"), QStringLiteral("--id"), QStringLiteral("--candidates"), QStringLiteral("--how"),
                                     QStringLiteral("--seconds"), QStringLiteral("--most")},
                                    {QStringLiteral("--preview"), QStringLiteral("--yes"), QStringLiteral("--silent"), QStringLiteral("--no-review"), QStringLiteral("--cost-only"), QStringLiteral("--print")}};
    return kNames;
}

struct Verb {
    const char* name;
    AccountAction action;
    ContainmentSteps steps; ///< what the verb does beside the action
};

std::optional<Verb> verbOf(const QString& name)
{
    static constexpr std::array kVerbs{Verb{"reset", AccountAction::Reset, {}}, Verb{"lock", AccountAction::Lock, {}}, Verb{"unlock", AccountAction::Unlock, {true, false, false, false, false, false}},
                                       Verb{"contain", AccountAction::Lock, {}}, Verb{"kick", AccountAction::None, {true, true, true, false, false, false}}, Verb{"hold", AccountAction::None, {false, false, false, false, true, false}}};
    for (const Verb& verb : kVerbs) {
        if (name == QLatin1String(verb.name)) {
            return verb;
        }
    }
    return std::nullopt;
}

/// "contain" shuts the door in either case: with a new password where there is a place for it, else with a lock.
AccountAction actionOf(const Verb& verb, const Arguments& arguments)
{
    const bool place = arguments.has(QStringLiteral("--handover")) || arguments.has(QStringLiteral("--print"));
    return place && verb.name == std::string_view("contain") ? AccountAction::Reset : verb.action;
}

/// From the words and from --accounts-file, one a line ("-": standard input).
Result<std::vector<std::string>> accountsOf(const Arguments& arguments, const QStringList& words)
{
    std::vector<std::string> names = namesOf(words);
    const QString path = arguments.value(QStringLiteral("--accounts-file"));
    if (!path.isEmpty()) {
        QFile file(path);
        if (!(path == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly))) {
            return failure(ErrorCode::NotFound, QStringLiteral("cannot read %1: %2").arg(path, file.errorString()));
        }
        for (const QByteArray& line : file.readAll().split('\n')) {
            if (!line.trimmed().isEmpty()) {
                names.push_back(line.trimmed().toStdString());
            }
        }
    }
    return names;
}

/// --words N or --length N; --scheme NAME --cost N.
Result<void> readPasswordOptions(const Arguments& arguments, AccountPlan& plan)
{
    const auto words = arguments.number(QStringLiteral("--words"), 0, 4, 16);
    const auto length = arguments.number(QStringLiteral("--length"), 20, 12, 64);
    const auto cost = arguments.number(QStringLiteral("--cost"), 0, 5, 999'999);
    if (!words || !length || !cost) {
        return failure(ErrorCode::InvalidInput, !words ? words.error() : !length ? length.error() : cost.error());
    }
    plan.recipe = *words > 0 ? PasswordRecipe{PasswordStyle::Words, int(*words)} : PasswordRecipe{PasswordStyle::Characters, int(*length)};
    if (arguments.has(QStringLiteral("--scheme"))) {
        auto choice = chooseScheme({arguments.value(QStringLiteral("--scheme"))});
        if (!choice) {
            return tl::unexpected(choice.error());
        }
        choice->cost = *cost > 0 ? unsigned(*cost) : choice->cost;
        plan.hash = *choice;
    }
    return checkRecipe(plan.recipe);
}

void printPreview(const Context& context, const AccountPreview& preview)
{
    for (const auto& server : preview.servers) {
        if (!context.json) {
            std::printf("== %s: %s\n%s\n", qUtf8Printable(server.server), qUtf8Printable(server.command), server.batch.constData());
        }
        for (const auto& row : server.rows) {
            QStringList backends;
            for (const auto& one : row.rows) {
                backends << one.backend;
            }
            if (context.json) {
                JsonLine()
                    .text("server", server.server)
                    .text("account", UntrustedText(row.account).json())
                    .text("backends", backends.join(QLatin1Char(' ')))
                    .text("scheme", row.rows.empty() ? QString() : row.rows.front().scheme)
                    .number("sessions", row.sessions.imapPop)
                    .number("smtp_sessions", row.sessions.smtp)
                    .number("queued", row.queued)
                    .json("rules", rulesJson(row.rules))
                    .text("problem", row.problem)
                    .text("command", server.command)
                    .print();
            } else {
                std::printf("%-32s %-16s %u sessions, %u SMTP, %u in the queue, %zu rules %s\n", qUtf8Printable(UntrustedText(row.account).plain()), qUtf8Printable(backends.join(QLatin1Char(' '))), row.sessions.imapPop,
                            row.sessions.smtp, row.queued, row.rules.size(), qUtf8Printable(row.problem));
            }
        }
    }
    for (const auto& name : preview.nowhere) {
        std::fprintf(stderr, preview.leftOut.empty() ? "not found on any server: %s\n" : "not found on the servers that were looked at: %s\n", qUtf8Printable(UntrustedText(name).plain()));
    }
    for (const QString& objection : preview.objections) {
        std::fprintf(stderr, "refused: %s\n", qUtf8Printable(objection));
    }
}

void printLeftOut(const AccountPreview& preview)
{
    for (const auto& left : preview.leftOut) {
        std::fprintf(stderr, "%s is left out, and nothing is done there: %s\n", qUtf8Printable(left.server), qUtf8Printable(left.error.toString()));
    }
}

int printReport(const Context& context, const AccountReport& report)
{
    bool failed = false;
    for (const auto& outcome : report.accounts) {
        failed = failed || outcome.error.has_value();
        if (context.json) {
            JsonLine line;
            line.text("plan", report.planId)
                .text("server", outcome.server)
                .text("account", UntrustedText(outcome.account).json())
                .text("state", accountStateName(outcome.state))
                .text("backends", outcome.backends.join(QLatin1Char(' ')))
                .number("sessions_ended", outcome.kicked)
                .number("smtp_cut", outcome.cut)
                .number("held", qint64(outcome.held.size()))
                .json("rules", rulesJson(outcome.rules));
            if (outcome.error) {
                line.text("error", outcome.error->toString());
            } else {
                line.null("error");
            }
            line.print();
        } else {
            std::printf("%-12s %-32s %-10s %u sessions ended, %u SMTP cut, %zu messages held\n", qUtf8Printable(outcome.server), qUtf8Printable(UntrustedText(outcome.account).plain()),
                        qUtf8Printable(accountStateName(outcome.state)), outcome.kicked, outcome.cut, outcome.held.size());
            for (const auto& rule : outcome.rules) {
                std::printf("             look at: %s in %s -> %s\n", qUtf8Printable(mailRuleKindName(rule.kind)), qUtf8Printable(rule.where.plain()), qUtf8Printable(rule.target.plain()));
            }
        }
        if (outcome.error) {
            std::fprintf(stderr, "%s: %s: %s\n", qUtf8Printable(outcome.server), qUtf8Printable(UntrustedText(outcome.account).plain()), qUtf8Printable(outcome.error->toString()));
        }
    }
    if (!context.json) {
        std::printf("plan %s\n", qUtf8Printable(report.planId));
    }
    return failed ? kFailed : kDone;
}

/// On standard output, without a buffer that would keep them: for a printer, or a terminal that nobody else looks at.
void printSlips(const Context& context, const std::vector<PasswordSlip>& slips)
{
    std::fflush(stdout);
    std::setvbuf(stdout, nullptr, _IONBF, 0);
    for (const auto& slip : slips) {
        if (context.json) { // account names and passwords are of characters that need no escape in JSON
            std::printf("{\"account\":\"%s\",\"password\":\"%s\"}\n", slip.account.c_str(), slip.password.data());
        } else {
            std::printf("%s\n  new password: %s\n\n", slip.account.c_str(), slip.password.data());
        }
    }
}

/// Where somebody sits at a terminal, the preview is a question.
bool agreed(const Context& context, const Arguments& arguments, const AccountPreview& preview)
{
    if (arguments.has(QStringLiteral("--yes")) || ::isatty(STDIN_FILENO) == 0) {
        return true;
    }
    printPreview(context, preview);
    std::fprintf(stderr, "Do it? [y/N] ");
    return std::getchar() == 'y';
}

/// The file that new passwords go to before their hashes go to a server.
Result<std::unique_ptr<HandOverFile>> handOver(const Arguments& arguments, bool resuming)
{
    const QString path = arguments.value(QStringLiteral("--handover"));
    if (path.isEmpty()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("a reset needs a place for the new passwords: --handover FILE"), QStringLiteral("it is sealed with a passphrase, and \"accounts open FILE\" shows the slips; or --print shows them here, once"));
    }
    auto passphrase = passphraseFor(arguments, QStringLiteral("Passphrase for %1: ").arg(path));
    if (!passphrase) {
        return tl::unexpected(passphrase.error());
    }
    return resuming ? HandOverFile::openOrCreate(path, *passphrase) : HandOverFile::create(path, *passphrase);
}

int runChange(const Context& context, const Arguments& arguments, const Verb& verb)
{
    const auto names = accountsOf(arguments, arguments.positional.mid(1));
    if (!names || names->empty()) {
        return names ? wrongUse(QStringLiteral("accounts %1 takes ACCOUNT... [--server NAME]").arg(QLatin1String(verb.name))) : printError(names.error());
    }
    SystemClock clock;
    auto plan = makeAccountPlan(actionOf(verb, arguments), *names, clock.now(), QStringLiteral("command line"));
    if (!plan) {
        return printError(plan.error());
    }
    const bool review = plan->steps.review && verb.steps.review && !arguments.has(QStringLiteral("--no-review"));
    plan->steps = verb.action == AccountAction::Unlock ? plan->steps : verb.steps;
    plan->steps.review = review;
    plan->steps.cutSilent = arguments.has(QStringLiteral("--silent"));
    const auto within = arguments.number(QStringLiteral("--within"), 120, 30, 600);
    if (auto read = readPasswordOptions(arguments, *plan); !read || !within) {
        return wrongUse(read ? within.error() : read.error().text);
    }
    const auto targets = targetsFor(context, arguments.all(QStringLiteral("--server")));
    if (!targets) {
        return printError(targets.error());
    }
    auto response = Response::open(context.paths, clock);
    if (!response) {
        return printError(response.error());
    }
    auto& accounts = (*response)->accounts();
    const auto preview = accounts.preview(*plan, *targets);
    if (!preview) {
        return printError(preview.error());
    }
    for (const auto& server : preview->servers) {
        for (const QString& note : server.notes) {
            std::fprintf(stderr, "%s: %s\n", qUtf8Printable(server.server), qUtf8Printable(note));
        }
    }
    printLeftOut(*preview);
    if (arguments.has(QStringLiteral("--preview")) || !preview->isAllowed()) {
        printPreview(context, *preview);
        return preview->isAllowed() && preview->leftOut.empty() ? kDone : kFailed;
    }
    if (!agreed(context, arguments, *preview)) {
        std::fprintf(stderr, "nothing was changed\n");
        return kFailed;
    }
    const SecretsAtWork secrets;
    AccountOptions options;
    options.who = whoIsHere();
    options.window = std::chrono::seconds(*within);
    for (const auto& server : preview->servers) {
        options.previewed[server.server] = server.stateHash;
    }
    std::unique_ptr<HandOverFile> file;
    if (plan->action == AccountAction::Reset && !arguments.has(QStringLiteral("--print"))) {
        auto made = handOver(arguments, false);
        if (!made) {
            return printError(made.error());
        }
        file = std::move(*made);
        options.keep = [&file](std::span<const PasswordSlip> slips) { return file->append(slips); };
    }
    const auto report = accounts.apply(preview->plan, *targets, options);
    if (!report) {
        return printError(report.error());
    }
    const int code = preview->leftOut.empty() ? printReport(context, *report) : std::max(printReport(context, *report), kFailed);
    if (arguments.has(QStringLiteral("--print")) && !report->slips.empty()) {
        printSlips(context, report->slips);
        if (const auto told = accounts.delivered(plan->id, whoIsHere(), QStringLiteral("shown on the command line")); !told) {
            return printError(told.error());
        }
    }
    return code;
}

int runResume(const Context& context, const Arguments& arguments, Response& response, const QString& planId, const std::vector<ExecutorTarget>& targets)
{
    const SecretsAtWork secrets;
    AccountOptions options;
    options.who = whoIsHere();
    std::unique_ptr<HandOverFile> file;
    std::vector<PasswordSlip> kept;
    const AccountPlan* plan = response.accountJournal().plan(planId);
    if (plan != nullptr && plan->action == AccountAction::Reset) {
        auto opened = handOver(arguments, true);
        if (!opened) {
            return printError(opened.error());
        }
        file = std::move(*opened);
        auto read = file->read();
        if (!read) {
            return printError(read.error());
        }
        kept = std::move(*read);
        options.keep = [&file](std::span<const PasswordSlip> slips) { return file->append(slips); };
    }
    const auto report = response.accounts().resume(planId, targets, options, std::move(kept));
    return report ? printReport(context, *report) : printError(report.error());
}

int runPlans(const Context& context, Response& response, const Clock& clock)
{
    for (const auto& past : pastContainments(response.accountJournal(), response.audit().entries(), clock.now())) {
        const AccountPlan& plan = past.plan;
        QStringList parts;
        for (const auto& [state, count] : past.states) {
            parts << QStringLiteral("%1=%2").arg(accountStateName(state)).arg(count);
        }
        if (context.json) {
            JsonLine().text("plan", plan.id).text("made", QString::fromStdString(formatRfc3339(plan.made))).text("action", accountActionName(plan.action)).number("accounts", qint64(plan.accounts.size())).text("states", parts.join(QLatin1Char(' '))).flag("unfinished", past.unfinished).flag("can_undo", past.canUndo).print();
        } else {
            std::printf("%s %s %-7s %5zu accounts  %s%s\n", qUtf8Printable(plan.id), formatRfc3339(plan.made).c_str(), qUtf8Printable(accountActionName(plan.action)), plan.accounts.size(), qUtf8Printable(parts.join(QLatin1Char(' '))), past.unfinished ? "  (unfinished)" : "");
        }
    }
    return kDone;
}

int runUndoPreview(const Context& context, AccountExecutor& accounts, const QString& planId, const std::vector<ExecutorTarget>& targets)
{
    const auto preview = accounts.previewUndo(planId, targets);
    if (!preview) {
        return printError(preview.error());
    }
    printLeftOut(*preview);
    printPreview(context, *preview);
    return preview->isAllowed() && preview->leftOut.empty() ? kDone : kFailed;
}

int changeQueue(const Context& context, Response& response, const ExecutorTarget& target, const std::string& account, const QStringList& ids, AccountExecutor::QueueAction action)
{
    const auto changed = response.accounts().changeQueue(target, account, ids, action, whoIsHere());
    if (!changed) {
        return printError(changed.error());
    }
    for (const auto& mail : changed->done) {
        printMail(context, target.server, mail);
    }
    for (const auto& left : changed->left) {
        std::fprintf(stderr, "%s: %s: %s\n", qUtf8Printable(target.server), qUtf8Printable(left.id), qUtf8Printable(queueProblemText(left.word)));
    }
    return changed->left.empty() ? kDone : kFailed;
}

/// release, delete: what is there is looked up and shown, and no message beside those is touched.
int runQueue(const Context& context, const Arguments& arguments, Response& response, const std::vector<ExecutorTarget>& targets)
{
    const bool release = arguments.positional.first() == QLatin1String("release");
    const auto action = release ? AccountExecutor::QueueAction::Release : AccountExecutor::QueueAction::Delete;
    const std::string account = arguments.positional.at(1).toStdString();
    const QStringList ids = arguments.all(QStringLiteral("--id"));
    std::vector<std::vector<QueuedMail>> mails;
    std::size_t count = 0;
    QStringList nowhere = ids;
    for (const auto& target : targets) {
        auto there = AccountExecutor::previewQueue(target, account, ids, action);
        if (!there) {
            return printError(there.error());
        }
        count += there->size();
        for (const auto& mail : *there) {
            nowhere.removeAll(mail.id);
        }
        mails.push_back(std::move(*there));
    }
    const bool asked = ::isatty(STDIN_FILENO) != 0 && !arguments.has(QStringLiteral("--yes"));
    if (arguments.has(QStringLiteral("--preview")) || asked) {
        for (std::size_t i = 0; i < targets.size(); ++i) {
            for (const auto& mail : mails[i]) {
                printMail(context, targets[i].server, mail);
            }
        }
        if (arguments.has(QStringLiteral("--preview"))) {
            return kDone;
        }
    }
    if (asked && count > 0) {
        std::fprintf(stderr, release ? "Release these %zu messages? [y/N] " : "Delete these %zu messages for good? [y/N] ", count);
        if (std::getchar() != 'y') {
            std::fprintf(stderr, "nothing was changed\n");
            return kFailed;
        }
    } else if (!release && ids.isEmpty() && !arguments.has(QStringLiteral("--yes"))) {
        return printError({ErrorCode::Refused, QStringLiteral("this deletes %1 messages for good, and there is nobody to ask").arg(count), QStringLiteral("--preview shows them; --yes deletes them; --id QUEUE-ID names single ones")});
    }
    int code = kDone;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        QStringList chosen = nowhere; // the server says why there is no such message
        for (const auto& mail : mails[i]) {
            chosen << mail.id;
        }
        if (!chosen.isEmpty()) {
            code = std::max(code, changeQueue(context, response, targets[i], account, chosen, action));
        }
    }
    return code;
}

/// resume, undo, delivered, release, delete, plans
std::optional<int> runJournalled(const Context& context, const QString& verb, const Arguments& arguments)
{
    static const QStringList kVerbs{QStringLiteral("resume"), QStringLiteral("undo"), QStringLiteral("delivered"), QStringLiteral("release"), QStringLiteral("delete"), QStringLiteral("plans")};
    if (!kVerbs.contains(verb)) {
        return std::nullopt;
    }
    const QString subject = arguments.positional.value(1);
    const bool queue = verb == QLatin1String("release") || verb == QLatin1String("delete");
    if (verb != QLatin1String("plans") && (queue ? !isAccountName(subject.toStdString()) : !isPlanId(subject))) {
        return wrongUse(queue ? QStringLiteral("accounts %1 takes ACCOUNT [--id QUEUE-ID]... [--server NAME]").arg(verb) : QStringLiteral("accounts %1 takes the id of a plan: 16 hex digits").arg(verb));
    }
    SystemClock clock;
    auto response = Response::open(context.paths, clock);
    if (!response) {
        return printError(response.error());
    }
    if (verb == QLatin1String("plans")) {
        return runPlans(context, **response, clock);
    }
    if (verb == QLatin1String("delivered")) {
        const auto done = (*response)->accounts().delivered(subject, whoIsHere(), arguments.value(QStringLiteral("--how"), QStringLiteral("said so on the command line")));
        return done ? kDone : printError(done.error());
    }
    const auto targets = targetsFor(context, arguments.all(QStringLiteral("--server")));
    if (!targets) {
        return printError(targets.error());
    }
    if (queue) {
        return runQueue(context, arguments, **response, *targets);
    }
    if (verb == QLatin1String("resume")) {
        return runResume(context, arguments, **response, subject, *targets);
    }
    if (arguments.has(QStringLiteral("--preview"))) {
        return runUndoPreview(context, (*response)->accounts(), subject, *targets);
    }
    const auto report = (*response)->accounts().undo(subject, *targets, whoIsHere());
    return report ? printReport(context, *report) : printError(report.error());
}

int runOpen(const Context& context, const Arguments& arguments)
{
    if (arguments.positional.size() != 2) {
        return wrongUse(QStringLiteral("accounts open takes FILE"));
    }
    const SecretsAtWork secrets;
    const auto passphrase = passphraseFor(arguments, QStringLiteral("Passphrase: "));
    auto file = passphrase ? HandOverFile::open(arguments.positional.at(1), *passphrase) : Result<std::unique_ptr<HandOverFile>>(tl::unexpected(passphrase.error()));
    auto slips = file ? (*file)->read() : Result<std::vector<PasswordSlip>>(tl::unexpected(file.error()));
    if (!slips) {
        return printError(slips.error());
    }
    printSlips(context, *slips);
    return kDone;
}

} // namespace

std::vector<std::string> namesOf(const QStringList& words)
{
    std::vector<std::string> names;
    for (const QString& word : words) {
        names.push_back(word.toStdString());
    }
    return names;
}

Result<Secret> passphraseFor(const Arguments& arguments, const QString& question)
{
    const auto fd = arguments.number(QStringLiteral("--passphrase-fd"), -1, 0, 1023);
    if (!fd) {
        return failure(ErrorCode::InvalidInput, fd.error());
    }
    auto secret = *fd >= 0 ? readSecret(int(*fd)) : askTerminal(question);
    if (!secret) {
        return failure(ErrorCode::Permission, QStringLiteral("there is nobody to ask for the passphrase"), QStringLiteral("use a terminal, or --passphrase-fd N with the passphrase on that file descriptor"));
    }
    return std::move(*secret);
}

QByteArray rulesJson(const std::vector<MailRule>& rules)
{
    QByteArray text = "[";
    for (const auto& rule : rules) {
        text += (text.size() > 1 ? "," : "") + QByteArray("{\"kind\":") + jsonString(mailRuleKindName(rule.kind)) + ",\"where\":" + jsonString(rule.where.json()) + ",\"target\":" + jsonString(rule.target.json()) + "}";
    }
    return text + "]";
}

int runAccounts(const Context& context)
{
    const auto arguments = readArguments(context.words, optionNames());
    if (!arguments || arguments->positional.isEmpty()) {
        return wrongUse(arguments ? QStringLiteral("accounts takes reset, lock, unlock, kick, hold, contain, find, list, look, test, queue, headers, rules, release, delete, policy, audit, plans, resume, undo, delivered or open")
                                  : arguments.error());
    }
    const QString verb = arguments->positional.first();
    if (const auto change = verbOf(verb)) {
        return runChange(context, *arguments, *change);
    }
    if (const auto code = runJournalled(context, verb, *arguments)) {
        return *code;
    }
    if (verb == QLatin1String("open")) {
        return runOpen(context, *arguments);
    }
    if (const auto code = runAccountsLook(context, verb, *arguments)) {
        return *code;
    }
    return wrongUse(QStringLiteral("accounts knows no '%1'").arg(verb));
}

} // namespace mailward::cli
