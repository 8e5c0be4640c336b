// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Incident.h"
#include "models/geo/GeoDatabase.h"
#include "models/respond/PrefixOptimiser.h"
#include "models/store/ColumnsSnapshot.h"

#include <memory>
#include <vector>

namespace mailward {

/// What proposals are made from, beside the incidents themselves.
struct ProposalInput {
    std::shared_ptr<const GeoDatabase> geo; ///< null: no countries or networks among the candidates
    GuardContext guards;                    ///< its goodLogins are filled in here
    Instant now{};                          ///< nothing later is looked at
    std::size_t maxRules = 8000;
};

/// One plan to choose from.
struct Proposal {
    OfferKind kind = OfferKind::Balanced;
    Plan plan;
    double portlessPct = 0; ///< share of the attempts that came through doors that no plan closes unasked (port 25)
};

/// Incidents worth an answer at `now`: those that blame sources, from medium on (loud sources: from low on), and not over for
/// more than a day; when there are none, those that are over, too.
[[nodiscard]] std::vector<Incident> answerable(const std::vector<Incident>& incidents, Instant now);

/// Gentle, balanced and hard: the log-in ports against those who guess at mailboxes, port 22 against those who guess at SSH, for
/// twice as long as the attack has lasted (a day to a month). `all` are the incidents of the whole history: whoever takes part
/// in any is no witness for a good network. Pure; any thread.
[[nodiscard]] std::vector<Proposal> proposePlans(const ColumnsSnapshot& data, const std::vector<Incident>& chosen, const std::vector<Incident>& all,
                                                 ProposalInput input);

/// The ports that a log-in of this service comes through; empty: not known.
[[nodiscard]] Ports portsOfService(Service service);

} // namespace mailward
