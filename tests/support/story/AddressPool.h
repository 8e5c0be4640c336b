// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/CountryCode.h"
#include "models/core/IpAddress.h"
#include "tests/support/story/Rng.h"

#include <map>
#include <vector>

namespace mailward {
class GeoDatabase;
}

namespace mailward::story {

/// Where the addresses of a run come from. All of it is synthetic: a range says where somebody could sit, not who does.
class AddressPool
{
public:
    /// Some large ranges a country, built in: the same run everywhere, without any data.
    AddressPool();
    /// The countries that runs use, with all their IPv4 ranges.
    explicit AddressPool(const GeoDatabase& geo);

    /// An address of the country, drawn by the size of its ranges, never a network's first or last.
    [[nodiscard]] IpAddress draw(Rng& rng, CountryCode country) const;
    [[nodiscard]] IpAddress drawV6(Rng& rng, CountryCode country) const;
    /// Access providers of the company's country (India), for homes and offices ...
    [[nodiscard]] IpAddress drawProvider(Rng& rng) const;
    /// ... and for phones.
    [[nodiscard]] IpAddress drawCarrier(Rng& rng) const;

    /// An address inside `prefix`, neither its first nor its last.
    [[nodiscard]] static IpAddress inside(Rng& rng, const Prefix& prefix);

private:
    struct Ranges {
        std::vector<Prefix> prefixes;
        std::vector<std::uint64_t> ends; ///< running sum of sizes
    };
    void add(CountryCode country, const Prefix& prefix);

    std::map<CountryCode, Ranges> m_countries;
};

} // namespace mailward::story
