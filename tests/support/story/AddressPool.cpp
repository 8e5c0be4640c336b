// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/story/AddressPool.h"

#include "models/geo/GeoDatabase.h"

#include <algorithm>
#include <iterator>

namespace mailward::story {

namespace {

struct CountryRanges {
    const char* country;
    std::vector<const char*> ranges;
};

const std::vector<CountryRanges>& builtIn()
{
    static const std::vector<CountryRanges> table{
        {"IN", {"49.32.0.0/12", "59.88.0.0/13", "61.0.0.0/14", "106.192.0.0/11", "117.192.0.0/10", "122.160.0.0/12",
                "157.32.0.0/12", "182.64.0.0/12", "14.96.0.0/14", "106.51.0.0/16", "49.206.0.0/16", "115.240.0.0/13",
                "223.176.0.0/12", "27.56.0.0/13", "42.104.0.0/13"}},
        {"CN", {"36.96.0.0/11", "58.208.0.0/12", "60.160.0.0/11", "101.16.0.0/12", "110.80.0.0/13", "112.0.0.0/10",
                "113.64.0.0/11", "114.216.0.0/13", "115.192.0.0/11", "117.136.0.0/13", "119.128.0.0/12",
                "120.192.0.0/10", "121.8.0.0/13", "122.224.0.0/12", "123.112.0.0/12", "125.64.0.0/11", "171.8.0.0/13",
                "175.0.0.0/12", "180.96.0.0/11", "182.96.0.0/12", "183.0.0.0/10", "218.56.0.0/13", "222.64.0.0/11",
                "59.32.0.0/11", "27.184.0.0/13", "39.64.0.0/11"}},
        {"RU", {"95.24.0.0/13", "178.64.0.0/13", "5.136.0.0/13", "188.162.0.0/16", "90.150.0.0/15", "213.87.0.0/16"}},
        {"BR", {"177.32.0.0/14", "179.96.0.0/13"}},
        {"US", {"73.0.0.0/8", "24.0.0.0/12", "98.192.0.0/10", "67.160.0.0/11"}},
        {"VN", {"14.160.0.0/11", "113.160.0.0/11", "117.0.0.0/13", "171.224.0.0/11", "27.64.0.0/12"}},
        {"DE", {"79.192.0.0/10", "217.80.0.0/12", "84.128.0.0/10"}},
        {"GB", {"86.128.0.0/10", "81.128.0.0/11"}},
        {"SG", {"42.60.0.0/16", "116.86.0.0/15", "175.156.0.0/16"}},
        {"AE", {"94.200.0.0/13", "2.48.0.0/14", "86.96.0.0/14"}},
        {"NG", {"105.112.0.0/12", "197.210.0.0/16", "102.88.0.0/13"}},
        {"ID", {"114.120.0.0/13", "125.160.0.0/13"}},
        {"KR", {"175.192.0.0/10", "121.128.0.0/10"}},
        {"FR", {"82.64.0.0/14"}},
        {"NL", {"77.160.0.0/13"}},
        {"TH", {"49.228.0.0/14", "171.96.0.0/13", "58.8.0.0/14"}},
        {"TR", {"78.160.0.0/11", "88.224.0.0/11", "85.96.0.0/12"}},
        {"UA", {"178.150.0.0/16", "46.96.0.0/16", "37.52.0.0/14"}},
        {"PL", {"83.0.0.0/11", "79.184.0.0/13"}},
    };
    return table;
}

/// Broadband and business lines of Indian providers; phones share their carriers' few public addresses.
constexpr const char* kProviders[] = {"59.88.0.0/13",   "117.192.0.0/10", "122.160.0.0/12",
                                      "182.64.0.0/12",  "106.51.0.0/16",  "49.206.0.0/16"};
constexpr const char* kCarriers[] = {"49.32.0.0/16", "157.32.0.0/16", "106.192.0.0/16", "42.104.0.0/16"};

} // namespace

AddressPool::AddressPool()
{
    for (const CountryRanges& row : builtIn()) {
        for (const char* range : row.ranges) {
            add(countryCodeOf(row.country), *Prefix::parse(range));
        }
    }
}

AddressPool::AddressPool(const GeoDatabase& geo)
{
    std::vector<CountryCode> countries;
    for (const CountryRanges& row : builtIn()) {
        countries.push_back(countryCodeOf(row.country));
    }
    const auto prefixes = geo.countryPrefixes(countries);
    for (std::size_t i = 0; i < countries.size(); ++i) {
        for (const Prefix& prefix : prefixes[i]) {
            if (prefix.isV4() && prefix.length() <= 24) {
                add(countries[i], prefix);
            }
        }
    }
}

void AddressPool::add(CountryCode country, const Prefix& prefix)
{
    Ranges& ranges = m_countries[country];
    const std::uint64_t before = ranges.ends.empty() ? 0 : ranges.ends.back();
    ranges.prefixes.push_back(prefix);
    ranges.ends.push_back(before + (std::uint64_t{1} << (32 - prefix.length())));
}

IpAddress AddressPool::inside(Rng& rng, const Prefix& prefix)
{
    if (prefix.isV4()) {
        const std::uint64_t size = std::uint64_t{1} << (32 - prefix.length());
        const std::uint64_t offset = size <= 2 ? 0 : 1 + rng.below(size - 2);
        return IpAddress::fromV4(prefix.address().v4() + static_cast<std::uint32_t>(offset));
    }
    auto bytes = prefix.address().bytes();
    for (int bit = prefix.length(); bit < 128; ++bit) {
        const auto mask = static_cast<std::uint8_t>(rng.below(2) << (7 - bit % 8));
        auto& byte = bytes[static_cast<std::size_t>(bit / 8)];
        byte = static_cast<std::uint8_t>(byte | mask);
    }
    return IpAddress::fromBytes(bytes);
}

IpAddress AddressPool::draw(Rng& rng, CountryCode country) const
{
    const auto found = m_countries.find(country);
    if (found == m_countries.end() || found->second.ends.empty()) {
        return draw(rng, {'C', 'N'}); // every pool has these
    }
    const Ranges& ranges = found->second;
    const std::uint64_t at = rng.below(ranges.ends.back());
    const auto end = std::upper_bound(ranges.ends.begin(), ranges.ends.end(), at);
    return inside(rng, ranges.prefixes[static_cast<std::size_t>(end - ranges.ends.begin())]);
}

IpAddress AddressPool::drawV6(Rng& rng, CountryCode country) const
{
    const char* range = country == CountryCode{'I', 'N'} ? "2405:200::/32" : "2408:8200::/24";
    return inside(rng, *Prefix::parse(range));
}

IpAddress AddressPool::drawProvider(Rng& rng) const
{
    return inside(rng, *Prefix::parse(kProviders[rng.below(std::size(kProviders))]));
}

IpAddress AddressPool::drawCarrier(Rng& rng) const
{
    return inside(rng, *Prefix::parse(kCarriers[rng.below(std::size(kCarriers))]));
}

} // namespace mailward::story
