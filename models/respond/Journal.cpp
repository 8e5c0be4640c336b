// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/Journal.h"

#include <QJsonDocument>

#include <algorithm>

namespace mailward {

namespace {

constexpr std::array kStateNames{"planned", "staged", "armed", "applying", "applied", "probed", "confirming", "confirmed", "undoing", "undone", "failed"};

QJsonObject entryToJson(const JournalEntry& entry)
{
    return {{QStringLiteral("time"), QString::fromStdString(formatRfc3339(entry.time))}, {QStringLiteral("plan"), entry.planId},
            {QStringLiteral("server"), entry.server}, {QStringLiteral("state"), applyStateName(entry.state)},
            {QStringLiteral("before"), entry.hashBefore}, {QStringLiteral("after"), entry.hashAfter},
            {QStringLiteral("deadline"), QString::fromStdString(formatRfc3339(entry.deadline))}, {QStringLiteral("note"), entry.note}};
}

std::optional<JournalEntry> entryFromJson(const QJsonObject& json)
{
    const auto text = [&](const char* key) { return json[QLatin1String(key)].toString(); };
    const auto time = parseRfc3339(text("time").toStdString());
    const auto deadline = parseRfc3339(text("deadline").toStdString());
    const auto name = std::find(kStateNames.begin(), kStateNames.end(), text("state").toStdString());
    if (!time || !deadline || name == kStateNames.end() || !isPlanId(text("plan"))) {
        return std::nullopt;
    }
    return JournalEntry{*time, text("plan"), text("server"), static_cast<ApplyState>(name - kStateNames.begin()),
                        text("before"), text("after"), *deadline, text("note")};
}

bool isOver(ApplyState state)
{
    return state == ApplyState::Confirmed || state == ApplyState::Undone || state == ApplyState::Failed;
}

} // namespace

QString applyStateName(ApplyState state)
{
    return QLatin1String(kStateNames.at(static_cast<std::size_t>(state)));
}

Result<std::unique_ptr<Journal>> Journal::open(const QString& path, const Clock& clock)
{
    std::unique_ptr<Journal> journal(new Journal(clock));
    const auto content = journal->m_file.open(path);
    if (!content) {
        return tl::unexpected(content.error());
    }
    int number = 0;
    for (const auto& line : content->split('\n')) {
        ++number;
        if (line.isEmpty()) {
            continue;
        }
        if (auto taken = journal->take(QJsonDocument::fromJson(line).object()); !taken) {
            return failure(ErrorCode::Corrupt, QStringLiteral("Line %1 of the journal %2 cannot be read.").arg(number).arg(path),
                           QStringLiteral("Read the bans of every server, then move the journal away to start a new one."));
        }
    }
    return journal;
}

Result<void> Journal::take(const QJsonObject& object)
{
    if (object.contains(QLatin1String("bans"))) {
        return planFromJson(object).map([&](Plan plan) { m_plans.push_back(std::move(plan)); });
    }
    auto entry = entryFromJson(object);
    if (!entry) {
        return failure(ErrorCode::Corrupt, QStringLiteral("An entry of the journal cannot be read."));
    }
    m_last[{entry->planId, entry->server}] = m_entries.size();
    m_entries.push_back(std::move(*entry));
    return {};
}

Result<void> Journal::append(const QJsonObject& object)
{
    return m_file.append(QJsonDocument(object).toJson(QJsonDocument::Compact)).and_then([&] { return take(object); });
}

Result<void> Journal::addPlan(const Plan& known)
{
    return plan(known.id) != nullptr ? Result<void>() : append(toJson(known));
}

Result<void> Journal::add(JournalEntry entry)
{
    entry.time = m_clock.now();
    return append(entryToJson(entry));
}

const Plan* Journal::plan(const QString& planId) const
{
    const auto it = std::find_if(m_plans.begin(), m_plans.end(), [&](const Plan& known) { return known.id == planId; });
    return it == m_plans.end() ? nullptr : &*it;
}

std::vector<Plan> Journal::plans() const
{
    return m_plans;
}

const JournalEntry* Journal::last(const QString& planId, const QString& server) const
{
    const auto it = m_last.find({planId, server});
    return it == m_last.end() ? nullptr : &m_entries[it->second];
}

std::vector<JournalEntry> Journal::lastOf(const QString& planId) const
{
    std::vector<JournalEntry> result;
    for (const auto& [key, index] : m_last) {
        if (key.first == planId) {
            result.push_back(m_entries[index]);
        }
    }
    return result;
}

std::vector<JournalEntry> Journal::unfinished() const
{
    std::vector<JournalEntry> result;
    for (const auto& [key, index] : m_last) {
        if (!isOver(m_entries[index].state)) {
            result.push_back(m_entries[index]);
        }
    }
    return result;
}

std::vector<LiveBan> Journal::expected(const QString& server) const
{
    ServerState state;
    std::map<QString, Instant> applied;
    for (const auto& entry : m_entries) {
        if (entry.server != server) {
            continue;
        }
        if (entry.state == ApplyState::Applying) {
            applied[entry.planId] = entry.time;
        } else if (const Plan* known = plan(entry.planId); known != nullptr && entry.state == ApplyState::Confirmed) {
            state.serverTime = applied.try_emplace(entry.planId, entry.time).first->second;
            state.bans = afterDelta(state, deltaFor(*known, state), known->id);
        } else if (entry.state == ApplyState::Undone) {
            std::erase_if(state.bans, [&](const LiveBan& ban) { return ban.planId == entry.planId; });
        }
    }
    std::erase_if(state.bans, [now = m_clock.now()](const LiveBan& ban) { return ban.expires <= now + std::chrono::seconds(5); });
    return state.bans;
}

} // namespace mailward
