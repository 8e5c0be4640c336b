// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/StoreCheck.h"

#include "models/store/Compression.h"
#include "models/store/EventBlock.h"
#include "models/store/SqlSession.h"
#include "models/store/SqlValues.h"

#include <QFile>

namespace mailward {

namespace {

tl::unexpected<Error> damaged(const QString& what)
{
    return failure(ErrorCode::Corrupt, QStringLiteral("The event store is damaged: %1.").arg(what),
                   QStringLiteral("Check the disk. To read the logs again from the servers, move the event store away and pull."));
}

/// SQLite's check of the small tables; that of the large one cannot be stopped, so its rows are read one by one instead.
Result<void> checkSmallTables(const SqlSession& sql)
{
    for (const char* table : {"servers", "files", "unknown_lines", "settings"}) {
        const auto answer = sql.value(QStringLiteral("PRAGMA integrity_check(%1)").arg(QLatin1String(table)));
        if (!answer) {
            return asDone(answer);
        }
        if (answer->toString() != QLatin1String("ok")) {
            return damaged(answer->toString());
        }
    }
    return {};
}

Result<void> checkBlocks(const SqlSession& sql, const std::stop_token& stop)
{
    std::uint64_t broken = 0;
    qint64 last = 0;
    for (bool more = true; more;) {
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, QStringLiteral("The check of the event store was stopped."));
        }
        more = false;
        const auto read = forEachRow(sql.run(QStringLiteral("SELECT id, events, raw FROM blocks WHERE id > ? ORDER BY id LIMIT 1"), {last}),
                                     [&](const QSqlQuery& row) {
                                         more = true;
                                         last = row.value(0).toLongLong();
                                         const bool events = row.value(1).isNull() || decodeBlock(row.value(1).toByteArray());
                                         const bool raw = row.value(2).isNull() || decompressBytes(row.value(2).toByteArray(), kMaxRawBlock);
                                         broken += events && raw ? 0 : 1;
                                     });
        if (!read) {
            return read;
        }
    }
    return broken == 0 ? Result<void>{} : damaged(QStringLiteral("%1 blocks do not fit their checksums").arg(broken));
}

} // namespace

InUseMark::InUseMark(const QString& database)
{
    if (database == QLatin1String(":memory:")) {
        return;
    }
    const QString path = database + QStringLiteral(".in-use");
    const bool stood = QFile::exists(path);
    m_lock = std::make_unique<QLockFile>(path);
    m_lock->setStaleLockTime(0);
    m_foundCrash = m_lock->tryLock(0) && stood;
}

Result<void> checkStore(const QString& database, const std::stop_token& stop)
{
    SqlSession sql;
    if (const auto opened = sql.open(database); !opened) {
        return opened;
    }
    if (const auto small = checkSmallTables(sql); !small) {
        return small;
    }
    return checkBlocks(sql, stop);
}

} // namespace mailward
