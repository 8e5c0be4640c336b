// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ApplyCommand.h"

#include "app/cli/Arguments.h"
#include "app/cli/DetectInput.h"
#include "app/cli/ServerTargets.h"
#include "app/controllers/History.h"
#include "app/controllers/PlanViews.h"
#include "app/controllers/Response.h"
#include "models/core/UntrustedText.h"
#include "models/respond/CutOff.h"
#include "models/respond/PlanJudge.h"

#include <QFile>
#include <cstdio>

namespace mailward::cli {

namespace {

Result<Plan> readPlan(const QString& path)
{
    QFile file(path);
    const bool opened = path == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened) {
        return failure(ErrorCode::NotFound, QStringLiteral("cannot read the plan %1: %2").arg(path, file.errorString()));
    }
    return planFromJson(file.readAll());
}

int printReport(const Context& context, const Result<ApplyReport>& report)
{
    if (!report) {
        return printError(report.error());
    }
    bool failed = false;
    for (const ServerOutcome& outcome : report->servers) {
        failed = failed || outcome.error.has_value();
        if (context.json) {
            JsonLine line;
            line.text("plan", report->planId).text("server", outcome.server).text("state", applyStateName(outcome.state)).flag("unchanged", outcome.unchanged);
            if (outcome.deadline == Instant{}) {
                line.null("confirm_before");
            } else {
                line.text("confirm_before", QString::fromStdString(formatRfc3339(outcome.deadline)));
            }
            line.flag("stale", outcome.stale);
            if (outcome.error) {
                line.text("error", outcome.error->toString());
            } else {
                line.null("error");
            }
            line.print();
        } else {
            std::printf("%-16s %s%s\n", qUtf8Printable(outcome.server), qUtf8Printable(applyStateName(outcome.state)),
                        outcome.unchanged ? " (nothing to change)" : "");
        }
        if (outcome.error) {
            printError(*outcome.error);
        }
    }
    if (!context.json && !failed) {
        std::printf("plan %s\n", qUtf8Printable(report->planId));
    }
    return failed ? kFailed : kDone;
}

void printCost(std::FILE* out, const PlanPreview& preview)
{
    std::fprintf(out, "covers %.1f %% of the failing addresses, cuts off %zu people who have no other way in\n", preview.coveredPct(),
                 preview.verdict.collateral.onlyHere.size());
}

/// A preview, and whom it concerns.
struct Previewed {
    PlanPreview preview;
    std::vector<CutOffPerson> people;
};

QByteArray jsonList(const QStringList& words)
{
    QByteArray list;
    for (const QString& word : words) {
        list += (list.isEmpty() ? "" : ",") + jsonString(word);
    }
    return '[' + list + ']';
}

QString plain(const std::string& text) { return UntrustedText(text).plain(0); }

QByteArray peopleJson(const std::vector<CutOffPerson>& people)
{
    QByteArray list;
    for (const CutOffPerson& person : people) {
        QStringList servers;
        for (const std::string& server : person.servers) {
            servers << plain(server);
        }
        list += (list.isEmpty() ? "{" : ",{") + QByteArrayLiteral("\"account\":") + (person.account.empty() ? QByteArrayLiteral("null") : jsonString(plain(person.account))) + ",\"place\":" + jsonString(QString::fromStdString(person.place.toString())) +
                ",\"colleagues\":" + QByteArray::number(qint64(person.colleagues)) + ",\"logins\":" + QByteArray::number(qint64(person.logins)) +
                ",\"last\":" + jsonString(QString::fromStdString(formatRfc3339(person.last))) + ",\"servers\":" + jsonList(servers) + ",\"only_here\":" + (person.onlyHere ? "true" : "false") + '}';
    }
    return '[' + list + ']';
}

void printPeople(const std::vector<CutOffPerson>& people)
{
    for (const CutOffPerson& person : people) {
        std::printf("cuts off %-32s from %-24s %s, %zu colleagues there%s\n", qUtf8Printable(person.account.empty() ? QStringLiteral("(not named in the log)") : plain(person.account)), person.place.toString().c_str(),
                    qUtf8Printable(QStringLiteral("%1 log-ins").arg(person.logins)), person.colleagues, person.onlyHere ? "; no other way in" : "");
    }
}

void printPreview(const Context& context, const Previewed& previewed, std::chrono::seconds window)
{
    const PlanPreview& preview = previewed.preview;
    const PreviewView view = previewView(preview, static_cast<std::uint64_t>(window.count()));
    for (std::size_t i = 0; i < preview.servers.size(); ++i) {
        const ServerPreview& server = preview.servers[i];
        const QStringList notes(view.servers[i].notes.begin(), view.servers[i].notes.end());
        if (context.json) {
            JsonLine()
                .text("server", server.server)
                .text("command", server.command)
                .text("batch", QString::fromUtf8(server.batch))
                .text("rules", QString::fromUtf8(server.rules))
                .number("bans", static_cast<qint64>(server.delta.bans.size()))
                .number("unbans", static_cast<qint64>(server.delta.unbans.size()))
                .real("attackers_covered_pct", preview.coveredPct(), 1)
                .number("good_logins_cut", static_cast<qint64>(preview.verdict.collateral.goodLogins))
                .number("accounts_cut_only_here", static_cast<qint64>(preview.verdict.collateral.onlyHere.size()))
                .json("people_cut", peopleJson(previewed.people))
                .text("backend", server.gate.backend)
                .json("beside", jsonList(server.gate.beside))
                .json("no_effect", jsonList(server.gate.noEffect))
                .json("notes", jsonList(notes))
                .print();
        } else {
            std::printf("== %s: %s\n", qUtf8Printable(server.server), qUtf8Printable(server.command));
            for (const QString& note : notes) {
                std::printf("-- %s\n", qUtf8Printable(note));
            }
            std::printf("%s\n", server.batch.constData());
            for (const QByteArray& line : server.rules.split('\n')) { // the server's words
                std::printf("%s\n", qUtf8Printable(UntrustedText(line.toStdString()).plain(4096)));
            }
        }
    }
    for (const Objection& objection : preview.verdict.objections) {
        std::fprintf(stderr, "refused: %s: %s\n", objection.prefix.toString().c_str(), qUtf8Printable(objection.why));
    }
    if (!context.json) {
        printPeople(previewed.people);
        printCost(stdout, preview);
    }
}

/// What a person would be asked in the window, once no guard objects: a block that leaves somebody no way in needs their number, typed.
Result<QString> agreedTo(const PlanPreview& preview, const QString& typed)
{
    if (preview.verdict.isAllowed() && !preview.verdict.isAgreed(typed)) {
        const auto locked = preview.verdict.collateral.onlyHere.size();
        return failure(ErrorCode::Refused, QStringLiteral("the plan cuts off %1 people who have no other way in").arg(locked),
                       QStringLiteral("--preview shows the plan; --cuts-off %1 says that you know.").arg(locked));
    }
    return typed;
}

/// Bans alone are applied: what a plan says of accounts is somebody else's word, and must not seem done.
void tellAccounts(const Plan& plan)
{
    const auto names = [](const QStringList& accounts) {
        QStringList shown;
        for (const QString& name : accounts.mid(0, 20)) {
            shown << UntrustedText(name.toStdString()).plain(60);
        }
        return shown.join(QLatin1Char(' ')) + (accounts.size() > 20 ? QStringLiteral(" and %1 more").arg(accounts.size() - 20) : QString());
    };
    if (!plan.resets.isEmpty()) {
        std::fprintf(stderr, "not done by apply: new passwords for %s\n  hint: \"mailward-cli accounts contain ACCOUNT... --handover FILE\" does that, and holds their mail\n", qUtf8Printable(names(plan.resets)));
    }
    if (!plan.holds.isEmpty()) {
        std::fprintf(stderr, "not done by apply: holding the queued mail of %s\n  hint: \"mailward-cli accounts hold ACCOUNT...\" does that alone\n", qUtf8Printable(names(plan.holds)));
    }
}

/// What plans are judged by: the history, and who in it is no witness for whom a block would hurt.
struct Desk {
    SystemClock clock;
    std::shared_ptr<const ColumnsSnapshot> history;
    std::vector<Incident> incidents;
    std::unique_ptr<Response> response;
    GuardContext guards;

    [[nodiscard]] Result<void> open(const Context& context)
    {
        auto input = readStoredInput(context);
        if (!input) {
            return tl::unexpected(input.error());
        }
        history = input->data;
        incidents = incidentsOf(*input);
        auto opened = Response::open(context.paths, clock);
        if (!opened) {
            return tl::unexpected(opened.error());
        }
        response = std::move(*opened);
        return response->guards(*history, incidents).map([&](GuardContext&& read) { guards = std::move(read); });
    }

    [[nodiscard]] Result<Previewed> preview(const Plan& plan, const std::vector<ExecutorTarget>& targets)
    {
        const TimeRange judged = judgedPeriod(*history, clock.now());
        auto suspects = participantsOf(incidents);
        for (const GoodLogin& login : guards.goodLogins) {
            suspects.erase(login.address); // let in before they failed: people, as for the guards
        }
        return response->executor().preview(plan, targets, failingSources(*history, judged), guards).map([&](PlanPreview&& preview) {
            auto people = peopleCutOff(*history, judged, preview.plan, suspects);
            return Previewed{std::move(preview), std::move(people)};
        });
    }
};

/// A server is another one by now than what the plan was made from: nothing was done. What is different is said; with `again` the plan is shown as
/// it would go there now. It is not applied: somebody has to look first.
int tellOutdated(const Context& context, Desk& desk, const PlanPreview& before, const std::vector<ExecutorTarget>& targets, std::chrono::seconds window, bool again)
{
    const auto now = desk.preview(before.plan, targets);
    if (!now) {
        return printError(now.error());
    }
    for (const QString& change : changesSince(before, now->preview)) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(change));
    }
    if (again) {
        printPreview(context, *now, window);
    }
    std::fprintf(stderr, "nothing was applied\n  hint: %s\n", again ? "look at the plan as it is now, then apply once more" : "\"apply --again\" shows the plan as it is now");
    return kFailed;
}

} // namespace

int runApply(const Context& context)
{
    const auto arguments = readArguments(context.words, {{QStringLiteral("--server"), QStringLiteral("--confirm-within"), QStringLiteral("--cuts-off")}, {QStringLiteral("--preview"), QStringLiteral("--again")}});
    if (!arguments || arguments->positional.size() != 1) {
        return wrongUse(arguments ? QStringLiteral("apply takes PLAN.json [--server NAME] [--confirm-within S] [--cuts-off N] [--preview] [--again]") : arguments.error());
    }
    const auto window = arguments->number(QStringLiteral("--confirm-within"), 60, 5, 600);
    if (!window) {
        return wrongUse(window.error());
    }
    const auto plan = readPlan(arguments->positional.first());
    if (!plan) {
        return printError(plan.error());
    }
    const QStringList named = arguments->all(QStringLiteral("--server"));
    const auto targets = targetsFor(context, named.isEmpty() ? plan->servers : named);
    if (!targets) {
        return printError(targets.error());
    }
    Desk desk;
    if (const auto opened = desk.open(context); !opened) {
        return printError(opened.error());
    }
    const auto previewed = desk.preview(*plan, *targets);
    if (!previewed) {
        return printError(previewed.error());
    }
    tellAccounts(*plan);
    const PlanPreview& preview = previewed->preview;
    if (arguments->has(QStringLiteral("--preview"))) {
        printPreview(context, *previewed, std::chrono::seconds(*window));
        return preview.verdict.isAllowed() ? kDone : kFailed;
    }
    printCost(stderr, preview);
    const auto agreed = agreedTo(preview, arguments->value(QStringLiteral("--cuts-off")));
    if (!agreed) {
        return printError(agreed.error());
    }
    ApplyOptions options;
    options.window = std::chrono::seconds(*window);
    options.override = *agreed;
    for (const ServerPreview& server : preview.servers) {
        options.previewed[server.server] = server.stateHash;
    }
    options.who = whoIsHere();
    const auto report = desk.response->executor().apply(*plan, *targets, desk.guards, options);
    const int code = printReport(context, report);
    return report && report->isOutdated() ? tellOutdated(context, desk, preview, *targets, options.window, arguments->has(QStringLiteral("--again"))) : code;
}

namespace {

/// confirm and revert differ in one call.
int finishPlan(const Context& context, Result<ApplyReport> (Executor::*step)(const QString&, const std::vector<ExecutorTarget>&, const QString&))
{
    if (context.words.size() != 1 || !isPlanId(context.words.first())) {
        return wrongUse(QStringLiteral("this takes the id of a plan: 16 hex digits, as apply printed it"));
    }
    SystemClock clock;
    const auto response = Response::open(context.paths, clock);
    if (!response) {
        return printError(response.error());
    }
    QStringList servers;
    for (const JournalEntry& entry : (*response)->journal().lastOf(context.words.first())) {
        servers << entry.server;
    }
    if (servers.isEmpty()) {
        return printError({ErrorCode::NotFound, QStringLiteral("the journal knows no plan %1").arg(context.words.first()), QStringLiteral("mailward-cli audit lists what was applied")});
    }
    const auto targets = targetsFor(context, servers);
    if (!targets) {
        return printError(targets.error());
    }
    return printReport(context, ((*response)->executor().*step)(context.words.first(), *targets, whoIsHere()));
}

} // namespace

int runConfirm(const Context& context) { return finishPlan(context, &Executor::confirm); }
int runRevert(const Context& context) { return finishPlan(context, &Executor::revert); }

} // namespace mailward::cli
