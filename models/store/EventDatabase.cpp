// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/EventDatabase.h"

#include "models/store/Compression.h"
#include "models/store/EncodedPull.h"
#include "models/store/PullWriter.h"
#include "models/store/RawLines.h"
#include "models/store/SchemaMigration.h"
#include "models/store/SqlSession.h"
#include "models/store/SqlValues.h"

#include <QDateTime>
#include <QFile>

namespace mailward {

namespace {

constexpr QLatin1String kRetentionSetting("retention");

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
    const auto pull = encodePull(commit);
    if (!pull) {
        return asDone(pull);
    }
    const EncodedPull* const one = &*pull;
    return commitPulls({&one, 1}).front();
}

std::vector<Result<void>> EventDatabase::commitPulls(std::span<const EncodedPull* const> pulls)
{
    std::vector<Result<void>> answers(pulls.size());
    const auto done = d->sql.transaction([&]() -> Result<void> {
        const PullWriter writer(d->sql);
        for (std::size_t i = 0; i < pulls.size(); ++i) {
            answers[i] = writer.store(*pulls[i]);
            // These are found out before anything is written; every other failure is the disk's.
            const bool fits = answers[i] || answers[i].error().code == ErrorCode::Conflict || answers[i].error().code == ErrorCode::NotFound;
            if (!fits) {
                return answers[i];
            }
        }
        return {};
    });
    if (!done) {
        std::fill(answers.begin(), answers.end(), done);
    }
    return answers;
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
    // One view of the whole: another process may make several blocks one meanwhile.
    if (const auto begun = d->sql.change(QStringLiteral("BEGIN")); !begun) {
        return asDone(begun);
    }
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
    if (const auto over = d->sql.change(QStringLiteral("COMMIT")); done && !over) {
        done = asDone(over);
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

Result<Retention> EventDatabase::retention() const
{
    Retention limits;
    const auto text = setting(kRetentionSetting);
    if (!text) {
        return tl::unexpected(text.error());
    }
    const QStringList words = text->value_or(QString()).split(QLatin1Char(' '));
    if (words.size() == 3) {
        limits.eventDays = words[0].toInt();
        limits.rawBytes = words[1].toULongLong();
        limits.totalBytes = words[2].toULongLong();
    }
    return limits;
}

Result<void> EventDatabase::setRetention(const Retention& limits)
{
    if (limits.eventDays < 1 || limits.eventDays > 3650) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("Events are kept for 1 to 3650 days."));
    }
    return setSetting(kRetentionSetting, QStringLiteral("%1 %2 %3").arg(limits.eventDays).arg(limits.rawBytes).arg(limits.totalBytes));
}

Result<RetentionSweep> EventDatabase::sweep(Instant now) const
{
    const auto limits = retention();
    if (!limits) {
        return tl::unexpected(limits.error());
    }
    return RetentionSweep(d->sql, *limits, now);
}

Result<StoreSize> EventDatabase::size() const
{
    return storeSize(d->sql);
}

Result<std::optional<EventDatabase::MissingRaw>> EventDatabase::missingRaw(const LineRef& line) const
{
    std::optional<MissingRaw> missing;
    bool found = false;
    const auto done = forEachRow(
        d->sql.run(QStringLiteral("SELECT b.start, b.end, b.raw IS NULL, f.server, f.path, f.device, f.inode, f.fingerprint, s.name "
                                  "FROM blocks b JOIN files f ON f.id = b.file JOIN servers s ON s.id = f.server "
                                  "WHERE b.file = ? AND b.start <= ? AND b.end > ? ORDER BY b.start DESC LIMIT 1"),
                   {line.file.value(), toVariant(line.offset), toVariant(line.offset)}),
        [&](const QSqlQuery& row) {
            found = true;
            if (row.value(2).toBool()) {
                missing = MissingRaw{{}, toText(row.value(8)), toUnsigned(row.value(0)), toUnsigned(row.value(1))};
                missing->file.id = line.file;
                missing->file.server = ServerId{row.value(3).toUInt()};
                missing->file.path = toText(row.value(4));
                missing->file.device = toUnsigned(row.value(5));
                missing->file.inode = toUnsigned(row.value(6));
                missing->file.fingerprint = toText(row.value(7));
            }
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    if (!found) {
        return failure(ErrorCode::NotFound, QStringLiteral("There is no such line in the event store."));
    }
    return missing;
}

Result<void> EventDatabase::restoreRaw(const MissingRaw& missing, const QByteArray& bytes)
{
    if (static_cast<std::uint64_t>(bytes.size()) != missing.end - missing.start) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("The server gave other bytes than those that are missing."));
    }
    const QByteArray raw = Compressor().compress({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    return asDone(d->sql.change(QStringLiteral("UPDATE blocks SET raw = ? WHERE file = ? AND start = ? AND end = ? AND raw IS NULL"),
                                {raw, missing.file.id.value(), toVariant(missing.start), toVariant(missing.end)}));
}

int EventDatabase::limitPages(int pages)
{
    const auto limit = d->sql.value(QStringLiteral("PRAGMA max_page_count=%1").arg(pages));
    return limit ? limit->toInt() : 0;
}

} // namespace mailward
