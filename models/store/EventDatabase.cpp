// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/EventDatabase.h"

#include "models/store/PullWriter.h"
#include "models/store/RawLines.h"
#include "models/store/SchemaMigration.h"
#include "models/store/SqlSession.h"
#include "models/store/SqlValues.h"

#include <QDateTime>
#include <QFile>

namespace mailward {

namespace {

/// Moves a damaged database and what belongs to it out of the way. Returns the new name, empty when that failed too.
QString moveAside(const QString& path)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-hhmmss-zzz"));
    const QString aside = QStringLiteral("%1.broken-%2").arg(path, stamp);
    for (const QString& suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        QFile::rename(path + suffix, aside + suffix);
    }
    return QFile::rename(path, aside) ? aside : QString();
}

Error keptAside(Error error, const QString& path)
{
    const QString aside = moveAside(path);
    error.hint = aside.isEmpty()
                     ? QStringLiteral("It could not be moved aside: move %1 away yourself, then start again.").arg(path)
                     : QStringLiteral("It was kept as %1. Start again for a new one, then pull: the servers still have the logs.")
                           .arg(aside);
    return error;
}

} // namespace

class EventDatabase::Private
{
public:
    SqlSession sql;
};

EventDatabase::EventDatabase(std::unique_ptr<Private> impl) : d(std::move(impl)) {}
EventDatabase::~EventDatabase() = default;

Result<std::unique_ptr<EventDatabase>> EventDatabase::open(const QString& path)
{
    auto impl = std::make_unique<Private>();
    auto opened = impl->sql.open(path);
    if (opened) {
        const auto steps = readSchemaSteps();
        opened = steps ? migrateSchema(impl->sql, *steps) : Result<void>{tl::unexpected(steps.error())};
    }
    if (!opened) {
        impl->sql.close();
        const Error error = opened.error();
        return tl::unexpected(SqlSession::isDamage(error) ? keptAside(error, path) : error);
    }
    return std::unique_ptr<EventDatabase>(new EventDatabase(std::move(impl)));
}

Result<ServerId> EventDatabase::serverId(const std::string& name)
{
    const auto known = d->sql.value(QStringLiteral("SELECT id FROM servers WHERE name = ?"), {toBlob(name)});
    if (!known) {
        return tl::unexpected(known.error());
    }
    if (known->isValid()) {
        return ServerId{known->toUInt()};
    }
    const auto added = d->sql.run(QStringLiteral("INSERT INTO servers (name) VALUES (?)"), {toBlob(name)});
    if (!added) {
        return tl::unexpected(added.error());
    }
    return ServerId{added->lastInsertId().toUInt()};
}

Result<std::vector<ServerTotals>> EventDatabase::servers() const
{
    std::vector<ServerTotals> servers;
    const auto done = forEachRow(
        d->sql.run(QStringLiteral("SELECT s.id, s.name, coalesce(sum(f.offset), 0), coalesce(sum(f.lines), 0), "
                                  "coalesce(sum(f.events), 0), coalesce(sum(f.boring), 0), coalesce(sum(f.unknown), 0), "
                                  "coalesce(sum(f.bytes_lost), 0) "
                                  "FROM servers s LEFT JOIN files f ON f.server = s.id GROUP BY s.id ORDER BY s.id")),
        [&](const QSqlQuery& row) {
            servers.push_back({ServerId{row.value(0).toUInt()}, toText(row.value(1)), toUnsigned(row.value(2)),
                               toUnsigned(row.value(3)), toUnsigned(row.value(4)), toUnsigned(row.value(5)), toUnsigned(row.value(6)),
                               toUnsigned(row.value(7))});
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return servers;
}

Result<std::vector<FileState>> EventDatabase::files(ServerId server) const
{
    std::vector<FileState> files;
    const auto done = forEachRow(
        d->sql.run(QStringLiteral("SELECT id, path, device, inode, fingerprint, offset, line_number, tail_hash, bytes_lost, "
                                  "closed FROM files WHERE server = ? ORDER BY id"),
                   {server.value()}),
        [&](const QSqlQuery& row) {
            files.push_back({FileId{row.value(0).toUInt()}, server, toText(row.value(1)), toUnsigned(row.value(2)),
                             toUnsigned(row.value(3)), toText(row.value(4)), toUnsigned(row.value(5)), toUnsigned(row.value(6)),
                             toText(row.value(7)), toUnsigned(row.value(8)), row.value(9).toBool()});
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return files;
}

Result<FileState> EventDatabase::registerFile(const FileState& state)
{
    const auto added = d->sql.run(
        QStringLiteral("INSERT INTO files (server, path, device, inode, fingerprint, offset, line_number, tail_hash, "
                       "bytes_lost, closed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {state.server.value(), toBlob(state.path), toVariant(state.device), toVariant(state.inode), toBlob(state.fingerprint),
         toVariant(state.offset), toVariant(state.lineNumber), toBlob(state.tailHash), toVariant(state.bytesLost), state.closed});
    if (!added) {
        return tl::unexpected(added.error());
    }
    FileState registered = state;
    registered.id = FileId{added->lastInsertId().toUInt()};
    return registered;
}

Result<void> EventDatabase::commitPull(const PullCommit& commit)
{
    return d->sql.transaction([&] { return PullWriter(d->sql).store(commit); });
}

Result<RawLine> EventDatabase::rawLine(const LineRef& line) const
{
    auto lines = RawLines(d->sql).around(line, 0, 0);
    if (!lines) {
        return tl::unexpected(lines.error());
    }
    return std::move(lines->front());
}

Result<std::vector<RawLine>> EventDatabase::rawContext(const LineRef& line, int before, int after) const
{
    return RawLines(d->sql).around(line, before, after);
}

Result<QByteArray> EventDatabase::tailBytes(FileId file, std::size_t maxBytes) const
{
    return RawLines(d->sql).tail(file, maxBytes);
}

Result<void> EventDatabase::loadAll(const LoadSink& sink) const
{
    std::uint64_t damaged = 0;
    bool wanted = true;
    // By id, one row at a time: a block may be replaced by a commit between two steps, a cursor would hold the log.
    auto each = [&](const QString& statement, auto&& take) -> Result<void> {
        qint64 last = 0;
        while (wanted) {
            qint64 id = 0;
            QByteArray data;
            const auto read = forEachRow(d->sql.run(statement, {last}), [&](const QSqlQuery& row) {
                id = row.value(0).toLongLong();
                data = row.value(1).toByteArray();
            });
            if (!read || id == 0) {
                return read;
            }
            last = id;
            take(data);
        }
        return {};
    };
    auto done = each(QStringLiteral("SELECT id, events FROM blocks WHERE id > ? AND events IS NOT NULL ORDER BY id LIMIT 1"),
                     [&](const QByteArray& data) {
                         const auto block = decodeBlock(data);
                         block ? void(wanted = sink(*block, {})) : void(++damaged);
                     });
    if (done) {
        done = each(QStringLiteral("SELECT id, data FROM amendments WHERE id > ? ORDER BY id LIMIT 1"),
                    [&](const QByteArray& data) {
                        const auto amendments = decodeAmendments(data);
                        amendments ? void(wanted = sink({}, *amendments)) : void(++damaged);
                    });
    }
    if (done && damaged > 0) {
        return failure(ErrorCode::Corrupt, QStringLiteral("%1 blocks of the event store are damaged and were left out.").arg(damaged),
                       QStringLiteral("The figures lack their events. Check the disk; to read the logs again from the servers, move "
                                      "the event store away and pull."));
    }
    return done;
}

Result<std::vector<UnknownCount>> EventDatabase::unknownLines() const
{
    std::vector<UnknownCount> rows;
    const auto done = forEachRow(
        d->sql.run(QStringLiteral("SELECT server, program, count, sample, file, offset FROM unknown_lines "
                                  "ORDER BY count DESC, server, program")),
        [&](const QSqlQuery& row) {
            rows.push_back({ServerId{row.value(0).toUInt()}, toText(row.value(1)), toUnsigned(row.value(2)),
                            toText(row.value(3)), LineRef{FileId{row.value(4).toUInt()}, toUnsigned(row.value(5)), 0, 0}});
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return rows;
}

Result<std::optional<QString>> EventDatabase::setting(const QString& name) const
{
    const auto value = d->sql.value(QStringLiteral("SELECT value FROM settings WHERE name = ?"), {name});
    if (!value) {
        return tl::unexpected(value.error());
    }
    return value->isValid() ? std::optional(value->toString()) : std::nullopt;
}

Result<void> EventDatabase::setSetting(const QString& name, const QString& value)
{
    return asDone(d->sql.run(QStringLiteral("INSERT INTO settings (name, value) VALUES (?, ?) "
                                            "ON CONFLICT (name) DO UPDATE SET value = excluded.value"),
                             {name, value}));
}

Result<std::uint64_t> EventDatabase::dropOlderThan(Instant events, Instant raw)
{
    const QVariant eventsBefore = QVariant::fromValue<qint64>(toMicros(events));
    const QVariant rawBefore = QVariant::fromValue<qint64>(toMicros(raw));
    std::uint64_t dropped = 0;
    const auto done = d->sql.transaction([&]() -> Result<void> {
        const auto count = d->sql.value(QStringLiteral("SELECT coalesce(sum(event_count), 0) FROM blocks "
                                                       "WHERE events IS NOT NULL AND max_time < ?"),
                                        {eventsBefore});
        if (!count) {
            return asDone(count);
        }
        dropped = toUnsigned(*count);
        // The rows stay: they keep the blocks of a file touching, and cost next to nothing.
        for (const auto& [statement, before] :
             {std::pair{QStringLiteral("UPDATE blocks SET events = NULL, raw = NULL WHERE max_time < ?"), eventsBefore},
              std::pair{QStringLiteral("UPDATE blocks SET raw = NULL WHERE max_time < ?"), rawBefore}}) {
            if (const auto updated = d->sql.run(statement, {before}); !updated) {
                return asDone(updated);
            }
        }
        return {};
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return dropped;
}

int EventDatabase::limitPages(int pages)
{
    const auto limit = d->sql.value(QStringLiteral("PRAGMA max_page_count=%1").arg(pages));
    return limit ? limit->toInt() : 0;
}

Result<void> EventDatabase::check() const
{
    const auto answer = d->sql.value(QStringLiteral("PRAGMA integrity_check(1)"));
    if (!answer) {
        return asDone(answer);
    }
    if (answer->toString() != QStringLiteral("ok")) {
        return failure(ErrorCode::Corrupt, QStringLiteral("The event store is damaged: %1.").arg(answer->toString()),
                       QStringLiteral("Move it away and pull again: the servers still have the logs."));
    }
    return {};
}

} // namespace mailward
