// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/Rule.h"
#include "models/logs/RuleBook.h"

#include <string>
#include <string_view>
#include <vector>

namespace mailward {

/// Reads one pack (TOML, see resources/rules/README.md) and appends its rules, compiled but not yet proved by their samples.
/// What is wrong goes to `problems`; a wrong rule is left out, the others stay.
void compilePack(std::string_view pack, std::string_view toml, RuleBook::Use use, std::vector<Rule>& rules,
                 std::vector<RuleProblem>& problems);

} // namespace mailward
