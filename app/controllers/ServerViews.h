// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/ServerWorker.h"
#include "models/tables/ConnectionView.h"

namespace mailward {

// What workers and connections say, as the Servers page shows it. Pure functions.

[[nodiscard]] LinkState linkState(const WorkerReport& report);
/// The error that a row shows: of the whole server, else of its first unreadable log.
[[nodiscard]] const Error* errorOf(const WorkerReport& report);
/// What a line of the check is about, in a word: "Firewall"; of a log its path.
[[nodiscard]] QString capabilityName(const QString& id);
[[nodiscard]] Meaning meaningOf(Capability::Verdict verdict);
[[nodiscard]] KeyStanding standingOf(HostKeyState state);
[[nodiscard]] SecretQuestion::Kind kindOf(SecretRequest::Kind kind);
/// "12.3 MB of about 80.0 MB, 4.1 MB/s, about 17 s left"; empty when nothing is under way.
[[nodiscard]] QString progressText(const WorkerReport& report);
[[nodiscard]] ServerProfile profileOf(const ServerForm& form);
/// A stored profile as the form shows it.
[[nodiscard]] ServerForm formOf(const ServerProfile& profile);
/// `before` with what the form says; what the form does not show stays.
[[nodiscard]] ServerProfile profileOf(const ServerForm& form, const ServerProfile& before);
/// The first field that a profile's rules object to.
[[nodiscard]] std::optional<QString> wrongField(const ServerProfile& profile);

} // namespace mailward
