// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"

#include <QList>
#include <QMetaType>
#include <string>

namespace mailward {

/// What a name on screen stands for.
enum class TargetKind : std::uint8_t { None, Address, Network, Asn, Country, Account, Service, Server, Line, Incident };

/// A thing that can be filtered to, excluded, looked into, banned or copied: the one currency of links, menus and wishes.
/// `key` is canonical: address or prefix text, AS number in digits, "CN" ("" = unknown), an account's raw bytes (the
/// attacker's), a service's or server's name, an incident's id. A raw line has `line` instead.
struct Target {
    TargetKind kind = TargetKind::None;
    std::string key;
    LineRef line;

    [[nodiscard]] bool isValid() const { return kind != TargetKind::None; }
    /// Can a firewall rule be made from it without asking further?
    [[nodiscard]] bool isBannable() const
    {
        return kind == TargetKind::Address || kind == TargetKind::Network || (kind == TargetKind::Asn && key != "0") ||
               (kind == TargetKind::Country && !key.empty());
    }
    bool operator==(const Target&) const = default;
};

using Targets = QList<Target>;

/// What a figure or a word means; the theme turns it into a colour, always beside a word or a form.
enum class Meaning : std::uint8_t { Plain, Muted, Failure, Success, Blocked, Sent, Bounced, Good, Warning, High, Critical };

} // namespace mailward

Q_DECLARE_METATYPE(mailward::Target)
