// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>

namespace mailward {

/// "3,051", as the current locale writes it. Thread-safe.
[[nodiscard]] QString formatCount(std::uint64_t count);
/// `one` or `many` with %1 replaced by the count: "1 server", "2 servers".
[[nodiscard]] QString counted(std::uint64_t count, const QString& one, const QString& many);

} // namespace mailward
