// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/geo/AddressClass.h"

#include <array>
#include <span>

namespace mailward {

namespace {

struct V4Range {
    std::uint32_t first;
    std::uint32_t last;
    AddressClass cls;
};

/// IANA's special-purpose registry (RFC 6890 and later), in the order of the addresses.
constexpr std::array kV4Ranges{
    V4Range{0x00000000, 0x00FFFFFF, AddressClass::Reserved},      // 0.0.0.0/8
    V4Range{0x0A000000, 0x0AFFFFFF, AddressClass::Private},       // 10.0.0.0/8
    V4Range{0x64400000, 0x647FFFFF, AddressClass::Cgnat},         // 100.64.0.0/10
    V4Range{0x7F000000, 0x7FFFFFFF, AddressClass::Loopback},      // 127.0.0.0/8
    V4Range{0xA9FE0000, 0xA9FEFFFF, AddressClass::LinkLocal},     // 169.254.0.0/16
    V4Range{0xAC100000, 0xAC1FFFFF, AddressClass::Private},       // 172.16.0.0/12
    V4Range{0xC0000000, 0xC00000FF, AddressClass::Reserved},      // 192.0.0.0/24
    V4Range{0xC0000200, 0xC00002FF, AddressClass::Documentation}, // 192.0.2.0/24
    V4Range{0xC0586300, 0xC05863FF, AddressClass::Reserved},      // 192.88.99.0/24
    V4Range{0xC0A80000, 0xC0A8FFFF, AddressClass::Private},       // 192.168.0.0/16
    V4Range{0xC6120000, 0xC613FFFF, AddressClass::Documentation}, // 198.18.0.0/15
    V4Range{0xC6336400, 0xC63364FF, AddressClass::Documentation}, // 198.51.100.0/24
    V4Range{0xCB007100, 0xCB0071FF, AddressClass::Documentation}, // 203.0.113.0/24
    V4Range{0xE0000000, 0xEFFFFFFF, AddressClass::Multicast},     // 224.0.0.0/4
    V4Range{0xF0000000, 0xFFFFFFFF, AddressClass::Reserved},      // 240.0.0.0/4
};

struct V6Range {
    std::uint64_t high; ///< the first 64 bits
    int length;         ///< at most 64
    AddressClass cls;
};

/// The narrower range stands before the one around it.
constexpr std::array kV6Ranges{
    V6Range{0x20010DB800000000, 32, AddressClass::Documentation}, // 2001:db8::/32
    V6Range{0x3FFF000000000000, 20, AddressClass::Documentation}, // 3fff::/20
    V6Range{0x2001000200000000, 48, AddressClass::Documentation}, // 2001:2::/48, benchmarking
    V6Range{0x2000000000000000, 3, AddressClass::Public},         // 2000::/3
    V6Range{0x0064FF9B00000000, 64, AddressClass::Public},        // 64:ff9b::/96, an IPv4 peer behind NAT64
    V6Range{0xFC00000000000000, 7, AddressClass::Private},        // fc00::/7
    V6Range{0xFE80000000000000, 10, AddressClass::LinkLocal},     // fe80::/10
    V6Range{0xFF00000000000000, 8, AddressClass::Multicast},      // ff00::/8
};

AddressClass classOfV4(std::uint32_t address)
{
    for (const V4Range& range : kV4Ranges) {
        if (address < range.first) {
            break;
        }
        if (address <= range.last) {
            return range.cls;
        }
    }
    return AddressClass::Public;
}

std::uint64_t bigEndian(std::span<const std::uint8_t, 8> bytes)
{
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes) {
        value = (value << 8) | byte;
    }
    return value;
}

AddressClass classOfV6(const IpAddress::Bytes& bytes)
{
    const std::uint64_t high = bigEndian(std::span(bytes).first<8>());
    const std::uint64_t low = bigEndian(std::span(bytes).last<8>());
    if (high == 0 && low == 1) {
        return AddressClass::Loopback;
    }
    for (const V6Range& range : kV6Ranges) {
        if (((high ^ range.high) >> (64 - range.length)) == 0) {
            return range.cls;
        }
    }
    return AddressClass::Reserved;
}

} // namespace

AddressClass addressClassOf(IpAddress address)
{
    return address.isV4() ? classOfV4(address.v4()) : classOfV6(address.bytes());
}

std::string_view addressClassName(AddressClass cls)
{
    switch (cls) {
    case AddressClass::Public:
        return "public";
    case AddressClass::Private:
        return "private";
    case AddressClass::Cgnat:
        return "cgnat";
    case AddressClass::Documentation:
        return "documentation";
    case AddressClass::Loopback:
        return "loopback";
    case AddressClass::LinkLocal:
        return "link-local";
    case AddressClass::Multicast:
        return "multicast";
    case AddressClass::Reserved:
        return "reserved";
    }
    return "public";
}

} // namespace mailward
