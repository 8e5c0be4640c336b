// SPDX-License-Identifier: GPL-3.0-or-later
// Build tool: world-atlas TopoJSON + ISO codes -> the map file of the share folder.
// Usage: mailward-compile-map COUNTRIES.json CODES.json OUT
#include "models/geo/WorldMap.h"
#include "resources/tools/FileIo.h"
#include "resources/tools/MapCutter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <map>

namespace mailward {

namespace {

using maptool::Area;

/// Natural Earth draws these without a numeric code; databases give their addresses the code on the right.
CountryCode codeByName(const QString& name)
{
    if (name == QLatin1String("Kosovo")) {
        return {'X', 'K'};
    }
    if (name == QLatin1String("Somaliland")) {
        return {'S', 'O'};
    }
    return name == QLatin1String("N. Cyprus") ? CountryCode{'C', 'Y'} : kNoCountry;
}

struct Place {
    const char* code;
    double longitude;
    double latitude;
};

/// Codes that Natural Earth 1:50m has no shape of its own for.
constexpr Place kPlaces[] = {
    {"BQ", -68.26, 12.18}, {"BV", 3.36, -54.42},  {"CC", 96.87, -12.16}, {"CX", 105.63, -10.49}, {"GF", -53.1, 3.9},
    {"GI", -5.35, 36.14},  {"GP", -61.55, 16.25}, {"MQ", -61.02, 14.64}, {"RE", 55.53, -21.11},  {"SJ", 16.0, 78.6},
    {"TK", -171.85, -9.2}, {"TV", 179.2, -8.52},  {"UM", 166.63, 19.29}, {"YT", 45.15, -12.83},
};

/// ["AF", "AFG", "004"] rows -> 4: AF
std::map<int, CountryCode> readCodes(const QByteArray& json)
{
    std::map<int, CountryCode> codes;
    const QJsonArray rows = QJsonDocument::fromJson(json).array();
    for (const auto& row : rows) {
        codes[row[2].toString().toInt()] = countryCodeOf(row[0].toString().toStdString());
    }
    return codes;
}

MapShape shapeOf(const Area& area, const std::map<int, CountryCode>& codes)
{
    MapShape shape;
    shape.name = area.name;
    const auto code = area.id.isEmpty() ? codes.end() : codes.find(area.id.toInt());
    shape.country = code == codes.end() ? codeByName(area.name) : code->second;
    for (const auto& ring : area.rings) {
        for (const auto& part : maptool::cutAtAntimeridian(ring)) {
            shape.rings.push_back(maptool::project(part));
        }
    }
    if (shape.rings.empty()) {
        tool::fail(QStringLiteral("no outline for %1").arg(area.name));
    }
    shape.label = maptool::labelPoint(shape.rings);
    return shape;
}

double areaOf(const MapShape& shape)
{
    double sum = 0;
    for (const MapRing& ring : shape.rings) {
        sum += maptool::areaOf(ring);
    }
    return sum;
}

void addPlaces(std::vector<MapShape>& shapes, const std::map<int, CountryCode>& codes)
{
    QSet<QByteArray> present;
    const auto key = [](const CountryCode& code) { return QByteArray(code.data(), 2); };
    for (const MapShape& shape : shapes) {
        present.insert(key(shape.country));
    }
    for (const Place& place : kPlaces) {
        MapShape shape;
        shape.country = countryCodeOf(place.code);
        shape.label = projectEqualEarth(place.longitude, place.latitude);
        present.insert(key(shape.country));
        shapes.push_back(std::move(shape));
    }
    for (const auto& [number, code] : codes) {
        if (!present.contains(key(code))) {
            tool::fail(QStringLiteral("neither a shape nor a place for %1").arg(QString::fromLatin1(key(code))));
        }
    }
}

void compileMap(const QString& topoPath, const QString& codesPath, const QString& outPath)
{
    const auto areas = maptool::readTopoJson(tool::readFile(topoPath), QStringLiteral("countries"));
    if (!areas) {
        tool::fail(areas.error().text);
    }
    const auto codes = readCodes(tool::readFile(codesPath));
    WorldShapes world;
    world.outline = maptool::worldOutline();
    for (const Area& area : *areas) {
        world.shapes.push_back(shapeOf(area, codes));
    }
    // The large ones first: small countries inside them are painted over them, and a code's main part comes first.
    std::stable_sort(world.shapes.begin(), world.shapes.end(),
                     [](const MapShape& a, const MapShape& b) { return areaOf(a) > areaOf(b); });
    addPlaces(world.shapes, codes);
    tool::writeFile(outPath, WorldMap::serialize(world));
}

} // namespace

} // namespace mailward

int main(int argc, char** argv)
{
    if (argc != 4) {
        mailward::tool::fail(QStringLiteral("usage: mailward-compile-map COUNTRIES.json CODES.json OUT"));
    }
    mailward::compileMap(QString::fromLocal8Bit(argv[1]), QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]));
    return 0;
}
