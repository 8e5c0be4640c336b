// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace mailward {

/// A fail2ban filter as a rule pack, and what of it could not be carried over (one sentence each).
struct Fail2banImport {
    std::string toml;
    std::size_t rules = 0;
    std::vector<std::string> left;
};

/// Text of a file that the filter includes ("common.conf"), or nothing when there is none.
using Fail2banIncludes = std::function<std::optional<std::string>(const std::string& name)>;

/// Turns the text of `filter.d/NAME.conf` into a pack of that name: `before`/`after` includes, %(options)s, <tags>, prefregex, <HOST>,
/// <F-USER>. Each rule gets a sample made from its own pattern, and stays only when the engine agrees with it. Pure; fails when
/// there is nothing that could be carried over.
[[nodiscard]] Result<Fail2banImport> importFail2ban(const std::string& name, const std::string& text, const Fail2banIncludes& includes);

} // namespace mailward
