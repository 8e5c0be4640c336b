// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/CountryCode.h"
#include "models/core/IpAddress.h"
#include "models/core/Result.h"
#include "models/core/Time.h"
#include "models/geo/AddressClass.h"

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace mailward {

class AsnTable;
class CountryTable;

/// What is known of one address. `asnName` lives as long as the database that gave it.
struct GeoInfo {
    CountryCode country = kNoCountry;
    std::uint32_t asn = 0; ///< 0: not announced by anybody, or no network data
    std::string_view asnName;
    AddressClass cls = AddressClass::Public;
};

/// One data file behind the database, for About and for the "how old is this" line.
struct GeoSource {
    QString path;
    QString type;    ///< as the file calls itself, such as "DBIP-Country-Lite"
    QString missing; ///< empty when loaded; otherwise why nothing comes from it, with what to do
    std::optional<Instant> built;

    [[nodiscard]] bool isLoaded() const { return missing.isEmpty(); }
    /// Whole days between the build of the data and `now`; nothing when unknown.
    [[nodiscard]] std::optional<int> ageDays(Instant now) const;
};

/// Another database's word about an address.
struct OtherCountry {
    QString database; ///< as the file calls itself
    CountryCode country = kNoCountry;
};

/// Address -> country and network, offline, and the way back. Immutable: any number of threads may share one.
/// A newer file is a new GeoDatabase; nothing is ever changed under a reader.
class GeoDatabase
{
public:
    /// Loads private copies of both files, so that nobody can cut them short under us. A file that is not there (or an
    /// empty path) leaves its half of the answers empty and says so in its source; a file that is broken is an error.
    [[nodiscard]] static Result<std::shared_ptr<const GeoDatabase>> open(const QString& countryMmdb,
                                                                         const QString& asnFile);
    /// The files that we ship, in `shareFolder`/geo: one database of countries, another as a second opinion, and the networks.
    /// `ownCountryMmdb`: a person's own import; where it is there it comes first, and the shipped ones are opinions.
    [[nodiscard]] static Result<std::shared_ptr<const GeoDatabase>> openShipped(const QString& shareFolder, const QString& ownCountryMmdb = {});
    ~GeoDatabase();
    GeoDatabase(const GeoDatabase&) = delete;
    GeoDatabase& operator=(const GeoDatabase&) = delete;

    /// About 0.2 µs. Addresses that are not public have a class and nothing else.
    [[nodiscard]] GeoInfo lookup(IpAddress address) const;
    /// What other databases say about the country where they say something else; in most cases nothing.
    [[nodiscard]] std::vector<OtherCountry> otherCountries(IpAddress address) const;
    /// The database's own network around the address: all of it has one country. Nothing where it is not listed.
    [[nodiscard]] std::optional<Prefix> countryNetwork(IpAddress address) const;
    /// Every prefix of a country, IPv4 first, sorted, neighbours merged. Takes about 0.1 s: not for the GUI thread.
    [[nodiscard]] std::vector<Prefix> countryPrefixes(CountryCode country) const;
    /// The same of each of several countries, in their order, each named once; takes no longer than one.
    [[nodiscard]] std::vector<std::vector<Prefix>> countryPrefixes(std::span<const CountryCode> countries) const;
    /// Every announced prefix of a network, IPv4 first, sorted, neighbours merged.
    [[nodiscard]] std::vector<Prefix> asnPrefixes(std::uint32_t asn) const;
    /// "" when the network is not known. Lives as long as this database.
    [[nodiscard]] std::string_view asnName(std::uint32_t asn) const;

    [[nodiscard]] const GeoSource& countrySource() const { return m_countrySource; }
    [[nodiscard]] const GeoSource& networkSource() const { return m_networkSource; }
    /// Of the second opinions.
    [[nodiscard]] std::vector<GeoSource> otherSources() const;

private:
    struct Opinion {
        GeoSource source;
        std::unique_ptr<const CountryTable> table;
    };

    GeoDatabase();
    [[nodiscard]] Result<void> addOpinion(const QString& path);

    std::unique_ptr<const CountryTable> m_countries;
    std::unique_ptr<const AsnTable> m_networks;
    GeoSource m_countrySource;
    GeoSource m_networkSource;
    std::vector<Opinion> m_opinions;
};

/// Reads a country database as a stranger's file: nesting, metadata, every node of the tree, 10,000 look-ups.
/// Meant for a child process: a hostile file may crash the reader, and then only the child is gone.
[[nodiscard]] Result<void> verifyMmdb(const QString& path);

} // namespace mailward
