// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/Guards.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace mailward {

namespace {

constexpr std::uint64_t kFewLogins = 20; ///< below that a share of the log-ins says nothing about a gateway
constexpr std::chrono::seconds kLongestTtl = std::chrono::hours(24 * 31);

struct SpecialRange {
    const char* text;
    const char* name;
    bool yields; ///< some sites do have attackers there; nobody has them on a loopback
};

constexpr std::array kSpecialRanges{
    SpecialRange{"10.0.0.0/8", "a private network", true},     SpecialRange{"172.16.0.0/12", "a private network", true},
    SpecialRange{"192.168.0.0/16", "a private network", true}, SpecialRange{"100.64.0.0/10", "shared by a carrier's customers", true},
    SpecialRange{"fc00::/7", "a private network", true},       SpecialRange{"0.0.0.0/8", "no address of a peer", false},
    SpecialRange{"127.0.0.0/8", "the server itself", false},   SpecialRange{"169.254.0.0/16", "link-local", false},
    SpecialRange{"224.0.0.0/3", "multicast or reserved", false}, SpecialRange{"::/64", "the server itself", false},
    SpecialRange{"fe80::/10", "link-local", false},            SpecialRange{"ff00::/8", "multicast", false}};

struct Range {
    IpAddress first;
    IpAddress last;
};

/// The banned space as sorted, disjoint ranges.
std::vector<Range> mergedRanges(const std::vector<BanEntry>& bans, const std::vector<Prefix>& enforced)
{
    std::vector<Range> ranges;
    ranges.reserve(bans.size() + enforced.size());
    for (const auto& ban : bans) {
        ranges.push_back({ban.prefix.address(), ban.prefix.last()});
    }
    for (const auto& prefix : enforced) {
        ranges.push_back({prefix.address(), prefix.last()});
    }
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.first < b.first; });
    std::vector<Range> merged;
    for (const auto& range : ranges) {
        if (!merged.empty() && range.first <= merged.back().last) {
            merged.back().last = std::max(merged.back().last, range.last);
        } else {
            merged.push_back(range);
        }
    }
    return merged;
}

bool covers(const std::vector<Range>& ranges, IpAddress address)
{
    const auto after = std::upper_bound(ranges.begin(), ranges.end(), address,
                                        [](IpAddress value, const Range& range) { return value < range.first; });
    return after != ranges.begin() && address <= std::prev(after)->last;
}

double size(const Range& range)
{
    double total = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        total = total * 256 + (int(range.last.bytes()[i]) - int(range.first.bytes()[i]));
    }
    return total + 1;
}

/// Share of the usable space of each family (IPv6: of 2000::/3, all that is given out), the larger one.
double coveredShare(const std::vector<Range>& ranges)
{
    double v4 = 0;
    double v6 = 0;
    for (const auto& range : ranges) {
        (range.first.isV4() ? v4 : v6) += size(range);
    }
    return std::max(v4 / std::pow(2.0, 32), v6 / std::pow(2.0, 125));
}

Collateral collateralOf(const std::vector<Range>& ranges, const std::vector<GoodLogin>& logins)
{
    Collateral result;
    std::unordered_map<std::string_view, std::pair<bool, bool>> seen; // account -> log-ins from inside, from elsewhere
    seen.reserve(logins.size());
    for (const auto& login : logins) {
        const bool inside = covers(ranges, login.address);
        result.totalGoodLogins += login.count;
        result.goodLogins += inside ? login.count : 0;
        auto& [in, out] = seen[login.account];
        (inside ? in : out) = true;
    }
    result.totalAccounts = seen.size();
    for (const auto& [account, where] : seen) {
        if (where.first) {
            result.accounts.emplace_back(account);
            if (!where.second) {
                result.onlyHere.emplace_back(account);
            }
        }
    }
    std::sort(result.accounts.begin(), result.accounts.end());
    std::sort(result.onlyHere.begin(), result.onlyHere.end());
    return result;
}

/// Log-ins by address, for the question how many came from one prefix.
class LoginCounts
{
public:
    explicit LoginCounts(const std::vector<GoodLogin>& logins)
    {
        m_sums.reserve(logins.size());
        for (const auto& login : logins) {
            m_sums.emplace_back(login.address, login.count);
        }
        std::sort(m_sums.begin(), m_sums.end());
        for (auto& [address, sum] : m_sums) {
            m_total += sum;
            sum = m_total;
        }
    }
    [[nodiscard]] std::uint64_t total() const { return m_total; }
    [[nodiscard]] std::uint64_t inside(const Prefix& prefix) const
    {
        const auto first = std::lower_bound(m_sums.begin(), m_sums.end(), prefix.address(), [](const auto& entry, IpAddress a) { return entry.first < a; });
        const auto end = std::upper_bound(first, m_sums.end(), prefix.last(), [](IpAddress a, const auto& entry) { return a < entry.first; });
        return upTo(end) - upTo(first);
    }

private:
    using Sums = std::vector<std::pair<IpAddress, std::uint64_t>>; // sorted; each with all log-ins up to and including it
    [[nodiscard]] std::uint64_t upTo(Sums::const_iterator it) const { return it == m_sums.begin() ? 0 : std::prev(it)->second; }

    Sums m_sums;
    std::uint64_t m_total = 0;
};

QString text(const Prefix& prefix) { return QString::fromStdString(prefix.toString()); }

/// Judges one ban at a time; the sum of them is checkBans()'s business.
class Judge
{
public:
    explicit Judge(const GuardContext& context) : m_context(context), m_logins(context.goodLogins) {}

    void judge(const BanEntry& ban, std::vector<Objection>& out) const
    {
        const auto object = [&](GuardRule rule, const QString& why, bool yields = false) {
            if (!yields || !ban.forced) {
                out.push_back({ban.prefix, rule, why, yields});
            }
        };
        judgeShape(ban, object);
        judgeFriends(ban, object);
        for (const auto& special : kSpecialRanges) {
            if (Prefix::parse(special.text)->overlaps(ban.prefix)) {
                object(GuardRule::SpecialRange, QStringLiteral("%1 meets %2: %3.").arg(text(ban.prefix), QLatin1String(special.text), QLatin1String(special.name)),
                       special.yields);
            }
        }
        const auto inside = m_logins.inside(ban.prefix);
        if (m_logins.total() >= kFewLogins && inside * 2 > m_logins.total()) {
            object(GuardRule::Gateway, QStringLiteral("%1 of %2 good log-ins come from %3: it is a gateway or proxy of your own users.")
                                           .arg(inside).arg(m_logins.total()).arg(text(ban.prefix)));
        }
    }

private:
    template <class F>
    void judgeShape(const BanEntry& ban, const F& object) const
    {
        if (ban.prefix.length() < (ban.prefix.isV4() ? kWidestBanV4 : kWidestBanV6)) {
            object(GuardRule::TooBroad, QStringLiteral("%1 is too broad: at most /%2 in one entry.").arg(text(ban.prefix)).arg(ban.prefix.isV4() ? kWidestBanV4 : kWidestBanV6));
        }
        if (ban.ttl < std::chrono::seconds(1) || ban.ttl > kLongestTtl) {
            object(GuardRule::Lifetime, QStringLiteral("%1: a ban lasts 1 second to 31 days.").arg(text(ban.prefix)));
        }
        if (const auto ports = normalPorts(ban.ports); !ports || *ports != ban.ports) {
            object(GuardRule::PortList, QStringLiteral("%1: %2").arg(text(ban.prefix), ports ? QStringLiteral("the ports are not in order.") : ports.error().text));
        }
    }

    template <class F>
    void judgeFriends(const BanEntry& ban, const F& object) const
    {
        for (const auto& console : m_context.consoles) {
            if (console.prefix.overlaps(ban.prefix)) {
                object(GuardRule::Console, QStringLiteral("%1 would lock out %2 (%3).").arg(text(ban.prefix), console.name, text(console.prefix)));
            }
        }
        for (const auto& server : m_context.servers) {
            if (server.prefix.overlaps(ban.prefix)) {
                object(GuardRule::Server, QStringLiteral("%1 would cut off %2 (%3).").arg(text(ban.prefix), server.name, text(server.prefix)));
            }
        }
        if (const auto* entry = m_context.allow.meets(ban.prefix, m_context.now)) {
            object(GuardRule::AllowList, QStringLiteral("%1 meets %2 on the allow-list%3.").arg(text(ban.prefix), text(entry->prefix),
                                              entry->comment.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(entry->comment)));
        }
    }

    const GuardContext& m_context;
    LoginCounts m_logins;
};

} // namespace

QString guardRuleName(GuardRule rule)
{
    switch (rule) {
    case GuardRule::Console: return QStringLiteral("console");
    case GuardRule::Server: return QStringLiteral("server");
    case GuardRule::AllowList: return QStringLiteral("allow-list");
    case GuardRule::SpecialRange: return QStringLiteral("special-range");
    case GuardRule::TooBroad: return QStringLiteral("too-broad");
    case GuardRule::TooMuch: return QStringLiteral("too-much");
    case GuardRule::Gateway: return QStringLiteral("gateway");
    case GuardRule::Lifetime: return QStringLiteral("lifetime");
    case GuardRule::PortList: return QStringLiteral("ports");
    }
    return {};
}

GuardVerdict checkBans(const std::vector<BanEntry>& bans, const GuardContext& context)
{
    GuardVerdict verdict;
    const Judge judge(context);
    for (const auto& ban : bans) {
        judge.judge(ban, verdict.objections);
    }
    if (bans.empty()) {
        verdict.collateral = collateralOf({}, context.goodLogins);
        return verdict;
    }
    if (const double share = coveredShare(mergedRanges(bans, context.enforced)); share > kLargestBannedShare) {
        verdict.objections.push_back({bans.front().prefix, GuardRule::TooMuch,
            QStringLiteral("All bans together would cover %1 % of the address space; the limit is %2 %.").arg(100 * share, 0, 'f', 1).arg(100 * kLargestBannedShare), false});
    }
    verdict.collateral = collateralOf(mergedRanges(bans, {}), context.goodLogins);
    return verdict;
}

GuardVerdict refuseUnsafe(Plan& plan, const GuardContext& context)
{
    GuardVerdict verdict = checkBans(plan.bans, context);
    const bool all = std::any_of(verdict.objections.begin(), verdict.objections.end(),
                                 [](const Objection& o) { return o.rule == GuardRule::TooMuch; });
    std::map<Prefix, QString> why;
    for (const auto& objection : verdict.objections) {
        if (objection.rule == GuardRule::TooMuch) {
            for (const auto& ban : plan.bans) {
                why.try_emplace(ban.prefix, objection.why);
            }
        }
        why.try_emplace(objection.prefix, objection.why);
    }
    std::vector<BanEntry> kept;
    std::set<Prefix> told;
    for (auto& ban : plan.bans) {
        const auto it = why.find(ban.prefix);
        if (it == why.end() && !all) {
            kept.push_back(std::move(ban));
        } else if (told.insert(ban.prefix).second) {
            plan.refused.push_back({ban.prefix, it->second});
        }
    }
    plan.bans = std::move(kept);
    if (!why.empty()) {
        verdict.collateral = collateralOf(mergedRanges(plan.bans, {}), context.goodLogins);
    }
    return verdict;
}

} // namespace mailward
