// SPDX-License-Identifier: GPL-3.0-or-later
#include "PeerTable.h"

#include <QJsonArray>
#include <cstdio>
#include <memory>

namespace mailward {

namespace {

int countryNumber(CountryCode country) { return country[0] * 256 + country[1]; }

/// What other engines call the row of a group.
qint64 keyOf(const ColumnsSnapshot& data, Group group, const GroupRow& row)
{
    switch (group) {
    case Group::Address: return data.address(AddressId{row.id}).ip.v4();
    case Group::Asn: return data.asn(row.id);
    case Group::Country: return row.label.size() == 2 ? row.label[0] * 256 + row.label[1] : 0;
    default: return row.id;
    }
}

} // namespace

bool writePeerTable(const ColumnsSnapshot& data, const QString& path)
{
    const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.toUtf8().constData(), "w"), &std::fclose);
    if (!file) {
        return false;
    }
    for (const ChunkView& chunk : data.chunks()) {
        for (std::uint32_t at = 0; at < chunk.rows; ++at) {
            const AddressEntry& address = data.address(AddressId{chunk.fixed->address[at]});
            const Verdict verdict = chunk.amendable->verdict[at];
            const Outcome outcome = outcomeOf(verdict);
            const unsigned attempts = chunk.amendable->attempts[at];
            const auto series = seriesOf(verdict);
            std::fprintf(file.get(), "%lld\t%u\t%d\t%u\t%u\t%u\t%u\t%u\t%u\t%u\t%u\t%u\n", static_cast<long long>(chunk.fixed->time[at]), address.ip.v4(),
                         countryNumber(address.facts.country), address.facts.asn, chunk.amendable->account[at], unsigned{chunk.fixed->server[at]},
                         unsigned{chunk.amendable->service[at]}, series ? static_cast<unsigned>(*series) : 5U, outcome == Outcome::None ? 1U : attempts,
                         outcome == Outcome::Failure ? attempts : 0U, outcome == Outcome::Success ? attempts : 0U, outcome == Outcome::Failure ? 1U : 0U);
        }
    }
    return std::ferror(file.get()) == 0;
}

QJsonObject peerAnswer(const ColumnsSnapshot& data, const QueryResult& result)
{
    QJsonObject answer;
    QJsonArray histogram;
    for (std::size_t bin = 0; bin < result.histogram.bins.size(); ++bin) {
        for (std::size_t series = 0; series < kSeriesCount; ++series) {
            if (const std::uint64_t weight = result.histogram.bins[bin][series]; weight > 0) {
                histogram << QJsonArray{static_cast<qint64>(bin), static_cast<qint64>(series), static_cast<qint64>(weight)};
            }
        }
    }
    answer[QStringLiteral("time")] = histogram;
    for (const GroupResult& group : result.groups) {
        QJsonArray rows;
        for (const GroupRow& row : group.rows) {
            rows << QJsonArray{keyOf(data, group.group, row), static_cast<qint64>(row.failed), static_cast<qint64>(row.succeeded), static_cast<qint64>(row.events)};
        }
        const std::string_view name = groupName(group.group);
        answer[QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()))] = rows;
    }
    answer[QStringLiteral("begin")] = static_cast<qint64>(toMicros(result.histogram.begin));
    answer[QStringLiteral("width")] = static_cast<qint64>(result.histogram.binWidth.count());
    return answer;
}

} // namespace mailward
