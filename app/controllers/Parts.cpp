// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/Parts.h"

#include "app/controllers/GeoImport.h"

namespace mailward {

namespace {

QString storePath(const DataPaths& paths) { return paths.state + QStringLiteral("/events.sqlite"); }

} // namespace

GeoLookup geoLookup(std::shared_ptr<const GeoDatabase> geo)
{
    if (!geo) {
        return [](IpAddress address) { return AddressFacts{kNoCountry, 0, addressClassOf(address)}; };
    }
    return [geo = std::move(geo)](IpAddress address) {
        const GeoInfo info = geo->lookup(address);
        return AddressFacts{info.country, info.asn, info.cls};
    };
}

std::shared_ptr<const GeoDatabase> openGeography(const DataPaths& paths, Error* problem)
{
    auto geo = GeoDatabase::openShipped(paths.share, GeoImport::ownFile(paths));
    if (!geo) { // a person's own file may have come to harm: the shipped one is better than none, and the problem is told
        if (problem) {
            *problem = geo.error();
        }
        geo = GeoDatabase::openShipped(paths.share);
    }
    if (!geo) {
        if (problem) {
            *problem = geo.error();
        }
        return nullptr;
    }
    return *geo;
}

Result<std::unique_ptr<LocalEventStore>> openStore(const DataPaths& paths, std::shared_ptr<const GeoDatabase> geo,
                                                   std::function<void()> changed, std::function<void(std::uint64_t)> loading,
                                                   std::function<void(const Error&)> troubled)
{
    LocalEventStore::Options options;
    options.path = storePath(paths);
    options.geo = geoLookup(std::move(geo));
    options.changed = std::move(changed);
    options.loading = std::move(loading);
    options.troubled = std::move(troubled);
    return LocalEventStore::open(std::move(options));
}

Result<std::unique_ptr<LocalEventStore>> openStoreToFill(const DataPaths& paths, std::function<void(const Error&)> troubled)
{
    LocalEventStore::Options options;
    options.path = storePath(paths);
    options.onlyStores = true;
    options.troubled = std::move(troubled);
    return LocalEventStore::open(std::move(options));
}

} // namespace mailward
