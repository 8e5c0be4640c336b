// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/EncodedPull.h"

namespace mailward {

class SqlSession;

/// Writes one pull; the caller holds the transaction.
class PullWriter
{
public:
    explicit PullWriter(const SqlSession& sql) : m_sql(sql) {}

    [[nodiscard]] Result<void> store(const EncodedPull& pull) const;

private:
    /// A block at the end of a file, small enough to become one with what follows it.
    struct TailRow {
        qint64 id = 0;
        std::uint64_t start = 0;
    };

    [[nodiscard]] Result<void> checkOffset(const EncodedPull& pull) const;
    [[nodiscard]] Result<void> storeBlock(const EncodedPull& pull) const;
    [[nodiscard]] Result<std::vector<TailRow>> smallTail(const EncodedPull& pull) const;
    [[nodiscard]] Result<bool> mergeTail(const std::vector<TailRow>& tail, const EncodedPull& pull) const;
    [[nodiscard]] Result<void> storeFile(const EncodedPull& pull) const;
    [[nodiscard]] Result<void> storeUnknown(ServerId server, const UnknownSample& sample) const;

    const SqlSession& m_sql;
};

} // namespace mailward
