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
    QString openedText;          ///< "1 account opened:"; empty: none was
    std::vector<Target> opened;  ///< the accounts that were got into
    bool canPropose = false;     ///< a block can be proposed
};

} // namespace mailward
