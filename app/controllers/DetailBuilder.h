// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/Naming.h"
#include "models/store/Filter.h"
#include "models/store/LocalEventStore.h"
#include "models/tables/DetailView.h"

#include <functional>

namespace mailward {

/// Raw lines that the drawer shows at first.
inline constexpr std::size_t kDetailLines = 60;

/// Everything that the drawer says about one thing: facts, its own timeline, who else, raw lines. Of the filter only the time
/// range counts. `lines`: raw lines at most. Blocks for the disk: not for the window's thread.
[[nodiscard]] DetailView buildDetail(const LocalEventStore& store, const Target& target, const Filter& filter, const Naming& naming,
                                     std::size_t lines = kDetailLines);

/// Adds the fact "Bans" for an address: what each server enforces. Nothing without `facts`.
void addBanFacts(DetailView& view, const std::function<QStringList(const IpAddress&)>& facts);

} // namespace mailward
