// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/ResetWave.h"

#include <algorithm>
#include <unordered_map>

namespace mailward {

namespace {

/// The latest reset of each account, whatever the server.
std::unordered_map<std::string, Instant> latestOf(const std::vector<RecentReset>& resets)
{
    std::unordered_map<std::string, Instant> latest;
    for (const auto& reset : resets) {
        Instant& at = latest[reset.account];
        at = std::max(at, reset.at);
    }
    return latest;
}

} // namespace

std::vector<HonestFailures> honestFailures(const ColumnsSnapshot& data, const std::vector<RecentReset>& resets, const std::vector<GoodLogin>& trusted)
{
    const auto latest = latestOf(resets);
    std::map<std::pair<std::string, IpAddress>, HonestFailures> found;
    std::unordered_map<std::uint32_t, std::pair<std::string, std::int64_t>> since; // account id -> name, microseconds
    for (const auto& [account, at] : latest) {
        if (const AccountId id = data.findAccount(account); id.isValid()) {
            since[id.value()] = {account, toMicros(at)};
        }
    }
    for (const auto& login : trusted) {
        if (latest.contains(login.account)) {
            found[{login.account, login.address}] = {login.account, login.address, 0, {}};
        }
    }
    for (const ChunkView& chunk : data.chunks()) {
        for (std::uint32_t row = 0; !found.empty() && row < chunk.rows; ++row) {
            const auto account = since.find(chunk.amendable->account[row]);
            const AddressId address(chunk.fixed->address[row]);
            if (account == since.end() || !address.isValid() || outcomeOf(chunk.amendable->verdict[row]) != Outcome::Failure || chunk.fixed->time[row] < account->second.second) {
                continue;
            }
            if (const auto home = found.find({account->second.first, data.address(address).ip}); home != found.end()) {
                home->second.attempts += chunk.amendable->attempts[row];
                home->second.last = std::max(home->second.last, fromMicros(chunk.fixed->time[row]));
            }
        }
    }
    std::vector<HonestFailures> result;
    for (auto& [key, one] : found) {
        if (one.attempts > 0) {
            result.push_back(std::move(one));
        }
    }
    return result;
}

std::vector<AllowEntry> sparedAfterResets(const std::vector<RecentReset>& resets, const std::vector<GoodLogin>& trusted)
{
    struct Home {
        Instant until{};
        std::string account;
        std::size_t more = 0;
    };
    const auto latest = latestOf(resets);
    std::map<IpAddress, Home> homes;
    for (const auto& login : trusted) {
        const auto reset = latest.find(login.account);
        if (reset == latest.end()) {
            continue;
        }
        Home& home = homes[login.address];
        home.more += home.account.empty() || home.account == login.account ? 0U : 1U;
        home.account = home.account.empty() ? login.account : home.account;
        home.until = std::max(home.until, reset->second + kResetWave);
    }
    std::vector<AllowEntry> result;
    for (const auto& [address, home] : homes) {
        const QString others = home.more > 0 ? QStringLiteral(" and %1 more").arg(home.more) : QString();
        result.push_back({Prefix(address, address.isV4() ? 32 : 128), QStringLiteral("at home here: %1%2, whose devices may still try the password from before the reset").arg(UntrustedText(home.account).plain(60), others), home.until});
    }
    return result;
}

} // namespace mailward
