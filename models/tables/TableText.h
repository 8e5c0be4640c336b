// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

#include <QItemSelection>

namespace mailward {

enum class CopyForm : std::uint8_t { Text, Csv, Defanged };

/// The selected cells as text: tab-separated as displayed, CSV with a header line (quoted, no formulas), or tab-separated
/// and defanged. Everything in it is escaped for display, so that pasting into a terminal runs nothing.
[[nodiscard]] QString tableText(const TableModel& model, const QItemSelection& selection, CopyForm form);

/// The whole table as CSV with a header line, as loaded.
[[nodiscard]] QString tableCsv(const TableModel& model);

/// The whole table as JSON Lines: one object a row, keys from the columns, figures as numbers, times in UTC, an attacker's
/// bytes escaped for display.
[[nodiscard]] QString tableJsonLines(const TableModel& model);

/// A name for the clipboard or a caption: escaped display text of a target's key, defanged on request.
[[nodiscard]] QString targetText(const Target& target, CopyForm form = CopyForm::Text);

} // namespace mailward
