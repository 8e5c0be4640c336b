// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/CountryCode.h"
#include "models/core/IpAddress.h"
#include "models/core/Time.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace mailward::story {

/// What one address did in an attack.
struct Part {
    CountryCode country = kNoCountry; ///< from where it was drawn
    std::uint32_t attempts = 0;
    Instant first{};
    Instant last{};
};

/// One attack as its author knows it.
struct Attack {
    std::string id;   ///< unique within the run, such as "day-13-distributed"
    std::string kind; ///< as the findings call it: distributed-guessing, brute-force, outbound-spam ...
    TimeRange when;
    std::map<IpAddress, Part> sources;
    std::set<std::string> accounts; ///< tried, or misused
    std::map<std::string, Instant> opened;
    std::uint32_t attempts = 0;
    std::uint32_t mails = 0;
    std::uint32_t bounces = 0; ///< recipients that were refused; one mail may have several

    /// Counts one password that was tried (wrong or right).
    void note(IpAddress ip, CountryCode country, const std::string& account, Instant at, std::uint32_t tries = 1);
    /// Somebody used an account that he had opened: a source, but no guess.
    void noteUse(IpAddress ip, CountryCode country, Instant at);
};

/// One mail that came back to its sender.
struct Bounce {
    Instant at;
    std::string account;
    std::string queueId;
    std::string bounceId;
};

/// Everything that the generator knows about its own run.
struct Truth {
    std::vector<Attack> attacks;
    std::map<IpAddress, std::set<std::string>> innocents; ///< address -> roles: office, home, mobile, traveller ...
    std::set<IpAddress> noise;                            ///< bots of every day: no attack, and nobody's friend
    std::vector<Bounce> bounces;                          ///< own ones, with the account that caused them
    std::uint32_t backscatter = 0;
    std::uint32_t failures = 0; ///< wrong passwords, each counted once, attacks included
    std::uint32_t successes = 0;

    /// JSON Lines: "run", then one "incident", "innocent", "noise" and "bounce" object each.
    [[nodiscard]] std::string toJsonLines(const std::string& family, std::uint64_t seed, TimeRange range,
                                          const std::vector<std::string>& servers, std::size_t lines,
                                          std::size_t mailboxes) const;
};

} // namespace mailward::story
