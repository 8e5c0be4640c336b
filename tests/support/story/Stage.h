// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/story/Company.h"
#include "tests/support/story/Scribe.h"
#include "tests/support/story/Truth.h"

namespace mailward::story {

struct RunOptions {
    std::string family = "story";
    std::uint64_t seed = 1;
    Instant start{}; ///< midnight UTC of the first day
    int days = 14;   ///< 1 to kMaxDays
    /// How busy: 1 is a demo's size (2,500 mailboxes, about 100,000 lines a fortnight); attacks scale with it too.
    double scale = 1;
    std::uint32_t servers = 2;
    // Another shape of traffic than the one that thresholds were tuned on.
    bool roundTheClock = false;      ///< three shifts, and weekends like other days
    double bots = 1;                 ///< how many more of the bots of every day
    unsigned mistakesPerMille = 12;  ///< of the sittings begin with a wrong password
};

/// What every scene of a run writes on: the people, the log and the truth.
class Stage
{
public:
    Stage(const RunOptions& options, const AddressPool& addresses);

    RunOptions options;
    const AddressPool& pool;
    Rng rng;
    Company company;
    Scribe scribe;
    Truth truth;

    /// `day` counts from 0; hours may have a fraction and pass midnight.
    [[nodiscard]] Instant at(int day, double hour) const;
    [[nodiscard]] Instant end() const { return at(options.days, 0); }
    /// Too late for a visit that begins now to be wholly in the log.
    [[nodiscard]] bool isOver(Instant when) const { return when + std::chrono::minutes(2) >= end(); }
    [[nodiscard]] std::size_t scaled(std::size_t count) const;
    /// A moment in begin ... end, evenly.
    [[nodiscard]] static Instant within(Rng& rng, TimeRange range);

    // One visit each, written down in the log and in the truth.
    void goodLogin(Instant when, std::uint32_t server, Door door, const std::string& account, IpAddress ip, const char* role);
    void honestMistake(Instant when, std::uint32_t server, Door door, const std::string& account, IpAddress ip, const char* role);
    void guess(Attack& attack, Instant when, Door door, const std::string& account, IpAddress ip, CountryCode country,
               bool exists = true, int tries = 1);
    /// The guess that was right.
    void open(Attack& attack, Instant when, Door door, const std::string& account, IpAddress ip, CountryCode country);
    Submitted send(Instant when, const std::string& account, IpAddress ip, const std::vector<Recipient>& to);
};

} // namespace mailward::story
