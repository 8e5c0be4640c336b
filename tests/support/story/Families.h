// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/story/Stage.h"

#include <string_view>
#include <vector>

namespace mailward::story {

/// One kind of run: what is added to quiet life. Quiet families add nothing that should alarm anybody.
struct Family {
    std::string_view name;
    std::string_view what;
    bool quiet;
    bool heldOut; ///< no threshold was tuned on it: it says how the detectors do on what they never met
    void (*add)(Stage&);
};

[[nodiscard]] const std::vector<Family>& families();

struct Run {
    std::vector<Line> lines; ///< in the order of time
    Truth truth;
    std::vector<std::string> servers;
    std::vector<std::string> rendered; ///< `lines` as text, without line ends
    TimeRange range;
    std::size_t mailboxes = 0;
};

/// The same options and addresses give the same bytes on every platform. Throws std::invalid_argument for an unknown family.
[[nodiscard]] Run generate(const RunOptions& options, const AddressPool& pool, StampFormat format);

} // namespace mailward::story
