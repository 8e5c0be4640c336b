// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/tools/MapCutter.h"

#include "models/geo/WorldMap.h"

#include <algorithm>
#include <cmath>

namespace mailward::maptool {

namespace {

constexpr double kLongEdge = 1.0; // degrees
constexpr int kLabelGrid = 40;

/// Neighbouring points never more than half a turn apart; longitudes may leave -180..180.
void unwrap(GeoRing& ring)
{
    for (std::size_t i = 1; i < ring.size(); ++i) {
        while (ring[i].longitude - ring[i - 1].longitude > 180) {
            ring[i].longitude -= 360;
        }
        while (ring[i].longitude - ring[i - 1].longitude < -180) {
            ring[i].longitude += 360;
        }
    }
}

/// A ring that does not come back to where it began has gone round a pole.
void closeOverPole(GeoRing& ring)
{
    if (std::abs(ring.back().longitude - ring.front().longitude) < 180) {
        return;
    }
    const double pole = ring.front().latitude < 0 ? -90 : 90;
    const double begin = ring.front().longitude;
    ring.push_back({ring.back().longitude, pole});
    ring.push_back({begin, pole});
}

/// Sutherland-Hodgman against one meridian: what lies east (or west) of it.
GeoRing clip(const GeoRing& ring, double meridian, bool keepEast)
{
    const auto inside = [&](const GeoPoint& p) { return keepEast ? p.longitude >= meridian : p.longitude <= meridian; };
    GeoRing out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const GeoPoint& from = ring[i == 0 ? ring.size() - 1 : i - 1];
        const GeoPoint& to = ring[i];
        if (inside(from) != inside(to)) {
            const double share = (meridian - from.longitude) / (to.longitude - from.longitude);
            out.push_back({meridian, from.latitude + share * (to.latitude - from.latitude)});
        }
        if (inside(to)) {
            out.push_back(to);
        }
    }
    return out;
}

bool contains(const std::vector<MapRing>& rings, MapPoint p)
{
    bool in = false;
    for (const MapRing& ring : rings) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            const MapPoint& a = ring[i];
            const MapPoint& b = ring[j];
            if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
                in = !in;
            }
        }
    }
    return in;
}

float distanceToEdge(const std::vector<MapRing>& rings, MapPoint p)
{
    float best = 1e9F;
    for (const MapRing& ring : rings) {
        for (const MapPoint& corner : ring) {
            best = std::min(best, std::hypot(corner.x - p.x, corner.y - p.y));
        }
    }
    return best;
}

} // namespace

std::vector<GeoRing> cutAtAntimeridian(GeoRing ring)
{
    if (ring.size() < 3) {
        return {};
    }
    unwrap(ring);
    closeOverPole(ring);
    std::vector<GeoRing> out;
    for (const double shift : {-360.0, 0.0, 360.0}) {
        GeoRing copy = ring;
        for (GeoPoint& point : copy) {
            point.longitude += shift;
        }
        copy = clip(clip(copy, -180, true), 180, false);
        if (copy.size() >= 3) {
            out.push_back(std::move(copy));
        }
    }
    return out;
}

MapRing project(const GeoRing& ring)
{
    MapRing out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const GeoPoint& from = ring[i];
        const GeoPoint& to = ring[(i + 1) % ring.size()];
        const double length = std::hypot(to.longitude - from.longitude, to.latitude - from.latitude);
        const int steps = std::max(1, static_cast<int>(std::ceil(length / kLongEdge)));
        for (int step = 0; step < steps; ++step) {
            const double share = static_cast<double>(step) / steps;
            const MapPoint point = projectEqualEarth(from.longitude + share * (to.longitude - from.longitude),
                                                     from.latitude + share * (to.latitude - from.latitude));
            if (out.empty() || !(out.back() == point)) {
                out.push_back(point);
            }
        }
    }
    return out;
}

MapRing worldOutline()
{
    return project({{-180, 90}, {180, 90}, {180, -90}, {-180, -90}});
}

double areaOf(const MapRing& ring)
{
    double twice = 0;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        twice += static_cast<double>(ring[j].x) * static_cast<double>(ring[i].y) -
                 static_cast<double>(ring[i].x) * static_cast<double>(ring[j].y);
    }
    return std::abs(twice) / 2;
}

MapPoint labelPoint(const std::vector<MapRing>& rings)
{
    const auto largest = std::max_element(rings.begin(), rings.end(),
                                          [](const MapRing& a, const MapRing& b) { return areaOf(a) < areaOf(b); });
    const auto [west, east] = std::minmax_element(largest->begin(), largest->end(),
                                                  [](MapPoint a, MapPoint b) { return a.x < b.x; });
    const auto [north, south] = std::minmax_element(largest->begin(), largest->end(),
                                                    [](MapPoint a, MapPoint b) { return a.y < b.y; });
    MapPoint best = largest->front();
    float bestDistance = 0;
    for (int column = 1; column < kLabelGrid; ++column) {
        for (int row = 1; row < kLabelGrid; ++row) {
            const auto share = [](int step) { return static_cast<float>(step) / kLabelGrid; };
            const MapPoint p{west->x + (east->x - west->x) * share(column),
                             north->y + (south->y - north->y) * share(row)};
            if (!contains({*largest}, p) || !contains(rings, p)) {
                continue;
            }
            const float distance = distanceToEdge(rings, p);
            if (distance > bestDistance) {
                bestDistance = distance;
                best = p;
            }
        }
    }
    return best;
}

} // namespace mailward::maptool
