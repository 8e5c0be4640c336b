// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace mailward {

/// Whether every value in `section` (the data or the metadata of an .mmdb file) is nested no deeper than an honest
/// file's. libmaxminddb skips over values by recursion, so that a file of ten thousand nested lists would end the
/// process. Reads forward once, without recursion; false also for values that run past the end.
[[nodiscard]] bool mmdbNestingIsSane(std::span<const std::uint8_t> section);

} // namespace mailward
