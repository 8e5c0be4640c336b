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

Result<std::shared_ptr<const GeoDatabase>> GeoDatabase::openShipped(const QString& shareFolder)
{
    return open(shareFolder + QStringLiteral("/geo/country.mmdb"), shareFolder + QStringLiteral("/geo/asn.bin"));
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
    return m_countries ? m_countries->prefixes(country) : std::vector<Prefix>{};
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
