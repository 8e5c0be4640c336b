// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/DataPaths.h"
#include "models/geo/GeoDatabase.h"
#include "models/store/LocalEventStore.h"

#include <functional>
#include <memory>

namespace mailward {

/// What the store asks about each new address, answered by `geo` (kept alive by the function); empty without a database.
[[nodiscard]] GeoLookup geoLookup(std::shared_ptr<const GeoDatabase> geo);

/// The geography that we ship. Broken or missing data is no reason to stop: then `problem` says so and null comes back.
[[nodiscard]] std::shared_ptr<const GeoDatabase> openGeography(const DataPaths& paths, Error* problem = nullptr);

/// The database of this installation. `troubled` is given by who keeps it open for long (LocalEventStore::Options).
[[nodiscard]] Result<std::unique_ptr<LocalEventStore>> openStore(const DataPaths& paths, std::shared_ptr<const GeoDatabase> geo,
                                                                 std::function<void()> changed = {},
                                                                 std::function<void(std::uint64_t)> loading = {},
                                                                 std::function<void(const Error&)> troubled = {});

/// The same for who only brings events: nothing of what is stored is read, and no question is answered.
[[nodiscard]] Result<std::unique_ptr<LocalEventStore>> openStoreToFill(const DataPaths& paths, std::function<void(const Error&)> troubled);

} // namespace mailward
