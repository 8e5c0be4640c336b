// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/SqlSession.h"

#include <QSqlError>
#include <QVariant>
#include <cstdint>
#include <string>

namespace mailward {

// Between our values and SQLite's: text of unknown encoding is a blob, unsigned 64-bit numbers keep their bits.

[[nodiscard]] inline QByteArray toBlob(const std::string& text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}
[[nodiscard]] inline std::string toText(const QVariant& value) { return value.toByteArray().toStdString(); }
[[nodiscard]] inline QVariant toVariant(std::uint64_t value) { return QVariant::fromValue(static_cast<qint64>(value)); }
[[nodiscard]] inline std::uint64_t toUnsigned(const QVariant& value)
{
    return static_cast<std::uint64_t>(value.toLongLong());
}

/// Hands each row of an answer to `row`; an error of the query, or on the way, ends it.
template <class Row>
[[nodiscard]] Result<void> forEachRow(Result<QSqlQuery> query, Row&& row)
{
    if (!query) {
        return tl::unexpected(query.error());
    }
    while (query->next()) {
        row(*query);
    }
    if (query->lastError().isValid()) {
        return tl::unexpected(SqlSession::errorOf(query->lastError()));
    }
    return {};
}

/// Only whether it went well.
template <class T>
[[nodiscard]] Result<void> asDone(const Result<T>& result)
{
    return result ? Result<void>{} : Result<void>{tl::unexpected(result.error())};
}

} // namespace mailward
