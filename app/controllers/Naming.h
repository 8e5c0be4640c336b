// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/geo/CountryNames.h"
#include "models/geo/GeoDatabase.h"

#include <QTimeZone>
#include <memory>

namespace mailward {

/// What turns ids into words on screen: country names, network names, the zone of times. Cheap to copy; any thread.
struct Naming {
    std::shared_ptr<const GeoDatabase> geo; ///< may be null
    std::shared_ptr<const CountryNames> countries = std::make_shared<const CountryNames>();
    QString language = QStringLiteral("en");
    QTimeZone zone = QTimeZone::utc();

    [[nodiscard]] QString countryName(CountryCode country) const { return countries->name(country, language); }
    [[nodiscard]] std::string networkName(std::uint32_t asn) const { return geo ? std::string(geo->asnName(asn)) : std::string(); }
};

} // namespace mailward
