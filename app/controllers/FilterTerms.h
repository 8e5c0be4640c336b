// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Filter.h"
#include "models/tables/Target.h"

#include <QTimeZone>

namespace mailward {

/// The condition that keeps just what `target` stands for; nothing for lines and incidents.
[[nodiscard]] std::optional<FilterTerm> termFor(const Target& target);

/// The chips of the filter bar: the time range first, then one per term. Escaped for display.
[[nodiscard]] QStringList chipTexts(const Filter& filter, const QTimeZone& zone);

/// A pattern that matches exactly `text`: its *, ? and \ are taken literally.
[[nodiscard]] std::string literalPattern(std::string_view text);

} // namespace mailward
