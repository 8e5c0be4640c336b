// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/BanBackend.h"

#include <QList>

#include <algorithm>
#include <map>
#include <set>

namespace mailward {

namespace {

constexpr std::size_t kLongList = 4096; ///< above it each first octet has a set of its own

/// "v4_110_143" <-> family and ports. With ".60" it is the part of that set for one first octet, with ".2a01" for one first 16 bits.
QByteArray setName(const LiveBan& ban)
{
    QByteArray name = ban.prefix.isV4() ? "v4" : "v6";
    for (const auto port : ban.ports) {
        name += '_' + QByteArray::number(port);
    }
    return name;
}

QByteArray partName(const LiveBan& ban)
{
    const std::string text = ban.prefix.toString();
    const std::string first = text.substr(0, text.find_first_of(".:"));
    return setName(ban) + '.' + (first.empty() ? "0" : QByteArray::fromStdString(first));
}

QByteArray standingName(const LiveBan& ban) { return ban.apart ? partName(ban) : setName(ban); }

bool isPart(const QByteArray& set) { return set.contains('.'); }
QByteArray wholeOf(const QByteArray& set) { return set.split('.').front(); }
QByteArray saddrOf(const QByteArray& set) { return set.startsWith("v4") ? QByteArrayLiteral("ip saddr ") : QByteArrayLiteral("ip6 saddr "); }

bool portsOfSet(const QByteArray& name, bool& v4, Ports& ports)
{
    const auto parts = name.split('_');
    v4 = parts.front() == "v4";
    if (parts.size() < 2 || (!v4 && parts.front() != "v6")) {
        return false;
    }
    for (const auto& part : parts.mid(1)) {
        bool ok = false;
        ports.push_back(part.toUShort(&ok));
        if (!ok) {
            return false;
        }
    }
    return std::is_sorted(ports.begin(), ports.end());
}

QByteArray portList(const Ports& ports)
{
    QByteArray text;
    for (const auto port : ports) {
        text += (text.isEmpty() ? "" : ",") + QByteArray::number(port);
    }
    return text.isEmpty() ? QByteArrayLiteral("all") : text;
}

tl::unexpected<Error> badAnswer()
{
    return failure(ErrorCode::Remote, QStringLiteral("The server's helper gave an answer that cannot be read."),
                   QStringLiteral("Compare the helper on the server with the one of this version; somebody may have changed it."));
}

bool isHash(const QByteArray& text)
{
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool readBan(const QList<QByteArray>& words, ServerState& state)
{
    LiveBan ban;
    bool v4 = false;
    bool ok = false;
    const auto prefix = Prefix::parse(words[2].toStdString());
    const qint64 expires = words[3].toLongLong(&ok);
    const QString planId = QString::fromLatin1(words[4]);
    ban.apart = isPart(words[1]);
    if (!portsOfSet(wholeOf(words[1]), v4, ban.ports) || !prefix || prefix->isV4() != v4 || !ok || expires < 0 || expires > 99'999'999'999 ||
        (planId != u"-" && !isPlanId(planId))) {
        return false;
    }
    ban.prefix = *prefix;
    if (standingName(ban) != words[1]) {
        return false;
    }
    if (planId != u"-") {
        ban.planId = planId;
        ban.expires = Instant{std::chrono::seconds(expires)};
    }
    state.bans.push_back(std::move(ban));
    return true;
}

bool readDrop(const QList<QByteArray>& words, ServerState& state)
{
    DropCount drop;
    bool okPackets = false;
    bool okBytes = false;
    drop.packets = words[2].toULongLong(&okPackets);
    drop.bytes = words[3].toULongLong(&okBytes);
    if (!portsOfSet(words[1], drop.v4, drop.ports) || !okPackets || !okBytes) {
        return false;
    }
    state.drops.push_back(std::move(drop));
    return true;
}

constexpr auto kChain = "chain prerouting {\ntype filter hook prerouting priority -150; policy accept;\n";

QByteArray openSet(const QByteArray& name)
{
    return "set " + name + " {\ntype ip" + name.left(2) + "_addr\nflags interval,timeout\n";
}

QByteArray openMap(const QByteArray& set)
{
    return "map " + set + ".map {\ntype ip" + set.left(2) + "_addr : verdict\n";
}

QByteArray dropRule(const QByteArray& set) { return '@' + set + " iifname != \"lo\" counter drop\n"; }

/// Bans by the set that each will stand in, in the order in which the helper writes them (nftables_place): what stands already stays where it is.
using Placed = std::map<std::pair<QByteArray, QByteArray>, const LiveBan*>;
Placed placed(const ServerState& before, const std::vector<LiveBan>& bans)
{
    const auto lives = [&](const LiveBan& ban) { return ban.isOurs() && ban.expires > before.serverTime; };
    std::map<QByteArray, std::size_t> counts;
    for (const auto& ban : bans) {
        counts[setName(ban)] += std::size_t(lives(ban));
    }
    std::set<QByteArray> inParts;
    std::set<std::pair<QByteArray, Prefix>> whole;
    for (const auto& ban : before.bans) {
        if (before.intact && ban.apart) {
            inParts.insert(setName(ban));
        } else if (before.intact) {
            whole.emplace(setName(ban), ban.prefix);
        }
    }
    Placed result;
    for (const auto& ban : bans) {
        if (const QByteArray set = setName(ban); lives(ban)) {
            const bool apart = (counts[set] > kLongList || inParts.contains(set)) && !whole.contains({set, ban.prefix});
            result[{apart ? partName(ban) : set, QByteArray::fromStdString(ban.prefix.toString())}] = &ban;
        }
    }
    return result;
}

/// What a set that is cut into parts by first octet needs beside them.
struct Dispatch {
    std::map<QByteArray, QByteArray> maps; ///< by the whole set's name: where each octet goes
    QByteArray chains;
    QByteArray rules; ///< of the base chain, those of sets in one piece among them
};

Dispatch dispatchOf(const std::set<QByteArray>& wanted)
{
    Dispatch dispatch;
    for (const auto& set : wanted) {
        const QByteArray whole = wholeOf(set);
        bool v4 = false;
        Ports ports;
        portsOfSet(whole, v4, ports);
        const QByteArray match = "tcp dport { " + portList(ports).replace(",", ", ") + " } " + saddrOf(set);
        if (!isPart(set)) {
            dispatch.rules += match + dropRule(set);
            continue;
        }
        QByteArray& map = dispatch.maps[whole];
        if (map.isEmpty()) {
            dispatch.rules += match + (v4 ? "& 255.0.0.0" : "& ffff::") + " vmap @" + whole + ".map\n";
        }
        map += (map.isEmpty() ? "" : ",\n") + set.mid(whole.size() + 1) + (v4 ? ".0.0.0" : "::") + " : jump " + set;
        dispatch.chains += "chain " + set + " {\n" + saddrOf(set) + dropRule(set) + "}\n";
    }
    return dispatch;
}

/// A table that stands as we left it is filled anew, so that no packet falls between an old set and a new one; any other is replaced.
QByteArray openTable(const ServerState& before, const std::set<QByteArray>& wanted, const Dispatch& dispatch)
{
    if (!before.intact || before.bans.empty() || wanted.empty()) {
        return QByteArrayLiteral("table inet mailward\ndelete table inet mailward\n") + (wanted.empty() ? "" : "table inet mailward {\n");
    }
    std::set<QByteArray> had;
    for (const auto& ban : before.bans) {
        had.insert(standingName(ban));
    }
    QByteArray text = "table inet mailward {\n";
    for (const auto& set : wanted) {
        text += openSet(set) + "}\n" + (isPart(set) ? "chain " + set + " {\n}\n" : QByteArray());
    }
    QByteArray emptied;
    for (const auto& [whole, elements] : dispatch.maps) {
        text += openMap(whole) + "}\n";
        emptied += "flush map inet mailward " + whole + ".map\n";
    }
    for (const auto& set : wanted) {
        emptied += "flush set inet mailward " + set + '\n';
    }
    std::set<QByteArray> goneMaps;
    for (const auto& set : had) {
        if (isPart(set) && !dispatch.maps.contains(wholeOf(set)) && goneMaps.insert(wholeOf(set)).second) {
            emptied += "delete map inet mailward " + wholeOf(set) + ".map\n";
        }
    }
    for (const auto& set : had) {
        if (!wanted.contains(set)) {
            emptied += (isPart(set) ? "delete chain inet mailward " + set + '\n' : QByteArray()) + "delete set inet mailward " + set + '\n';
        }
    }
    return text + kChain + "}\n}\nflush table inet mailward\n" + emptied + "table inet mailward {\n";
}

} // namespace

QString NftablesBackend::name() const
{
    return QStringLiteral("nftables");
}

QByteArray NftablesBackend::renderBatch(const BanDelta& delta) const
{
    QByteArray batch;
    for (const auto& unban : delta.unbans) {
        batch += "unban " + QByteArray::fromStdString(unban.prefix.toString()) + ' ' + portList(unban.ports) + '\n';
    }
    for (const auto& ban : delta.bans) {
        batch += "ban " + QByteArray::fromStdString(ban.prefix.toString()) + ' ' + portList(ban.ports) + ' ' + QByteArray::number(qint64(ban.ttl.count())) + '\n';
    }
    return batch;
}

Result<ServerState> NftablesBackend::parseState(const QByteArray& answer) const
{
    ServerState state;
    const auto lines = answer.trimmed().split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const auto words = lines[i].split(' ');
        bool good = false;
        if (i == lines.size() - 1) {
            bool ok = false;
            const qint64 now = words.size() == 4 ? words[3].toLongLong(&ok) : 0;
            good = ok && now > 0 && now < 99'999'999'999 && words[0] == "ok" && isHash(words[1]) && (words[2] == "intact" || words[2] == "altered");
            if (good) {
                state.hash = QString::fromLatin1(words[1]);
                state.intact = words[2] == "intact";
                state.serverTime = Instant{std::chrono::seconds(now)};
            }
        } else {
            good = (words.size() == 5 && words[0] == "ban" && readBan(words, state)) || (words.size() == 4 && words[0] == "drop" && readDrop(words, state));
        }
        if (!good) {
            return badAnswer();
        }
    }
    return state;
}

// As nftables_show of the server's helper has it, word for word.
QByteArray NftablesBackend::renderRules(const ServerState& before, const std::vector<LiveBan>& bans) const
{
    const Placed sorted = placed(before, bans);
    std::set<QByteArray> wanted;
    for (const auto& [place, ban] : sorted) {
        wanted.insert(place.first);
    }
    const Dispatch dispatch = dispatchOf(wanted);
    QByteArray text = openTable(before, wanted, dispatch);
    QByteArray current;
    for (const auto& [place, ban] : sorted) {
        if (place.first != current) {
            text += (current.isEmpty() ? "" : "\n}\n}\n") + openSet(place.first) + "elements = {\n";
            current = place.first;
        } else {
            text += ",\n";
        }
        const auto left = std::chrono::ceil<std::chrono::seconds>(ban->expires - before.serverTime).count();
        const auto until = std::chrono::ceil<std::chrono::seconds>(ban->expires.time_since_epoch()).count();
        text += place.second + " timeout " + QByteArray::number(qint64(left)) + "s comment \"" + ban->planId.toLatin1() + '@' + QByteArray::number(qint64(until)) + '"';
    }
    if (current.isEmpty()) {
        return text;
    }
    text += "\n}\n}\n" + dispatch.chains;
    for (const auto& [whole, elements] : dispatch.maps) {
        text += openMap(whole) + "elements = {\n" + elements + "\n}\n}\n";
    }
    return text + kChain + dispatch.rules + "}\n}\n";
}

} // namespace mailward
