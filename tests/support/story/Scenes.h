// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/story/Stage.h"

#include <functional>
#include <utility>

namespace mailward::story {

/// Work days, homes, phones, travellers, a phone with an old password, mail in and out, every day's bots, administrators,
/// the monitoring. Looks bad here and there, and is not.
void addQuietLife(Stage& stage);

/// Countries with weights.
using Origins = std::vector<std::pair<CountryCode, unsigned>>;

/// One campaign of password guessing, in every shape that the families need.
struct Campaign {
    std::string id;
    std::string kind;
    TimeRange when;
    std::size_t sources = 100;
    int visitsPerSource = 1;
    int triesPerVisit = 1;
    std::vector<std::string> accounts;
    std::vector<std::string> strangers; ///< accounts that do not exist here, tried now and then
    unsigned strangersPerMille = 0;
    Origins origins;
    std::vector<Door> doors{Door::Submission, Door::Imap, Door::Submission, Door::Imap, Door::Pop3};
    std::size_t opened = 0; ///< accounts that are got into, some way through
    std::vector<std::string> firstHits; ///< accounts that open at the first try, each to an address that is seen this once
    std::function<IpAddress(Rng&, CountryCode)> draw; ///< empty: anywhere in the country
};
Attack& addCampaign(Stage& stage, const Campaign& campaign);

/// Mail for strangers through `accounts` from the attackers' addresses, with the bounces that come of it.
struct SpamRun {
    std::string id;
    TimeRange when;
    std::vector<std::string> accounts;
    std::size_t mailsPerAccount = 100;
    std::size_t sourcesPerAccount = 4;
    Origins origins;
};
Attack& addSpamRun(Stage& stage, const SpamRun& run);

/// What fail2ban (2 failures, 10 h) writes from `from` on: bans of an attack's loud sources, and of one office.
void addFail2ban(Stage& stage, const Attack& attack, Instant from);

} // namespace mailward::story
