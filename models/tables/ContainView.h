// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Secret.h"
#include "models/core/Time.h"
#include "models/core/UntrustedText.h"
#include "models/tables/Target.h"

#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

namespace mailward {

/// None: sessions and mail only; of plans that were made on the command line.
enum class ContainAction : std::uint8_t { Reset, Lock, Unlock, None };

/// What a person chooses before accounts are contained: what becomes of the password, and what follows, in this order.
struct ContainChoice {
    ContainAction action = ContainAction::Reset;
    bool flush = true;      ///< the cache of right passwords
    bool kick = true;       ///< open IMAP and POP3 sessions
    bool cutSmtp = true;    ///< open SMTP sessions
    bool cutSilent = false; ///< also those that have not said yet whose they are
    bool hold = true;       ///< queued mail
    bool review = true;     ///< redirects, forwards, application passwords
    bool words = false;     ///< the new password: words, else characters
    int length = 20;        ///< of these

    bool operator==(const ContainChoice&) const = default;
};

/// How strong passwords of one style are, by length.
struct PasswordStrength {
    int least = 0;            ///< shortest length that may be chosen
    int usual = 0;
    std::vector<double> bits; ///< of length `least`, `least` + 1 ...
};

/// One account on one server, as it was looked up or as it stands.
struct ContainRow {
    UntrustedText account;
    QString server;
    QString place;     ///< back ends and state: "passwd-file, open"
    unsigned sessions = 0; ///< IMAP and POP3
    unsigned smtp = 0;
    unsigned mails = 0;    ///< queued before, on hold after
    unsigned rules = 0;    ///< redirects, forwards ... to be looked at
    QString state;     ///< "will be changed", "new password", "locked", why not
    Meaning meaning = Meaning::Muted;
};

/// What will be sent to one server, to the letter.
struct ContainServer {
    QString name;
    UntrustedText commands;
    QStringList notes;
};

/// A redirect, forward or application password that somebody must look at.
struct ContainRule {
    UntrustedText account;
    QString server;
    QString kind;
    UntrustedText where;
    UntrustedText target;
};

/// A message that is on hold.
struct HeldMail {
    UntrustedText account;
    QString server;
    QString id;
    UntrustedText sender;
    UntrustedText recipients;
    UntrustedText client;
    std::uint64_t bytes = 0;
    Instant arrived{};
    bool held = true;
};

enum class ContainStage : std::uint8_t { Looking, Preview, Working, Done };
/// A new containment, one that goes on after a crash, or one that is taken back.
enum class ContainTask : std::uint8_t { Contain, Resume, Undo };

/// Everything that the dialog shows.
struct ContainView {
    ContainTask task = ContainTask::Contain;
    ContainStage stage = ContainStage::Looking;
    QString title;     ///< "8 accounts"
    QString from;      ///< the incident's title
    ContainChoice choice;
    PasswordStrength characters;
    PasswordStrength words;
    std::vector<ContainRow> rows;
    std::vector<ContainServer> servers;
    QStringList objections; ///< while there is one, nothing can be applied
    QStringList warnings;
    std::uint64_t willChange = 0; ///< accounts
    std::uint64_t changed = 0;    ///< of these, done
    QString step;      ///< what is being done
    std::uint64_t done = 0, total = 0;
    std::vector<HeldMail> held;
    std::vector<ContainRule> rules;
    std::uint64_t slips = 0; ///< new passwords that wait to be handed over
    bool handedOver = false;
    bool canUndo = false;
    QString problem;   ///< what went wrong as a whole
    QString hint;
};

/// A new password on its way to paper. The password is in locked memory, wiped when the last of these is let go.
struct SlipView {
    UntrustedText account;
    QString servers;
    QString made; ///< date and time, in the shown zone
    std::shared_ptr<const Secret> password;
};

} // namespace mailward

Q_DECLARE_METATYPE(mailward::SlipView)
