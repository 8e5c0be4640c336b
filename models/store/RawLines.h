// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/EventDatabase.h"

namespace mailward {

class SqlSession;

/// Finds raw lines again in the stored blocks.
class RawLines
{
public:
    explicit RawLines(const SqlSession& sql) : m_sql(sql) {}

    [[nodiscard]] Result<std::vector<RawLine>> around(const LineRef& line, int before, int after) const;
    [[nodiscard]] Result<QByteArray> tail(FileId file, std::size_t maxBytes) const;

private:
    /// Bytes of a file from `start` on; no bytes where none are kept.
    struct Stretch {
        std::uint64_t start = 0;
        QByteArray bytes;
        [[nodiscard]] std::uint64_t end() const { return start + static_cast<std::uint64_t>(bytes.size()); }
    };

    [[nodiscard]] Result<Stretch> blockWith(FileId file, std::uint64_t offset) const;
    [[nodiscard]] Result<Stretch> growBack(FileId file, Stretch stretch, std::uint64_t offset, int lines) const;
    [[nodiscard]] Result<Stretch> growOn(FileId file, Stretch stretch, std::uint64_t offset, int lines) const;

    const SqlSession& m_sql;
};

} // namespace mailward
