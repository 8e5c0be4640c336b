// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AccountJournal.h"

#include "models/respond/Plan.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <set>

namespace mailward {

namespace {

constexpr std::array kStateNames{"planned", "hashed", "written", "confirmed", "delivered", "locked", "unlocked", "restored", "failed", "done"};

/// A batch is one line, so that it is there as a whole or not at all.
QJsonObject batchToJson(const std::vector<AccountJournalEntry>& entries)
{
    QJsonArray list;
    for (const auto& entry : entries) {
        list.append(QJsonArray{entry.planId, entry.server, QString::fromStdString(entry.account), accountStateName(entry.state), entry.proof, entry.note});
    }
    return {{QStringLiteral("time"), QString::fromStdString(formatRfc3339(entries.front().time))}, {QStringLiteral("entries"), list}};
}

std::optional<AccountJournalEntry> entryFromJson(Instant time, const QJsonArray& fields)
{
    const auto name = std::find(kStateNames.begin(), kStateNames.end(), fields.at(3).toString().toStdString());
    if (fields.size() != 6 || name == kStateNames.end() || !isPlanId(fields.at(0).toString())) {
        return std::nullopt;
    }
    return AccountJournalEntry{time, fields.at(0).toString(), fields.at(1).toString(), fields.at(2).toString().toStdString(),
                               static_cast<AccountState>(name - kStateNames.begin()), fields.at(4).toString(), fields.at(5).toString()};
}

bool isOver(AccountAction action, AccountState state)
{
    switch (state) {
    case AccountState::Planned:
    case AccountState::Hashed:
    case AccountState::Written: return false;
    case AccountState::Confirmed: return action != AccountAction::Reset; // nobody holds the new password yet
    default: return true;
    }
}

} // namespace

QString accountStateName(AccountState state)
{
    return QLatin1String(kStateNames.at(static_cast<std::size_t>(state)));
}

Result<std::unique_ptr<AccountJournal>> AccountJournal::open(const QString& path, const Clock& clock)
{
    std::unique_ptr<AccountJournal> journal(new AccountJournal(clock));
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
            return failure(ErrorCode::Corrupt, QStringLiteral("Line %1 of the journal of accounts %2 cannot be read.").arg(number).arg(path),
                           QStringLiteral("Look at each server's accounts, then move the journal away to start a new one."));
        }
    }
    return journal;
}

Result<void> AccountJournal::take(const QJsonObject& object)
{
    if (object.contains(QLatin1String("accounts"))) {
        return accountPlanFromJson(object).map([&](AccountPlan known) { m_plans.push_back(std::move(known)); });
    }
    const auto time = parseRfc3339(object[QLatin1String("time")].toString().toStdString());
    const auto list = object[QLatin1String("entries")].toArray();
    if (!time || list.isEmpty()) {
        return failure(ErrorCode::Corrupt, QStringLiteral("An entry of the journal cannot be read."));
    }
    for (const auto& fields : list) {
        auto entry = entryFromJson(*time, fields.toArray());
        if (!entry) {
            return failure(ErrorCode::Corrupt, QStringLiteral("An entry of the journal cannot be read."));
        }
        m_last[{entry->planId, entry->server, entry->account}] = m_entries.size();
        m_entries.push_back(std::move(*entry));
    }
    return {};
}

Result<void> AccountJournal::addPlan(const AccountPlan& known)
{
    if (plan(known.id) != nullptr) {
        return {};
    }
    const QJsonObject json = toJson(known);
    return m_file.append(QJsonDocument(json).toJson(QJsonDocument::Compact)).and_then([&] { return take(json); });
}

Result<void> AccountJournal::add(std::vector<AccountJournalEntry> entries)
{
    if (entries.empty()) {
        return {};
    }
    const Instant now = m_clock.now();
    for (auto& entry : entries) {
        entry.time = now;
    }
    const QJsonObject json = batchToJson(entries);
    return m_file.append(QJsonDocument(json).toJson(QJsonDocument::Compact)).and_then([&] { return take(json); });
}

const AccountPlan* AccountJournal::plan(const QString& planId) const
{
    const auto it = std::find_if(m_plans.begin(), m_plans.end(), [&](const AccountPlan& known) { return known.id == planId; });
    return it == m_plans.end() ? nullptr : &*it;
}

std::vector<AccountPlan> AccountJournal::plans() const
{
    return m_plans;
}

const AccountJournalEntry* AccountJournal::last(const QString& planId, const QString& server, const std::string& account) const
{
    const auto it = m_last.find({planId, server, account});
    return it == m_last.end() ? nullptr : &m_entries[it->second];
}

std::vector<AccountJournalEntry> AccountJournal::lastOf(const QString& planId) const
{
    std::vector<AccountJournalEntry> result;
    for (auto it = m_last.lower_bound({planId, {}, {}}); it != m_last.end() && std::get<0>(it->first) == planId; ++it) {
        result.push_back(m_entries[it->second]);
    }
    return result;
}

std::vector<QString> AccountJournal::unfinished() const
{
    std::vector<QString> result;
    for (const auto& known : m_plans) {
        const auto entries = lastOf(known.id);
        if (std::any_of(entries.begin(), entries.end(), [&](const AccountJournalEntry& entry) { return !isOver(known.action, entry.state); })) {
            result.push_back(known.id);
        }
    }
    return result;
}

std::vector<RecentReset> AccountJournal::resetsSince(Instant since) const
{
    std::map<std::pair<std::string, QString>, Instant> latest;
    for (const auto& entry : m_entries) {
        const AccountPlan* known = plan(entry.planId);
        if (entry.state == AccountState::Confirmed && entry.time >= since && known != nullptr && known->action == AccountAction::Reset) {
            latest[{entry.account, entry.server}] = entry.time;
        } else if (entry.state == AccountState::Restored) {
            latest.erase({entry.account, entry.server});
        }
    }
    std::vector<RecentReset> result;
    for (const auto& [key, at] : latest) {
        result.push_back({key.first, key.second, at});
    }
    return result;
}

} // namespace mailward
