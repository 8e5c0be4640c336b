// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Incident.h"
#include "models/store/LocalEventStore.h"
#include "models/tables/DetailView.h"

namespace mailward {

namespace detect {
struct Tape;
}

/// Adds an incident's own timeline (what its sources did, or its accounts where it has no sources) and the first of its raw
/// lines. Blocks for the disk: not for the window's thread.
void addIncidentEvents(DetailView& view, const Incident& incident, const detect::Tape& tape, const LocalEventStore& store);

} // namespace mailward
