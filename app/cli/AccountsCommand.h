// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/Command.h"
#include "models/core/Secret.h"
#include "models/respond/AccountExecutor.h"

namespace mailward::cli {

/// `accounts reset/lock/unlock/kick/hold/contain ACCOUNT... [--server NAME]...`, `accounts resume/undo PLAN`, `accounts plans`,
/// (contain: reset with --handover or --print, else lock), `accounts delivered PLAN`, `accounts open FILE`, and the looks of runAccountsLook().
int runAccounts(const Context& context);

/// `find`, `list`, `look ACCOUNT...`, `test BACKEND ACCOUNT`, `queue ACCOUNT...`, `headers ACCOUNT ID`, `rules ACCOUNT...`, `policy`,
/// `audit`: what changes nothing on a server. Nothing: `verb` is none of them.
std::optional<int> runAccountsLook(const Context& context, const QString& verb, const Arguments& arguments);

/// One JSON object of a queued message.
void printMail(const Context& context, const QString& server, const QueuedMail& mail);
/// `[{"kind","where","target"},...]`
[[nodiscard]] QByteArray rulesJson(const std::vector<MailRule>& rules);
/// --passphrase-fd N, or a question on the terminal. The error says what to do.
[[nodiscard]] Result<Secret> passphraseFor(const Arguments& arguments, const QString& question);
/// Names from the command line as raw bytes.
[[nodiscard]] std::vector<std::string> namesOf(const QStringList& words);

} // namespace mailward::cli
