// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/RawLines.h"

#include "models/store/Compression.h"
#include "models/store/SqlSession.h"
#include "models/store/SqlValues.h"

#include <algorithm>

namespace mailward {

namespace {

constexpr int kMaxContext = 10'000;

RawLine lineAt(const LineRef& asked, std::uint64_t start, QByteArrayView text, std::int64_t distance)
{
    RawLine line;
    line.ref = LineRef{asked.file, start, static_cast<std::uint32_t>(text.size()), 0};
    if (asked.number > 0) {
        line.ref.number = static_cast<std::uint64_t>(static_cast<std::int64_t>(asked.number) + distance);
    }
    line.text.assign(text.data(), static_cast<std::size_t>(text.size()));
    return line;
}

/// Position of the first byte of the line that ends before `at`; `at` is the start of a line, and not 0.
qsizetype previousLine(QByteArrayView bytes, qsizetype at)
{
    return at < 2 ? 0 : bytes.lastIndexOf('\n', at - 2) + 1;
}

} // namespace

Result<RawLines::Stretch> RawLines::blockWith(FileId file, std::uint64_t offset) const
{
    Stretch stretch;
    std::optional<QByteArray> packed;
    const auto done = forEachRow(
        m_sql.run(QStringLiteral("SELECT start, end, raw FROM blocks WHERE file = ? AND start <= ? ORDER BY start DESC LIMIT 1"),
                  {file.value(), toVariant(offset)}),
        [&](const QSqlQuery& row) {
            stretch.start = toUnsigned(row.value(0));
            if (toUnsigned(row.value(1)) > offset) {
                packed = row.value(2).toByteArray();
            }
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    if (!packed || packed->isEmpty()) {
        return Stretch{offset, {}};
    }
    auto bytes = decompressBytes(*packed, kMaxRawBlock);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    stretch.bytes = std::move(*bytes);
    return stretch;
}

Result<RawLines::Stretch> RawLines::growBack(FileId file, Stretch stretch, std::uint64_t offset, int lines) const
{
    while (stretch.start > 0
           && stretch.bytes.first(static_cast<qsizetype>(offset - stretch.start)).count('\n') < lines) {
        const auto earlier = blockWith(file, stretch.start - 1);
        if (!earlier) {
            return earlier;
        }
        if (earlier->bytes.isEmpty()) {
            break;
        }
        stretch = Stretch{earlier->start, earlier->bytes + stretch.bytes};
    }
    return stretch;
}

Result<RawLines::Stretch> RawLines::growOn(FileId file, Stretch stretch, std::uint64_t offset, int lines) const
{
    while (stretch.bytes.sliced(static_cast<qsizetype>(offset - stretch.start)).count('\n') <= lines) {
        const auto later = blockWith(file, stretch.end());
        if (!later) {
            return later;
        }
        if (later->bytes.isEmpty()) {
            break;
        }
        stretch.bytes += later->bytes;
    }
    return stretch;
}

Result<std::vector<RawLine>> RawLines::around(const LineRef& line, int before, int after) const
{
    before = std::clamp(before, 0, kMaxContext);
    after = std::clamp(after, 0, kMaxContext);
    auto stretch = blockWith(line.file, line.offset);
    if (stretch && stretch->bytes.isEmpty()) {
        return failure(ErrorCode::NotFound, QStringLiteral("The raw line is no longer kept here."),
                       QStringLiteral("It may still be in the log on the server."));
    }
    stretch = stretch ? growBack(line.file, std::move(*stretch), line.offset, before) : stretch;
    stretch = stretch ? growOn(line.file, std::move(*stretch), line.offset, after) : stretch;
    if (!stretch) {
        return tl::unexpected(stretch.error());
    }
    const QByteArrayView bytes = stretch->bytes;
    qsizetype at = static_cast<qsizetype>(line.offset - stretch->start);
    std::int64_t distance = 0;
    for (; distance > -before && at > 0; --distance) {
        at = previousLine(bytes, at);
    }
    std::vector<RawLine> lines;
    for (; distance <= after && at < bytes.size(); ++distance) {
        const qsizetype newline = bytes.indexOf('\n', at);
        const qsizetype end = newline < 0 ? bytes.size() : newline;
        lines.push_back(lineAt(line, stretch->start + static_cast<std::uint64_t>(at), bytes.sliced(at, end - at), distance));
        at = end + 1;
    }
    return lines;
}

Result<QByteArray> RawLines::tail(FileId file, std::size_t maxBytes) const
{
    const auto offset = m_sql.value(QStringLiteral("SELECT offset FROM files WHERE id = ?"), {file.value()});
    if (!offset) {
        return tl::unexpected(offset.error());
    }
    QByteArray bytes;
    std::uint64_t start = toUnsigned(*offset);
    while (start > 0 && static_cast<std::size_t>(bytes.size()) < maxBytes) {
        const auto block = blockWith(file, start - 1);
        if (!block) {
            return tl::unexpected(block.error());
        }
        if (block->bytes.isEmpty()) {
            break;
        }
        start = block->start;
        bytes = block->bytes + bytes;
    }
    if (static_cast<std::size_t>(bytes.size()) <= maxBytes) {
        return bytes;
    }
    // Whole lines only: the cut falls behind the first line end inside the limit.
    const qsizetype newline = bytes.indexOf('\n', bytes.size() - static_cast<qsizetype>(maxBytes) - 1);
    return newline < 0 ? QByteArray() : bytes.sliced(newline + 1);
}

} // namespace mailward
