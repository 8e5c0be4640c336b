// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/help/Tour.h"

namespace mailward {

class MainWindow;
class TriagePage;

/// The walk through one attack, from the worst card to the plan; each stop knows when a person has tried what it proposes.
[[nodiscard]] std::vector<TourStop> tourOf(const MainWindow& window, const TriagePage& triage);

} // namespace mailward
