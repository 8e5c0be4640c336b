// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/PullWriter.h"

#include "models/store/Compression.h"
#include "models/store/SqlSession.h"
#include "models/store/SqlValues.h"

#include <algorithm>

namespace mailward {

namespace {

/// A live log is committed every second or so: small blocks grow to this before the next one starts.
constexpr std::uint64_t kBlockBytes = 64 * 1024;
constexpr std::size_t kMaxRawBlock = std::size_t{256} << 20;
/// Program names come from the log: a flood of made-up ones must not grow the table without end.
constexpr int kMaxUnknownPrograms = 1000;

std::string_view viewOf(const QByteArray& bytes) { return {bytes.constData(), static_cast<std::size_t>(bytes.size())}; }

} // namespace

Result<void> PullWriter::store(const PullCommit& commit) const
{
    if (auto checked = check(commit); !checked) {
        return checked;
    }
    if (auto stored = storeBlock(commit); !stored) {
        return stored;
    }
    if (!commit.batch.amendments.empty()) {
        const auto amended = m_sql.run(QStringLiteral("INSERT INTO amendments (data) VALUES (?)"),
                                       {encodeAmendments(commit.batch.amendments)});
        if (!amended) {
            return asDone(amended);
        }
    }
    for (const UnknownSample& sample : commit.batch.samples) {
        if (auto counted = storeUnknown(commit.newState.server, sample); !counted) {
            return counted;
        }
    }
    return storeFile(commit.newState, commit.batch);
}

/// Refuses what would store something twice, leave a gap unseen, or give events to the wrong file.
Result<void> PullWriter::check(const PullCommit& commit) const
{
    const FileState& state = commit.newState;
    const auto offset = m_sql.value(QStringLiteral("SELECT offset FROM files WHERE id = ?"), {state.id.value()});
    if (!offset) {
        return asDone(offset);
    }
    if (!offset->isValid()) {
        return failure(ErrorCode::NotFound, QStringLiteral("A pull was to be stored for a file that is not registered."));
    }
    if (toUnsigned(*offset) != commit.startOffset) {
        return failure(ErrorCode::Conflict,
                       QStringLiteral("The log was already read to byte %1; a pull from byte %2 does not continue it.")
                           .arg(toUnsigned(*offset))
                           .arg(commit.startOffset),
                       QStringLiteral("Pull again: reading starts from the stored place."));
    }
    const std::uint64_t length = state.offset - commit.startOffset;
    const bool rawFits = commit.rawBytes.isEmpty() || static_cast<std::uint64_t>(commit.rawBytes.size()) == length;
    if (state.offset < commit.startOffset || !rawFits) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("A pull's bytes do not fit its offsets."));
    }
    std::uint64_t least = commit.startOffset;
    for (const Event& event : commit.batch.events) {
        if (event.line.file != state.id || event.line.offset < least || event.line.offset >= state.offset) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("A pull's events are not in the order of its lines, or lie outside of them."));
        }
        least = event.line.offset + 1;
    }
    return {};
}

/// The file's last block, when it is small enough to be continued.
Result<std::optional<PullWriter::BlockRow>> PullWriter::growingBlock(const PullCommit& commit) const
{
    std::optional<BlockRow> found;
    const auto done = forEachRow(
        m_sql.run(QStringLiteral("SELECT id, events, raw FROM blocks WHERE file = ? AND end = ? AND end - start < ? "
                               "AND events IS NOT NULL ORDER BY start DESC LIMIT 1"),
                {commit.newState.id.value(), toVariant(commit.startOffset), toVariant(kBlockBytes)}),
        [&](const QSqlQuery& row) {
            found = BlockRow{row.value(0).toLongLong(), row.value(1).toByteArray(), row.value(2).toByteArray()};
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    // Bytes that are kept and bytes that are not must not meet in one block.
    if (found && found->raw.isEmpty() != commit.rawBytes.isEmpty()) {
        found.reset();
    }
    return found;
}

Result<void> PullWriter::storeBlock(const PullCommit& commit) const
{
    if (commit.newState.offset == commit.startOffset) {
        return {};
    }
    const auto growing = growingBlock(commit);
    if (!growing) {
        return asDone(growing);
    }
    EventBlockBuilder builder;
    QByteArray raw = commit.rawBytes;
    if (*growing) {
        const auto events = decodeBlock((*growing)->events);
        const auto before = (*growing)->raw.isEmpty() ? Result<QByteArray>{QByteArray()}
                                                     : decompressBytes((*growing)->raw, kMaxRawBlock);
        if (!events || !before) {
            return tl::unexpected(events ? before.error() : events.error());
        }
        builder.add(*events);
        raw = *before + raw;
    }
    for (const Event& event : commit.batch.events) {
        builder.add(event);
    }
    const auto& time = builder.block().time;
    const auto [least, most] = std::minmax_element(time.begin(), time.end());
    const QVariant minTime = time.empty() ? QVariant() : QVariant::fromValue(static_cast<qint64>(*least));
    const QVariant maxTime = time.empty() ? QVariant() : QVariant::fromValue(static_cast<qint64>(*most));
    const QVariant packed = raw.isEmpty() ? QVariant() : QVariant(compressBytes(viewOf(raw)));
    const QVariant count = QVariant::fromValue(static_cast<qint64>(time.size()));
    if (*growing) {
        return asDone(m_sql.run(QStringLiteral("UPDATE blocks SET end = ?, min_time = ?, max_time = ?, event_count = ?, "
                                             "events = ?, raw = ? WHERE id = ?"),
                              {toVariant(commit.newState.offset), minTime, maxTime, count, encodeBlock(builder.block()),
                               packed, (*growing)->id}));
    }
    return asDone(m_sql.run(QStringLiteral("INSERT INTO blocks (file, start, end, min_time, max_time, event_count, events, raw) "
                                         "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
                          {commit.newState.id.value(), toVariant(commit.startOffset), toVariant(commit.newState.offset), minTime,
                           maxTime, count, encodeBlock(builder.block()), packed}));
}

Result<void> PullWriter::storeFile(const FileState& state, const ParsedBatch& batch) const
{
    return asDone(m_sql.run(
        QStringLiteral("UPDATE files SET path = ?, device = ?, inode = ?, fingerprint = ?, offset = ?, line_number = ?, "
                       "tail_hash = ?, bytes_lost = ?, closed = ?, lines = lines + ?, events = events + ?, "
                       "boring = boring + ?, unknown = unknown + ? WHERE id = ?"),
        {toBlob(state.path), toVariant(state.device), toVariant(state.inode), toBlob(state.fingerprint), toVariant(state.offset),
         toVariant(state.lineNumber), toBlob(state.tailHash), toVariant(state.bytesLost), state.closed, toVariant(batch.lines),
         toVariant(batch.events.size()), toVariant(batch.boring), toVariant(batch.unknown), state.id.value()}));
}

Result<void> PullWriter::storeUnknown(ServerId server, const UnknownSample& sample) const
{
    const auto counted = m_sql.run(QStringLiteral("UPDATE unknown_lines SET count = count + ? WHERE server = ? AND program = ?"),
                                 {toVariant(sample.count), server.value(), toBlob(sample.program)});
    if (!counted || counted->numRowsAffected() > 0) {
        return asDone(counted);
    }
    const auto known = m_sql.value(QStringLiteral("SELECT count(*) FROM unknown_lines WHERE server = ?"), {server.value()});
    if (!known) {
        return asDone(known);
    }
    // Beyond the cap all further names share one row, so that the total stays true.
    const std::string program = known->toInt() < kMaxUnknownPrograms ? sample.program : std::string("(others)");
    return asDone(m_sql.run(QStringLiteral("INSERT INTO unknown_lines (server, program, count, sample, file, offset) "
                                         "VALUES (?, ?, ?, ?, ?, ?) "
                                         "ON CONFLICT (server, program) DO UPDATE SET count = count + excluded.count"),
                          {server.value(), toBlob(program), toVariant(sample.count), toBlob(sample.sample),
                           sample.line.file.value(), toVariant(sample.line.offset)}));
}

} // namespace mailward
