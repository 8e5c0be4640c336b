// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/story/Stage.h"

#include <algorithm>

namespace mailward::story {

namespace {

std::vector<std::string> serverNames(std::uint32_t count)
{
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < count; ++i) {
        names.push_back("mx" + std::to_string(i + 1));
    }
    return names;
}

} // namespace

Stage::Stage(const RunOptions& runOptions, const AddressPool& addresses)
    : options(runOptions), pool(addresses), rng(runOptions.seed), company(rng.fork("company"), addresses, 2'500, runOptions.servers),
      scribe(rng.fork("scribe"), serverNames(runOptions.servers))
{
}

Instant Stage::at(int day, double hour) const
{
    const auto micros = static_cast<std::int64_t>(hour * 3600.0) * 1'000'000;
    return options.start + std::chrono::days(day) + std::chrono::microseconds(micros);
}

std::size_t Stage::scaled(std::size_t count) const
{
    const auto size = static_cast<std::size_t>(static_cast<double>(count) * options.scale);
    return std::max<std::size_t>(size, 1);
}

Instant Stage::within(Rng& rng, TimeRange range)
{
    return range.begin + std::chrono::microseconds(rng.between(0, std::max<std::int64_t>(range.length().count() - 1, 0)));
}

void Stage::goodLogin(Instant when, std::uint32_t server, Door door, const std::string& account, IpAddress ip, const char* role)
{
    if (isOver(when)) {
        return;
    }
    scribe.login(when, server, door, account, ip);
    truth.innocents[ip].insert(role);
    ++truth.successes;
}

void Stage::honestMistake(Instant when, std::uint32_t server, Door door, const std::string& account, IpAddress ip, const char* role)
{
    if (isOver(when)) {
        return;
    }
    scribe.wrongPassword(when, server, door, account, ip);
    truth.innocents[ip].insert(role);
    ++truth.failures;
}

void Stage::guess(Attack& attack, Instant when, Door door, const std::string& account, IpAddress ip, CountryCode country, bool exists,
                  int tries)
{
    if (isOver(when)) {
        return;
    }
    const std::uint32_t server = exists ? company.serverOf(account) : static_cast<std::uint32_t>(account.size()) % options.servers;
    scribe.wrongPassword(when, server, door, account, ip, exists, tries);
    attack.note(ip, country, account, when, static_cast<std::uint32_t>(tries));
    truth.failures += static_cast<std::uint32_t>(tries);
}

void Stage::open(Attack& attack, Instant when, Door door, const std::string& account, IpAddress ip, CountryCode country)
{
    if (isOver(when)) {
        return;
    }
    scribe.login(when, company.serverOf(account), door == Door::Submission ? Door::Imap : door, account, ip);
    attack.note(ip, country, account, when);
    attack.opened.try_emplace(account, when);
    ++truth.successes;
}

Submitted Stage::send(Instant when, const std::string& account, IpAddress ip, const std::vector<Recipient>& to)
{
    if (isOver(when)) {
        return {};
    }
    const Submitted sent = scribe.submit(when, company.serverOf(account), account, ip, to);
    ++truth.successes; // the log-in that came before the message
    if (sent.bounced > 0) {
        truth.bounces.push_back({when, account, sent.queueId, sent.bounceId});
    }
    return sent;
}

} // namespace mailward::story
