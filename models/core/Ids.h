// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace mailward {

/// A 32-bit index that cannot be mistaken for another kind of index. `kNone` stands for "no such thing".
template <class Tag>
class Id
{
public:
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

    constexpr Id() = default;
    constexpr explicit Id(std::uint32_t value) : m_value(value) {}

    [[nodiscard]] constexpr std::uint32_t value() const { return m_value; }
    [[nodiscard]] constexpr bool isValid() const { return m_value != kNone; }
    constexpr auto operator<=>(const Id&) const = default;

private:
    std::uint32_t m_value = kNone;
};

using AddressId = Id<struct AddressTag>; ///< an interned peer address
using AccountId = Id<struct AccountTag>; ///< an interned account name, raw bytes
using ServerId = Id<struct ServerTag>;   ///< a server of the inventory
using FileId = Id<struct FileTag>;       ///< one incarnation of a log file on a server
using TextId = Id<struct TextTag>;       ///< any other interned text

} // namespace mailward

template <class Tag>
struct std::hash<mailward::Id<Tag>> {
    std::size_t operator()(mailward::Id<Tag> id) const noexcept { return std::hash<std::uint32_t>{}(id.value()); }
};
