// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/DataPaths.h"
#include "models/core/IpAddress.h"
#include "models/core/Result.h"
#include "models/core/Time.h"

#include <vector>

namespace mailward {

/// Who is never a participant: what the allow-list holds at `now`, and the site's own servers and jump hosts, as far as their profiles
/// name addresses. Names are not looked up.
struct SetApart {
    std::vector<Prefix> prefixes;
    std::vector<Error> errors; ///< a list that could not be read adds nothing to `prefixes`
};
[[nodiscard]] SetApart setApart(const DataPaths& paths, Instant now);

} // namespace mailward
