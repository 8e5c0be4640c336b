// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/core/Time.h"

#include <cstdint>
#include <optional>

namespace mailward {

class SqlSession;

/// What the event store keeps, at most. The oldest goes first; how far each log was read is never forgotten, so that
/// nothing that was dropped comes back by itself.
struct Retention {
    int eventDays = 365;                     ///< 1 to 3650: events and raw lines older than that go
    std::uint64_t rawBytes = 1ULL << 30;     ///< raw lines, as compressed on the disk; beyond, they stay on the servers only
    std::uint64_t totalBytes = 10ULL << 30;  ///< of the whole file; at least 16 MiB

    bool operator==(const Retention&) const = default;
};

/// What the store holds now.
struct StoreSize {
    std::uint64_t fileBytes = 0; ///< in use, of the database file
    std::uint64_t rawBytes = 0;  ///< raw lines in it, compressed
    std::uint64_t events = 0;
    std::optional<Instant> oldest; ///< event
};

/// Drops what is beyond the limits, in short steps, so that pulls need not wait. Uses a session within its own thread.
class RetentionSweep
{
public:
    RetentionSweep(const SqlSession& sql, const Retention& limits, Instant now) : m_sql(sql), m_limits(limits), m_now(now) {}

    struct Step {
        std::uint64_t events = 0; ///< dropped by this step
        bool isDone = false;      ///< nothing is beyond the limits any more
    };
    /// At most some dozens of blocks in one transaction.
    [[nodiscard]] Result<Step> step();

private:
    enum class Stage { Age, Raw, Total, Amendments, Done };

    [[nodiscard]] Result<Step> dropByAge();
    [[nodiscard]] Result<Step> dropRaw();
    [[nodiscard]] Result<Step> dropTotal();
    [[nodiscard]] Result<Step> dropAmendments();
    [[nodiscard]] Result<std::int64_t> lastWithoutRaw() const;
    [[nodiscard]] Result<bool> isNeeded(const QByteArray& amendments) const;

    const SqlSession& m_sql;
    Retention m_limits;
    Instant m_now;
    Stage m_stage = Stage::Age;
    std::optional<std::int64_t> m_rawUpTo; ///< blocks up to this id keep no raw lines
};

[[nodiscard]] Result<StoreSize> storeSize(const SqlSession& sql);

} // namespace mailward
