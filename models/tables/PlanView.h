// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Time.h"
#include "models/core/UntrustedText.h"
#include "models/tables/Target.h"

#include <QString>
#include <QStringList>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace mailward {

/// Draft: being put together. Applied: waits for a person's word, the server undoes it by itself at `deadline`.
enum class PlanState : std::uint8_t { Empty, Draft, Working, AwaitingConfirm, Confirmed, Reverted, Lifted, Failed };

struct PlanItem {
    Target target; ///< address, network, AS or country
    UntrustedText label;
};

struct PlanServer {
    QString name;
    bool chosen = true;
    bool ready = true; ///< false: `why` says what is missing
    QString why;
};

/// One of the plans that an incident is answered with; its name is "gentle", "balanced" or "hard".
struct PlanOffer {
    QString name;
    std::uint64_t prefixes = 0;
    double coveredPercent = 0;     ///< of the incident's sources
    double nextCoveredPercent = 0; ///< of the sources that come next, as measured on those that came last
    std::uint64_t peopleCut = 0;
    std::uint64_t peopleCutOnlyHere = 0;
};

/// The tray at the bottom of Triage.
struct PlanView {
    PlanState state = PlanState::Empty;
    QString id; ///< of the applied plan
    std::vector<PlanItem> items;
    std::vector<std::uint16_t> ports;
    std::chrono::seconds ttl{0};
    std::vector<PlanServer> servers;
    std::vector<PlanOffer> offers; ///< when the plan answers an incident, from gentle to hard
    int chosenOffer = -1;          ///< index into `offers`
    QString answers;               ///< title of that incident
    std::optional<double> coveredPercent;      ///< of the attackers
    std::optional<std::uint64_t> peopleCutOff; ///< nothing: not computed yet
    std::optional<Instant> deadline;           ///< self-undo, with AwaitingConfirm
    std::uint64_t windowSeconds = 0;           ///< whole length of that countdown
    UntrustedText message; ///< progress, or what went wrong; may hold a server's words
    QString hint;
};

/// One server of the preview.
struct PreviewServer {
    QString name;
    UntrustedText commands; ///< exactly what will be sent
    std::vector<QString> notes; ///< canary, already enforced, nothing to do ...
};

/// A ban that the guards refused, with the reason.
struct PreviewRefusal {
    UntrustedText what;
    QString why;
};

/// All that must be seen before Apply. Whom it cuts off comes as a CutOffTableModel.
struct PreviewView {
    QString title; ///< "14 prefixes · ports 465 587 · 24 h"
    std::vector<PreviewServer> servers;
    std::vector<PreviewRefusal> refusals;
    std::vector<QString> warnings;
    std::uint64_t addressesHit = 0;
    std::uint64_t failuresHit = 0; ///< of the shown history
    std::uint64_t loginsCut = 0;   ///< good logins of the period that would have been cut
    std::uint64_t peopleCut = 0;
    std::uint64_t peopleCutOnlyHere = 0;
    int periodDays = 30;
    std::uint64_t confirmSeconds = 120;
    std::uint64_t typeToApply = 0; ///< so many people lose their only way in: the number is to be typed; 0: nobody
    bool liftsOnly = false; ///< lets somebody in and bans nobody: done at once, nothing to confirm
    bool mayApply = true; ///< false: every ban was refused, or no server is ready
};

} // namespace mailward
