// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/RuleBook.h"

#include <string>
#include <vector>

namespace mailward::test {

/// A log line in which something that a peer may write was replaced by a forgery.
struct HostileLine {
    std::string line;  ///< without its end
    std::string field; ///< what was replaced
    std::string ip;    ///< the only address that may come out of it; empty: none may
    bool isGuess = false; ///< the honest line reports a refused password: it must not vanish among the boring ones
};

/// The addresses that only the forgeries hold.
inline constexpr const char* kForged4 = "192.0.2.66";
inline constexpr const char* kForged6 = "2001:db8:66::66";

/// Every name and envelope address of every sample of `book`, and the peer's other texts (HELO, banners, commands, headers, quoted
/// answers), times every forgery.
[[nodiscard]] std::vector<HostileLine> hostileCorpus(const RuleBook& book);

} // namespace mailward::test
