// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SqlSession.h"

#include <QSqlError>
#include <QUuid>

namespace mailward {

namespace {

/// Primary result codes of SQLite (sqlite.org/rescode.html); QtSql hands them out as text, extended codes included.
enum SqliteCode { Permission = 3, Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14,
                  NotADatabase = 26 };

} // namespace

SqlSession::~SqlSession() { close(); }

void SqlSession::close()
{
    if (m_connection.isEmpty()) {
        return;
    }
    m_kept.clear();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
    m_connection.clear();
}

Result<void> SqlSession::open(const QString& path)
{
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QSQLITE"))) {
        return failure(ErrorCode::NotFound, QStringLiteral("Qt's SQLite driver is missing."),
                       QStringLiteral("Install the package libqt6sql6-sqlite."));
    }
    m_connection = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    m_database.setDatabaseName(path);
    m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!m_database.open()) {
        return tl::unexpected(errorOf(m_database.lastError()));
    }
    for (const auto& pragma :
         {QStringLiteral("PRAGMA trusted_schema=OFF"), QStringLiteral("PRAGMA cell_size_check=ON"),
          QStringLiteral("PRAGMA foreign_keys=ON"), QStringLiteral("PRAGMA journal_mode=WAL"),
          QStringLiteral("PRAGMA synchronous=NORMAL"), QStringLiteral("PRAGMA cache_size=-16384"),
          // 32 MiB of log between two checkpoints: each of them waits for the disk, and a backlog brings many pages.
          QStringLiteral("PRAGMA wal_autocheckpoint=8192")}) {
        if (const auto done = run(pragma); !done) {
            return tl::unexpected(done.error());
        }
    }
    return {};
}

Result<QSqlQuery> SqlSession::run(const QString& statement, const QVariantList& values) const
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(statement)) {
        return tl::unexpected(errorOf(query.lastError()));
    }
    for (const QVariant& value : values) {
        query.addBindValue(value);
    }
    if (!query.exec()) {
        return tl::unexpected(errorOf(query.lastError()));
    }
    return query;
}

Result<QSqlQuery*> SqlSession::runKept(const QString& statement, const QVariantList& values) const
{
    auto& query = m_kept[statement];
    if (!query) {
        query = std::make_unique<QSqlQuery>(m_database);
        query->setForwardOnly(true);
        if (!query->prepare(statement)) {
            const Error error = errorOf(query->lastError());
            m_kept.erase(statement);
            return tl::unexpected(error);
        }
    }
    for (qsizetype i = 0; i < values.size(); ++i) {
        query->bindValue(static_cast<int>(i), values[i]);
    }
    if (!query->exec()) {
        const Error error = errorOf(query->lastError());
        m_kept.erase(statement);
        return tl::unexpected(error);
    }
    return query.get();
}

Result<int> SqlSession::change(const QString& statement, const QVariantList& values) const
{
    const auto query = runKept(statement, values);
    if (!query) {
        return tl::unexpected(query.error());
    }
    const int rows = (*query)->numRowsAffected();
    (*query)->finish();
    return rows;
}

Result<QVariant> SqlSession::value(const QString& statement, const QVariantList& values) const
{
    const auto query = runKept(statement, values);
    if (!query) {
        return tl::unexpected(query.error());
    }
    QVariant first;
    if ((*query)->next()) {
        first = (*query)->value(0);
    } else if ((*query)->lastError().isValid()) {
        const Error error = errorOf((*query)->lastError());
        m_kept.erase(statement);
        return tl::unexpected(error);
    }
    (*query)->finish();
    return first;
}

Result<void> SqlSession::transaction(const std::function<Result<void>()>& work) const
{
    if (const auto begun = change(QStringLiteral("BEGIN IMMEDIATE")); !begun) {
        return tl::unexpected(begun.error());
    }
    auto done = work();
    if (done) {
        if (const auto committed = change(QStringLiteral("COMMIT")); !committed) {
            done = tl::unexpected(committed.error());
        }
    }
    if (!done) {
        // SQLite may have rolled back by itself (disk full): then this fails, and that is as it should be.
        std::ignore = run(QStringLiteral("ROLLBACK"));
    }
    return done;
}

Error SqlSession::errorOf(const QSqlError& error)
{
    const QString detail = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    switch (error.nativeErrorCode().toInt() & 0xFF) {
    case Full:
        return {ErrorCode::LimitExceeded, QStringLiteral("The disk that holds the event store is full."),
                QStringLiteral("Free some space, or shorten what is kept. Nothing was lost: pulling goes on from the same place.")};
    case IoError:
        return {ErrorCode::Io, QStringLiteral("The event store cannot be read or written: %1.").arg(detail),
                QStringLiteral("Check the disk. What was stored before is kept.")};
    case Busy:
    case Locked:
        return {ErrorCode::Conflict, QStringLiteral("The event store is in use by another program."),
                QStringLiteral("Close the other Mailward, or give this one its own folder with --home.")};
    case Permission:
    case ReadOnly:
    case CannotOpen:
        return {ErrorCode::Permission, QStringLiteral("The event store cannot be opened for writing: %1.").arg(detail),
                QStringLiteral("Check that the folder exists and belongs to you.")};
    case Corrupt:
    case NotADatabase:
        return {ErrorCode::Corrupt, QStringLiteral("The event store is damaged: %1.").arg(detail), {}};
    default:
        return {ErrorCode::Internal, QStringLiteral("The event store refused a statement: %1.").arg(detail), {}};
    }
}

} // namespace mailward
