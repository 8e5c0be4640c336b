// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/CountryCode.h"

#include <QString>
#include <cstdint>
#include <vector>

namespace mailward {

/// Figures of one country on the map.
struct MapFigure {
    CountryCode country = kNoCountry;
    QString name;                ///< in the window's language
    std::uint64_t addresses = 0; ///< that failed
    std::uint64_t failed = 0;
    std::uint64_t succeeded = 0;
};

/// What the map shows beside its shapes.
struct MapView {
    std::vector<MapFigure> figures;
    CountryCode home = kNoCountry; ///< where most of the organisation's own people are
    CountryCode selected = kNoCountry;
    std::uint64_t unknownAddresses = 0; ///< public, but no country is known
    std::uint64_t privateAddresses = 0; ///< private, shared, documentation ...
    QString source;                     ///< whose data say where an address is, and how old they are
};

} // namespace mailward
