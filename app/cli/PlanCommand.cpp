// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/PlanCommand.h"

#include "app/cli/DetectInput.h"
#include "app/cli/ReplayPrinter.h"
#include "app/controllers/Response.h"
#include "models/respond/PlanJudge.h"
#include "models/respond/Proposal.h"

#include <QFile>
#include <QJsonDocument>
#include <cstdio>

namespace mailward::cli {

namespace {

constexpr qint64 kLongestTtl = 31 * 86'400;

struct PlanOptions {
    LogOptions logs;
    OfferKind offer = OfferKind::Balanced;
    std::optional<Instant> until;
    std::optional<std::chrono::seconds> ttl;
    std::size_t maxRules = 8000;
};

tl::expected<PlanOptions, QString> readPlanOptions(const Context& context)
{
    const QStringList own{QStringLiteral("--until"), QStringLiteral("--offer"), QStringLiteral("--ttl"), QStringLiteral("--max-rules")};
    const auto arguments = readArguments(context.words, {logOptionsWithValue() + own, logSwitches()});
    if (!arguments) {
        return tl::unexpected(arguments.error());
    }
    const auto logs = readLogOptions(*arguments);
    const auto ttl = arguments->number(QStringLiteral("--ttl"), 0, 1, kLongestTtl);
    const auto rules = arguments->number(QStringLiteral("--max-rules"), 8000, 1, 200'000);
    if (!logs || !ttl || !rules) {
        return tl::unexpected(!logs ? logs.error() : !ttl ? ttl.error() : rules.error());
    }
    PlanOptions options;
    options.logs = *logs;
    options.maxRules = static_cast<std::size_t>(*rules);
    if (arguments->has(QStringLiteral("--ttl"))) {
        options.ttl = std::chrono::seconds(*ttl);
    }
    if (arguments->has(QStringLiteral("--until"))) {
        options.until = parseRfc3339(arguments->value(QStringLiteral("--until")).toStdString());
        if (!options.until) {
            return tl::unexpected(QStringLiteral("--until takes a time such as 2026-11-24T12:00:00Z"));
        }
    }
    const QString wanted = arguments->value(QStringLiteral("--offer"), offerName(OfferKind::Balanced));
    for (const auto kind : {OfferKind::Gentle, OfferKind::Balanced, OfferKind::Hard}) {
        if (offerName(kind) == wanted) {
            options.offer = kind;
            return options;
        }
    }
    return tl::unexpected(QStringLiteral("--offer is gentle, balanced or hard"));
}

/// Ranges of countries and networks; without data the plan holds addresses and neighbourhoods alone, and that is said.
Result<std::shared_ptr<const GeoDatabase>> ranges(const Context& context, const LogOptions& options)
{
    const QString shipped = context.paths.share + QStringLiteral("/geo/");
    auto geo = GeoDatabase::open(options.countryDb.isEmpty() ? shipped + QStringLiteral("country.mmdb") : options.countryDb,
                                 options.asnDb.isEmpty() ? shipped + QStringLiteral("asn.bin") : options.asnDb);
    if (geo && !(*geo)->countrySource().isLoaded()) {
        printError({ErrorCode::NotFound, (*geo)->countrySource().missing, QStringLiteral("without it no plan can hold a country's ranges")});
    }
    return geo;
}

void printOffers(const std::vector<Proposal>& proposals)
{
    for (const Proposal& proposal : proposals) {
        const PlanExpectation& expected = proposal.plan.expected;
        std::fprintf(stderr, "%-8s  %5zu bans  stops %5.1f %% of the attempts, %5.1f %% of the sources, %5.1f %% of the next ones  cuts off %llu people, %llu with no other way in\n",
                     qUtf8Printable(offerName(proposal.kind)), proposal.plan.bans.size(), expected.attemptsStoppedPct, expected.sourcesCoveredPct,
                     expected.nextSourcesCoveredPct, static_cast<unsigned long long>(expected.accountsCut), static_cast<unsigned long long>(expected.accountsCutOnlyHere));
    }
    if (!proposals.empty() && proposals.front().portlessPct >= 1) {
        std::fprintf(stderr, "%.0f %% of the attempts came through port 25, which no plan closes unasked: better let nobody log in there.\n", proposals.front().portlessPct);
    }
}

Result<GuardContext> guardsFor(const Context& context, const LogOptions& options)
{
    auto allow = AllowList::load(Response::allowListPath(context.paths));
    if (!allow) {
        return tl::unexpected(allow.error());
    }
    for (const Prefix& prefix : options.allow) {
        allow->add({prefix, QStringLiteral("--allow"), {}});
    }
    GuardContext guards;
    guards.allow = std::move(*allow);
    return guards;
}

Result<Plan> readPlanFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::NotFound, QStringLiteral("cannot read the plan %1: %2").arg(path, file.errorString()));
    }
    return planFromJson(file.readAll());
}

} // namespace

int runPlan(const Context& context)
{
    const auto options = readPlanOptions(context);
    if (!options) {
        return wrongUse(options.error());
    }
    const auto guards = guardsFor(context, options->logs);
    if (!guards) {
        return printError(guards.error());
    }
    const auto geo = ranges(context, options->logs);
    if (!geo) {
        return printError(geo.error());
    }
    auto input = readDetectInput(context, options->logs);
    if (!input) {
        return printError(input.error());
    }
    const Instant now = options->until.value_or(input->data->range().end);
    input->request.now = now;
    if (options->until) {
        input->request.window = TimeRange{input->data->range().begin, now};
    }
    const auto incidents = incidentsOf(*input);
    const auto proposals = proposePlans(*input->data, answerable(incidents, now), incidents, {*geo, *guards, now, options->maxRules});
    printOffers(proposals);
    for (const Proposal& proposal : proposals) {
        if (proposal.kind == options->offer) {
            Plan plan = proposal.plan;
            for (BanEntry& ban : plan.bans) {
                ban.ttl = options->ttl.value_or(ban.ttl);
            }
            std::printf("%s\n", QJsonDocument(toJson(plan)).toJson(context.json ? QJsonDocument::Compact : QJsonDocument::Indented).trimmed().constData());
        }
    }
    return printProblems(input->totals) ? kFailed : kDone;
}

int runJudge(const Context& context)
{
    const auto arguments = readArguments(context.words, {logOptionsWithValue() + QStringList{QStringLiteral("--plan")}, logSwitches()});
    if (!arguments) {
        return wrongUse(arguments.error());
    }
    const auto options = readLogOptions(*arguments);
    if (!options || !arguments->has(QStringLiteral("--plan"))) {
        return wrongUse(options ? QStringLiteral("judge takes --plan PLAN.json FILE...") : options.error());
    }
    const auto plan = readPlanFile(arguments->value(QStringLiteral("--plan")));
    if (!plan) {
        return printError(plan.error());
    }
    const auto input = readDetectInput(context, *options);
    if (!input) {
        return printError(input.error());
    }
    printResult(context, judgePlan(*input->data, participantsOf(incidentsOf(*input)), *plan));
    return printProblems(input->totals) ? kFailed : kDone;
}

} // namespace mailward::cli
