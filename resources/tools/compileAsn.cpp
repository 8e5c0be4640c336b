// SPDX-License-Identifier: GPL-3.0-or-later
// Build tool: CSV ranges (first,last,asn,organisation) -> the table of networks of the share folder.
// Usage: mailward-compile-asn YYYYMMDD OUT CSV...
#include "models/geo/AsnTable.h"
#include "resources/tools/FileIo.h"

#include <charconv>

namespace mailward {

namespace {

/// One field of a CSV line (RFC 4180), taken off the front.
std::string takeField(std::string_view& line)
{
    std::string field;
    const bool quoted = !line.empty() && line.front() == '"';
    std::size_t at = quoted ? 1 : 0;
    for (; at < line.size(); ++at) {
        if (quoted && line[at] == '"') {
            if (at + 1 < line.size() && line[at + 1] == '"') {
                ++at;
            } else {
                ++at;
                break;
            }
        } else if (!quoted && line[at] == ',') {
            break;
        }
        field += line[at];
    }
    line.remove_prefix(std::min(line.size(), at + 1)); // the comma too
    return field;
}

void readCsv(const QByteArray& csv, std::vector<AsnRange>& ranges, std::map<std::uint32_t, std::string>& names)
{
    std::string_view rest(csv.constData(), static_cast<std::size_t>(csv.size()));
    while (!rest.empty()) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        if (line.empty()) {
            continue;
        }
        const QString shown = QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
        const auto first = IpAddress::parse(takeField(line));
        const auto last = IpAddress::parse(takeField(line));
        const std::string number = takeField(line);
        std::uint32_t asn = 0;
        const auto parsed = std::from_chars(number.data(), number.data() + number.size(), asn);
        if (!first || !last || parsed.ec != std::errc{}) {
            tool::fail(QStringLiteral("not a range: %1").arg(shown));
        }
        ranges.push_back({*first, *last, asn});
        names.try_emplace(asn, takeField(line));
    }
}

} // namespace

} // namespace mailward

int main(int argc, char** argv)
{
    using namespace mailward;
    if (argc < 4) {
        tool::fail(QStringLiteral("usage: mailward-compile-asn YYYYMMDD OUT CSV..."));
    }
    const std::string day = argv[1];
    const auto built = day.size() == 8 ? parseRfc3339(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2) + "T00:00:00Z")
                                       : std::nullopt;
    if (!built) {
        tool::fail(QStringLiteral("not a date: %1").arg(QString::fromStdString(day)));
    }
    std::vector<AsnRange> ranges;
    std::map<std::uint32_t, std::string> names;
    for (int i = 3; i < argc; ++i) {
        readCsv(tool::readFile(QString::fromLocal8Bit(argv[i])), ranges, names);
    }
    const auto bytes = AsnTable::serialize(std::move(ranges), names, *built);
    if (!bytes) {
        tool::fail(bytes.error().text);
    }
    tool::writeFile(QString::fromLocal8Bit(argv[2]), *bytes);
    return 0;
}
