// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ContainRows.h"

#include "app/controllers/ViewWords.h"
#include "models/tables/Format.h"

#include <algorithm>
#include <set>

namespace mailward {

namespace {

UntrustedText nameOf(const std::string& account) { return UntrustedText(account); }

/// A word of the account side as a sentence; sentences stay what they are.
QString sentence(const QString& problem)
{
    const QString text = accountProblemText(problem);
    return text.isEmpty() ? problem : text;
}

QString stateWord(AccountRowState state)
{
    switch (state) {
    case AccountRowState::Open: return tr("open");
    case AccountRowState::Locked: return tr("locked by us");
    case AccountRowState::Disabled: return tr("disabled");
    case AccountRowState::Protected: return tr("protected");
    }
    return {};
}

QString backendWords(const AccountServer& server, const QString& id)
{
    const auto found = std::find_if(server.backends.begin(), server.backends.end(), [&](const AccountBackend& b) { return b.id == id; });
    return found == server.backends.end() ? id : QStringLiteral("%1 %2").arg(accountBackendKindName(found->kind), found->source.plain(60));
}

QString placeOf(const AccountServer& server, const std::vector<BackendRow>& rows)
{
    QStringList words;
    for (const BackendRow& row : rows) {
        words << QStringLiteral("%1, %2").arg(backendWords(server, row.backend), stateWord(row.state));
    }
    return words.join(QStringLiteral(" · "));
}

ContainRow rowOf(const AccountServerPreview& server, const AccountPreviewRow& from, AccountAction action)
{
    ContainRow row;
    row.account = nameOf(from.account);
    row.server = server.server;
    row.place = placeOf(server.about, from.rows);
    row.sessions = from.sessions.imapPop;
    row.smtp = from.sessions.smtp;
    row.mails = from.queued;
    row.rules = static_cast<unsigned>(from.rules.size());
    if (!from.problem.isEmpty()) {
        row.state = sentence(from.problem);
        row.meaning = Meaning::High;
    } else {
        row.state = action == AccountAction::Reset    ? tr("gets a new password")
                    : action == AccountAction::Lock   ? tr("will be locked")
                    : action == AccountAction::Unlock ? tr("will be unlocked")
                                                      : tr("its sessions end, its mail is held");
        row.meaning = Meaning::Plain;
    }
    return row;
}

QStringList notesOf(const AccountServerPreview& server)
{
    QStringList places;
    for (const AccountBackend& backend : server.about.backends) {
        places << (backend.problem.isEmpty() ? backendWords(server.about, backend.id)
                                             : QStringLiteral("%1 (%2)").arg(backendWords(server.about, backend.id), sentence(backend.problem)));
    }
    QStringList notes;
    notes << (places.isEmpty() ? tr("No place with passwords was found in this server's configuration.") : tr("Passwords are kept in: %1").arg(places.join(QStringLiteral(" · "))));
    if (!server.about.dovecot) {
        notes << tr("No Dovecot here: nothing to forget, and no IMAP sessions to end.");
    }
    if (!server.about.postfix) {
        notes << tr("No Postfix here: no SMTP sessions to cut, and no queue to hold.");
    }
    return notes;
}

bool holds(const AccountOutcome& outcome)
{
    return outcome.state == AccountState::Confirmed || outcome.state == AccountState::Delivered || outcome.state == AccountState::Locked ||
           outcome.state == AccountState::Unlocked || outcome.state == AccountState::Restored || outcome.state == AccountState::Done;
}

QString doneText(const AccountOutcome& outcome)
{
    QStringList words;
    switch (outcome.state) {
    case AccountState::Confirmed:
    case AccountState::Delivered: words << tr("new password"); break;
    case AccountState::Locked: words << tr("locked"); break;
    case AccountState::Unlocked: words << tr("unlocked"); break;
    case AccountState::Restored: words << tr("as it was before"); break;
    case AccountState::Written: words << tr("written, not confirmed"); break;
    case AccountState::Planned:
    case AccountState::Hashed: words << tr("not changed"); break;
    case AccountState::Failed: words << tr("failed"); break;
    case AccountState::Done: words << tr("done"); break;
    }
    if (outcome.error && holds(outcome)) {
        words << tr("not everywhere");
    }
    if (outcome.kicked + outcome.cut > 0) {
        words << counted(outcome.kicked + outcome.cut, tr("%1 session ended"), tr("%1 sessions ended"));
    }
    if (outcome.error) {
        words << outcome.error->text;
    }
    return words.join(QStringLiteral(" · "));
}

Meaning doneMeaning(const AccountOutcome& outcome)
{
    return holds(outcome) ? (outcome.error ? Meaning::Warning : Meaning::Good) : outcome.error ? Meaning::Critical : Meaning::Warning;
}

/// This server does not have the account: no failure, as long as another one has it.
bool isElsewhere(const AccountOutcome& outcome)
{
    return outcome.backends.isEmpty() && outcome.error && outcome.error->code == ErrorCode::NotFound;
}

HeldMail heldOf(const QString& server, const QueuedMail& from)
{
    HeldMail mail;
    mail.account = nameOf(from.account);
    mail.server = server;
    mail.id = from.id;
    mail.sender = from.sender;
    mail.client = from.client;
    mail.bytes = from.bytes;
    mail.arrived = from.arrived;
    mail.held = from.isHeld();
    std::string recipients;
    for (const UntrustedText& one : from.firstRecipients) {
        recipients += (recipients.empty() ? "" : ", ") + one.raw();
    }
    if (from.recipients > from.firstRecipients.size()) {
        recipients += tr(" and %1 more").arg(from.recipients - from.firstRecipients.size()).toStdString();
    }
    mail.recipients = UntrustedText(recipients);
    return mail;
}

} // namespace

PasswordStrength passwordStrength(PasswordStyle style, int usual)
{
    PasswordStrength strength;
    strength.usual = usual;
    for (int length = 1; length <= 64; ++length) {
        const PasswordRecipe recipe{style, length};
        if (checkRecipe(recipe)) {
            strength.least = strength.bits.empty() ? length : strength.least;
            strength.bits.push_back(entropyBits(recipe));
        }
    }
    return strength;
}

PasswordRecipe recipeOf(const ContainChoice& choice)
{
    return {choice.words ? PasswordStyle::Words : PasswordStyle::Characters, choice.length};
}

ContainmentSteps stepsOf(const ContainChoice& choice)
{
    if (choice.action == ContainAction::Unlock) {
        return {false, false, false, false, false, false};
    }
    return {choice.flush, choice.kick, choice.cutSmtp, choice.cutSilent, choice.hold, choice.review};
}

AccountAction actionOf(ContainAction action)
{
    switch (action) {
    case ContainAction::Reset: return AccountAction::Reset;
    case ContainAction::Lock: return AccountAction::Lock;
    case ContainAction::Unlock: return AccountAction::Unlock;
    case ContainAction::None: break;
    }
    return AccountAction::None;
}

ContainChoice choiceOf(const AccountPlan& plan)
{
    ContainChoice choice;
    choice.action = plan.action == AccountAction::Reset    ? ContainAction::Reset
                    : plan.action == AccountAction::Lock   ? ContainAction::Lock
                    : plan.action == AccountAction::Unlock ? ContainAction::Unlock
                                                           : ContainAction::None;
    choice.flush = plan.steps.flush;
    choice.kick = plan.steps.kick;
    choice.cutSmtp = plan.steps.cutSmtp;
    choice.cutSilent = plan.steps.cutSilent;
    choice.hold = plan.steps.hold;
    choice.review = plan.steps.review;
    choice.words = plan.recipe.style == PasswordStyle::Words;
    choice.length = plan.recipe.length;
    return choice;
}

void tellPreview(ContainView& view, const AccountPreview& preview)
{
    view.rows.clear();
    view.servers.clear();
    view.rules.clear();
    view.warnings.clear();
    view.objections = preview.objections;
    std::set<std::string> willChange;
    for (const AccountServerPreview& server : preview.servers) {
        const QString commands = server.command + QLatin1Char('\n') + QString::fromUtf8(server.batch);
        view.servers.push_back({server.server, UntrustedText(commands.toStdString()), notesOf(server)});
        for (const QString& note : server.notes) {
            view.warnings << QStringLiteral("%1: %2").arg(server.server, note);
        }
        for (const AccountPreviewRow& row : server.rows) {
            if (row.rows.empty()) {
                continue; // lives elsewhere; told by `nowhere` when no server has it
            }
            view.rows.push_back(rowOf(server, row, preview.plan.action));
            if (row.problem.isEmpty()) {
                willChange.insert(row.account);
            }
            for (const MailRule& rule : row.rules) {
                view.rules.push_back({nameOf(rule.account), server.server, mailRuleKindName(rule.kind), rule.where, rule.target});
            }
        }
    }
    view.warnings << leftOutWords(preview);
    view.willChange = willChange.size();
    for (const std::string& account : preview.nowhere) {
        ContainRow row;
        row.account = nameOf(account);
        row.state = preview.leftOut.empty() ? tr("no server has it") : tr("not on the servers that were looked at");
        row.meaning = Meaning::Warning;
        view.rows.push_back(std::move(row));
    }
}

QStringList leftOutWords(const AccountPreview& preview)
{
    QStringList words;
    for (const AccountServerLeftOut& left : preview.leftOut) {
        words << tr("%1 is left out, and nothing is done there: %2").arg(left.server, left.error.toString());
    }
    return words;
}

void tellUndo(ContainView& view, const AccountPreview& preview)
{
    const AccountAction action = preview.plan.action;
    for (ContainRow& row : view.rows) {
        if (row.meaning == Meaning::Plain) {
            row.state = action == AccountAction::Reset ? tr("gets its old password back") : action == AccountAction::Lock ? tr("will be unlocked") : tr("will be locked again");
        }
    }
    if (action == AccountAction::Reset) {
        view.warnings.prepend(tr("The old passwords hold again, and whoever knows one gets in: take back only what was contained by mistake. Held mail stays held."));
    } else if (action == AccountAction::Lock) {
        view.warnings.prepend(tr("The accounts are open again, with the passwords that they had: whoever knows one gets in. Held mail stays held."));
    }
}

void tellReport(ContainView& view, const AccountReport& report)
{
    view.held.clear();
    view.rules.clear();
    std::set<std::string> changed;
    for (const AccountOutcome& outcome : report.accounts) {
        if (isElsewhere(outcome)) {
            continue;
        }
        auto row = std::find_if(view.rows.begin(), view.rows.end(), [&](const ContainRow& r) { return r.server == outcome.server && r.account.raw() == outcome.account; });
        if (row == view.rows.end()) {
            row = view.rows.insert(view.rows.end(), ContainRow{nameOf(outcome.account), outcome.server, outcome.backends.join(QStringLiteral(", ")), 0, 0, 0, 0, {}, Meaning::Plain});
        }
        row->sessions = 0;
        row->smtp = 0;
        row->mails = static_cast<unsigned>(outcome.held.size());
        row->rules = static_cast<unsigned>(outcome.rules.size());
        row->state = doneText(outcome);
        row->meaning = doneMeaning(outcome);
        if (doneMeaning(outcome) == Meaning::Good || doneMeaning(outcome) == Meaning::Warning) {
            changed.insert(outcome.account);
        }
        for (const QueuedMail& mail : outcome.held) {
            view.held.push_back(heldOf(outcome.server, mail));
        }
        for (const MailRule& rule : outcome.rules) {
            view.rules.push_back({nameOf(rule.account), outcome.server, mailRuleKindName(rule.kind), rule.where, rule.target});
        }
    }
    view.changed = changed.size();
}

bool isUndone(const AccountReport& report, const std::string& account)
{
    bool any = false;
    for (const AccountOutcome& outcome : report.accounts) {
        if (outcome.account == account) {
            if (outcome.state != AccountState::Restored) {
                return false;
            }
            any = true;
        }
    }
    return any;
}

bool isWhole(const AccountReport& report)
{
    return std::all_of(report.accounts.begin(), report.accounts.end(), [](const AccountOutcome& outcome) { return !outcome.error || isElsewhere(outcome); });
}

QString progressText(const AccountProgress& progress)
{
    return progress.total == 0 ? QStringLiteral("%1: %2").arg(progress.server, progress.step)
                               : tr("%1: %2 · %3 of %4").arg(progress.server, progress.step, formatCount(progress.done), formatCount(progress.total));
}

} // namespace mailward
