// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>

namespace mailward {

/// How many bans that back end of a server takes at all; a name that is not known is taken for one that looks them up at once.
[[nodiscard]] inline std::size_t mostBans(const QString& backend)
{
    constexpr std::size_t kLinear = 2000; // as iptables_check and fail2ban_check of the server's helper
    constexpr std::size_t kWrappers = 20'000;
    constexpr std::size_t kSets = 200'000;
    return backend == u"iptables" || backend == u"fail2ban" ? kLinear : backend == u"hosts" ? kWrappers : kSets;
}

/// Whether that back end counts what it drops.
[[nodiscard]] inline bool countsDrops(const QString& backend)
{
    return backend == u"nftables" || backend == u"ipset" || backend == u"iptables";
}

} // namespace mailward
