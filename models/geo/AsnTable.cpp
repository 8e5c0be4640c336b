// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/geo/AsnTable.h"

#include <QCoreApplication>
#include <QFile>
#include <bit>
#include <cstring>
#include <optional>
#include <span>

namespace mailward {

static_assert(std::endian::native == std::endian::little, "the file holds its numbers as this machine does");

struct AsnTable::Header {
    std::array<char, 8> magic;
    std::int64_t builtSeconds;
    std::uint32_t v4;
    std::uint32_t v6;
    std::uint32_t names;
    std::uint32_t pool;
};

namespace {

constexpr std::array<char, 8> kMagic{'M', 'W', 'A', 'S', 'N', '0', '0', '1'};

QString text(const char* source)
{
    return QCoreApplication::translate("AsnTable", source);
}

tl::unexpected<Error> broken(const QString& path)
{
    return failure(ErrorCode::Corrupt, text("%1 is not a usable table of networks").arg(path),
                   text("It is made when Mailward is built: build again, or install the package again."));
}

/// Takes `count` rows off the front of `bytes`; the caller has checked the total size.
template <class Row>
void takeRows(std::span<const char>& bytes, std::vector<Row>& rows, std::size_t count)
{
    rows.resize(count);
    if (count > 0) {
        std::memcpy(rows.data(), bytes.data(), count * sizeof(Row));
    }
    bytes = bytes.subspan(count * sizeof(Row));
}

template <class Row>
void appendRows(QByteArray& out, const std::vector<Row>& rows)
{
    out.append(reinterpret_cast<const char*>(rows.data()), static_cast<qsizetype>(rows.size() * sizeof(Row)));
}

template <class Row>
bool isOrdered(const std::vector<Row>& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].last < rows[i].first || (i > 0 && rows[i].first <= rows[i - 1].last)) {
            return false;
        }
    }
    return true;
}

/// The row whose range holds `key`, or nothing.
template <class Row, class Key>
const Row* findRow(const std::vector<Row>& rows, const Key& key)
{
    const auto after =
        std::upper_bound(rows.begin(), rows.end(), key, [](const Key& k, const Row& row) { return k < row.first; });
    if (after == rows.begin() || std::prev(after)->last < key) {
        return nullptr;
    }
    return &*std::prev(after);
}

/// The next address; nothing after the last one of the family.
std::optional<IpAddress> next(IpAddress address)
{
    auto bytes = address.bytes();
    const std::size_t lowest = address.isV4() ? 12 : 0;
    for (std::size_t i = bytes.size(); i-- > lowest;) {
        if (++bytes[i] != 0) {
            return IpAddress::fromBytes(bytes);
        }
    }
    return std::nullopt;
}

/// The address before; never asked of the first one.
IpAddress previous(IpAddress address)
{
    auto bytes = address.bytes();
    for (std::size_t i = bytes.size(); i-- > 0;) {
        if (bytes[i]-- != 0) {
            break;
        }
    }
    return IpAddress::fromBytes(bytes);
}

/// Sorted; where two ranges overlap, the one that begins later counts, as the more specific announcement does.
void straighten(std::vector<AsnRange>& ranges)
{
    std::stable_sort(ranges.begin(), ranges.end(), [](const AsnRange& a, const AsnRange& b) { return a.first < b.first; });
    for (std::size_t i = 1; i < ranges.size(); ++i) {
        if (ranges[i - 1].first < ranges[i].first && ranges[i].first <= ranges[i - 1].last) {
            ranges[i - 1].last = previous(ranges[i].first);
        }
    }
}

/// The longest run upwards from `first` that is one prefix and does not pass `last`.
Prefix widestFrom(IpAddress first, IpAddress last)
{
    Prefix widest = Prefix::ofHost(first);
    for (int length = first.bits() - 1; length >= 0; --length) {
        const Prefix wider(first, length);
        if (wider.address() != first || wider.last() > last) {
            break;
        }
        widest = wider;
    }
    return widest;
}

} // namespace

std::vector<Prefix> prefixesOfRange(IpAddress first, IpAddress last)
{
    std::vector<Prefix> out;
    std::optional<IpAddress> at = first;
    while (at && *at <= last) {
        out.push_back(widestFrom(*at, last));
        at = next(out.back().last());
    }
    return out;
}

Result<std::unique_ptr<const AsnTable>> AsnTable::load(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Io, text("Cannot read %1: %2").arg(path, file.errorString()),
                       text("Check that the file is there and readable."));
    }
    const QByteArray content = file.readAll();
    std::span<const char> bytes(content.constData(), static_cast<std::size_t>(content.size()));
    Header header{};
    if (bytes.size() < sizeof(Header)) {
        return broken(path);
    }
    std::memcpy(&header, bytes.data(), sizeof(Header));
    bytes = bytes.subspan(sizeof(Header));
    const std::size_t expected = header.v4 * sizeof(V4Row) + header.v6 * sizeof(V6Row) +
                                 header.names * sizeof(NameRow) + header.pool;
    if (header.magic != kMagic || bytes.size() != expected) {
        return broken(path);
    }
    std::unique_ptr<AsnTable> table(new AsnTable);
    takeRows(bytes, table->m_v4, header.v4);
    takeRows(bytes, table->m_v6, header.v6);
    takeRows(bytes, table->m_names, header.names);
    table->m_pool.assign(bytes.data(), bytes.size());
    table->m_built = Instant{std::chrono::seconds{header.builtSeconds}};
    std::uint32_t before = 0;
    for (const NameRow& row : table->m_names) {
        if (row.end < before || row.end > table->m_pool.size()) {
            return broken(path);
        }
        before = row.end;
    }
    if (!isOrdered(table->m_v4) || !isOrdered(table->m_v6)) {
        return broken(path);
    }
    return std::unique_ptr<const AsnTable>(std::move(table));
}

Result<QByteArray> AsnTable::serialize(std::vector<AsnRange> ranges, const std::map<std::uint32_t, std::string>& names,
                                       Instant built)
{
    straighten(ranges);
    std::vector<V4Row> v4;
    std::vector<V6Row> v6;
    for (const AsnRange& range : ranges) {
        if (range.first.isV4() != range.last.isV4()) {
            return failure(ErrorCode::InvalidInput, text("A range of networks mixes IPv4 and IPv6"));
        }
        if (!range.first.isV4()) {
            v6.push_back({range.first.bytes(), range.last.bytes(), range.asn});
        } else if (!v4.empty() && v4.back().asn == range.asn && v4.back().last + 1 == range.first.v4()) {
            v4.back().last = range.last.v4(); // neighbours of one network are one row
        } else {
            v4.push_back({range.first.v4(), range.last.v4(), range.asn});
        }
    }
    if (!isOrdered(v4) || !isOrdered(v6)) {
        return failure(ErrorCode::InvalidInput, text("Ranges of networks overlap"));
    }
    std::vector<NameRow> rows;
    std::string pool;
    for (const auto& [asn, name] : names) {
        pool += name;
        rows.push_back({asn, static_cast<std::uint32_t>(pool.size())});
    }
    const Header header{kMagic,
                        std::chrono::duration_cast<std::chrono::seconds>(built.time_since_epoch()).count(),
                        static_cast<std::uint32_t>(v4.size()),
                        static_cast<std::uint32_t>(v6.size()),
                        static_cast<std::uint32_t>(rows.size()),
                        static_cast<std::uint32_t>(pool.size())};
    QByteArray out(reinterpret_cast<const char*>(&header), sizeof(header));
    appendRows(out, v4);
    appendRows(out, v6);
    appendRows(out, rows);
    out.append(pool.data(), static_cast<qsizetype>(pool.size()));
    return out;
}

std::uint32_t AsnTable::find(IpAddress address) const
{
    if (address.isV4()) {
        const V4Row* row = findRow(m_v4, address.v4());
        return row != nullptr ? row->asn : 0;
    }
    const V6Row* row = findRow(m_v6, address.bytes());
    return row != nullptr ? row->asn : 0;
}

std::string_view AsnTable::name(std::uint32_t asn) const
{
    const auto row = std::lower_bound(m_names.begin(), m_names.end(), asn,
                                      [](const NameRow& r, std::uint32_t wanted) { return r.asn < wanted; });
    if (row == m_names.end() || row->asn != asn) {
        return {};
    }
    const std::uint32_t begin = row == m_names.begin() ? 0 : std::prev(row)->end;
    return std::string_view(m_pool).substr(begin, row->end - begin);
}

std::vector<Prefix> AsnTable::prefixes(std::uint32_t asn) const
{
    std::vector<Prefix> out;
    const auto add = [&out](IpAddress first, IpAddress last) {
        const auto some = prefixesOfRange(first, last);
        out.insert(out.end(), some.begin(), some.end());
    };
    if (asn == 0) {
        return out;
    }
    for (const V4Row& row : m_v4) {
        if (row.asn == asn) {
            add(IpAddress::fromV4(row.first), IpAddress::fromV4(row.last));
        }
    }
    std::optional<std::pair<IpAddress, IpAddress>> run; // neighbouring ranges of the wanted network
    for (const V6Row& row : m_v6) {
        if (row.asn != asn) {
            continue;
        }
        const IpAddress first = IpAddress::fromBytes(row.first);
        if (run && next(run->second) == first) {
            run->second = IpAddress::fromBytes(row.last);
            continue;
        }
        if (run) {
            add(run->first, run->second);
        }
        run.emplace(first, IpAddress::fromBytes(row.last));
    }
    if (run) {
        add(run->first, run->second);
    }
    return out;
}

} // namespace mailward
