// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Filter.h"

#include <array>
#include <string_view>
#include <utility>

namespace mailward {

/// The fields of the filter language by name, bare words and times apart.
inline constexpr std::array<std::pair<FilterField, std::string_view>, 10> kFilterFields{{
    {FilterField::Address, "ip"},
    {FilterField::Network, "net"},
    {FilterField::Asn, "asn"},
    {FilterField::Country, "country"},
    {FilterField::AddressKind, "class"},
    {FilterField::Account, "account"},
    {FilterField::Service, "service"},
    {FilterField::Server, "server"},
    {FilterField::Kind, "kind"},
    {FilterField::Outcome, "outcome"},
}};

/// A term's value as it is written in the language: quoted where it must be, bytes that are not text as \xNN.
[[nodiscard]] QString quotedValue(const std::string& value, bool bareWord);

/// Is `part` in `text`, ASCII case apart?
[[nodiscard]] bool containsText(std::string_view text, std::string_view part);

} // namespace mailward
