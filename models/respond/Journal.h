// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Clock.h"
#include "models/core/Result.h"
#include "models/respond/BanBackend.h"
#include "models/respond/DurableFile.h"

#include <QString>

#include <map>
#include <memory>
#include <vector>

namespace mailward {

/// How far a plan got on a server, as far as we know. What the server itself says wins.
enum class ApplyState { Planned, Staged, Armed, Applying, Applied, Probed, Confirming, Confirmed, Undoing, Undone, Failed };
[[nodiscard]] QString applyStateName(ApplyState state);

struct JournalEntry {
    Instant time{};
    QString planId;
    QString server;
    ApplyState state = ApplyState::Planned;
    QString hashBefore;
    QString hashAfter;
    Instant deadline{};      ///< when the server takes it back by itself
    QString note;            ///< why it failed
};

/// Which plan is where. JSON lines, each on disk before the step that it announces; an unfinished last line (the console
/// died while writing) is cut off at the next start. One writer.
class Journal
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Journal>> open(const QString& path, const Clock& clock);

    [[nodiscard]] Result<void> addPlan(const Plan& plan);
    [[nodiscard]] Result<void> add(JournalEntry entry); ///< sets the time

    [[nodiscard]] const Plan* plan(const QString& planId) const;
    [[nodiscard]] std::vector<Plan> plans() const;      ///< oldest first
    [[nodiscard]] const JournalEntry* last(const QString& planId, const QString& server) const;
    [[nodiscard]] std::vector<JournalEntry> lastOf(const QString& planId) const; ///< one a server
    /// Plans that are neither confirmed nor undone nor failed on some server.
    [[nodiscard]] std::vector<JournalEntry> unfinished() const;
    /// What we believe that `server` enforces of ours: all that was confirmed there, in its order, less what was lifted or is over.
    [[nodiscard]] std::vector<LiveBan> expected(const QString& server) const;

private:
    explicit Journal(const Clock& clock) : m_clock(clock) {}
    [[nodiscard]] Result<void> append(const QJsonObject& object);
    [[nodiscard]] Result<void> take(const QJsonObject& object);

    const Clock& m_clock;
    DurableFile m_file;
    std::vector<Plan> m_plans;
    std::vector<JournalEntry> m_entries;
    std::map<std::pair<QString, QString>, std::size_t> m_last; ///< (plan, server) -> entry
};

} // namespace mailward
