// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/MapShapes.h"
#include "models/core/Result.h"

#include <QByteArray>

namespace mailward {

/// Longitude and latitude in degrees (-180..180, -90..90) -> the point of the map. Equal Earth projection
/// (Šavrič, Patterson, Jenny 2018): equal areas, so that a choropleth does not lie.
[[nodiscard]] MapPoint projectEqualEarth(double longitude, double latitude);

/// The map file (map/world.bin of the share folder), written when the program is built.
class WorldMap
{
public:
    /// A few milliseconds. Checks every count against the file's size: a broken file is an error, never a crash.
    [[nodiscard]] static Result<WorldShapes> load(const QString& path);
    [[nodiscard]] static Result<WorldShapes> parse(const QByteArray& bytes);
    [[nodiscard]] static QByteArray serialize(const WorldShapes& world);
};

} // namespace mailward
