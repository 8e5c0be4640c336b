// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtEndian>

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mailward {

/// An IPv4 or IPv6 address as a value. IPv4 is held as ::ffff:a.b.c.d, and an IPv4-mapped address *is* IPv4 here:
/// there is one identity for one peer. Ordered by bytes, so that all IPv4 addresses sort together.
class IpAddress
{
public:
    using Bytes = std::array<std::uint8_t, 16>;

    constexpr IpAddress() = default; ///< "::"
    [[nodiscard]] static IpAddress fromV4(std::uint32_t hostOrder);
    [[nodiscard]] static IpAddress fromBytes(const Bytes& bytes);

    /// Strict literal: dotted quad without leading zeros, or RFC 4291 text. No brackets, ports, zone ids or blanks.
    [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);

    [[nodiscard]] bool isV4() const { return half(0) == 0 && half(1) >> 32 == 0xFFFF; }
    [[nodiscard]] std::uint32_t v4() const { return static_cast<std::uint32_t>(half(1)); } ///< host order; only meaningful when isV4()
    [[nodiscard]] const Bytes& bytes() const { return m_bytes; }
    /// Number of bits of its family: 32 or 128.
    [[nodiscard]] int bits() const { return isV4() ? 32 : 128; }
    /// Bit `index` of its family, 0 = most significant.
    [[nodiscard]] bool bit(int index) const;
    /// Of its family's bits the first `count` as they are, the others all zero or, with `ones`, all one.
    [[nodiscard]] IpAddress firstBits(int count, bool ones = false) const;
    /// Canonical text: dotted quad, or RFC 5952.
    [[nodiscard]] std::string toString() const;

    bool operator==(const IpAddress&) const = default;
    /// By bytes, as two numbers: a call of memcmp for each comparison was a quarter of the optimiser's work.
    std::strong_ordering operator<=>(const IpAddress& other) const
    {
        const auto order = half(0) <=> other.half(0);
        return order != 0 ? order : half(1) <=> other.half(1);
    }

private:
    [[nodiscard]] static IpAddress fromHalves(std::uint64_t first, std::uint64_t second);
    [[nodiscard]] std::uint64_t half(std::size_t which) const { return qFromBigEndian<std::uint64_t>(m_bytes.data() + 8 * which); }

    Bytes m_bytes{};
};

/// A network: address with all host bits zero, and a length within its family (0-32 or 0-128).
class Prefix
{
public:
    constexpr Prefix() = default; ///< ::/0
    /// Clears the host bits. `length` is clamped to the family's range.
    Prefix(IpAddress address, int length);
    [[nodiscard]] static Prefix ofHost(IpAddress address) { return {address, address.bits()}; }

    /// "a.b.c.d/len", "v6/len" or a bare address (its host prefix). Host bits may be set and are cleared.
    [[nodiscard]] static std::optional<Prefix> parse(std::string_view text);

    [[nodiscard]] IpAddress address() const { return m_address; }
    [[nodiscard]] int length() const { return m_length; }
    [[nodiscard]] bool isV4() const { return m_v4; }
    [[nodiscard]] bool isHost() const { return m_length == (m_v4 ? 32 : 128); }
    [[nodiscard]] bool contains(IpAddress address) const;
    [[nodiscard]] bool contains(const Prefix& other) const;
    [[nodiscard]] bool overlaps(const Prefix& other) const { return contains(other) || other.contains(*this); }
    /// Last address inside.
    [[nodiscard]] IpAddress last() const;
    /// "198.51.100.0/24"; a host prefix without its length: "198.51.100.7".
    [[nodiscard]] std::string toString() const;

    auto operator<=>(const Prefix&) const = default;

private:
    IpAddress m_address;
    int m_length = 0;
    bool m_v4 = false;
};

} // namespace mailward

template <>
struct std::hash<mailward::IpAddress> {
    std::size_t operator()(const mailward::IpAddress& address) const noexcept
    {
        const auto& b = address.bytes();
        return std::hash<std::string_view>{}({reinterpret_cast<const char*>(b.data()), b.size()});
    }
};
