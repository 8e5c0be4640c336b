// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Detection.h"
#include "models/store/EventColumns.h"
#include "tests/support/story/Families.h"

#include <memory>
#include <optional>

namespace mailward::story {

/// What one run of a family came to, by the generator's own truth.
struct Score {
    double membersNamed = 1;        ///< worst of its attacks, 0 to 1
    std::size_t innocents = 0;      ///< innocent sources that there are
    std::size_t innocentsNamed = 0; ///< by any incident
    std::size_t sharedNamed = 0;    ///< among them offices, shared phones, webmail and monitoring
    std::optional<double> alarmMinutes; ///< after the start of the latest-noticed attack
    std::optional<double> seenMinutes;    ///< the same, found by cutting the log short: an incident above info names half of those that came
    std::optional<double> seriousMinutes; ///< the same for an incident above low
    std::size_t missedAttacks = 0;
    std::vector<double> cards;  ///< of each attack: incidents above info that name more than one in a hundred of its sources
    std::size_t kindsRight = 0; ///< attacks whose largest card bears the author's name for it
    std::size_t opened = 0;
    std::size_t openedNamed = 0;
    std::size_t openedWrongly = 0;
    std::size_t bounces = 0;       ///< own ones
    std::size_t bouncesTraced = 0; ///< with the account that caused them
    std::size_t strays = 0;        ///< bounces for mail that nobody here sent
    std::size_t straysBlamed = 0;  ///< on an account
    Severity worst = Severity::Info;
    double seconds = 0; ///< of findIncidents()
    std::vector<std::string> remarks; ///< each attack missed, and each innocent and account named wrongly
};

/// Lines of a run through the parser and the correlator into columns, as an import takes them.
[[nodiscard]] std::shared_ptr<const ColumnsSnapshot> parseRun(const Run& run, GeoLookup geo);

[[nodiscard]] Score scoreRun(const Run& run, const std::vector<Incident>& incidents);

/// Adds what the correlator made of the run's bounces.
void scoreBounces(const Run& run, const ColumnsSnapshot& data, Score& score);

/// Parses, detects, scores.
[[nodiscard]] Score play(const Run& run, const GeoLookup& geo);

} // namespace mailward::story
