// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/PullWriter.h"

#include "models/store/Compression.h"
#include "models/store/SqlSession.h"
#include "models/store/SqlValues.h"

#include <algorithm>

namespace mailward {

namespace {

/// A live log is committed line by line: small blocks become one until they have this size.
constexpr std::uint64_t kBlockBytes = 64 * 1024;
/// Program names come from the log: a flood of made-up ones must not grow the table without end.
constexpr int kMaxUnknownPrograms = 1000;

/// The columns of a row of `blocks` that say what stands in it, in the order of the statements below.
QVariantList contentOf(const EventBlock& block, const QByteArray& events, const QByteArray& raw)
{
    const auto [least, most] = std::minmax_element(block.time.begin(), block.time.end());
    return {block.time.empty() ? QVariant() : QVariant::fromValue(static_cast<qint64>(*least)),
            block.time.empty() ? QVariant() : QVariant::fromValue(static_cast<qint64>(*most)),
            QVariant::fromValue(static_cast<qint64>(block.size())), events, raw.isEmpty() ? QVariant() : QVariant(raw)};
}

} // namespace

Result<void> PullWriter::store(const EncodedPull& pull) const
{
    if (auto checked = checkOffset(pull); !checked) {
        return checked;
    }
    if (auto stored = storeBlock(pull); !stored) {
        return stored;
    }
    if (!pull.encodedAmendments.isEmpty()) {
        const auto amended = m_sql.change(QStringLiteral("INSERT INTO amendments (data) VALUES (?)"), {pull.encodedAmendments});
        if (!amended) {
            return asDone(amended);
        }
    }
    for (const UnknownSample& sample : pull.samples) {
        if (auto counted = storeUnknown(pull.newState.server, sample); !counted) {
            return counted;
        }
    }
    return storeFile(pull);
}

/// Refuses what would store something twice, or leave a gap unseen.
Result<void> PullWriter::checkOffset(const EncodedPull& pull) const
{
    const auto offset = m_sql.value(QStringLiteral("SELECT offset FROM files WHERE id = ?"), {pull.newState.id.value()});
    if (!offset) {
        return asDone(offset);
    }
    if (!offset->isValid()) {
        return failure(ErrorCode::NotFound, QStringLiteral("A pull was to be stored for a file that is not registered."));
    }
    if (toUnsigned(*offset) != pull.startOffset) {
        return failure(ErrorCode::Conflict,
                       QStringLiteral("The log was already read to byte %1; a pull from byte %2 does not continue it.")
                           .arg(toUnsigned(*offset))
                           .arg(pull.startOffset),
                       QStringLiteral("Pull again: reading starts from the stored place."));
    }
    return {};
}

/// The blocks that become one with the new bytes, newest first: each no longer than all that follows it, so that a byte is
/// written again at most as often as its block can double.
Result<std::vector<PullWriter::TailRow>> PullWriter::smallTail(const EncodedPull& pull) const
{
    std::vector<TailRow> tail;
    std::uint64_t length = pull.length();
    if (length >= kBlockBytes) {
        return tail;
    }
    bool goesOn = true;
    std::uint64_t next = pull.startOffset;
    const auto done = forEachRow(
        m_sql.run(QStringLiteral("SELECT id, start, end, events IS NULL, raw IS NULL FROM blocks WHERE file = ? AND start < ? "
                                 "ORDER BY start DESC LIMIT 20"),
                  {pull.newState.id.value(), toVariant(pull.startOffset)}),
        [&](const QSqlQuery& row) {
            const std::uint64_t start = toUnsigned(row.value(1));
            // Bytes that are kept and bytes that are not must not meet in one block.
            goesOn = goesOn && toUnsigned(row.value(2)) == next && !row.value(3).toBool() && row.value(4).toBool() == pull.raw.isEmpty()
                     && next - start < kBlockBytes && next - start <= length;
            if (goesOn) {
                tail.push_back({row.value(0).toLongLong(), start});
                length += next - start;
                next = start;
            }
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return tail;
}

Result<void> PullWriter::storeBlock(const EncodedPull& pull) const
{
    if (pull.length() == 0) {
        return {};
    }
    const auto tail = smallTail(pull);
    if (!tail) {
        return asDone(tail);
    }
    if (!tail->empty()) {
        const auto merged = mergeTail(*tail, pull);
        if (!merged || *merged) {
            return asDone(merged);
        }
    }
    return asDone(m_sql.change(QStringLiteral("INSERT INTO blocks (file, start, end, min_time, max_time, event_count, events, raw) "
                                              "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
                               QVariantList{pull.newState.id.value(), toVariant(pull.startOffset), toVariant(pull.newState.offset)}
                                   + contentOf(pull.block, pull.events, pull.raw)));
}

/// False, and nothing changed, when a block of the tail is damaged: it stays what it is, and nothing new goes into it.
Result<bool> PullWriter::mergeTail(const std::vector<TailRow>& tail, const EncodedPull& pull) const
{
    EventBlockBuilder builder;
    QByteArray raw;
    for (auto row = tail.rbegin(); row != tail.rend(); ++row) {
        const auto events = m_sql.value(QStringLiteral("SELECT events FROM blocks WHERE id = ?"), {row->id});
        const auto bytes = m_sql.value(QStringLiteral("SELECT raw FROM blocks WHERE id = ?"), {row->id});
        if (!events || !bytes) {
            return tl::unexpected(events ? bytes.error() : events.error());
        }
        const auto block = decodeBlock(events->toByteArray());
        const auto text = bytes->isNull() ? Result<QByteArray>{QByteArray()} : decompressBytes(bytes->toByteArray(), kMaxRawBlock);
        if (!block || !text) {
            return false;
        }
        builder.add(*block);
        raw += *text;
    }
    builder.add(pull.block);
    raw += pull.rawBytes;
    for (std::size_t i = 0; i + 1 < tail.size(); ++i) {
        if (const auto gone = m_sql.change(QStringLiteral("DELETE FROM blocks WHERE id = ?"), {tail[i].id}); !gone) {
            return tl::unexpected(gone.error());
        }
    }
    Compressor compressor;
    const auto grown = m_sql.change(QStringLiteral("UPDATE blocks SET end = ?, min_time = ?, max_time = ?, event_count = ?, events = ?, raw = ? "
                                                   "WHERE id = ?"),
                                    QVariantList{toVariant(pull.newState.offset)}
                                        + contentOf(builder.block(), encodeBlock(builder.block(), compressor), raw.isEmpty() ? QByteArray() : compressor.compress(viewOf(raw)))
                                        + QVariantList{tail.back().id});
    if (!grown) {
        return tl::unexpected(grown.error());
    }
    return true;
}

Result<void> PullWriter::storeFile(const EncodedPull& pull) const
{
    const FileState& state = pull.newState;
    return asDone(m_sql.change(
        QStringLiteral("UPDATE files SET path = ?, device = ?, inode = ?, fingerprint = ?, offset = ?, line_number = ?, "
                       "tail_hash = ?, bytes_lost = ?, closed = ?, lines = lines + ?, events = events + ?, "
                       "boring = boring + ?, unknown = unknown + ? WHERE id = ?"),
        {toBlob(state.path), toVariant(state.device), toVariant(state.inode), toBlob(state.fingerprint), toVariant(state.offset),
         toVariant(state.lineNumber), toBlob(state.tailHash), toVariant(state.bytesLost), state.closed, toVariant(pull.lines),
         toVariant(pull.block.size()), toVariant(pull.boring), toVariant(pull.unknown), state.id.value()}));
}

Result<void> PullWriter::storeUnknown(ServerId server, const UnknownSample& sample) const
{
    const auto counted = m_sql.change(QStringLiteral("UPDATE unknown_lines SET count = count + ? WHERE server = ? AND program = ?"),
                                 {toVariant(sample.count), server.value(), toBlob(sample.program)});
    if (!counted || *counted > 0) {
        return asDone(counted);
    }
    const auto known = m_sql.value(QStringLiteral("SELECT count(*) FROM unknown_lines WHERE server = ?"), {server.value()});
    if (!known) {
        return asDone(known);
    }
    // Beyond the cap all further names share one row, so that the total stays true.
    const std::string program = known->toInt() < kMaxUnknownPrograms ? sample.program : std::string("(others)");
    return asDone(m_sql.change(QStringLiteral("INSERT INTO unknown_lines (server, program, count, sample, file, offset) "
                                         "VALUES (?, ?, ?, ?, ?, ?) "
                                         "ON CONFLICT (server, program) DO UPDATE SET count = count + excluded.count"),
                          {server.value(), toBlob(program), toVariant(sample.count), toBlob(sample.sample),
                           sample.line.file.value(), toVariant(sample.line.offset)}));
}

} // namespace mailward
