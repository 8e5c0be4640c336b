// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/Retention.h"

#include "models/store/EventBlock.h"
#include "models/store/SqlSession.h"
#include "models/store/SqlValues.h"

#include <algorithm>

namespace mailward {

namespace {

constexpr int kBlocksAStep = 32;
constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
constexpr std::uint64_t kLeastTotal = 16ULL << 20;

/// Bytes of the file that hold something.
Result<std::uint64_t> usedBytes(const SqlSession& sql)
{
    const auto pages = sql.value(QStringLiteral("PRAGMA page_count"));
    const auto free = sql.value(QStringLiteral("PRAGMA freelist_count"));
    const auto size = sql.value(QStringLiteral("PRAGMA page_size"));
    for (const auto* answer : {&pages, &free, &size}) {
        if (!*answer) {
            return tl::unexpected(answer->error());
        }
    }
    return (toUnsigned(*pages) - std::min(toUnsigned(*pages), toUnsigned(*free))) * toUnsigned(*size);
}

} // namespace

Result<RetentionSweep::Step> RetentionSweep::step()
{
    Step done;
    const auto result = m_sql.transaction([&]() -> Result<void> {
        const auto next = m_stage == Stage::Age ? dropByAge()
                          : m_stage == Stage::Raw ? dropRaw()
                          : m_stage == Stage::Total ? dropTotal()
                          : m_stage == Stage::Amendments ? dropAmendments()
                                                         : Result<Step>{Step{0, true}};
        if (next) {
            done = *next;
        }
        return asDone(next);
    });
    if (!result) {
        return tl::unexpected(result.error());
    }
    if (done.isDone && m_stage != Stage::Done) {
        m_stage = static_cast<Stage>(static_cast<int>(m_stage) + 1);
        done.isDone = m_stage == Stage::Done;
    }
    return done;
}

Result<RetentionSweep::Step> RetentionSweep::dropByAge()
{
    const QVariant before = QVariant::fromValue<qint64>(toMicros(m_now) - std::clamp(m_limits.eventDays, 1, 3650) * kMicrosPerDay);
    Step step;
    std::vector<qint64> ids;
    const auto found = forEachRow(m_sql.run(QStringLiteral("SELECT id, event_count FROM blocks WHERE max_time < ? "
                                                           "AND (events IS NOT NULL OR raw IS NOT NULL) LIMIT ?"),
                                            {before, kBlocksAStep}),
                                  [&](const QSqlQuery& row) {
                                      ids.push_back(row.value(0).toLongLong());
                                      step.events += toUnsigned(row.value(1));
                                  });
    if (!found) {
        return tl::unexpected(found.error());
    }
    // The rows stay: they keep the blocks of a file touching, and cost next to nothing.
    for (const qint64 id : ids) {
        if (const auto gone = m_sql.change(QStringLiteral("UPDATE blocks SET events = NULL, raw = NULL WHERE id = ?"), {id}); !gone) {
            return tl::unexpected(gone.error());
        }
    }
    step.isDone = ids.size() < kBlocksAStep;
    return step;
}

/// Up to which block the raw lines are beyond the limit, counted from the newest.
Result<std::int64_t> RetentionSweep::lastWithoutRaw() const
{
    std::uint64_t kept = 0;
    qint64 last = 0;
    auto rows = m_sql.run(QStringLiteral("SELECT id, length(raw) FROM blocks WHERE raw IS NOT NULL ORDER BY id DESC"));
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    while (last == 0 && rows->next()) {
        kept += toUnsigned(rows->value(1));
        last = kept > m_limits.rawBytes ? rows->value(0).toLongLong() : 0;
    }
    return last;
}

Result<RetentionSweep::Step> RetentionSweep::dropRaw()
{
    if (!m_rawUpTo) {
        const auto last = lastWithoutRaw();
        if (!last) {
            return tl::unexpected(last.error());
        }
        m_rawUpTo = *last;
    }
    const auto gone = m_sql.change(QStringLiteral("UPDATE blocks SET raw = NULL WHERE id IN "
                                                  "(SELECT id FROM blocks WHERE id <= ? AND raw IS NOT NULL ORDER BY id LIMIT ?)"),
                                   {QVariant::fromValue<qint64>(*m_rawUpTo), kBlocksAStep});
    if (!gone) {
        return tl::unexpected(gone.error());
    }
    return Step{0, *gone < kBlocksAStep};
}

Result<RetentionSweep::Step> RetentionSweep::dropTotal()
{
    const auto used = usedBytes(m_sql);
    if (!used) {
        return tl::unexpected(used.error());
    }
    const std::uint64_t most = std::max(m_limits.totalBytes, kLeastTotal);
    if (*used <= most) {
        return Step{0, true};
    }
    Step step;
    std::uint64_t freed = 0;
    std::vector<qint64> ids;
    const auto found = forEachRow(
        m_sql.run(QStringLiteral("SELECT id, event_count, coalesce(length(events), 0) + coalesce(length(raw), 0) FROM blocks "
                                 "WHERE events IS NOT NULL OR raw IS NOT NULL ORDER BY id LIMIT ?"),
                  {kBlocksAStep}),
        [&](const QSqlQuery& row) {
            if (freed < *used - most) {
                ids.push_back(row.value(0).toLongLong());
                step.events += toUnsigned(row.value(1));
                freed += toUnsigned(row.value(2));
            }
        });
    if (!found) {
        return tl::unexpected(found.error());
    }
    for (const qint64 id : ids) {
        if (const auto gone = m_sql.change(QStringLiteral("UPDATE blocks SET events = NULL, raw = NULL WHERE id = ?"), {id}); !gone) {
            return tl::unexpected(gone.error());
        }
    }
    step.isDone = ids.empty();
    return step;
}

/// Does one of these corrections still have the event that it corrects?
Result<bool> RetentionSweep::isNeeded(const QByteArray& amendments) const
{
    const auto list = decodeAmendments(amendments);
    if (!list) {
        return true; // damaged: told when it is loaded, not thrown away unseen
    }
    for (const Amendment& one : *list) {
        const auto held = m_sql.value(QStringLiteral("SELECT events IS NOT NULL FROM blocks WHERE file = ? AND start <= ? ORDER BY start DESC LIMIT 1"),
                                      {one.line.file.value(), toVariant(one.line.offset)});
        if (!held) {
            return tl::unexpected(held.error());
        }
        if (held->toBool()) {
            return true;
        }
    }
    return false;
}

Result<RetentionSweep::Step> RetentionSweep::dropAmendments()
{
    std::vector<qint64> ids;
    std::vector<QByteArray> lists;
    const auto found = forEachRow(m_sql.run(QStringLiteral("SELECT id, data FROM amendments ORDER BY id LIMIT ?"), {kBlocksAStep}),
                                  [&](const QSqlQuery& row) {
                                      ids.push_back(row.value(0).toLongLong());
                                      lists.push_back(row.value(1).toByteArray());
                                  });
    if (!found) {
        return tl::unexpected(found.error());
    }
    Step step{0, ids.size() < kBlocksAStep};
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto needed = isNeeded(lists[i]);
        if (!needed) {
            return tl::unexpected(needed.error());
        }
        if (*needed) {
            step.isDone = true; // those after it correct younger events
            break;
        }
        if (const auto gone = m_sql.change(QStringLiteral("DELETE FROM amendments WHERE id = ?"), {ids[i]}); !gone) {
            return tl::unexpected(gone.error());
        }
    }
    return step;
}

Result<StoreSize> storeSize(const SqlSession& sql)
{
    StoreSize size;
    const auto used = usedBytes(sql);
    if (!used) {
        return tl::unexpected(used.error());
    }
    size.fileBytes = *used;
    const auto counted = forEachRow(sql.run(QStringLiteral("SELECT coalesce(sum(length(raw)), 0), coalesce(sum(CASE WHEN events IS NULL THEN 0 ELSE event_count END), 0), "
                                                           "min(CASE WHEN events IS NULL THEN NULL ELSE min_time END) FROM blocks")),
                                    [&](const QSqlQuery& row) {
                                        size.rawBytes = toUnsigned(row.value(0));
                                        size.events = toUnsigned(row.value(1));
                                        if (!row.value(2).isNull()) {
                                            size.oldest = fromMicros(row.value(2).toLongLong());
                                        }
                                    });
    if (!counted) {
        return tl::unexpected(counted.error());
    }
    return size;
}

} // namespace mailward
