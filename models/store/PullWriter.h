// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/EventDatabase.h"

namespace mailward {

class SqlSession;

/// Writes one pull; the caller holds the transaction.
class PullWriter
{
public:
    explicit PullWriter(const SqlSession& sql) : m_sql(sql) {}

    [[nodiscard]] Result<void> store(const PullCommit& commit) const;

private:
    /// A block that is small enough to be continued.
    struct BlockRow {
        qint64 id = 0;
        QByteArray events;
        QByteArray raw;
    };

    [[nodiscard]] Result<void> check(const PullCommit& commit) const;
    [[nodiscard]] Result<void> storeBlock(const PullCommit& commit) const;
    [[nodiscard]] Result<std::optional<BlockRow>> growingBlock(const PullCommit& commit) const;
    [[nodiscard]] Result<void> storeFile(const FileState& state, const ParsedBatch& batch) const;
    [[nodiscard]] Result<void> storeUnknown(ServerId server, const UnknownSample& sample) const;

    const SqlSession& m_sql;
};

} // namespace mailward
