// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/Naming.h"
#include "models/detect/Incident.h"
#include "models/detect/ReplayJail.h"
#include "models/store/Filter.h"
#include "models/tables/DetailView.h"
#include "models/tables/IncidentView.h"
#include "models/tables/TimelineView.h"

#include <optional>

namespace mailward {

/// What a jail would have done about an incident, where that is a question at all.
struct JailNote {
    JailSpec jail;
    JailEffect effect;
    std::uint64_t goodLoginsCut = 0; ///< of everybody, over the whole log
    std::uint64_t accountsCut = 0;
};

/// Incidents as cards, marks of the timeline, facts of the drawer and filters. Pure; any thread.

[[nodiscard]] QString incidentTitle(const Incident& incident);
[[nodiscard]] QString incidentSummary(const Incident& incident, const Naming& naming);
[[nodiscard]] IncidentCard incidentCard(const Incident& incident, const std::optional<JailNote>& jail, const Naming& naming);
/// "3 open · 1 for information".
[[nodiscard]] QString incidentsCaption(const std::vector<Incident>& incidents);
/// In the order of time, without what is for information only.
[[nodiscard]] std::vector<TimelineMark> incidentMarks(const std::vector<Incident>& incidents);
/// The filter that shows what an incident is made of, as near as few conditions can.
[[nodiscard]] Filter incidentFilter(const Incident& incident);
/// All but the timeline and the raw lines, which need the events.
[[nodiscard]] DetailView incidentFacts(const Incident& incident, const std::optional<JailNote>& jail, const Naming& naming);

} // namespace mailward
