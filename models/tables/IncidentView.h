// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/UntrustedText.h"
#include "models/tables/Target.h"

#include <QString>
#include <vector>

namespace mailward {

/// One card of the incidents' panel, worst first. `target` is an Incident.
struct IncidentCard {
    Target target;
    Meaning severity = Meaning::High; ///< Critical, High, Warning or Muted
    QString severityText;
    QString title;
    QString when;
    QString summary;             ///< "3,000 addresses · 60 accounts · 97 % China · still running"
    QString evidence;            ///< the foremost reason, and what the site's fail2ban jail would do about it
    QString openedText;          ///< "1 account opened:"; empty: none was
    std::vector<Target> opened;  ///< the accounts that were got into, at most a few
    std::uint64_t openedMore = 0; ///< and how many more
    bool canPropose = false;     ///< a block can be proposed
    QString containText;         ///< "Contain 6 accounts"; empty: nothing to contain
    bool falseAlarm = false;     ///< a person said so

    bool operator==(const IncidentCard&) const = default;
};

} // namespace mailward
