// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/DetectInput.h"

#include "app/controllers/Parts.h"
#include "app/controllers/SetApart.h"
#include "models/core/Clock.h"
#include "models/store/EventColumns.h"

namespace mailward::cli {

namespace {

constexpr std::size_t kBlockEvents = 65'536;

Result<std::shared_ptr<const GeoDatabase>> geography(const Context& context, const LogOptions& options)
{
    const auto pathOr = [&](const QString& given, const char* shipped) {
        return given.isEmpty() ? context.paths.share + QStringLiteral("/geo/") + QLatin1String(shipped) : given;
    };
    auto geo = GeoDatabase::open(pathOr(options.countryDb, "country.mmdb"), pathOr(options.asnDb, "asn.bin"));
    if (geo && !options.countryDb.isEmpty() && !(*geo)->countrySource().isLoaded()) {
        return failure(ErrorCode::NotFound, (*geo)->countrySource().missing);
    }
    if (geo && !options.asnDb.isEmpty() && !(*geo)->networkSource().isLoaded()) {
        return failure(ErrorCode::NotFound, (*geo)->networkSource().missing);
    }
    return geo;
}

/// What the site itself has decided: thresholds, and who stands apart.
Result<DetectInput> siteInput(const Context& context)
{
    auto thresholds = SiteThresholds::load(context.paths.config + QStringLiteral("/thresholds.toml"));
    if (!thresholds) {
        return tl::unexpected(thresholds.error());
    }
    SetApart apart = setApart(context.paths, SystemClock().now());
    if (!apart.errors.empty()) {
        return tl::unexpected(apart.errors.front());
    }
    DetectInput input;
    input.settings = thresholds->effective();
    input.thresholds = std::move(*thresholds);
    input.request.allowed = std::move(apart.prefixes);
    return input;
}

} // namespace

Result<DetectInput> readDetectInput(const Context& context, const LogOptions& options)
{
    const auto rules = loadRules(context);
    if (!rules) {
        return tl::unexpected(rules.error());
    }
    auto geo = geography(context, options);
    if (!geo) {
        return tl::unexpected(geo.error());
    }
    auto input = siteInput(context);
    if (!input) {
        return input;
    }
    EventColumns columns(geoLookup(*geo));
    EventBlockBuilder block;
    std::size_t size = 0;
    const auto flush = [&] {
        columns.append(block.take());
        block = EventBlockBuilder();
        size = 0;
    };
    const auto totals = LogFiles(*rules, options.stream).read(options.files, [&](const Event& event) {
        block.add(event);
        if (++size == kBlockEvents) {
            flush();
        }
        return true;
    });
    if (!totals) {
        return tl::unexpected(totals.error());
    }
    flush();
    input->data = columns.snapshot();
    input->request.now = input->data->range().end;
    input->request.allowed.insert(input->request.allowed.end(), options.allow.begin(), options.allow.end());
    input->totals = *totals;
    return input;
}

Result<DetectInput> readStoredInput(const Context& context)
{
    auto input = siteInput(context);
    if (!input) {
        return input;
    }
    const auto store = openStore(context.paths, openGeography(context.paths));
    if (!store) {
        return tl::unexpected(store.error());
    }
    if (const auto loaded = (*store)->waitUntilLoaded(); !loaded) {
        return tl::unexpected(loaded.error());
    }
    input->data = (*store)->snapshot();
    input->request.now = SystemClock().now();
    return input;
}

std::vector<Incident> incidentsOf(const DetectInput& input)
{
    auto incidents = findIncidents(*input.data, input.settings, input.request);
    input.thresholds.apply(incidents);
    return incidents;
}

} // namespace mailward::cli
