// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/IncidentContinuity.h"

#include <algorithm>
#include <set>

namespace mailward {

namespace {

template <class Items, class Key>
std::size_t shared(const Items& a, const Items& b, Key key)
{
    std::size_t count = 0;
    for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
        if (key(*x) == key(*y)) {
            ++count;
            ++x;
            ++y;
        } else {
            key(*x) < key(*y) ? void(++x) : void(++y);
        }
    }
    return count;
}

/// What is guessed at becomes clearer while an attack grows; whether passwords are guessed at all does not.
bool isSameSort(IncidentKind a, IncidentKind b)
{
    const auto guesses = [](IncidentKind kind) {
        return kind == IncidentKind::BruteForce || kind == IncidentKind::DistributedGuessing || kind == IncidentKind::CredentialStuffing || kind == IncidentKind::PasswordSpray || kind == IncidentKind::UserEnumeration;
    };
    return a == b || (guesses(a) && guesses(b));
}

/// How much two incidents have in common; 0: they are different things. Both lists are sorted by value.
std::size_t likeness(const Incident& a, const Incident& b)
{
    if (!isSameSort(a.kind, b.kind) || a.start > b.end || b.start > a.end) {
        return 0;
    }
    if (a.sources.empty() && b.sources.empty() && a.accounts.empty() && b.accounts.empty()) {
        return 1; // a wave of backscatter has neither
    }
    if (a.sources.empty() || b.sources.empty()) {
        return shared(a.accounts, b.accounts, [](const IncidentAccount& account) -> const std::string& { return account.name.raw(); });
    }
    return shared(a.sources, b.sources, [](const IncidentSource& source) { return source.ip; });
}

struct Match {
    std::size_t before = 0;
    std::size_t now = 0;
    std::size_t likeness = 0;
};

} // namespace

void keepIds(const std::vector<Incident>& before, std::vector<Incident>& now)
{
    std::vector<Match> matches;
    for (std::size_t i = 0; i < before.size(); ++i) {
        for (std::size_t k = 0; k < now.size(); ++k) {
            if (const std::size_t common = likeness(before[i], now[k])) {
                matches.push_back({i, k, common});
            }
        }
    }
    // The earliest of those that grew together lends its id to the most alike.
    std::stable_sort(matches.begin(), matches.end(), [&](const Match& a, const Match& b) {
        if (before[a.before].start != before[b.before].start) {
            return before[a.before].start < before[b.before].start;
        }
        return a.likeness > b.likeness;
    });
    std::set<std::size_t> lent, named;
    std::set<std::string> ids;
    for (const Match& match : matches) {
        if (lent.contains(match.before) || named.contains(match.now)) {
            continue;
        }
        lent.insert(match.before);
        named.insert(match.now);
        now[match.now].id = before[match.before].id;
        ids.insert(now[match.now].id);
    }
    for (std::size_t k = 0; k < now.size(); ++k) {
        if (!named.contains(k)) {
            // A new incident must not bear the id of an older one that began at the same moment.
            const std::string id = now[k].id;
            for (int n = 2; ids.contains(now[k].id); ++n) {
                now[k].id = id + "-" + std::to_string(n);
            }
            ids.insert(now[k].id);
        }
    }
}

} // namespace mailward
