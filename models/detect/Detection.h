// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/AccountScore.h"
#include "models/detect/DetectSettings.h"
#include "models/detect/Incident.h"
#include "models/store/ColumnsSnapshot.h"

#include <optional>
#include <vector>

namespace mailward {

/// What is asked of the detectors.
struct DetectRequest {
    std::optional<TimeRange> window; ///< incidents that touch it; events from its end on count as not yet written
    Instant now{};                   ///< an incident whose last sign is younger than settings.runningFor is still running
    std::vector<Prefix> allowed;     ///< never a participant: own servers, monitoring, the administrators' networks
};

/// All incidents that the events tell of, worst first. Pure and thread-safe: the same events and settings give the same
/// answer, in whatever order or pieces they were appended.
[[nodiscard]] std::vector<Incident> findIncidents(const ColumnsSnapshot& data, const DetectSettings& settings,
                                                  const DetectRequest& request);

namespace detect {
struct Tape;
}

/// The same over a tape that was read before. `request.window` chooses among the incidents; it does not cut the tape.
[[nodiscard]] std::vector<Incident> findIncidents(const detect::Tape& tape, const DetectSettings& settings, const DetectRequest& request);

/// Incidents, and what speaks against each account whether or not it makes an incident: by the same rules, in one go.
struct Findings {
    std::vector<Incident> incidents; ///< worst first
    std::vector<AccountScore> accounts; ///< those with any sign, by name
};
[[nodiscard]] Findings findAll(const detect::Tape& tape, const DetectSettings& settings, const DetectRequest& request);

} // namespace mailward
