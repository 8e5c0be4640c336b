// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace mailward {

/// All thresholds of all detectors. Each is described, with its unit, bounds and source, in settingDescriptions(). What a site
/// sets by hand is in SiteThresholds.
struct DetectSettings {
    // One source
    double loudAttempts = 6;
    double loudAlarmAttempts = 10;
    double bruteForceMinSources = 4;
    double bruteForceMinAttempts = 200;
    // One account (D1)
    double fanInHour = 5;
    double fanInDay = 8;
    double fanInHighDay = 20;
    // The whole site (D2)
    double siteBaselineDays = 3;
    double siteSigmaFloor = 2;
    double siteTargetedFloor = 1;
    double siteSlack = 0.5;
    double siteAlarm = 5;
    double siteAbsolute = 30;
    double blockTail = 0.0001;
    double quietHours = 2;
    // Who belongs to it (D3)
    double namedFrom = 0.5;
    double minSources = 20;
    double sharedAccounts = 5;
    double healMinutes = 30;
    double healAccounts = 3;
    double establishedHours = 12;
    // Kinds
    double sprayAccounts = 10;
    double sprayTriesPerAccount = 2;
    double stuffingAccountShare = 0.8;
    double stuffingUnknownShare = 0.5;
    double stuffingPerHour = 30;
    double staleAttempts = 6;
    double relayRejects = 30;
    double backscatterDay = 100;
    // Accounts
    double riskNewCountry = 25;
    double riskOrgCountry = 10;
    double riskNewNetwork = 25;
    double riskThreeCountries = 30;
    double riskFiveCountries = 50;
    double riskHop = 20;
    double riskSubmissionNetworks = 25;
    double riskSendBurst = 30;
    double riskBounces = 25;
    double riskBesieged = 50;
    double riskTried = 25;
    double riskFirstUse = 25;
    double riskAlert = 50;
    double sendPerHour = 100;
    double sendTimesUsual = 5;
    double bounceShare = 0.1;
    double bounceRecipients = 50;
    // Time
    double runningForMinutes = 120;

    bool operator==(const DetectSettings&) const = default;
};

/// One threshold as it is shown and edited.
struct SettingDescription {
    const char* name;
    double DetectSettings::* value;
    double least;
    double most;
    const char* unit;
    const char* meaning;
    const char* source; ///< where the default comes from
};

[[nodiscard]] std::span<const SettingDescription> settingDescriptions();

} // namespace mailward
