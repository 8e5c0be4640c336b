// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/story/Families.h"

#include "tests/support/story/Scenes.h"

#include <stdexcept>

namespace mailward::story {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Origins kMostlyChina{{{'C', 'N'}, 970}, {{'R', 'U'}, 9}, {{'B', 'R'}, 7}, {{'U', 'S'}, 6}, {{'V', 'N'}, 8}};
const Origins kAnywhere{{{'C', 'N'}, 20}, {{'R', 'U'}, 20}, {{'B', 'R'}, 20}, {{'V', 'N'}, 15}, {{'U', 'S'}, 15},
                        {{'I', 'D'}, 15}, {{'N', 'G'}, 10}, {{'T', 'R'}, 10}, {{'U', 'A'}, 10}, {{'K', 'R'}, 10}};
const std::vector<std::string> kStrangers{"info@example.com", "admin@example.com", "test@example.com", "scan@example.com"};

/// The third from last day of the run, so that there is a past to learn from and an end to see.
int attackDay(const Stage& stage)
{
    return std::max(stage.options.days - 3, 0);
}

Campaign campaign(Stage& stage, std::string id, std::string kind, double startHour, double lastsHours)
{
    Campaign c;
    c.id = std::move(id);
    c.kind = std::move(kind);
    const Instant begin = stage.at(attackDay(stage), startHour);
    c.when = {begin, begin + seconds(static_cast<std::int64_t>(lastsHours * 3600))};
    c.origins = kMostlyChina;
    return c;
}

void storySpam(Stage& stage, Rng& rng)
{
    SpamRun spam;
    spam.id = "day-10-default-passwords";
    spam.when = {stage.at(9, 4.2), stage.at(9, 13.6)};
    spam.accounts = stage.company.someAccounts(rng, 6);
    spam.mailsPerAccount = stage.scaled(130);
    spam.origins = {{{'N', 'G'}, 3}, {{'C', 'N'}, 4}, {{'V', 'N'}, 3}, {{'R', 'U'}, 2}, {{'U', 'S'}, 1}};
    addSpamRun(stage, spam);
}

void storyClassic(Stage& stage, Rng& rng)
{
    Campaign classic;
    classic.id = "day-11-brute-force";
    classic.kind = "brute-force";
    classic.when = {stage.at(10, 2.5), stage.at(10, 8.5)};
    classic.sources = stage.scaled(60);
    classic.visitsPerSource = 12;
    classic.triesPerVisit = 3;
    classic.accounts = stage.company.someAccounts(rng, 25);
    classic.strangers = kStrangers;
    classic.strangersPerMille = 150;
    classic.origins = kMostlyChina;
    addFail2ban(stage, addCampaign(stage, classic), stage.at(10, 8.0));

    Campaign ssh = classic;
    ssh.id = "day-11-ssh";
    ssh.kind = "ssh-brute-force";
    ssh.sources = stage.scaled(20);
    ssh.visitsPerSource = 10;
    ssh.doors = {Door::Ssh};
    ssh.accounts = {"root"};
    ssh.strangers = {"admin", "oracle", "mail", "postgres", "test"};
    ssh.strangersPerMille = 500;
    addCampaign(stage, ssh);
}

void addStory(Stage& stage)
{
    if (stage.options.days < 14) {
        throw std::invalid_argument("the story takes 14 days");
    }
    Rng rng = stage.rng.fork("story");
    storySpam(stage, rng);
    storyClassic(stage, rng);

    Campaign wave;
    wave.id = "day-13-distributed";
    wave.kind = "distributed-guessing";
    wave.when = {stage.at(12, 5), stage.at(12, 15)};
    wave.sources = stage.scaled(3'000);
    wave.accounts = stage.company.someAccounts(rng, 60);
    wave.origins = kMostlyChina;
    wave.opened = 1;
    addCampaign(stage, wave);

    SpamRun after; // the account that the wave has opened
    after.id = "day-14-spam";
    after.when = {stage.at(13, 2.2), stage.at(13, 3.4)};
    after.accounts = {wave.accounts.front()};
    after.mailsPerAccount = stage.scaled(40);
    after.sourcesPerAccount = 2;
    after.origins = {{{'C', 'N'}, 1}};
    addSpamRun(stage, after);
}

void addOneTryFewAccounts(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    const auto startHour = static_cast<double>(rng.between(2, 13));
    const auto lasts = static_cast<double>(rng.between(4, 11));
    Campaign c = campaign(stage, "one-try", "distributed-guessing", startHour, lasts);
    c.sources = stage.scaled(static_cast<std::size_t>(rng.between(500, 3'000)));
    c.accounts = stage.company.someAccounts(rng, static_cast<std::size_t>(rng.between(20, 80)));
    c.opened = static_cast<std::size_t>(rng.below(3));
    addCampaign(stage, c);
}

void addTwoTriesManyAccounts(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    Campaign c = campaign(stage, "two-tries", "distributed-guessing", 1, 12);
    c.accounts = stage.company.someAccounts(rng, stage.scaled(1'500));
    c.sources = c.accounts.size() * 2;
    c.opened = 1 + static_cast<std::size_t>(rng.below(3));
    addCampaign(stage, c);
}

void addSlow(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    Campaign c = campaign(stage, "slow", "distributed-guessing", 0, 24);
    const int first = std::max(attackDay(stage) - 4, 0);
    c.when = {stage.at(first, 0), stage.at(first + 5, 0)};
    c.sources = static_cast<std::size_t>(rng.between(700, 1'100)); // six to nine an hour
    c.accounts = stage.company.someAccounts(rng, 12);
    addCampaign(stage, c);
}

void addClassic(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    Campaign c = campaign(stage, "classic", "brute-force", 3, 5);
    c.sources = stage.scaled(static_cast<std::size_t>(rng.between(10, 60)));
    c.visitsPerSource = static_cast<int>(rng.between(8, 40));
    c.triesPerVisit = static_cast<int>(rng.between(1, 4));
    c.accounts = stage.company.someAccounts(rng, 20);
    c.origins = kAnywhere;
    addCampaign(stage, c);
}

void addSpray(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    Campaign c = campaign(stage, "spray", "password-spray", 6, 4);
    const Prefix network(stage.pool.draw(rng, {'R', 'U'}), 24);
    c.sources = 40;
    c.visitsPerSource = 15;
    c.accounts = stage.company.someAccounts(rng, 600);
    c.origins = {{{'R', 'U'}, 1}};
    c.draw = [network](Rng& r, CountryCode) { return AddressPool::inside(r, network); };
    addCampaign(stage, c);
}

void addStuffing(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    Campaign c = campaign(stage, "stuffing", "credential-stuffing", 4, 6);
    c.sources = stage.scaled(500);
    c.visitsPerSource = 2;
    c.accounts = stage.company.someAccounts(rng, stage.scaled(1'000));
    for (int i = 0; i < 400; ++i) {
        c.strangers.push_back("leaked" + std::to_string(i) + "@example.com");
    }
    c.strangersPerMille = 400;
    c.origins = kAnywhere;
    c.opened = 8;
    addCampaign(stage, c);
}

void addSsh(Stage& stage)
{
    Campaign c = campaign(stage, "ssh", "ssh-brute-force", 2, 8);
    c.sources = stage.scaled(80);
    c.visitsPerSource = 10;
    c.triesPerVisit = 3;
    c.doors = {Door::Ssh};
    c.accounts = {"root"};
    c.strangers = {"admin", "oracle", "ubuntu", "git", "postgres"};
    c.strangersPerMille = 600;
    c.origins = kAnywhere;
    addCampaign(stage, c);
}

void addIpv6(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    Campaign c = campaign(stage, "ipv6", "distributed-guessing", 5, 8);
    std::vector<Prefix> networks{Prefix(stage.pool.drawV6(rng, {'C', 'N'}), 48)};
    for (int i = 0; i < 4; ++i) {
        networks.emplace_back(stage.pool.drawV6(rng, {'C', 'N'}), 64);
    }
    c.sources = stage.scaled(1'200);
    c.accounts = stage.company.someAccounts(rng, 40);
    c.origins = {{{'C', 'N'}, 1}};
    c.draw = [networks](Rng& r, CountryCode) { return AddressPool::inside(r, r.pick(networks)); };
    addCampaign(stage, c);
}

void addTwoAtOnce(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    Campaign wave = campaign(stage, "first-of-two", "distributed-guessing", 3, 9);
    wave.sources = stage.scaled(1'500);
    wave.accounts = stage.company.someAccounts(rng, 50);
    wave.opened = 1;
    addCampaign(stage, wave);
    Campaign loud = campaign(stage, "second-of-two", "brute-force", 5, 4);
    loud.sources = 12;
    loud.visitsPerSource = 30;
    loud.accounts = stage.company.someAccounts(rng, 5);
    loud.origins = {{{'B', 'R'}, 1}, {{'N', 'G'}, 1}};
    addCampaign(stage, loud);
}

void addMondayMorning(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    Campaign c = campaign(stage, "monday-morning", "distributed-guessing", 3.5, 2.5);
    int day = attackDay(stage);
    while (day > 0 && std::chrono::weekday(std::chrono::floor<std::chrono::days>(stage.at(day, 0))) != std::chrono::Monday) {
        --day;
    }
    c.when = {stage.at(day, 3.5), stage.at(day, 6)};
    c.sources = stage.scaled(600);
    c.accounts = stage.company.someAccounts(rng, 60);
    addCampaign(stage, c);
}

void addOwnCountry(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    Campaign c = campaign(stage, "own-country", "distributed-guessing", 4, 10);
    c.sources = stage.scaled(1'200);
    c.accounts = stage.company.someAccounts(rng, 50);
    c.origins = {{{'I', 'N'}, 1}};
    c.opened = 1;
    addCampaign(stage, c);
}

/// Mailboxes that were made and never used: the password that they were given opens some of them at the first guess, while others
/// are used for the first time by the people whom they were made for.
void addDefaultPasswords(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    Campaign c = campaign(stage, "default-passwords", "distributed-guessing", static_cast<double>(rng.between(2, 10)), static_cast<double>(rng.between(5, 11)));
    c.sources = stage.scaled(static_cast<std::size_t>(rng.between(500, 2'000)));
    c.accounts = stage.company.someAccounts(rng, 60);
    for (std::int64_t i = rng.between(2, 5); i > 0; --i) {
        c.firstHits.push_back("unused" + std::to_string(i) + "@example.com");
    }
    addCampaign(stage, c);
    for (std::size_t i = 0; i < 8; ++i) {
        const bool abroad = i == 0;
        const IpAddress ip = abroad ? stage.pool.draw(rng, {'D', 'E'}) : stage.company.homeAddress(i * 11, attackDay(stage));
        const std::string account = "newcomer" + std::to_string(i) + "@example.com";
        Instant when = Stage::within(rng, c.when);
        for (int day = 0; day < 2; ++day, when += hours(24)) {
            stage.goodLogin(when, stage.company.serverOf(account), Door::Imap, account, ip, "home");
        }
    }
}

/// Many tries from a few addresses until fail2ban bites; hours later one try each from many, at the same accounts.
void addAdapts(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    const auto accounts = stage.company.someAccounts(rng, static_cast<std::size_t>(rng.between(20, 60)));
    Campaign loud = campaign(stage, "adapts-loud", "brute-force", 1, static_cast<double>(rng.between(3, 6)));
    loud.sources = stage.scaled(static_cast<std::size_t>(rng.between(20, 60)));
    loud.visitsPerSource = 12;
    loud.triesPerVisit = 3;
    loud.accounts = accounts;
    Campaign quiet = campaign(stage, "adapts-quiet", "distributed-guessing", static_cast<double>(rng.between(8, 14)), static_cast<double>(rng.between(4, 9)));
    quiet.sources = stage.scaled(static_cast<std::size_t>(rng.between(600, 2'000)));
    quiet.accounts = accounts;
    quiet.opened = 1;
    Attack whole; // to its author it is one attack
    whole.id = "adapts";
    whole.kind = "distributed-guessing";
    for (const Campaign& part : {loud, quiet}) {
        const Attack& done = addCampaign(stage, part);
        whole.sources.insert(done.sources.begin(), done.sources.end());
        whole.accounts.insert(done.accounts.begin(), done.accounts.end());
        whole.opened.insert(done.opened.begin(), done.opened.end());
        whole.attempts += done.attempts;
        whole.when = {whole.attempts == done.attempts ? done.when.begin : whole.when.begin, done.when.end};
    }
    stage.truth.attacks = {std::move(whole)};
}

void addNothing(Stage&) {}

/// Everybody has to change the password; many type the old one once or twice.
void addPasswordChange(Stage& stage)
{
    Rng rng = stage.rng.fork("password change");
    const int day = attackDay(stage);
    for (std::size_t i = 0; i < stage.company.mailboxes().size(); ++i) {
        if (!rng.perMille(300)) {
            continue;
        }
        const Mailbox& box = stage.company.mailboxes()[i];
        const bool desk = box.habit == Habit::Desk;
        const IpAddress ip = desk ? stage.company.offices()[box.office] : stage.company.homeAddress(i, day);
        const char* role = desk ? "office" : "home";
        Instant when = Stage::within(rng, {stage.at(day, 3.5), stage.at(day, 11)});
        for (std::int64_t n = rng.between(1, 2); n > 0; --n) {
            stage.honestMistake(when, box.server, Door::Imap, box.account, ip, role);
            when += seconds(rng.between(15, 90));
        }
        stage.goodLogin(when, box.server, Door::Imap, box.account, ip, role);
    }
}

/// A check of the monitoring whose password nobody has set right.
void addMonitoringProbe(Stage& stage)
{
    const IpAddress monitor = *IpAddress::parse("192.0.2.40");
    for (Instant when = stage.at(1, 0); when < stage.end(); when += minutes(15)) {
        stage.honestMistake(when, 0, Door::Imap, "probe@example.com", monitor, "monitoring");
    }
}

void addMassMailing(Stage& stage)
{
    Rng rng = stage.rng.fork("mass mailing");
    const std::string account = stage.company.someAccounts(rng, 1).front();
    const IpAddress office = stage.company.offices()[1];
    const Instant begin = stage.at(attackDay(stage), 5);
    for (std::size_t i = 0; i < stage.scaled(700); ++i) {
        const Fate fate = rng.perMille(30) ? Fate::Bounced : Fate::Delivered;
        stage.send(begin + seconds(3 * static_cast<std::int64_t>(i)), account, office,
                   {{"customer" + std::to_string(i) + "@example.net", fate}});
    }
    stage.truth.innocents[office].insert("office");
}

/// A webmail server in front: from one day on, everybody comes from its one address, mistakes included.
void addWebmail(Stage& stage)
{
    Rng rng = stage.rng.fork("webmail");
    const IpAddress webmail = *IpAddress::parse("192.0.2.60");
    for (int day = 3; day < stage.options.days; ++day) {
        for (std::size_t i = 0; i < stage.scaled(250); ++i) {
            const Mailbox& box = stage.company.mailboxes()[rng.below(stage.company.mailboxes().size())];
            Instant when = Stage::within(rng, {stage.at(day, 3), stage.at(day, 14)});
            if (rng.perMille(60)) {
                stage.honestMistake(when, box.server, Door::Imap, box.account, webmail, "webmail");
                when += seconds(20);
            }
            stage.goodLogin(when, box.server, Door::Imap, box.account, webmail, "webmail");
        }
    }
}

/// A server is moved: a flood of reconnections in the first hour, each phone and programme at once.
void addServerMove(Stage& stage)
{
    Rng rng = stage.rng.fork("server move");
    const int day = attackDay(stage);
    for (std::size_t i = 0; i < stage.company.mailboxes().size(); ++i) {
        if (!rng.perMille(400)) {
            continue;
        }
        const Mailbox& box = stage.company.mailboxes()[i];
        const bool phone = box.habit == Habit::Phone;
        const IpAddress ip = phone ? stage.company.phoneAddress(i, day) : stage.company.offices()[box.office];
        stage.goodLogin(Stage::within(rng, {stage.at(day, 3.5), stage.at(day, 4.5)}), 0, Door::Imap, box.account, ip,
                        phone ? "mobile" : "office");
    }
}

/// Ten minutes of guessing, fifty of silence, for a working day.
void addPulsed(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    const auto accounts = stage.company.someAccounts(rng, 45);
    Campaign all = campaign(stage, "pulsed", "distributed-guessing", 3, 9);
    std::set<IpAddress> taken;
    for (int pulse = 0; pulse < 9; ++pulse) {
        Campaign c = campaign(stage, "pulse-" + std::to_string(pulse), "distributed-guessing", 3.0 + pulse, 1.0 / 6);
        c.sources = stage.scaled(70);
        c.accounts = accounts;
        c.origins = kAnywhere;
        addCampaign(stage, c);
    }
    // To its author it is one attack.
    Attack whole;
    whole.id = all.id;
    whole.kind = all.kind;
    for (const Attack& pulse : stage.truth.attacks) {
        whole.sources.insert(pulse.sources.begin(), pulse.sources.end());
        whole.accounts.insert(pulse.accounts.begin(), pulse.accounts.end());
        whole.attempts += pulse.attempts;
        whole.when.begin = whole.when == TimeRange{} ? pulse.when.begin : std::min(whole.when.begin, pulse.when.begin);
        whole.when.end = std::max(whole.when.end, pulse.when.end);
    }
    stage.truth.attacks = {std::move(whole)};
}

void addRamp(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    const auto accounts = stage.company.someAccounts(rng, 70);
    Attack whole;
    whole.id = "ramp";
    whole.kind = "distributed-guessing";
    for (int step = 0; step < 6; ++step) { // two hours each: 15, 30, 60 ... addresses
        Campaign c = campaign(stage, "ramp-" + std::to_string(step), "distributed-guessing", 2.0 * step, 2);
        c.sources = stage.scaled(static_cast<std::size_t>(15) << step);
        c.accounts = accounts;
        c.origins = kAnywhere;
        const Attack& part = addCampaign(stage, c);
        whole.sources.insert(part.sources.begin(), part.sources.end());
        whole.accounts.insert(part.accounts.begin(), part.accounts.end());
        whole.attempts += part.attempts;
        whole.when = {step == 0 ? part.when.begin : whole.when.begin, part.when.end};
    }
    stage.truth.attacks = {std::move(whole)};
}

void addWeekendDrip(Stage& stage)
{
    Rng rng = stage.rng.fork("sizes");
    Campaign c = campaign(stage, "weekend-drip", "distributed-guessing", 0, 48);
    int day = attackDay(stage);
    while (day > 0 && std::chrono::weekday(std::chrono::floor<std::chrono::days>(stage.at(day, 0))) != std::chrono::Saturday) {
        --day;
    }
    c.when = {stage.at(day, 0), stage.at(day + 2, 0)};
    c.sources = 300;
    c.accounts = stage.company.someAccounts(rng, 20);
    addCampaign(stage, c);
}

/// 60 people sit in a network that nobody came from before; some type the password wrong on the first day.
void addNewOffice(Stage& stage)
{
    Rng rng = stage.rng.fork("new office");
    const IpAddress office = stage.pool.draw(rng, {'I', 'N'});
    for (int day = attackDay(stage); day < stage.options.days; ++day) {
        for (std::size_t i = 0; i < 60; ++i) {
            const Mailbox& box = stage.company.mailboxes()[i * 7 % stage.company.mailboxes().size()];
            Instant when = Stage::within(rng, {stage.at(day, 3.5), stage.at(day, 11)});
            if (rng.perMille(day == attackDay(stage) ? 300 : 30)) {
                stage.honestMistake(when, box.server, Door::Imap, box.account, office, "office");
                when += seconds(rng.between(10, 90));
            }
            stage.goodLogin(when, box.server, Door::Imap, box.account, office, "office");
        }
    }
}

/// From one day on 300 phones come from fresh addresses of another operator; now and then a password is typed wrong.
void addCarrierChange(Stage& stage)
{
    Rng rng = stage.rng.fork("carrier");
    const Prefix operatorNetwork(stage.pool.draw(rng, {'I', 'N'}), 16);
    for (int day = attackDay(stage); day < stage.options.days; ++day) {
        for (std::size_t i = 0; i < stage.scaled(300); ++i) {
            const Mailbox& box = stage.company.mailboxes()[i * 5 % stage.company.mailboxes().size()];
            const IpAddress ip = AddressPool::inside(rng, operatorNetwork);
            Instant when = Stage::within(rng, {stage.at(day, 2), stage.at(day, 16)});
            if (rng.perMille(25)) {
                stage.honestMistake(when, box.server, Door::Imap, box.account, ip, "mobile");
                when += seconds(rng.between(10, 90));
            }
            stage.goodLogin(when, box.server, Door::Imap, box.account, ip, "mobile");
        }
    }
}

} // namespace

const std::vector<Family>& families()
{
    static const std::vector<Family> all{
        {"story", "spam through default passwords, brute force, one try an address: the whole fortnight", false, false, addStory},
        {"one-try", "one try an address, few accounts", false, false, addOneTryFewAccounts},
        {"two-tries", "two tries on each of many accounts", false, false, addTwoTriesManyAccounts},
        {"slow", "under ten tries an hour for days", false, false, addSlow},
        {"classic", "many tries an address", false, false, addClassic},
        {"spray", "one network, many accounts", false, false, addSpray},
        {"stuffing", "leaked pairs, some of them right", false, false, addStuffing},
        {"ssh", "against SSH", false, false, addSsh},
        {"ipv6", "addresses that change inside their /64 and /48", false, false, addIpv6},
        {"two-at-once", "two attacks in the same hours", false, false, addTwoAtOnce},
        {"monday-morning", "hidden in the busiest hours", false, false, addMondayMorning},
        {"own-country", "from the customers' own country", false, false, addOwnCountry},
        {"default-passwords", "mailboxes that nobody ever used open at the first guess", false, false, addDefaultPasswords},
        {"adapts", "many tries an address, then one try each, at the same accounts", false, false, addAdapts},
        {"quiet", "nothing happens", true, false, addNothing},
        {"quiet-password-change", "a day on which passwords are changed", true, false, addPasswordChange},
        {"quiet-monitoring", "a monitoring probe with a wrong password", true, false, addMonitoringProbe},
        {"quiet-mailing", "a mass mailing to customers", true, false, addMassMailing},
        {"quiet-webmail", "everybody comes through a webmail server", true, false, addWebmail},
        {"quiet-move", "a server is moved, everybody reconnects", true, false, addServerMove},
        {"pulsed", "in bursts of ten minutes, an hour apart", false, true, addPulsed},
        {"ramp", "from everywhere, slowly at first, then ever faster", false, true, addRamp},
        {"weekend-drip", "300 addresses over a weekend", false, true, addWeekendDrip},
        {"quiet-new-office", "an office opens in a network that was never seen", true, true, addNewOffice},
        {"quiet-carrier", "all phones come through another carrier from one day on", true, true, addCarrierChange},
    };
    return all;
}

Run generate(const RunOptions& options, const AddressPool& pool, StampFormat format)
{
    for (const Family& family : families()) {
        if (family.name != options.family) {
            continue;
        }
        Stage stage(options, pool);
        addQuietLife(stage);
        family.add(stage);
        Run run;
        run.lines = stage.scribe.takeLines();
        std::erase_if(run.lines, [&](const Line& line) { return line.at >= stage.end(); });
        for (const Line& line : run.lines) {
            run.rendered.push_back(stage.scribe.render(line, format));
        }
        run.truth = std::move(stage.truth);
        run.servers = stage.scribe.servers();
        run.range = {options.start, stage.end()};
        run.mailboxes = stage.company.mailboxes().size();
        return run;
    }
    throw std::invalid_argument("no such family: " + options.family);
}

} // namespace mailward::story
