// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/EarlierRows.h"

#include "app/controllers/ViewWords.h"
#include "models/tables/Format.h"

namespace mailward {

namespace {

QString actionWords(const AccountPlan& plan)
{
    switch (plan.action) {
    case AccountAction::Reset: return tr("new passwords");
    case AccountAction::Lock: return tr("locked");
    case AccountAction::Unlock: return tr("unlocked");
    case AccountAction::None: break;
    }
    return tr("sessions and mail");
}

std::size_t countOf(const PastContainment& past, std::initializer_list<AccountState> states)
{
    std::size_t count = 0;
    for (const AccountState state : states) {
        const auto found = past.states.find(state);
        count += found == past.states.end() ? 0 : found->second;
    }
    return count;
}

/// "6 done · 2 not finished", what matters most first.
QString stateWords(const PastContainment& past)
{
    const bool resets = past.plan.action == AccountAction::Reset;
    QStringList words;
    const auto add = [&](std::size_t count, const QString& text) {
        if (count > 0) {
            words << text.arg(formatCount(count));
        }
    };
    add(countOf(past, {AccountState::Planned, AccountState::Hashed, AccountState::Written}), tr("%1 not finished"));
    add(resets ? countOf(past, {AccountState::Confirmed}) : 0, tr("%1 not handed over"));
    add(countOf(past, {AccountState::Failed}), tr("%1 failed"));
    add(countOf(past, {AccountState::Restored}), tr("%1 taken back"));
    add(countOf(past, {AccountState::Delivered, AccountState::Locked, AccountState::Unlocked, AccountState::Done}) + (resets ? 0 : countOf(past, {AccountState::Confirmed})), tr("%1 done"));
    return words.isEmpty() ? tr("nothing was begun") : words.join(QStringLiteral(" · "));
}

Meaning meaningOf(const PastContainment& past)
{
    if (past.unfinished) {
        return Meaning::High;
    }
    const bool failed = countOf(past, {AccountState::Failed}) > 0;
    const bool over = past.states.empty() || countOf(past, {AccountState::Restored}) > 0;
    return failed ? Meaning::Warning : over ? Meaning::Muted : Meaning::Good;
}

QString whatCanBeDone(const PastContainment& past, const QTimeZone& zone)
{
    const AccountAction action = past.plan.action;
    if (past.unfinished && action == AccountAction::Reset && countOf(past, {AccountState::Planned, AccountState::Hashed, AccountState::Written}) == 0) {
        return tr("The new passwords hold, and nobody was given them: Resume makes and hands over others, Undo brings the old ones back.");
    }
    if (past.unfinished) {
        return past.canUndo ? tr("It was cut half-way: Resume does the rest, Undo takes back what was done.") : tr("It was cut half-way: Resume does the rest.");
    }
    if (past.canUndo && action == AccountAction::Lock) {
        return tr("Undo opens what it locked, as long as nobody else changed it.");
    }
    if (past.canUndo) {
        return tr("Undo brings the old rows back until %1, where nobody changed them since.").arg(formatMoment(past.last + kOldRowsKept, zone, past.last));
    }
    if (action == AccountAction::None) {
        return tr("Ended sessions stay ended, and held mail is released in the queue: nothing here to take back.");
    }
    if (past.states.empty()) {
        return tr("It was cut before anything was begun: nothing was changed anywhere.");
    }
    return countOf(past, {AccountState::Restored}) > 0 ? tr("It was taken back.") : tr("Nothing of it can be taken back: servers keep the old rows of new passwords for 7 days.");
}

} // namespace

std::vector<EarlierRow> earlierRows(const std::vector<PastContainment>& past, const QTimeZone& zone)
{
    std::vector<EarlierRow> rows;
    for (auto one = past.rbegin(); one != past.rend(); ++one) {
        EarlierRow row;
        row.planId = one->plan.id;
        row.made = one->plan.made;
        row.who = one->who;
        row.action = actionWords(one->plan);
        row.accounts = one->plan.accounts.size();
        row.servers = one->servers.join(QStringLiteral(", "));
        row.from = UntrustedText(one->plan.from.toStdString());
        row.state = stateWords(*one);
        row.meaning = meaningOf(*one);
        row.canResume = one->unfinished;
        row.canUndo = one->canUndo;
        row.words = whatCanBeDone(*one, zone);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace mailward
