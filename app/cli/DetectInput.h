// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/Command.h"
#include "app/cli/LogOptions.h"
#include "models/detect/Detection.h"
#include "models/detect/SiteThresholds.h"

#include <memory>

namespace mailward::cli {

/// Log files as the detectors take them.
struct DetectInput {
    std::shared_ptr<const ColumnsSnapshot> data;
    SiteThresholds thresholds; ///< thresholds.toml of the configuration folder, else the defaults
    DetectSettings settings;   ///< what they come to
    DetectRequest request;
    LogTotals totals;
};

/// Reads the files that `options` names into columns, with countries and networks. "Now" is the time of the last event. What the
/// allow-list and the profiles name stands apart, as in the window.
[[nodiscard]] Result<DetectInput> readDetectInput(const Context& context, const LogOptions& options);

/// The console's own store as the detectors take it. "Now" is now.
[[nodiscard]] Result<DetectInput> readStoredInput(const Context& context);

/// The incidents of the input, worst first, with the site's false alarms marked as such: the answer that the window gives.
[[nodiscard]] std::vector<Incident> incidentsOf(const DetectInput& input);

} // namespace mailward::cli
