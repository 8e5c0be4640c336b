// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Hostile.h"

#include <optional>

namespace mailward::detect {

/// A source that belongs to a group.
struct GroupMember {
    std::uint32_t address = 0;
    double confidence = 0;
    MemberSigns signs;
};

inline constexpr double kCertain = 0.99; ///< of a source that needs no others to be told by

/// Hostile attempts that one detector has explained, as indexes into the tape in the order of time.
struct AttackGroup {
    IncidentKind kind = IncidentKind::BruteForce;
    Door door = Door::Mail;
    std::vector<std::uint32_t> attempts;
    std::vector<GroupMember> members;       ///< by address; empty: all of them certain, see signsOfAll()
    std::vector<std::uint32_t> fanAccounts; ///< with an account fan-in, sorted
    std::int64_t alarm = 0;
    bool everyday = false;      ///< such a thing happens here all the time
    std::optional<double> expectedPerHour; ///< new strangers that are usual at such hours; nothing: the log is too young to tell
    bool siteChange = false;
    bool operatorWide = false; ///< of a spray: from all over one network operator
};

/// Of each source of a group without a list of members.
[[nodiscard]] inline MemberSigns signsOfAll(const AttackGroup& group)
{
    return group.kind == IncidentKind::PasswordSpray ? MemberSign::Sprayed : MemberSign::Loud;
}

/// Networks (/24, /64) that try a few passwords at many accounts. Takes what it explains out of `hostile`.
[[nodiscard]] std::vector<AttackGroup> takeSprays(const Tape& tape, Hostile& hostile, const DetectSettings& settings);

/// Network operators (AS) whose scattered addresses try a few passwords at many accounts that exist. Not where people here come from,
/// nor shared networks: there a failure is somebody's mistake. Takes what it explains out of `hostile`; to be asked last, since of
/// any large wave some part comes from one operator.
[[nodiscard]] std::vector<AttackGroup> takeOperatorSprays(const Tape& tape, Hostile& hostile, const Standing& standing, const DetectSettings& settings);

/// Sources with many attempts, grouped by time. Takes what it explains out of `hostile`.
[[nodiscard]] std::vector<AttackGroup> takeLoudSources(const Tape& tape, Hostile& hostile, Door door, const DetectSettings& settings);

} // namespace mailward::detect
