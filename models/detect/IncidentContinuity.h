// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Incident.h"

#include <vector>

namespace mailward {

/// Gives incidents of `now` the ids that they had in `before`: an incident is the same when it is of the same sort, overlaps in
/// time and shares sources, or accounts where it has no sources. Where several grew into one, it keeps the id of the one that
/// began first; where one fell apart, its largest part keeps it. So links, plans and marks hold while an incident grows.
void keepIds(const std::vector<Incident>& before, std::vector<Incident>& now);

} // namespace mailward
