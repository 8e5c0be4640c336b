// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Incident.h"
#include "models/tables/DetailView.h"

namespace mailward {

/// What the drawer says of members of incidents. Pure; any thread.

/// Each incident above "for information" that counts the address among its sources, why, and how sure that is.
[[nodiscard]] std::vector<Fact> memberFacts(const std::vector<Incident>& incidents, const IpAddress& address);
/// What ties the members of an incident to it, with how many each sign is true of.
[[nodiscard]] std::vector<Fact> evidenceFacts(const Incident& incident);

} // namespace mailward
