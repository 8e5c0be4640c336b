// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Numbers.h"
#include "models/detect/Incident.h"

#include <QCoreApplication>

namespace mailward::detect {

/// The words of incidents, in the language of the application: English where no translation is installed, as on the command line.
inline QString tr(const char* text) { return QCoreApplication::translate("mailward::detect", text); }

/// "1 address", "2,998 addresses".
[[nodiscard]] QString addressesText(std::uint64_t count);
[[nodiscard]] QString accountsText(std::uint64_t count);
/// "3 h 12 min", "2 d 4 h", "40 s".
[[nodiscard]] QString durationText(std::chrono::microseconds length);
/// What an incident's title begins with.
[[nodiscard]] QString kindText(IncidentKind kind);
/// "one try each", "1.6 tries each".
[[nodiscard]] QString triesText(double perSource);
/// Of new strangers an hour; nothing: the log is too young to tell.
[[nodiscard]] QString usualText(std::optional<double> perHour);

} // namespace mailward::detect
