// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/CountryCode.h"
#include "models/core/IpAddress.h"
#include "models/core/Result.h"
#include "models/core/Time.h"

#include <maxminddb.h>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace mailward {

/// An .mmdb file of countries, in the layouts of MaxMind, DB-IP ("country" / "registered_country" -> "iso_code") and
/// ip-location-db ("country_code"). Immutable after load; the mapping is a copy that nobody else can reach.
class CountryTable
{
public:
    [[nodiscard]] static Result<std::unique_ptr<const CountryTable>> load(const QString& path);
    ~CountryTable();
    CountryTable(const CountryTable&) = delete;
    CountryTable& operator=(const CountryTable&) = delete;

    struct Hit {
        CountryCode country = kNoCountry;
        int netmask = 0; ///< length of the database's network, in the address's own family
    };
    [[nodiscard]] std::optional<Hit> find(IpAddress address) const;
    /// Of each of the countries, in their order, without a double one: one walk through the tree for all of them.
    [[nodiscard]] std::vector<std::vector<Prefix>> prefixes(std::span<const CountryCode> countries) const;
    /// Reads all of the tree: every node and every record can be reached without an error.
    [[nodiscard]] Result<void> checkTree() const;

    [[nodiscard]] QString type() const;
    [[nodiscard]] Instant built() const;

private:
    enum class Layout { Flat, Country, RegisteredCountry };
    class Walk;

    CountryTable() = default;
    [[nodiscard]] Result<void> probeLayout();
    [[nodiscard]] std::optional<CountryCode> countryAt(const MMDB_entry_s& entry) const;
    [[nodiscard]] std::optional<CountryCode> countryAt(const MMDB_entry_s& entry, Layout layout) const;

    mutable MMDB_s m_file{}; ///< mutable for the C interface only; nothing writes to it after load
    bool m_open = false;
    Layout m_layout = Layout::Flat; ///< tried first
};

} // namespace mailward
