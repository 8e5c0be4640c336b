// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"

#include <string>
#include <string_view>

namespace mailward::cli {

/// Appends one event as a JSON line (with its end), fields in the contract's order. `file` is the input's name, already JSON
/// (jsonString()); empty leaves the field out. Made for millions of lines: allocates nothing for plain text.
void appendEventJson(const Event& event, std::string_view file, std::string& out);

/// The same for a reader: one row of a table, cut and escaped.
void appendEventRow(const Event& event, std::string& out);

} // namespace mailward::cli
