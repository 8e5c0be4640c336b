// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/tools/TopoJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace mailward::maptool {

namespace {

/// Arcs are runs of whole-number steps; `transform` turns the sums into degrees.
std::vector<GeoRing> readArcs(const QJsonObject& topology)
{
    const QJsonObject transform = topology[QLatin1String("transform")].toObject();
    const QJsonArray scale = transform[QLatin1String("scale")].toArray();
    const QJsonArray translate = transform[QLatin1String("translate")].toArray();
    std::vector<GeoRing> arcs;
    const QJsonArray lines = topology[QLatin1String("arcs")].toArray();
    for (const auto& line : lines) {
        GeoRing& arc = arcs.emplace_back();
        double x = 0;
        double y = 0;
        const QJsonArray steps = line.toArray();
        for (const auto& step : steps) {
            x += step[0].toDouble();
            y += step[1].toDouble();
            arc.push_back({x * scale[0].toDouble() + translate[0].toDouble(),
                           y * scale[1].toDouble() + translate[1].toDouble()});
        }
    }
    return arcs;
}

/// Joins the named arcs (~i means arc i backwards); the point where two arcs meet stands once.
GeoRing joinArcs(const QJsonArray& indices, const std::vector<GeoRing>& arcs)
{
    GeoRing ring;
    for (const auto& value : indices) {
        const int index = value.toInt();
        const auto position = static_cast<std::size_t>(index < 0 ? ~index : index);
        if (position >= arcs.size()) {
            return {};
        }
        GeoRing arc = arcs[position];
        if (index < 0) {
            std::reverse(arc.begin(), arc.end());
        }
        ring.insert(ring.end(), arc.begin() + (ring.empty() ? 0 : 1), arc.end());
    }
    return ring;
}

} // namespace

Result<std::vector<Area>> readTopoJson(const QByteArray& json, const QString& objectName)
{
    const QJsonObject topology = QJsonDocument::fromJson(json).object();
    const std::vector<GeoRing> arcs = readArcs(topology);
    const QJsonArray geometries =
        topology[QLatin1String("objects")][objectName][QLatin1String("geometries")].toArray();
    std::vector<Area> areas;
    for (const auto& geometry : geometries) {
        Area& area = areas.emplace_back();
        area.id = geometry[QLatin1String("id")].toString();
        area.name = geometry[QLatin1String("properties")][QLatin1String("name")].toString();
        const bool single = geometry[QLatin1String("type")].toString() == QLatin1String("Polygon");
        const QJsonArray arcsOfGeometry = geometry[QLatin1String("arcs")].toArray();
        const QJsonArray polygons = single ? QJsonArray{arcsOfGeometry} : arcsOfGeometry;
        for (const auto& polygon : polygons) {
            const QJsonArray rings = polygon.toArray();
            for (const auto& ring : rings) {
                area.rings.push_back(joinArcs(ring.toArray(), arcs));
            }
        }
    }
    if (areas.empty()) {
        return failure(ErrorCode::Corrupt, QStringLiteral("no geometries in the TopoJSON file"));
    }
    return areas;
}

} // namespace mailward::maptool
