// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/geo/WorldMap.h"

#include <QCoreApplication>
#include <QFile>
#include <cmath>
#include <cstring>
#include <numbers>

namespace mailward {

namespace {

constexpr std::array<char, 8> kMagic{'M', 'W', 'M', 'A', 'P', '0', '0', '1'};

QString text(const char* source)
{
    return QCoreApplication::translate("WorldMap", source);
}

struct EqualEarthPoint {
    double x;
    double y;
};

/// The projection's own units: x within about +-2.7066, y within about +-1.3173.
EqualEarthPoint equalEarth(double longitude, double latitude)
{
    constexpr double kA1 = 1.340264;
    constexpr double kA2 = -0.081106;
    constexpr double kA3 = 0.000893;
    constexpr double kA4 = 0.003796;
    constexpr double kToRadians = std::numbers::pi / 180.0;
    const double m = std::sqrt(3.0) / 2.0;
    const double theta = std::asin(m * std::sin(latitude * kToRadians));
    const double t2 = theta * theta;
    const double t6 = t2 * t2 * t2;
    const double x = longitude * kToRadians * std::cos(theta) /
                     (m * (kA1 + 3 * kA2 * t2 + t6 * (7 * kA3 + 9 * kA4 * t2)));
    return {x, theta * (kA1 + kA2 * t2 + t6 * (kA3 + kA4 * t2))};
}

/// Reads numbers off a byte array and remembers when there were too few.
class Reader
{
public:
    explicit Reader(const QByteArray& bytes) : m_at(bytes.constData()), m_left(static_cast<std::size_t>(bytes.size())) {}

    template <class T>
    T take()
    {
        T value{};
        read(&value, sizeof(T));
        return value;
    }
    /// `count` elements; empty when the file does not hold so many.
    template <class Container>
    Container takeMany(std::size_t count)
    {
        Container out;
        if (count > m_left / sizeof(typename Container::value_type)) {
            m_ok = false;
            return out;
        }
        out.resize(static_cast<typename Container::size_type>(count));
        read(out.data(), count * sizeof(typename Container::value_type));
        return out;
    }
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool atEnd() const { return m_left == 0; }

private:
    void read(void* to, std::size_t size)
    {
        if (size > m_left) {
            m_ok = false;
            m_left = 0;
            return;
        }
        if (size > 0) {
            std::memcpy(to, m_at, size);
        }
        m_at += size;
        m_left -= size;
    }

    const char* m_at;
    std::size_t m_left;
    bool m_ok = true;
};

template <class T>
void put(QByteArray& out, const T& value)
{
    out.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

void putRing(QByteArray& out, const MapRing& ring)
{
    put(out, static_cast<std::uint32_t>(ring.size()));
    out.append(reinterpret_cast<const char*>(ring.data()), static_cast<qsizetype>(ring.size() * sizeof(MapPoint)));
}

MapRing takeRing(Reader& reader)
{
    return reader.takeMany<MapRing>(reader.take<std::uint32_t>());
}

} // namespace

MapPoint projectEqualEarth(double longitude, double latitude)
{
    static const double halfWidth = equalEarth(180, 0).x;
    static const double halfHeight = equalEarth(0, 90).y;
    const EqualEarthPoint at = equalEarth(longitude, latitude);
    return {static_cast<float>((at.x + halfWidth) / (2 * halfWidth)),
            static_cast<float>((halfHeight - at.y) / (2 * halfWidth))};
}

Result<WorldShapes> WorldMap::load(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Io, text("Cannot read the map %1: %2").arg(path, file.errorString()),
                       text("Run ./installer/start, which fetches the borders and builds the map."));
    }
    return parse(file.readAll());
}

Result<WorldShapes> WorldMap::parse(const QByteArray& bytes)
{
    Reader reader(bytes);
    WorldShapes world;
    const bool known = reader.take<std::array<char, 8>>() == kMagic;
    world.outline = takeRing(reader);
    const auto count = reader.take<std::uint32_t>();
    for (std::uint32_t i = 0; known && reader.ok() && i < count; ++i) {
        MapShape& shape = world.shapes.emplace_back();
        shape.country = reader.take<CountryCode>();
        const auto name = reader.takeMany<std::string>(reader.take<std::uint16_t>());
        shape.name = QString::fromStdString(name);
        shape.label = reader.take<MapPoint>();
        const auto rings = reader.take<std::uint32_t>();
        for (std::uint32_t r = 0; reader.ok() && r < rings; ++r) {
            shape.rings.push_back(takeRing(reader));
        }
    }
    if (!known || !reader.ok() || !reader.atEnd()) {
        return failure(ErrorCode::Corrupt, text("The map file is damaged"),
                       text("It is made when Mailward is built: build again, or install the package again."));
    }
    return world;
}

QByteArray WorldMap::serialize(const WorldShapes& world)
{
    QByteArray out;
    put(out, kMagic);
    putRing(out, world.outline);
    put(out, static_cast<std::uint32_t>(world.shapes.size()));
    for (const MapShape& shape : world.shapes) {
        put(out, shape.country);
        const QByteArray name = shape.name.toUtf8();
        put(out, static_cast<std::uint16_t>(name.size()));
        out.append(name);
        put(out, shape.label);
        put(out, static_cast<std::uint32_t>(shape.rings.size()));
        for (const MapRing& ring : shape.rings) {
            putRing(out, ring);
        }
    }
    return out;
}

} // namespace mailward
