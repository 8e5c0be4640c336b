// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/geo/CountryTable.h"

#include "models/geo/MmdbNesting.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryFile>
#include <algorithm>
#include <netinet/in.h>
#include <unordered_map>

namespace mailward {

namespace {

constexpr qint64 kMaxFileBytes = qint64{512} << 20;
constexpr int kProbedRecords = 64;
constexpr std::string_view kMarker = "\xAB\xCD\xEFMaxMind.com";

QString text(const char* source)
{
    return QCoreApplication::translate("CountryTable", source);
}

tl::unexpected<Error> broken(const QString& path, const QString& why)
{
    return failure(ErrorCode::Corrupt, text("%1 is not a usable country database: %2").arg(path, why),
                   text("Fetch it again, or choose another .mmdb file with countries."));
}

/// The metadata map stands behind the last marker of the file.
std::span<const std::uint8_t> metadataOf(const QByteArray& bytes)
{
    const qsizetype at = bytes.lastIndexOf(QByteArrayView(kMarker.data(), kMarker.size()));
    if (at < 0) {
        return {};
    }
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.constData());
    return {data + at + static_cast<qsizetype>(kMarker.size()), data + bytes.size()};
}

Result<QByteArray> readWhole(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Io, text("Cannot read %1: %2").arg(path, file.errorString()),
                       text("Check that the file is there and readable."));
    }
    if (file.size() > kMaxFileBytes) {
        return failure(ErrorCode::LimitExceeded, text("%1 is larger than 512 MB").arg(path),
                       text("Use a country database; a city database is not needed."));
    }
    return file.readAll();
}

} // namespace

Result<std::unique_ptr<const CountryTable>> CountryTable::load(const QString& path)
{
    const auto bytes = readWhole(path);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const auto metadata = metadataOf(*bytes);
    if (metadata.empty()) {
        return broken(path, text("it has no MaxMind DB marker"));
    }
    if (!mmdbNestingIsSane(metadata)) {
        return broken(path, text("its metadata are damaged"));
    }
    // The library can only map a file. It gets a copy whose name is gone right after, so that nobody can cut it short.
    QTemporaryFile copy;
    if (!copy.open() || copy.write(*bytes) != bytes->size() || !copy.flush()) {
        return failure(ErrorCode::Io, text("Cannot copy %1: %2").arg(path, copy.errorString()),
                       text("Is there room in the folder for temporary files?"));
    }
    std::unique_ptr<CountryTable> table(new CountryTable);
    const int status = MMDB_open(QFile::encodeName(copy.fileName()).constData(), MMDB_MODE_MMAP, &table->m_file);
    if (status != MMDB_SUCCESS) {
        return broken(path, QString::fromUtf8(MMDB_strerror(status)));
    }
    table->m_open = true;
    // The library counts the metadata to the section too, so its end is found from the marker.
    const auto dataEnd = bytes->size() - static_cast<qsizetype>(metadata.size() + kMarker.size());
    const auto dataBegin = table->m_file.data_section - table->m_file.file_content;
    if (dataBegin > dataEnd ||
        !mmdbNestingIsSane({table->m_file.data_section, static_cast<std::size_t>(dataEnd - dataBegin)})) {
        return broken(path, text("its records are damaged"));
    }
    if (const auto probed = table->probeLayout(); !probed) {
        return broken(path, probed.error().text);
    }
    return std::unique_ptr<const CountryTable>(std::move(table));
}

CountryTable::~CountryTable()
{
    if (m_open) {
        MMDB_close(&m_file);
    }
}

std::optional<CountryTable::Hit> CountryTable::find(IpAddress address) const
{
    int status = MMDB_SUCCESS;
    MMDB_lookup_result_s result{};
    if (address.isV4()) {
        sockaddr_in peer{};
        peer.sin_family = AF_INET;
        peer.sin_addr.s_addr = htonl(address.v4());
        result = MMDB_lookup_sockaddr(&m_file, reinterpret_cast<const sockaddr*>(&peer), &status);
        if (m_file.metadata.ip_version == 6) {
            result.netmask = static_cast<std::uint16_t>(result.netmask > 96 ? result.netmask - 96 : 0);
        }
    } else {
        sockaddr_in6 peer{};
        peer.sin6_family = AF_INET6;
        std::copy(address.bytes().begin(), address.bytes().end(), std::begin(peer.sin6_addr.s6_addr));
        result = MMDB_lookup_sockaddr(&m_file, reinterpret_cast<const sockaddr*>(&peer), &status);
    }
    if (status != MMDB_SUCCESS || !result.found_entry) {
        return std::nullopt;
    }
    const auto country = countryAt(result.entry);
    return country ? std::optional(Hit{*country, result.netmask}) : std::nullopt;
}

std::optional<CountryCode> CountryTable::countryAt(const MMDB_entry_s& entry) const
{
    if (const auto country = countryAt(entry, m_layout)) {
        return country;
    }
    for (const Layout layout : {Layout::Country, Layout::RegisteredCountry, Layout::Flat}) {
        if (layout == m_layout) {
            continue;
        }
        if (const auto country = countryAt(entry, layout)) {
            return country;
        }
    }
    return std::nullopt;
}

std::optional<CountryCode> CountryTable::countryAt(const MMDB_entry_s& entry, Layout layout) const
{
    static constexpr const char* kFlat[] = {"country_code", nullptr};
    static constexpr const char* kCountry[] = {"country", "iso_code", nullptr};
    static constexpr const char* kRegistered[] = {"registered_country", "iso_code", nullptr};
    const auto* path = layout == Layout::Flat ? kFlat : layout == Layout::Country ? kCountry : kRegistered;

    MMDB_entry_s start = entry;
    MMDB_entry_data_s value{};
    const int status = MMDB_aget_value(&start, &value, path);
    if (status != MMDB_SUCCESS || !value.has_data || value.type != MMDB_DATA_TYPE_UTF8_STRING) {
        return std::nullopt;
    }
    const CountryCode code = countryCodeOf({value.utf8_string, value.data_size});
    return code == kNoCountry ? std::nullopt : std::optional(code);
}

QString CountryTable::type() const
{
    return QString::fromUtf8(m_file.metadata.database_type).left(100);
}

Instant CountryTable::built() const
{
    return Instant{std::chrono::seconds{static_cast<std::int64_t>(m_file.metadata.build_epoch & 0xFFFFFFFFULL)}};
}

/// Goes through one family's part of the tree. The number of steps is bounded, so that a tree with a loop ends.
class CountryTable::Walk
{
public:
    Walk(const CountryTable& table, bool v4, std::span<const CountryCode> wanted)
        : m_table(table), m_v4(v4), m_wanted(wanted), m_stepsLeft(std::uint64_t{4} * table.m_file.metadata.node_count), m_prefixes(wanted.size())
    {
    }

    /// In the order of the wanted countries.
    [[nodiscard]] std::vector<std::vector<Prefix>> run()
    {
        const auto& file = m_table.m_file;
        if (m_v4 && file.metadata.ip_version == 6) {
            const auto start = file.ipv4_start_node;
            // A start above bit 96 means that all of ::/96 is one record, or empty.
            if (start.netmask == 96 && start.node_value < file.metadata.node_count) {
                writeDown(visit(start.node_value, 0), 0);
            }
        } else if (m_v4 == (file.metadata.ip_version == 4)) {
            writeDown(visit(0, 0), 0);
        }
        return std::move(m_prefixes);
    }

    [[nodiscard]] bool isComplete() const { return !m_damaged; }

private:
    static constexpr std::size_t kNobodys = SIZE_MAX; ///< of several countries, or of one that is not wanted

    /// Whose every address below is, as a place among the wanted: then the caller, who sees the neighbour, writes it down.
    std::size_t visit(std::uint32_t node, int depth)
    {
        MMDB_search_node_s pair{};
        if (m_stepsLeft == 0 || depth >= (m_v4 ? 32 : 128) || MMDB_read_node(&m_table.m_file, node, &pair) != MMDB_SUCCESS) {
            m_damaged = true;
            return kNobodys;
        }
        --m_stepsLeft;
        const std::size_t left = branch(pair.left_record_type, pair.left_record, pair.left_record_entry, depth, false);
        const std::size_t afterLeft = left == kNobodys ? 0 : m_prefixes[left].size();
        const std::size_t right = branch(pair.right_record_type, pair.right_record, pair.right_record_entry, depth, true);
        if (left == right) {
            return left;
        }
        setBit(depth, false);
        if (left != kNobodys) { // stands before what the right side has written
            m_prefixes[left].insert(m_prefixes[left].begin() + static_cast<std::ptrdiff_t>(afterLeft), Prefix(path(), depth + 1));
        }
        setBit(depth, true);
        writeDown(right, depth + 1);
        setBit(depth, false);
        return kNobodys;
    }

    std::size_t branch(std::uint8_t type, std::uint64_t record, const MMDB_entry_s& entry, int depth, bool one)
    {
        switch (type) {
        case MMDB_RECORD_TYPE_SEARCH_NODE: {
            const auto next = static_cast<std::uint32_t>(record);
            if (!m_v4 && m_table.m_file.ipv4_start_node.netmask > 0 && next == m_table.m_file.ipv4_start_node.node_value) {
                return kNobodys; // IPv4, and the places where MaxMind's files mirror it (2002::/16 and others)
            }
            setBit(depth, one);
            const std::size_t whose = visit(next, depth + 1);
            setBit(depth, false);
            return whose;
        }
        case MMDB_RECORD_TYPE_DATA:
            return whose(entry);
        case MMDB_RECORD_TYPE_EMPTY:
            return kNobodys;
        default:
            m_damaged = true;
            return kNobodys;
        }
    }

    std::size_t whose(const MMDB_entry_s& entry)
    {
        const auto [found, isNew] = m_owners.try_emplace(entry.offset, kNobodys);
        if (isNew) {
            const CountryCode country = m_table.countryAt(entry).value_or(kNoCountry);
            const auto at = std::find(m_wanted.begin(), m_wanted.end(), country);
            found->second = country == kNoCountry || at == m_wanted.end() ? kNobodys : static_cast<std::size_t>(at - m_wanted.begin());
        }
        return found->second;
    }

    void setBit(int index, bool one)
    {
        const auto position = static_cast<std::size_t>(index + (m_v4 ? 96 : 0));
        const auto mask = static_cast<std::uint8_t>(0x80U >> (position % 8));
        auto& byte = m_bits[position / 8];
        byte = static_cast<std::uint8_t>(one ? byte | mask : byte & ~mask);
    }

    [[nodiscard]] IpAddress path() const { return IpAddress::fromBytes(m_bits); }
    void writeDown(std::size_t whose, int length)
    {
        if (whose != kNobodys) {
            m_prefixes[whose].emplace_back(path(), length);
        }
    }

    const CountryTable& m_table;
    bool m_v4;
    std::span<const CountryCode> m_wanted;
    std::uint64_t m_stepsLeft;
    bool m_damaged = false;
    IpAddress::Bytes m_bits = m_v4 ? IpAddress::fromV4(0).bytes() : IpAddress::Bytes{};
    std::vector<std::vector<Prefix>> m_prefixes;
    std::unordered_map<std::uint32_t, std::size_t> m_owners; ///< by the record's offset: there are only some hundreds
};

std::vector<std::vector<Prefix>> CountryTable::prefixes(std::span<const CountryCode> countries) const
{
    std::vector<std::vector<Prefix>> all = Walk(*this, true, countries).run();
    const std::vector<std::vector<Prefix>> v6 = Walk(*this, false, countries).run();
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].insert(all[i].end(), v6[i].begin(), v6[i].end());
    }
    return all;
}

Result<void> CountryTable::checkTree() const
{
    for (const bool v4 : {true, false}) {
        Walk walk(*this, v4, {});
        static_cast<void>(walk.run());
        if (!walk.isComplete()) {
            return failure(ErrorCode::Corrupt, text("its search tree is damaged"));
        }
    }
    return {};
}

Result<void> CountryTable::probeLayout()
{
    int probed = 0;
    std::array<int, 3> hits{};
    for (std::uint32_t node = 0; node < m_file.metadata.node_count && probed < kProbedRecords; ++node) {
        MMDB_search_node_s pair{};
        if (MMDB_read_node(&m_file, node, &pair) != MMDB_SUCCESS) {
            return failure(ErrorCode::Corrupt, text("its search tree is damaged"));
        }
        for (const bool left : {true, false}) {
            if ((left ? pair.left_record_type : pair.right_record_type) != MMDB_RECORD_TYPE_DATA) {
                continue;
            }
            ++probed;
            for (const Layout layout : {Layout::Flat, Layout::Country, Layout::RegisteredCountry}) {
                const bool hit = countryAt(left ? pair.left_record_entry : pair.right_record_entry, layout).has_value();
                hits[static_cast<std::size_t>(layout)] += hit ? 1 : 0;
            }
        }
    }
    const auto best = std::max_element(hits.begin(), hits.end());
    if (*best == 0) {
        return failure(ErrorCode::Corrupt, text("its records name no countries"));
    }
    m_layout = static_cast<Layout>(best - hits.begin());
    return {};
}

} // namespace mailward
