// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/MapShapes.h"
#include "resources/tools/TopoJson.h"

namespace mailward::maptool {

/// Cuts a ring of a sphere open at the antimeridian, so that it can be drawn flat without bars across the map: the ring
/// is unwrapped, closed over the pole if it goes round it, and its part within -180..180 degrees is kept.
[[nodiscard]] std::vector<GeoRing> cutAtAntimeridian(GeoRing ring);

/// To the map's coordinates. Long edges get points in between, since a straight line on the sphere is none on the map.
[[nodiscard]] MapRing project(const GeoRing& ring);

/// The edge of the world.
[[nodiscard]] MapRing worldOutline();

[[nodiscard]] double areaOf(const MapRing& ring);
/// A point well inside the largest ring of the shape.
[[nodiscard]] MapPoint labelPoint(const std::vector<MapRing>& rings);

} // namespace mailward::maptool
