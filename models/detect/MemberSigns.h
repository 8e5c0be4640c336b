// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstddef>
#include <cstdint>

namespace mailward {

/// Why a source is counted to an incident; the last two speak against it.
enum class MemberSign : std::uint8_t {
    Loud, Sprayed, BusyHours, Besieged, SharedTarget, Neighbours, Country, LetIn, Misuse, Refused, OwnerNearby, OwnerElsewhere
};
inline constexpr std::size_t kMemberSigns = 12;

/// Those that apply to one source.
class MemberSigns
{
public:
    constexpr MemberSigns() = default;
    constexpr MemberSigns(MemberSign sign) { add(sign); } // NOLINT(google-explicit-constructor): one sign is a set of signs

    constexpr void add(MemberSign sign) { m_bits = static_cast<std::uint16_t>(m_bits | 1U << static_cast<unsigned>(sign)); }
    [[nodiscard]] constexpr bool has(MemberSign sign) const { return (m_bits >> static_cast<unsigned>(sign) & 1U) != 0; }
    bool operator==(const MemberSigns&) const = default;

private:
    std::uint16_t m_bits = 0;
};

/// One sign in words, in the language of the application: English on the command line, as IncidentWords.h says.
[[nodiscard]] QString memberSignText(MemberSign sign);
/// All of them, in one line.
[[nodiscard]] QString memberReason(MemberSigns signs);

} // namespace mailward
