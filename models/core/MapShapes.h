// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/CountryCode.h"

#include <QString>
#include <vector>

namespace mailward {

/// A point of the drawn map: x from 0 (west) to 1 (east), y from 0 (north) to kMapHeight (south).
struct MapPoint {
    float x = 0;
    float y = 0;
    bool operator==(const MapPoint&) const = default;
};

/// Height of the whole map in units of its width (Equal Earth projection).
inline constexpr float kMapHeight = 0.486715F;

/// One closed line; the last point is joined to the first by the painter.
using MapRing = std::vector<MapPoint>;

/// One area of the map. Several shapes may have one code (a country's disputed parts); the largest stands first.
/// A place too small for a shape, or drawn as a part of another country, has a code and a label but no rings.
struct MapShape {
    CountryCode country = kNoCountry; ///< kNoCountry: no code is given to this area
    QString name;                     ///< in English, for shapes without a code; otherwise see CountryNames
    std::vector<MapRing> rings;       ///< to be filled by the odd-even rule; holes are rings too
    MapPoint label;                   ///< where a circle or a name goes: inside the largest ring
};

/// The world as it is painted: already projected and cut at the antimeridian.
struct WorldShapes {
    MapRing outline; ///< the edge of the world, for the sea
    std::vector<MapShape> shapes;
};

} // namespace mailward
