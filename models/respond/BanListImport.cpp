// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/BanList.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

namespace mailward {

namespace {

constexpr qsizetype kMostBytes = 64LL * 1024 * 1024;
constexpr std::size_t kMostNetworks = 1'000'000;

using Words = std::vector<std::string_view>;
enum class LineKind { Entry, Frame, Unreadable };

/// Words that stand around entries in the formats that are known: lines that begin so say nothing by themselves.
constexpr std::array kFrameWords{"create", "flush", "swap", "destroy", "table", "delete", "set", "type", "flags", "chain", "iifname", "size", "auto-merge", "policy",
                                 "tcp", "udp", "meta", "ct", "counter", "COMMIT", "object-group", "port-object", "service-object", "description", "remark", "exit",
                                 "ip", "ipv6", "interface", "no", "elements", "timeout", "gc-interval", "group-object", "add", "table:", "-N", "-P", "-F", "end"};

/// `line` without what stands in quotes and behind a comment sign: that is free text.
std::string bare(std::string_view line)
{
    std::string out;
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '#' || c == ';')) {
            break;
        } else if (!quoted) {
            out += c == '\t' || c == '\r' || c == ',' || c == '{' || c == '}' || c == '=' ? ' ' : c;
        }
    }
    return out;
}

Words wordsOf(std::string_view text)
{
    Words words;
    while (true) {
        const auto from = text.find_first_not_of(' ');
        if (from == std::string_view::npos) {
            return words;
        }
        const auto to = std::min(text.find(' ', from), text.size());
        words.push_back(text.substr(from, to - from));
        text.remove_prefix(to);
    }
}

std::optional<std::uint32_t> dotted(std::string_view word)
{
    const auto address = IpAddress::parse(word);
    return address && address->isV4() ? std::optional(address->v4()) : std::nullopt;
}

/// Length of a network mask ("255.255.255.0") or, when `inverse`, of a wildcard ("0.0.0.255").
std::optional<int> maskLength(std::string_view word, bool inverse)
{
    const auto bits = dotted(word);
    const std::uint32_t mask = bits ? (inverse ? ~*bits : *bits) : 0;
    if (!bits || std::popcount(mask) != std::countl_one(mask)) {
        return std::nullopt;
    }
    return std::popcount(mask);
}

void addRange(IpAddress first, IpAddress last, std::vector<Prefix>& out)
{
    while (true) {
        int length = first.bits(); // the widest network that begins at `first` and ends at `last` or before
        while (length > 0 && Prefix(first, length - 1).address() == first && Prefix(first, length - 1).last() <= last) {
            --length;
        }
        const Prefix prefix(first, length);
        out.push_back(prefix);
        if (prefix.last() >= last) {
            return;
        }
        auto bytes = prefix.last().bytes();
        for (auto byte = bytes.rbegin(); byte != bytes.rend() && ++*byte == 0; ++byte) {
        }
        first = IpAddress::fromBytes(bytes);
    }
}

/// "a", "a/len", "a/mask", "[v6]/len", "a-b".
bool addWord(std::string_view word, std::vector<Prefix>& out)
{
    if (word.starts_with('[')) {
        const auto close = word.find(']');
        const std::string inner = close == std::string_view::npos ? std::string() : std::string(word.substr(1, close - 1)) + std::string(word.substr(close + 1));
        const auto prefix = Prefix::parse(inner);
        return prefix && (out.push_back(*prefix), true);
    }
    if (const auto prefix = Prefix::parse(word)) {
        out.push_back(*prefix);
        return true;
    }
    if (const auto slash = word.find('/'); slash != std::string_view::npos) {
        const auto address = dotted(word.substr(0, slash));
        const auto length = maskLength(word.substr(slash + 1), false);
        return address && length && (out.push_back(Prefix(IpAddress::fromV4(*address), *length)), true);
    }
    if (const auto dash = word.find('-'); dash != std::string_view::npos) {
        const auto first = IpAddress::parse(word.substr(0, dash));
        const auto last = IpAddress::parse(word.substr(dash + 1));
        return first && last && first->isV4() == last->isV4() && *first <= *last && (addRange(*first, *last, out), true);
    }
    return false;
}

/// "192.0.2." of TCP wrappers: all that begins so. Nowhere else, because there "2." may be a word of a sentence.
bool addBeginning(std::string_view word, std::vector<Prefix>& out)
{
    const auto octets = std::count(word.begin(), word.end(), '.');
    if (!word.ends_with('.') || octets < 1 || octets > 3) {
        return false;
    }
    std::string whole(word);
    for (auto i = octets; i < 4; ++i) {
        whole += i == 3 ? "0" : "0.";
    }
    const auto address = dotted(whole);
    return address && (out.push_back(Prefix(IpAddress::fromV4(*address), int(8 * octets))), true);
}

/// "host A", "A MASK" or "A/LEN" from `at` on, as Cisco writes them.
bool addCisco(const Words& words, std::size_t at, bool inverse, std::vector<Prefix>& out)
{
    if (at + 1 < words.size() && words[at] == "host") {
        return IpAddress::parse(words[at + 1]) && addWord(words[at + 1], out);
    }
    if (at + 1 < words.size() && dotted(words[at])) {
        const auto length = maskLength(words[at + 1], inverse);
        return length && (out.push_back(Prefix(IpAddress::fromV4(*dotted(words[at])), *length)), true);
    }
    return at < words.size() && words[at].find('/') != std::string_view::npos && addWord(words[at], out);
}

std::size_t find(const Words& words, std::string_view wanted)
{
    return std::size_t(std::find(words.begin(), words.end(), wanted) - words.begin());
}

LineKind asEntry(bool read) { return read ? LineKind::Entry : LineKind::Unreadable; }

/// A rule of iptables: a ban when it drops or refuses what comes from somewhere.
LineKind readIptables(const Words& words, std::vector<Prefix>& out)
{
    const std::size_t jump = find(words, "-j");
    const bool drops = jump + 1 < words.size() && (words[jump + 1] == "DROP" || words[jump + 1] == "REJECT");
    std::size_t source = std::min(find(words, "-s"), find(words, "--source"));
    if (!drops || source == words.size()) {
        return LineKind::Frame;
    }
    if (source > 0 && words[source - 1] == "!") {
        return LineKind::Unreadable;
    }
    bool read = false;
    while (++source < words.size() && addWord(words[source], out)) {
        read = true;
    }
    return asEntry(read);
}

/// "deny ip A WILDCARD any" of IOS, "access-list NAME extended deny tcp A MASK any" of ASA.
LineKind readAccessList(const Words& words, std::vector<Prefix>& out)
{
    const std::size_t deny = find(words, "deny");
    if (deny == words.size()) {
        return LineKind::Frame; // permit, remark
    }
    const std::size_t from = deny + 2;
    if (from < words.size() && words[from] == "object-group") {
        return LineKind::Frame; // its objects are read by themselves
    }
    return asEntry(addCisco(words, from, find(words, "extended") == words.size(), out));
}

/// "DAEMONS: CLIENTS", "DAEMONS: CLIENTS: DENY".
LineKind readWrappers(const Words& words, std::vector<Prefix>& out)
{
    if (words.back() == "ALLOW" || words.back() == "allow") {
        return LineKind::Frame;
    }
    bool read = false;
    for (std::string_view word : words) {
        while (word.ends_with(':') && !word.ends_with("::")) {
            word.remove_suffix(1);
        }
        read = addWord(word, out) || addBeginning(word, out) || read;
    }
    return asEntry(read);
}

LineKind readLine(std::string_view line, std::vector<Prefix>& out)
{
    const std::string text = bare(line);
    Words words = wordsOf(text);
    if (words.empty() || words[0].starts_with('!') || words[0].starts_with('*') || words[0].starts_with(':')) {
        return LineKind::Frame;
    }
    if (words.size() == 3 && words[1] == "-") {
        return asEntry(addWord(std::string(words[0]) + '-' + std::string(words[2]), out));
    }
    if (words.size() > 1 && dotted(words[0]) && words[1].starts_with("255.")) {
        return asEntry(addCisco(words, 0, false, out));
    }
    if (addWord(words[0], out)) { // plain, or inside the braces of nft: there may be several, each with its lifetime
        for (std::size_t i = 1; i < words.size() && line.find(',') != std::string_view::npos; ++i) {
            std::ignore = addWord(words[i], out);
        }
        return LineKind::Entry;
    }
    if (words[0] == "add" && words.size() > 2 && words[1] != "element" && words[1] != "rule" && words[1] != "table" && words[1] != "set" && words[1] != "chain") {
        return asEntry(addWord(words[2], out)); // ipset
    }
    if (find(words, "-j") < words.size()) {
        return readIptables(words, out);
    }
    if (words[0] == "network-object") {
        return asEntry(addCisco(words, 1, false, out));
    }
    if (words[0] == "access-list" || words[0] == "deny" || words[0] == "permit" || (words.size() > 1 && (words[1] == "deny" || words[1] == "permit"))) {
        return readAccessList(words, out);
    }
    const std::size_t source = find(words, "saddr");
    const bool drops = find(words, "drop") < words.size() || find(words, "reject") < words.size();
    if (words[0] == "elements" || words[0] == "add" || (source < words.size() && drops)) {
        bool read = false;
        for (std::size_t i = source < words.size() ? source + 1 : 1; i < words.size(); ++i) {
            read = addWord(words[i], out) || read;
        }
        return read ? LineKind::Entry : LineKind::Frame; // an empty set, or one that is named
    }
    if (std::find(kFrameWords.begin(), kFrameWords.end(), words[0]) != kFrameWords.end()) {
        return LineKind::Frame;
    }
    return text.find(": ") != std::string::npos ? readWrappers(words, out) : LineKind::Unreadable;
}

} // namespace

Result<ImportedList> importBans(const QByteArray& text)
{
    if (text.size() > kMostBytes) {
        return failure(ErrorCode::LimitExceeded, QStringLiteral("The list is larger than 64 MiB."));
    }
    ImportedList list;
    std::vector<Prefix> found;
    std::string_view rest(text.constData(), std::size_t(text.size()));
    for (std::uint64_t number = 1; !rest.empty(); ++number) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto before = found.size();
        const LineKind kind = readLine(rest.substr(0, end), found);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        list.entries += kind == LineKind::Entry ? found.size() - before : 0;
        if (kind == LineKind::Unreadable) {
            found.resize(before);
            ++list.unreadable;
            list.firstUnreadable = list.firstUnreadable == 0 ? number : list.firstUnreadable;
        }
        if (found.size() > kMostNetworks) {
            return failure(ErrorCode::LimitExceeded, QStringLiteral("The list names more than a million networks."));
        }
    }
    std::sort(found.begin(), found.end());
    for (const Prefix& prefix : found) {
        if (list.prefixes.empty() || !list.prefixes.back().contains(prefix)) {
            list.prefixes.push_back(prefix);
        }
    }
    if (list.prefixes.empty()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("The list names no network."),
                       QStringLiteral("It may be plain prefixes, ipset, nft, iptables-save, hosts.deny, or Cisco object groups and access lists."));
    }
    return list;
}

} // namespace mailward
