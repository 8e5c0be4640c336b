// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/IpAddress.h"

#include <algorithm>
#include <charconv>

namespace mailward {

namespace {

constexpr std::size_t kV4Offset = 12;

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

IpAddress IpAddress::fromV4(std::uint32_t hostOrder)
{
    IpAddress address;
    address.m_bytes[10] = 0xFF;
    address.m_bytes[11] = 0xFF;
    for (std::size_t i = 0; i < 4; ++i) {
        address.m_bytes[kV4Offset + i] = static_cast<std::uint8_t>(hostOrder >> (24 - 8 * i));
    }
    return address;
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

bool IpAddress::isV4() const
{
    return std::all_of(m_bytes.begin(), m_bytes.begin() + 10, [](std::uint8_t b) { return b == 0; }) &&
           m_bytes[10] == 0xFF && m_bytes[11] == 0xFF;
}

std::uint32_t IpAddress::v4() const
{
    std::uint32_t value = 0;
    for (std::size_t i = kV4Offset; i < m_bytes.size(); ++i) {
        value = (value << 8) | m_bytes[i];
    }
    return value;
}

bool IpAddress::bit(int index) const
{
    const auto position = static_cast<std::size_t>(index + (isV4() ? 96 : 0));
    return ((m_bytes[position / 8] >> (7 - position % 8)) & 1) != 0;
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
    : m_length(std::clamp(length, 0, address.bits())), m_v4(address.isV4())
{
    auto bytes = address.bytes();
    const int keep = m_length + (m_v4 ? 96 : 0);
    for (int i = 0; i < 16; ++i) {
        const int bits = std::clamp(keep - 8 * i, 0, 8);
        auto& byte = bytes[static_cast<std::size_t>(i)];
        byte = static_cast<std::uint8_t>(byte & (0xFF00U >> bits));
    }
    m_address = IpAddress::fromBytes(bytes);
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
    return address.isV4() == m_v4 && Prefix(address, m_length).m_address == m_address;
}

bool Prefix::contains(const Prefix& other) const
{
    return other.m_v4 == m_v4 && other.m_length >= m_length && contains(other.m_address);
}

IpAddress Prefix::last() const
{
    auto bytes = m_address.bytes();
    const int keep = m_length + (m_v4 ? 96 : 0);
    for (int i = 0; i < 16; ++i) {
        const int bits = std::clamp(keep - 8 * i, 0, 8);
        auto& byte = bytes[static_cast<std::size_t>(i)];
        byte = static_cast<std::uint8_t>(byte | (0xFFU >> bits));
    }
    return IpAddress::fromBytes(bytes);
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
