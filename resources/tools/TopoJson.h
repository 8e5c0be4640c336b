// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <QByteArray>
#include <QString>
#include <vector>

namespace mailward::maptool {

/// Degrees.
struct GeoPoint {
    double longitude = 0;
    double latitude = 0;
};
using GeoRing = std::vector<GeoPoint>;

/// One geometry of a TopoJSON object: all rings of all its polygons, outer and holes alike.
struct Area {
    QString id; ///< ISO 3166-1 numeric, "356"; empty for areas without one
    QString name;
    std::vector<GeoRing> rings;
};

/// Reads the object `objectName` of a quantised TopoJSON file ("countries" of world-atlas).
[[nodiscard]] Result<std::vector<Area>> readTopoJson(const QByteArray& json, const QString& objectName);

} // namespace mailward::maptool
