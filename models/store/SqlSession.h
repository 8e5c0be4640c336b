// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <memory>
#include <unordered_map>

namespace mailward {

/// One connection to one SQLite file, for one thread. Every statement is prepared and every value bound: nothing that
/// a log or a person wrote becomes part of a statement.
class SqlSession
{
public:
    SqlSession() = default;
    ~SqlSession();
    SqlSession(const SqlSession&) = delete;
    SqlSession& operator=(const SqlSession&) = delete;

    /// Opens with write-ahead log, busy timeout and SQLite's own distrust of a file's schema and cells.
    [[nodiscard]] Result<void> open(const QString& path);
    void close();

    [[nodiscard]] Result<QSqlQuery> run(const QString& statement, const QVariantList& values = {}) const;
    /// A statement that changes rows and is run again and again: prepared once. Gives the number of rows changed.
    [[nodiscard]] Result<int> change(const QString& statement, const QVariantList& values = {}) const;
    /// First column of the first row; an invalid QVariant without a row. Prepared once.
    [[nodiscard]] Result<QVariant> value(const QString& statement, const QVariantList& values = {}) const;

    /// Runs `work` in an immediate transaction; a failure of `work` or of the commit rolls everything back.
    [[nodiscard]] Result<void> transaction(const std::function<Result<void>()>& work) const;

    /// The error that a failed statement stands for, in words for the user.
    [[nodiscard]] static Error errorOf(const QSqlError& error);
    /// Did SQLite itself say that the file is damaged or no database?
    [[nodiscard]] static bool isDamage(const Error& error) { return error.code == ErrorCode::Corrupt; }

private:
    [[nodiscard]] Result<QSqlQuery*> runKept(const QString& statement, const QVariantList& values) const;

    QString m_connection;
    QSqlDatabase m_database;
    mutable std::unordered_map<QString, std::unique_ptr<QSqlQuery>> m_kept; ///< prepared, by statement
};

} // namespace mailward
