// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/detect/DetectSettings.h"
#include "models/detect/Incident.h"
#include "models/detect/ReplayJail.h"

#include <string>
#include <vector>

namespace mailward {

/// An incident that a person called a false alarm: it is told of as such from now on, and its detector is less touchy here.
struct FalseAlarm {
    std::string incident; ///< its id, as JSON text
    IncidentKind kind = IncidentKind::DistributedGuessing;
    TimeRange range;
    std::uint64_t sources = 0;
    Instant at{};
    QString by;
    std::string threshold; ///< name in settingDescriptions()
    double from = 0;
    double to = 0;
};

/// A line of the file's own history.
struct ThresholdChange {
    Instant at{};
    QString by;
    std::string what; ///< name of a threshold, or "jail"
    QString from;
    QString to;
    QString why;
};

/// What this site has decided about its detectors: thresholds.toml of the configuration folder. Thresholds set by hand, false
/// alarms that raise some of them, the jail to compare with, and who changed what when.
struct SiteThresholds {
    DetectSettings byHand;
    JailSpec jail{2, std::chrono::seconds(600), std::chrono::seconds(36'000), false, std::chrono::seconds(7 * 86'400)};
    std::vector<FalseAlarm> falseAlarms;
    std::vector<ThresholdChange> changes;

    /// What the detectors use: the values by hand, raised by the false alarms.
    [[nodiscard]] DetectSettings effective() const;

    /// Error: InvalidInput for unknown names and values out of bounds.
    [[nodiscard]] Result<void> set(std::string_view name, double value, Instant at, const QString& by);
    [[nodiscard]] Result<void> setJail(const JailSpec& spec, Instant at, const QString& by);
    /// Raises the threshold that the incident's detector stands on by half, or by less where that would have sufficed.
    void markFalseAlarm(const Incident& incident, Instant at, const QString& by);
    /// Takes the mark that fits `incident` back; false: there is none.
    bool unmarkFalseAlarm(const Incident& incident, Instant at, const QString& by);
    /// The mark of this incident, as long as it has not grown to three times its sources since; null: none.
    [[nodiscard]] const FalseAlarm* markOf(const Incident& incident) const;
    /// Incidents that were marked become Info, with the mark among their reasons.
    void apply(std::vector<Incident>& incidents) const;

    [[nodiscard]] static Result<SiteThresholds> fromToml(std::string_view text);
    [[nodiscard]] std::string toToml() const;
    /// Nothing there: the defaults. Errors: Io, InvalidInput.
    [[nodiscard]] static Result<SiteThresholds> load(const QString& path);
    /// Atomically, mode 0600. Error: Io.
    [[nodiscard]] Result<void> save(const QString& path) const;
};

} // namespace mailward
