// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/respond/Plan.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace mailward {

/// How other firewalls, and other people's, write down whom they keep out.
enum class BanListFormat { Cidr, Ipset, Nftables, Iptables, Ip6tables, HostsDeny, CiscoAsa, CiscoIos };
inline constexpr BanListFormat kBanListFormats[] = {BanListFormat::Cidr,      BanListFormat::Ipset,     BanListFormat::Nftables, BanListFormat::Iptables,
                                                    BanListFormat::Ip6tables, BanListFormat::HostsDeny, BanListFormat::CiscoAsa, BanListFormat::CiscoIos};
/// "cidr", "ipset", "nft", "iptables-restore", "ip6tables-restore", "hosts.deny", "cisco-asa", "cisco-ios".
[[nodiscard]] QString banListFormatName(BanListFormat format);
[[nodiscard]] std::optional<BanListFormat> banListFormat(QStringView name);

/// A ban as it goes into a list. Lists have no names or reasons in them: those are foreign text in a file that is executed.
struct ListedBan {
    Prefix prefix;
    Ports ports;                  ///< empty: all
    std::optional<Instant> until; ///< kept where the format has lifetimes (ipset, nft), else left out

    bool operator==(const ListedBan&) const = default;
};

/// The whole list as that firewall's own tool reads it. What is over at `now` is left out, and what lies in another entry of
/// the same ports; Iptables holds IPv4 alone, Ip6tables IPv6. Pure.
[[nodiscard]] QByteArray exportBans(const std::vector<ListedBan>& bans, BanListFormat format, Instant now);

/// What a list in any of the formats names, in whatever order the lines stand.
struct ImportedList {
    std::vector<Prefix> prefixes;     ///< sorted, of networks inside one another the outermost
    std::uint64_t entries = 0;        ///< that were read
    std::uint64_t unreadable = 0;     ///< lines that are no entry, comment or frame of a known format
    std::uint64_t firstUnreadable = 0; ///< number of the first such line, 1-based
};

/// Reads lines of any of the formats, mixed as they may be; also "A - B" ranges and address with mask. Entries that let somebody
/// in are not bans and are left out. Hostile text is at worst unreadable. InvalidInput when nothing can be read,
/// LimitExceeded above 64 MiB or a million networks.
[[nodiscard]] Result<ImportedList> importBans(const QByteArray& text);

} // namespace mailward
