// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/geo/GeoDatabase.h"

#include "models/geo/AsnTable.h"
#include "models/geo/CountryTable.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace mailward {

namespace {

constexpr int kVerifyLookups = 10'000;

QString text(const char* source)
{
    return QCoreApplication::translate("GeoDatabase", source);
}

/// Loads one file into `table` and says in `source` what came of it. Not being there is no error.
template <class Table>
Result<void> loadSource(const QString& path, const QString& whatIsMissing, std::unique_ptr<const Table>& table,
                        GeoSource& source)
{
    source.path = path;
    if (path.isEmpty() || !QFileInfo::exists(path)) {
        source.missing = path.isEmpty() ? whatIsMissing : text("%1: there is no file %2").arg(whatIsMissing, path);
        return {};
    }
    auto loaded = Table::load(path);
    if (!loaded) {
        return tl::unexpected(loaded.error());
    }
    table = std::move(*loaded);
    source.built = table->built();
    return {};
}

} // namespace

std::optional<int> GeoSource::ageDays(Instant now) const
{
    if (!built) {
        return std::nullopt;
    }
    return static_cast<int>(std::chrono::floor<std::chrono::days>(now - *built).count());
}

GeoDatabase::GeoDatabase() = default;
GeoDatabase::~GeoDatabase() = default;

Result<std::shared_ptr<const GeoDatabase>> GeoDatabase::open(const QString& countryMmdb, const QString& asnFile)
{
    std::shared_ptr<GeoDatabase> database(new GeoDatabase);
    const auto countries = loadSource(countryMmdb, text("Countries are not known"), database->m_countries,
                                      database->m_countrySource);
    if (!countries) {
        return tl::unexpected(countries.error());
    }
    const auto networks = loadSource(asnFile, text("Networks are not known"), database->m_networks,
                                     database->m_networkSource);
    if (!networks) {
        return tl::unexpected(networks.error());
    }
    if (database->m_countries) {
        database->m_countrySource.type = database->m_countries->type();
    }
    if (database->m_networks) {
        database->m_networkSource.type = QStringLiteral("RouteViews + DB-IP");
    }
    return std::shared_ptr<const GeoDatabase>(std::move(database));
}

Result<std::shared_ptr<const GeoDatabase>> GeoDatabase::openShipped(const QString& shareFolder, const QString& ownCountryMmdb)
{
    const QString shipped = shareFolder + QStringLiteral("/geo/country.mmdb");
    const QString networks = shareFolder + QStringLiteral("/geo/asn.bin");
    const bool own = !ownCountryMmdb.isEmpty() && QFileInfo::exists(ownCountryMmdb);
    auto opened = open(own ? ownCountryMmdb : shipped, networks);
    if (!opened) {
        return opened;
    }
    const auto database = std::const_pointer_cast<GeoDatabase>(*opened); // nobody else has it yet
    // What we ship calls itself "country ipvAll"; people know it by who made it.
    const QString shippedName = QStringLiteral("DB-IP Lite");
    std::vector<std::pair<QString, QString>> opinions{{shareFolder + QStringLiteral("/geo/country-second.mmdb"), QStringLiteral("WHOIS")}};
    if (own) {
        opinions.insert(opinions.begin(), {shipped, shippedName});
    } else if (database->m_countrySource.isLoaded()) {
        database->m_countrySource.type = shippedName;
    }
    for (const auto& [path, name] : opinions) {
        const std::size_t before = database->m_opinions.size();
        if (const auto added = database->addOpinion(path); !added) {
            return tl::unexpected(added.error());
        }
        if (database->m_opinions.size() > before) {
            database->m_opinions.back().source.type = name;
        }
    }
    return opened;
}

Result<void> GeoDatabase::addOpinion(const QString& path)
{
    Opinion opinion;
    if (const auto loaded = loadSource(path, {}, opinion.table, opinion.source); !loaded) {
        return loaded;
    }
    if (opinion.table) {
        opinion.source.type = opinion.table->type();
        m_opinions.push_back(std::move(opinion));
    }
    return {};
}

std::vector<OtherCountry> GeoDatabase::otherCountries(IpAddress address) const
{
    std::vector<OtherCountry> others;
    if (addressClassOf(address) != AddressClass::Public) {
        return others;
    }
    const auto first = m_countries ? m_countries->find(address) : std::nullopt;
    for (const Opinion& opinion : m_opinions) {
        const auto hit = opinion.table->find(address);
        if (hit && (!first || hit->country != first->country)) {
            others.push_back({opinion.source.type, hit->country});
        }
    }
    return others;
}

std::vector<GeoSource> GeoDatabase::otherSources() const
{
    std::vector<GeoSource> sources;
    for (const Opinion& opinion : m_opinions) {
        sources.push_back(opinion.source);
    }
    return sources;
}

GeoInfo GeoDatabase::lookup(IpAddress address) const
{
    GeoInfo info;
    info.cls = addressClassOf(address);
    if (info.cls != AddressClass::Public) {
        return info;
    }
    if (m_countries) {
        if (const auto hit = m_countries->find(address)) {
            info.country = hit->country;
        }
    }
    if (m_networks) {
        info.asn = m_networks->find(address);
        info.asnName = m_networks->name(info.asn);
    }
    return info;
}

std::optional<Prefix> GeoDatabase::countryNetwork(IpAddress address) const
{
    const auto hit = m_countries ? m_countries->find(address) : std::nullopt;
    return hit ? std::optional(Prefix(address, hit->netmask)) : std::nullopt;
}

std::vector<Prefix> GeoDatabase::countryPrefixes(CountryCode country) const
{
    return std::move(countryPrefixes(std::span(&country, 1)).front());
}

std::vector<std::vector<Prefix>> GeoDatabase::countryPrefixes(std::span<const CountryCode> countries) const
{
    return m_countries ? m_countries->prefixes(countries) : std::vector<std::vector<Prefix>>(countries.size());
}

std::vector<Prefix> GeoDatabase::asnPrefixes(std::uint32_t asn) const
{
    return m_networks ? m_networks->prefixes(asn) : std::vector<Prefix>{};
}

std::string_view GeoDatabase::asnName(std::uint32_t asn) const
{
    return m_networks ? m_networks->name(asn) : std::string_view{};
}

Result<void> verifyMmdb(const QString& path)
{
    const auto table = CountryTable::load(path);
    if (!table) {
        return tl::unexpected(table.error());
    }
    if (auto tree = (*table)->checkTree(); !tree) {
        return failure(ErrorCode::Corrupt, text("%1 is not a usable country database: %2").arg(path, tree.error().text),
                       text("Fetch it again, or choose another file."));
    }
    int found = 0;
    std::uint32_t address = 0;
    for (int i = 0; i < kVerifyLookups; ++i) {
        address += 0x9E3779B9U; // visits the whole of IPv4 evenly
        found += (*table)->find(IpAddress::fromV4(address)) ? 1 : 0;
    }
    if (found == 0) {
        return failure(ErrorCode::Corrupt, text("%1 knows the country of no address").arg(path),
                       text("Choose a file of countries for IPv4 and IPv6."));
    }
    return {};
}

} // namespace mailward
