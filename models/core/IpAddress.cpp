// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/IpAddress.h"

#include <algorithm>
#include <charconv>

namespace mailward {

namespace {

constexpr std::size_t kV4Offset = 12; ///< of its bytes
constexpr int kV4Bit = 96;            ///< of its bits
constexpr int kHalf = 64;

/// Four decimal numbers from 0 to 255, without leading zeros.
std::optional<std::uint32_t> parseQuad(std::string_view text)
{
    const char* at = text.data();
    const char* const end = at + text.size();
    const auto digit = [&] { return at != end ? static_cast<unsigned>(*at - '0') : 10U; }; // above 9: none
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) {
        if (i > 0 && (at == end || *at++ != '.')) {
            return std::nullopt;
        }
        unsigned octet = digit();
        if (octet > 9) {
            return std::nullopt;
        }
        ++at;
        for (int more = 0; more < 2 && digit() <= 9; ++more, ++at) {
            if (octet == 0) {
                return std::nullopt; // a leading zero
            }
            octet = octet * 10 + digit();
        }
        if (octet > 255) {
            return std::nullopt;
        }
        value = (value << 8U) | octet;
    }
    return at == end ? std::optional(value) : std::nullopt;
}

/// Groups of a part of an IPv6 literal ("a:b:1.2.3.4"), appended to `groups`. An empty part has none.
bool parseGroups(std::string_view text, std::array<std::uint16_t, 8>& groups, std::size_t& count)
{
    while (!text.empty()) {
        const std::size_t colon = text.find(':');
        const std::string_view word = text.substr(0, colon);
        if (colon == std::string_view::npos && word.find('.') != std::string_view::npos) {
            const auto quad = parseQuad(word);
            if (!quad || count > 6) {
                return false;
            }
            groups[count++] = static_cast<std::uint16_t>(*quad >> 16);
            groups[count++] = static_cast<std::uint16_t>(*quad & 0xFFFFU);
            return true;
        }
        std::uint16_t value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, 16);
        if (word.empty() || word.size() > 4 || error != std::errc{} || end != word.data() + word.size() || count > 7) {
            return false;
        }
        groups[count++] = value;
        if (colon == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(colon + 1);
        if (text.empty()) {
            return false; // a single colon at the end
        }
    }
    return true;
}

std::optional<IpAddress::Bytes> parseV6(std::string_view text)
{
    std::array<std::uint16_t, 8> head{};
    std::array<std::uint16_t, 8> tail{};
    std::size_t headCount = 0;
    std::size_t tailCount = 0;
    const std::size_t gap = text.find("::");
    if (!parseGroups(text.substr(0, gap), head, headCount)) {
        return std::nullopt;
    }
    if (gap == std::string_view::npos) {
        if (headCount != 8) {
            return std::nullopt;
        }
    } else {
        if (!parseGroups(text.substr(gap + 2), tail, tailCount) || headCount + tailCount > 7) {
            return std::nullopt;
        }
        if (text.substr(0, gap).find('.') != std::string_view::npos) {
            return std::nullopt; // a dotted quad may only stand last
        }
        std::copy_n(tail.begin(), tailCount, head.end() - static_cast<std::ptrdiff_t>(tailCount));
    }
    IpAddress::Bytes bytes{};
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[2 * i] = static_cast<std::uint8_t>(head[i] >> 8);
        bytes[2 * i + 1] = static_cast<std::uint8_t>(head[i] & 0xFFU);
    }
    return bytes;
}

/// RFC 5952: the longest run of two or more zero groups is shortened, the first of equals.
std::string formatV6(const IpAddress::Bytes& bytes)
{
    std::array<unsigned, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i) {
        groups[i] = static_cast<unsigned>(bytes[2 * i] << 8 | bytes[2 * i + 1]);
    }
    std::size_t bestStart = 8;
    std::size_t bestLength = 1;
    for (std::size_t i = 0; i < 8;) {
        std::size_t end = i;
        while (end < 8 && groups[end] == 0) {
            ++end;
        }
        if (end - i > bestLength) {
            bestStart = i;
            bestLength = end - i;
        }
        i = end + 1;
    }
    std::string out;
    std::array<char, 8> digits{};
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == bestStart) {
            out += "::";
            i += bestLength - 1;
            continue;
        }
        if (!out.empty() && out.back() != ':') {
            out += ':';
        }
        const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), groups[i], 16);
        out.append(digits.data(), result.ptr);
    }
    return out;
}

} // namespace

IpAddress IpAddress::fromHalves(std::uint64_t first, std::uint64_t second)
{
    IpAddress address;
    qToBigEndian(first, address.m_bytes.data());
    qToBigEndian(second, address.m_bytes.data() + sizeof(first));
    return address;
}

IpAddress IpAddress::fromV4(std::uint32_t hostOrder)
{
    return fromHalves(0, 0xFFFF00000000ULL | hostOrder);
}

IpAddress IpAddress::fromBytes(const Bytes& bytes)
{
    IpAddress address;
    address.m_bytes = bytes;
    return address;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text)
{
    if (text.find(':') == std::string_view::npos) {
        const auto quad = parseQuad(text);
        return quad ? std::optional(fromV4(*quad)) : std::nullopt;
    }
    const auto bytes = parseV6(text);
    return bytes ? std::optional(fromBytes(*bytes)) : std::nullopt;
}

bool IpAddress::bit(int index) const
{
    const int position = index + (isV4() ? kV4Bit : 0);
    return (half(position < kHalf ? 0 : 1) >> (kHalf - 1 - position % kHalf) & 1) != 0;
}

IpAddress IpAddress::firstBits(int count, bool ones) const
{
    const int keep = count + (isV4() ? kV4Bit : 0);
    const auto cut = [ones](std::uint64_t half, int bits) {
        const std::uint64_t others = bits <= 0 ? ~std::uint64_t{0} : bits >= kHalf ? 0 : ~std::uint64_t{0} >> bits;
        return ones ? half | others : half & ~others;
    };
    return fromHalves(cut(half(0), keep), cut(half(1), keep - kHalf));
}

std::string IpAddress::toString() const
{
    if (!isV4()) {
        return formatV6(m_bytes);
    }
    std::string out;
    for (std::size_t i = kV4Offset; i < m_bytes.size(); ++i) {
        if (!out.empty()) {
            out += '.';
        }
        out += std::to_string(m_bytes[i]);
    }
    return out;
}

Prefix::Prefix(IpAddress address, int length)
    : m_address(address.firstBits(std::clamp(length, 0, address.bits()))), m_length(std::clamp(length, 0, address.bits())), m_v4(address.isV4())
{
}

std::optional<Prefix> Prefix::parse(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) {
        return std::nullopt;
    }
    if (slash == std::string_view::npos) {
        return ofHost(*address);
    }
    const std::string_view digits = text.substr(slash + 1);
    int length = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    const bool plain = !digits.empty() && digits.front() >= '0' && digits.front() <= '9';
    if (!plain || error != std::errc{} || end != digits.data() + digits.size() || length > address->bits()) {
        return std::nullopt;
    }
    return Prefix(*address, length);
}

bool Prefix::contains(IpAddress address) const
{
    return address.isV4() == m_v4 && address.firstBits(m_length) == m_address;
}

bool Prefix::contains(const Prefix& other) const
{
    return other.m_v4 == m_v4 && other.m_length >= m_length && contains(other.m_address);
}

IpAddress Prefix::last() const
{
    return m_address.firstBits(m_length, true);
}

std::string Prefix::toString() const
{
    std::string out = m_address.toString();
    if (!isHost()) {
        out += '/';
        out += std::to_string(m_length);
    }
    return out;
}

} // namespace mailward
