// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/BanBackend.h"

#include <QList>

#include <algorithm>
#include <set>

namespace mailward {

namespace {

/// "v4_110_143" <-> family and ports.
QByteArray setName(const LiveBan& ban)
{
    QByteArray name = ban.prefix.isV4() ? "v4" : "v6";
    for (const auto port : ban.ports) {
        name += '_' + QByteArray::number(port);
    }
    return name;
}

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
    if (!portsOfSet(words[1], v4, ban.ports) || !prefix || prefix->isV4() != v4 || !ok || expires < 0 || expires > 99'999'999'999 ||
        (planId != u"-" && !isPlanId(planId))) {
        return false;
    }
    ban.prefix = *prefix;
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

/// A table that stands as we left it is filled anew, so that no packet falls between an old set and a new one; any other is replaced.
QByteArray openTable(const ServerState& before, const std::set<QByteArray>& wanted)
{
    if (!before.intact || before.bans.empty() || wanted.empty()) {
        return QByteArrayLiteral("table inet mailward\ndelete table inet mailward\n") + (wanted.empty() ? "" : "table inet mailward {\n");
    }
    QByteArray text = "table inet mailward {\n";
    QByteArray emptied;
    for (const auto& set : wanted) {
        text += openSet(set) + "}\n";
        emptied += "flush set inet mailward " + set + '\n';
    }
    std::set<QByteArray> gone;
    for (const auto& ban : before.bans) {
        if (const QByteArray set = setName(ban); !wanted.contains(set)) {
            gone.insert(set);
        }
    }
    text += kChain + QByteArrayLiteral("}\n}\nflush table inet mailward\n") + emptied;
    for (const auto& set : gone) {
        text += "delete set inet mailward " + set + '\n';
    }
    return text + "table inet mailward {\n";
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
    std::vector<std::pair<QByteArray, const LiveBan*>> sorted; // in the order in which the helper writes them
    std::set<QByteArray> wanted;
    for (const auto& ban : bans) {
        if (ban.isOurs() && ban.expires > before.serverTime) {
            sorted.emplace_back(setName(ban) + ' ' + QByteArray::fromStdString(ban.prefix.toString()), &ban);
            wanted.insert(setName(ban));
        }
    }
    std::sort(sorted.begin(), sorted.end());
    QByteArray text = openTable(before, wanted);
    QByteArray rules;
    QByteArray current;
    for (const auto& [key, ban] : sorted) {
        const QByteArray set = setName(*ban);
        if (set != current) {
            text += (current.isEmpty() ? "" : "\n}\n}\n") + openSet(set) + "elements = {\n";
            rules += "tcp dport { " + portList(ban->ports).replace(",", ", ") + " } " + (ban->prefix.isV4() ? "ip" : "ip6") + " saddr @" + set + " iifname != \"lo\" counter drop\n";
            current = set;
        } else {
            text += ",\n";
        }
        const auto left = std::chrono::ceil<std::chrono::seconds>(ban->expires - before.serverTime).count();
        const auto until = std::chrono::ceil<std::chrono::seconds>(ban->expires.time_since_epoch()).count();
        text += QByteArray::fromStdString(ban->prefix.toString()) + " timeout " + QByteArray::number(qint64(left)) + "s comment \"" +
                ban->planId.toLatin1() + '@' + QByteArray::number(qint64(until)) + '"';
    }
    return current.isEmpty() ? text : text + "\n}\n}\n" + kChain + rules + "}\n}\n";
}

} // namespace mailward
