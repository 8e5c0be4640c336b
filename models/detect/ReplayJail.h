// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Incident.h"
#include "models/store/ColumnsSnapshot.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace mailward {

/// A fail2ban jail. `increment`: each further ban of an address lasts twice as long (fail2ban's own formula), up to `maxBan`.
struct JailSpec {
    std::uint32_t maxretry = 5;
    std::chrono::seconds findtime{600};
    std::chrono::seconds bantime{600};
    bool increment = false;
    std::chrono::seconds maxBan{7 * 86'400};

    bool operator==(const JailSpec&) const = default;
};

/// What would have been stopped, and whom it would have cut off.
struct ReplayResult {
    double attemptsStoppedPct = 0; ///< of the participants' attempts
    double sourcesStoppedPct = 0;  ///< participants with at least one attempt stopped
    std::uint64_t bans = 0;
    std::uint64_t goodLoginsCut = 0;
    std::uint64_t accountsCut = 0;
    std::optional<Instant> firstStoppedAt;
    std::vector<std::string> openedPrevented; ///< raw account names
    struct Cut {
        Instant at{};
        std::string account;
        IpAddress ip;
    };
    std::vector<Cut> examplesCut; ///< at most 10, the earliest
};

/// What a jail would have done about one incident.
struct JailEffect {
    std::uint64_t attempts = 0; ///< of its sources, from its start to its end
    std::uint64_t attemptsStopped = 0;
    std::uint64_t sourcesStopped = 0; ///< with at least one attempt stopped

    [[nodiscard]] double percent() const { return attempts == 0 ? 0 : 100.0 * static_cast<double>(attemptsStopped) / static_cast<double>(attempts); }
};

/// The same jail beside each incident, in one run over the log; one for one. Incidents without attempts of sources keep zeros.
struct JailComparison {
    std::vector<JailEffect> effects;
    std::uint64_t goodLoginsCut = 0;
    std::uint64_t accountsCut = 0;
};

namespace detect {
struct Tape;
}
[[nodiscard]] JailComparison compareJail(const detect::Tape& tape, const std::vector<Incident>& incidents, const JailSpec& jail);

/// Runs the jail over the log. Attackers are the participants of `incidents`; everybody else's successes are good log-ins.
/// A banned address is out of every service. Pure.
[[nodiscard]] ReplayResult replayJail(const ColumnsSnapshot& data, const std::vector<Incident>& incidents, const JailSpec& jail);

} // namespace mailward
