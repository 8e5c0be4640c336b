// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/story/Scenes.h"

#include <array>

namespace mailward::story {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

/// How many begin in each hour, UTC: work in India is 03:30 to 13:00, evenings end at 17:30.
constexpr std::array<unsigned, 24> kHours{4, 6, 14, 46, 80, 86, 78, 60, 52, 70, 76, 66, 48, 30, 22, 20, 16, 10, 5, 3, 2, 2, 2, 3};
constexpr std::array<const char*, 6> kPartners{"example.net", "example.org", "mail.example.net", "post.example.org",
                                               "shop.example.net", "news.example.org"};

/// Per mille of the mailboxes that do something on this day. Day 0 of `start` decides which days are Sundays.
unsigned activeShare(const Stage& stage, int day)
{
    if (stage.options.roundTheClock) {
        return 300;
    }
    const std::chrono::weekday weekday(std::chrono::floor<std::chrono::days>(stage.at(day, 0)));
    return weekday == std::chrono::Sunday ? 40 : weekday == std::chrono::Saturday ? 160 : 330;
}

Instant moment(Stage& stage, Rng& rng, int day)
{
    const auto hour = static_cast<int>(stage.options.roundTheClock ? rng.below(24) : rng.weighted(kHours));
    return stage.at(day, hour) + std::chrono::microseconds(rng.between(0, 3'599'999'999));
}

std::vector<Recipient> someRecipients(Rng& rng, const Company& company, unsigned badPerMille)
{
    std::vector<Recipient> to;
    for (std::uint64_t n = 1 + rng.below(2); n > 0; --n) {
        const Fate fate = rng.perMille(badPerMille) ? Fate::Bounced : rng.perMille(8) ? Fate::Deferred : Fate::Delivered;
        const std::string& name = company.mailboxes()[rng.below(company.mailboxes().size())].account;
        to.push_back({name.substr(0, name.find('@') + 1) + kPartners[rng.below(kPartners.size())], fate});
    }
    return to;
}

/// One sitting: perhaps a typing mistake, a log-in, perhaps a mail.
void addSitting(Stage& stage, Rng& rng, std::size_t index, int day)
{
    const Company& company = stage.company;
    const Mailbox& box = company.mailboxes()[index];
    IpAddress ip = company.offices()[box.office];
    const char* role = "office";
    if (box.habit == Habit::Phone) {
        ip = company.phoneAddress(index, day);
        role = "mobile";
    } else if (box.habit == Habit::Home || rng.perMille(120)) {
        ip = company.homeAddress(index, day);
        role = "home";
    }
    const Door door = rng.perMille(120) ? Door::Pop3 : Door::Imap;
    Instant when = moment(stage, rng, day);
    if (rng.perMille(stage.options.mistakesPerMille)) {
        stage.honestMistake(when, box.server, door, box.account, ip, role);
        when += seconds(rng.between(8, 60));
    }
    stage.goodLogin(when, box.server, door, box.account, ip, role);
    if (rng.perMille(110)) {
        when += seconds(rng.between(30, 900));
        stage.send(when, box.account, ip, someRecipients(rng, company, 15));
    }
}

void addPeople(Stage& stage)
{
    Rng rng = stage.rng.fork("people");
    for (int day = 0; day < stage.options.days; ++day) {
        const auto share = static_cast<unsigned>(activeShare(stage, day) * stage.options.scale);
        for (std::size_t i = 0; i < stage.company.mailboxes().size(); ++i) {
            if (rng.perMille(share)) {
                for (std::uint64_t n = 1 + rng.below(2); n > 0; --n) {
                    addSitting(stage, rng, i, day);
                }
            }
        }
    }
}

/// Two phones on an office's network go on trying a password that was changed; their owners' computers work.
void addStalePhones(Stage& stage)
{
    Rng rng = stage.rng.fork("stale phones");
    for (std::size_t phone = 0; phone < 2; ++phone) {
        const Mailbox& box = stage.company.mailboxes()[rng.below(stage.company.mailboxes().size())];
        const IpAddress office = stage.company.offices()[phone];
        for (int day = 2; day < stage.options.days; ++day) {
            for (Instant when = stage.at(day, 3.5); when < stage.at(day, 12.5); when += seconds(rng.between(800, 1'000))) {
                stage.honestMistake(when, box.server, Door::Imap, box.account, office, "stale-password");
            }
            stage.goodLogin(stage.at(day, 4) + seconds(rng.between(0, 9'000)), box.server, Door::Imap, box.account, office, "office");
        }
    }
}

void addTravellers(Stage& stage)
{
    Rng rng = stage.rng.fork("travellers");
    const std::vector<CountryCode> countries{{'S', 'G'}, {'A', 'E'}, {'D', 'E'}, {'G', 'B'}, {'U', 'S'}, {'T', 'H'}, {'C', 'N'}};
    for (std::size_t i = 0; i < 12; ++i) {
        const Mailbox& box = stage.company.mailboxes()[rng.below(stage.company.mailboxes().size())];
        const CountryCode country = countries[i % countries.size()];
        const int first = static_cast<int>(rng.between(0, std::max(stage.options.days - 4, 0)));
        const IpAddress hotel = stage.pool.draw(rng, country);
        for (int day = first; day < std::min(first + 4, stage.options.days); ++day) {
            for (std::int64_t n = rng.between(1, 3); n > 0; --n) {
                stage.goodLogin(moment(stage, rng, day), box.server, Door::Imap, box.account, hotel, "traveller");
            }
        }
    }
}

void addMail(Stage& stage)
{
    Rng rng = stage.rng.fork("mail");
    for (int day = 0; day < stage.options.days; ++day) {
        for (std::size_t n = stage.scaled(activeShare(stage, day) / 2); n > 0; --n) {
            const Mailbox& box = stage.company.mailboxes()[rng.below(stage.company.mailboxes().size())];
            const std::string partner = kPartners[rng.below(kPartners.size())];
            const IpAddress host = IpAddress::fromV4(0xC6336400U + static_cast<std::uint32_t>(rng.between(1, 40)));
            stage.scribe.receive(moment(stage, rng, day), box.server, "office@" + partner, box.account, "mx." + partner, host);
        }
        for (std::size_t n = stage.scaled(8); n > 0; --n) {
            const bool exists = rng.perMille(500);
            const Mailbox& box = stage.company.mailboxes()[rng.below(stage.company.mailboxes().size())];
            const IpAddress host = IpAddress::fromV4(0xCB007100U + static_cast<std::uint32_t>(rng.between(1, 200)));
            stage.scribe.backscatter(moment(stage, rng, day), box.server, exists ? box.account : "x" + box.account,
                                     "mail.example.net", host, exists);
            ++stage.truth.backscatter;
        }
    }
}

/// The bots of every day: a few tries at names that every domain might have.
void addNoise(Stage& stage)
{
    Rng rng = stage.rng.fork("noise");
    const std::vector<CountryCode> countries{{'C', 'N'}, {'R', 'U'}, {'B', 'R'}, {'U', 'S'}, {'V', 'N'}, {'N', 'G'}, {'I', 'D'},
                                             {'K', 'R'}, {'T', 'R'}, {'U', 'A'}, {'N', 'L'}, {'P', 'L'}, {'F', 'R'}};
    const std::vector<std::string> names{"info", "admin", "test", "sales", "contact", "scanner", "webmaster", "office", "backup"};
    const std::vector<std::string> logins{"root", "admin", "ubuntu", "oracle", "postgres", "git", "pi", "deploy"};
    for (int day = 0; day < stage.options.days; ++day) {
        for (auto n = static_cast<std::size_t>(static_cast<double>(stage.scaled(36)) * stage.options.bots); n > 0; --n) {
            const IpAddress ip = stage.pool.draw(rng, rng.pick(countries));
            stage.truth.noise.insert(ip);
            const Instant when = stage.at(day, 0) + seconds(rng.between(0, 86'200));
            const auto server = static_cast<std::uint32_t>(rng.below(stage.options.servers));
            const std::uint64_t kind = rng.below(10);
            if (kind == 0) {
                stage.scribe.relayAttempt(when, server, ip, "probe@example.org");
            } else if (kind == 1) {
                stage.scribe.connectOnly(when, server, ip);
            } else {
                const bool ssh = kind < 6;
                const std::string name = ssh ? rng.pick(logins) : rng.pick(names) + "@" + kDomain;
                const int tries = static_cast<int>(rng.between(1, 3));
                stage.scribe.wrongPassword(when, server, ssh ? Door::Ssh : rng.perMille(500) ? Door::Submission : Door::Imap, name,
                                           ip, ssh && name == "root", tries);
                stage.truth.failures += static_cast<std::uint32_t>(tries);
            }
        }
    }
}

/// Administrators over SSH, and a monitoring that connects and leaves.
void addOperations(Stage& stage)
{
    Rng rng = stage.rng.fork("operations");
    const IpAddress admin = stage.company.offices().front();
    const IpAddress monitor = *IpAddress::parse("192.0.2.40");
    for (int day = 0; day < stage.options.days; ++day) {
        for (std::uint32_t server = 0; server < stage.options.servers; ++server) {
            stage.goodLogin(moment(stage, rng, day), server, Door::Ssh, "mwops", admin, "office");
            for (int hour = 0; hour < 24; ++hour) {
                stage.scribe.connectOnly(stage.at(day, hour) + minutes(7 + server), server, monitor);
            }
        }
    }
    stage.truth.innocents[monitor].insert("monitoring");
}

} // namespace

void addQuietLife(Stage& stage)
{
    addPeople(stage);
    addStalePhones(stage);
    addTravellers(stage);
    addMail(stage);
    addNoise(stage);
    addOperations(stage);
}

} // namespace mailward::story
