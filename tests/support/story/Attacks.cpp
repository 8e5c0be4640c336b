// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/story/Scenes.h"

#include <algorithm>

namespace mailward::story {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

CountryCode drawCountry(Rng& rng, const Origins& origins)
{
    std::vector<unsigned> weights;
    for (const auto& [country, weight] : origins) {
        weights.push_back(weight);
    }
    return origins[rng.weighted(weights)].first;
}

struct Source {
    IpAddress ip;
    CountryCode country;
};

/// `count` addresses, no two the same.
std::vector<Source> drawSources(Stage& stage, Rng& rng, const Campaign& campaign)
{
    std::vector<Source> sources;
    std::set<IpAddress> taken;
    for (std::size_t tries = 0; sources.size() < campaign.sources && tries < campaign.sources * 20; ++tries) {
        const CountryCode country = drawCountry(rng, campaign.origins);
        const IpAddress ip = campaign.draw ? campaign.draw(rng, country) : stage.pool.draw(rng, country);
        if (!stage.truth.innocents.contains(ip) && taken.insert(ip).second) {
            sources.push_back({ip, country});
        }
    }
    return sources;
}

void openAtOnce(Stage& stage, Attack& attack, Campaign campaign)
{
    Rng rng = stage.rng.fork(campaign.id + " first hits");
    campaign.sources = 2 * campaign.firstHits.size(); // some may have been used already
    std::vector<Source> sources = drawSources(stage, rng, campaign);
    std::erase_if(sources, [&](const Source& source) { return attack.sources.contains(source.ip); });
    for (std::size_t i = 0; i < campaign.firstHits.size() && i < sources.size(); ++i) {
        const TimeRange later{campaign.when.begin + campaign.when.length() / 2, campaign.when.end};
        stage.open(attack, Stage::within(rng, later), rng.pick(campaign.doors), campaign.firstHits[i], sources[i].ip, sources[i].country);
    }
}

} // namespace

Attack& addCampaign(Stage& stage, const Campaign& campaign)
{
    Rng rng = stage.rng.fork(campaign.id);
    Attack attack;
    attack.id = campaign.id;
    attack.kind = campaign.kind;
    const std::vector<Source> sources = drawSources(stage, rng, campaign);
    std::size_t next = 0; // accounts in turn, so that each gets its share
    for (const Source& source : sources) {
        for (int visit = 0; visit < campaign.visitsPerSource; ++visit) {
            const bool stranger = !campaign.strangers.empty() && rng.perMille(campaign.strangersPerMille);
            const std::string& account = stranger ? rng.pick(campaign.strangers) : campaign.accounts[next++ % campaign.accounts.size()];
            const Instant when = Stage::within(rng, campaign.when);
            const Door door = rng.pick(campaign.doors);
            stage.guess(attack, when, door, account, source.ip, source.country, !stranger, campaign.triesPerVisit);
        }
    }
    for (std::size_t i = 0; i < campaign.opened && i < campaign.accounts.size() && !sources.empty(); ++i) {
        const Source& lucky = sources[rng.below(sources.size())];
        const TimeRange later{campaign.when.begin + campaign.when.length() / 2, campaign.when.end};
        const Instant when = Stage::within(rng, later);
        stage.open(attack, when, rng.pick(campaign.doors), campaign.accounts[i], lucky.ip, lucky.country);
    }
    openAtOnce(stage, attack, campaign);
    stage.truth.attacks.push_back(std::move(attack));
    return stage.truth.attacks.back();
}

Attack& addSpamRun(Stage& stage, const SpamRun& run)
{
    Rng rng = stage.rng.fork(run.id);
    Attack attack;
    attack.id = run.id;
    attack.kind = "outbound-spam";
    for (const std::string& account : run.accounts) {
        std::vector<Source> sources;
        for (std::size_t i = 0; i < run.sourcesPerAccount; ++i) {
            const CountryCode country = drawCountry(rng, run.origins);
            sources.push_back({stage.pool.draw(rng, country), country});
        }
        stage.open(attack, run.when.begin + seconds(rng.between(0, 600)), Door::Imap, account, sources[0].ip, sources[0].country);
        const TimeRange sending{run.when.begin + seconds(900), run.when.end};
        for (std::size_t i = 0; i < run.mailsPerAccount; ++i) {
            const Source& source = rng.pick(sources);
            const Instant when = Stage::within(rng, sending);
            std::vector<Recipient> to;
            for (std::int64_t n = rng.between(1, 3); n > 0; --n) {
                std::string name("u");
                name += std::to_string(rng.below(100'000));
                name += rng.perMille(500) ? "@example.net" : "@example.org";
                to.push_back({std::move(name), rng.perMille(450) ? Fate::Bounced : Fate::Delivered});
            }
            const Submitted sent = stage.send(when, account, source.ip, to);
            attack.noteUse(source.ip, source.country, when);
            ++attack.mails;
            attack.bounces += static_cast<std::uint32_t>(sent.bounced);
        }
        attack.accounts.insert(account);
    }
    stage.truth.attacks.push_back(std::move(attack));
    return stage.truth.attacks.back();
}

void addFail2ban(Stage& stage, const Attack& attack, Instant from)
{
    const auto ban = [&](IpAddress ip, Instant when, seconds duration) {
        for (std::uint32_t server = 0; server < stage.options.servers; ++server) {
            stage.scribe.ban(when + std::chrono::milliseconds(400 + 10 * server), server, "dovecot", ip);
            stage.scribe.ban(when + duration, server, "dovecot", ip, true);
        }
    };
    for (const auto& [ip, part] : attack.sources) {
        if (part.attempts >= 2 && part.last > from) {
            ban(ip, std::max(part.last, from), hours(10));
        }
    }
    // The phone with the old password sits in this office; the administrators hear of it soon.
    ban(stage.company.offices().front(), from + seconds(1'900), minutes(12));
}

} // namespace mailward::story
