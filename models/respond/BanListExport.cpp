// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/BanList.h"

#include <algorithm>
#include <array>
#include <map>

namespace mailward {

namespace {

struct FormatName {
    BanListFormat format;
    const char* name;
};
constexpr std::array kNames{FormatName{BanListFormat::Cidr, "cidr"},
                            FormatName{BanListFormat::Ipset, "ipset"},
                            FormatName{BanListFormat::Nftables, "nft"},
                            FormatName{BanListFormat::Iptables, "iptables-restore"},
                            FormatName{BanListFormat::Ip6tables, "ip6tables-restore"},
                            FormatName{BanListFormat::HostsDeny, "hosts.deny"},
                            FormatName{BanListFormat::CiscoAsa, "cisco-asa"},
                            FormatName{BanListFormat::CiscoIos, "cisco-ios"}};

constexpr qint64 kLongestIpsetTimeout = 2'147'483; // seconds: what the kernel takes

struct Entry {
    Prefix prefix;
    std::optional<qint64> left; ///< seconds
};

/// The bans of one list of ports and one family, in order of their addresses.
struct Group {
    Ports ports;
    bool v4 = true;
    std::vector<Entry> entries;
};

std::vector<Group> groupsOf(const std::vector<ListedBan>& bans, Instant now)
{
    std::map<std::pair<Ports, bool>, std::map<Prefix, std::optional<Instant>>> sorted;
    for (const ListedBan& ban : bans) {
        if (ban.until && *ban.until <= now) {
            continue;
        }
        auto& group = sorted[{ban.ports, !ban.prefix.isV4()}];
        const auto [it, fresh] = group.try_emplace(ban.prefix, ban.until);
        if (!fresh && it->second && (!ban.until || *ban.until > *it->second)) {
            it->second = ban.until; // the same on two servers: the longer one
        }
    }
    std::vector<Group> groups;
    for (const auto& [key, prefixes] : sorted) {
        Group group{key.first, !key.second, {}};
        for (const auto& [prefix, until] : prefixes) {
            if (group.entries.empty() || !group.entries.back().prefix.contains(prefix)) {
                group.entries.push_back({prefix, until ? std::optional<qint64>(std::chrono::ceil<std::chrono::seconds>(*until - now).count()) : std::nullopt});
            }
        }
        groups.push_back(std::move(group));
    }
    return groups;
}

QByteArray text(const Prefix& prefix) { return QByteArray::fromStdString(prefix.toString()); }
QByteArray address(const Prefix& prefix) { return QByteArray::fromStdString(prefix.address().toString()); }

/// "255.255.255.0", or "0.0.0.255" as Cisco's access lists want it.
QByteArray mask(const Prefix& prefix, bool inverse)
{
    const std::uint32_t bits = prefix.length() == 0 ? 0 : ~std::uint32_t{0} << unsigned(32 - prefix.length());
    return QByteArray::fromStdString(IpAddress::fromV4(inverse ? ~bits : bits).toString());
}

QByteArray joined(const Ports& ports, const char* between)
{
    QByteArray out;
    for (const auto port : ports) {
        out += (out.isEmpty() ? "" : between) + QByteArray::number(port);
    }
    return out;
}

/// "mailward4", or "mailward4-143-993" for those of some ports alone: within ipset's 31 letters even for all of them.
QByteArray setName(const Group& group)
{
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < bannablePorts().size(); ++i) {
        bits |= std::binary_search(group.ports.begin(), group.ports.end(), bannablePorts()[i]) ? 1U << i : 0U;
    }
    return (group.v4 ? "mailward4" : "mailward6") + (group.ports.empty() ? QByteArray() : '_' + QByteArray::number(bits));
}

QByteArray head(const char* sign, const char* words)
{
    return QByteArray(sign) + " Mailward: " + words + '\n';
}

QByteArray cidr(const std::vector<Group>& groups)
{
    QByteArray out;
    for (const Group& group : groups) {
        out += "# " + (group.ports.empty() ? QByteArray("all ports") : "ports " + joined(group.ports, " ")) + '\n';
        for (const Entry& entry : group.entries) {
            out += text(entry.prefix) + '\n';
        }
    }
    return out;
}

QByteArray ipset(const std::vector<Group>& groups)
{
    QByteArray out = head("#", "read by \"ipset restore -exist\"; then name the sets in rules with -m set --match-set NAME src");
    for (const Group& group : groups) {
        const QByteArray name = setName(group);
        out += group.ports.empty() ? QByteArray() : "# " + name + ": meant for ports " + joined(group.ports, ",") + '\n';
        out += "create " + name + " hash:net family " + (group.v4 ? "inet" : "inet6") + " maxelem " + QByteArray::number(std::max<qsizetype>(65536, 4 * qsizetype(group.entries.size()))) + " timeout 0\n";
        for (const Entry& entry : group.entries) {
            out += "add " + name + ' ' + text(entry.prefix) + (entry.left ? " timeout " + QByteArray::number(std::min(*entry.left, kLongestIpsetTimeout)) : QByteArray()) + '\n';
        }
    }
    return out;
}

QByteArray nftables(const std::vector<Group>& groups)
{
    QByteArray sets, rules;
    for (const Group& group : groups) {
        const QByteArray name = setName(group);
        QByteArray elements;
        for (const Entry& entry : group.entries) {
            elements += (elements.isEmpty() ? "" : ",\n") + QByteArray("      ") + text(entry.prefix) + (entry.left ? " timeout " + QByteArray::number(*entry.left) + 's' : QByteArray());
        }
        sets += "  set " + name + " {\n    type " + (group.v4 ? "ipv4_addr" : "ipv6_addr") + "\n    flags interval,timeout\n    elements = {\n" + elements + "\n    }\n  }\n";
        rules += "    " + (group.ports.empty() ? QByteArray() : "tcp dport { " + joined(group.ports, ", ") + " } ") + (group.v4 ? "ip" : "ip6") + " saddr @" + name + " counter drop\n";
    }
    return head("#", "read by \"nft -f\"; a table of its own, which \"nft delete table inet mailward_list\" takes away") + "table inet mailward_list\ndelete table inet mailward_list\n" +
           "table inet mailward_list {\n" + sets + "  chain prerouting {\n    type filter hook prerouting priority -150; policy accept;\n    iifname \"lo\" accept\n" + rules + "  }\n}\n";
}

QByteArray iptables(const std::vector<Group>& groups, bool v4)
{
    QByteArray out = head("#", v4 ? "read by \"iptables-restore --noflush\"; then \"iptables -I INPUT -j MAILWARD_LIST\"" : "read by \"ip6tables-restore --noflush\"; then \"ip6tables -I INPUT -j MAILWARD_LIST\"");
    out += "*filter\n:MAILWARD_LIST - [0:0]\n";
    for (const Group& group : groups) {
        if (group.v4 != v4) {
            continue;
        }
        const QByteArray ports = group.ports.empty() ? QByteArray() : " -p tcp -m multiport --dports " + joined(group.ports, ",");
        for (const Entry& entry : group.entries) {
            out += "-A MAILWARD_LIST -s " + text(entry.prefix) + ports + " -j DROP\n";
        }
    }
    return out + "COMMIT\n";
}

QByteArray hostsDeny(const std::vector<Group>& groups)
{
    QByteArray out = head("#", "lines for /etc/hosts.deny; only daemons with libwrap look there, and never Postfix");
    for (const Group& group : groups) {
        for (const Entry& entry : group.entries) {
            const QByteArray length = QByteArray::number(entry.prefix.length());
            out += "ALL: " + (group.v4 ? address(entry.prefix) + (entry.prefix.isHost() ? QByteArray() : '/' + mask(entry.prefix, false))
                                       : '[' + address(entry.prefix) + ']' + (entry.prefix.isHost() ? QByteArray() : '/' + length)) + '\n';
        }
    }
    return out;
}

QByteArray ciscoAsa(const std::vector<Group>& groups)
{
    QByteArray objects, lines;
    for (const Group& group : groups) {
        const QByteArray name = setName(group).toUpper();
        objects += "object-group network " + name + '\n';
        for (const Entry& entry : group.entries) {
            objects += " network-object " + (!group.v4              ? QByteArray::fromStdString(entry.prefix.address().toString()) + '/' + QByteArray::number(entry.prefix.length())
                                             : entry.prefix.isHost() ? "host " + address(entry.prefix)
                                                                     : address(entry.prefix) + ' ' + mask(entry.prefix, false)) + '\n';
        }
        if (!group.ports.empty()) {
            objects += "object-group service " + name + "-PORTS tcp\n";
            for (const auto port : group.ports) {
                objects += " port-object eq " + QByteArray::number(port) + '\n';
            }
        }
        lines += "access-list MAILWARD extended deny " + (group.ports.empty() ? QByteArray("ip") : QByteArray("tcp")) + " object-group " + name + (group.v4 ? " any4" : " any6") +
                 (group.ports.empty() ? QByteArray() : " object-group " + name + "-PORTS") + '\n';
    }
    return head("!", "put these lines at the head of the access list of the outer interface, or bind MAILWARD with access-group") + objects + lines + "access-list MAILWARD extended permit ip any any\n";
}

QByteArray ciscoIos(const std::vector<Group>& groups)
{
    QByteArray v4, v6;
    for (const Group& group : groups) {
        for (const Entry& entry : group.entries) {
            const QByteArray from = !group.v4              ? address(entry.prefix) + '/' + QByteArray::number(entry.prefix.length())
                                    : entry.prefix.isHost() ? "host " + address(entry.prefix)
                                                            : address(entry.prefix) + ' ' + mask(entry.prefix, true);
            auto& list = group.v4 ? v4 : v6;
            if (group.ports.empty()) {
                list += (group.v4 ? " deny ip " : " deny ipv6 ") + from + " any\n";
            }
            for (const auto port : group.ports) {
                list += " deny tcp " + from + " any eq " + QByteArray::number(port) + '\n';
            }
        }
    }
    QByteArray out = head("!", "bind with \"ip access-group MAILWARD in\" and \"ipv6 traffic-filter MAILWARD6 in\" on the outer interface");
    out += v4.isEmpty() ? QByteArray() : "ip access-list extended MAILWARD\n" + v4 + " permit ip any any\n";
    out += v6.isEmpty() ? QByteArray() : "ipv6 access-list MAILWARD6\n" + v6 + " permit ipv6 any any\n";
    return out;
}

} // namespace

QString banListFormatName(BanListFormat format)
{
    const auto it = std::find_if(kNames.begin(), kNames.end(), [&](const FormatName& known) { return known.format == format; });
    return it == kNames.end() ? QString() : QLatin1String(it->name);
}

std::optional<BanListFormat> banListFormat(QStringView name)
{
    const auto it = std::find_if(kNames.begin(), kNames.end(), [&](const FormatName& known) { return name == QLatin1String(known.name); });
    return it == kNames.end() ? std::nullopt : std::optional(it->format);
}

QByteArray exportBans(const std::vector<ListedBan>& bans, BanListFormat format, Instant now)
{
    const auto groups = groupsOf(bans, now);
    switch (format) {
    case BanListFormat::Cidr: return cidr(groups);
    case BanListFormat::Ipset: return ipset(groups);
    case BanListFormat::Nftables: return nftables(groups);
    case BanListFormat::Iptables: return iptables(groups, true);
    case BanListFormat::Ip6tables: return iptables(groups, false);
    case BanListFormat::HostsDeny: return hostsDeny(groups);
    case BanListFormat::CiscoAsa: return ciscoAsa(groups);
    case BanListFormat::CiscoIos: return ciscoIos(groups);
    }
    return {};
}

} // namespace mailward
