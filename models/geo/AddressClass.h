// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"

#include <cstdint>
#include <string_view>

namespace mailward {

/// What kind of address this is by the registries' special ranges; country databases know nothing of them.
enum class AddressClass : std::uint8_t {
    Public,
    Private,       ///< RFC 1918, unique local
    Cgnat,         ///< 100.64.0.0/10: behind a carrier's translation
    Documentation, ///< 192.0.2.0/24 and the like, benchmarking 198.18.0.0/15
    Loopback,
    LinkLocal,
    Multicast,
    Reserved ///< "this network", protocol assignments, 240.0.0.0/4, everything outside 2000::/3
};

[[nodiscard]] AddressClass addressClassOf(IpAddress address);
/// Stable word for JSON and filters, such as "cgnat".
[[nodiscard]] std::string_view addressClassName(AddressClass cls);

} // namespace mailward
