// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/DetectSettings.h"

#include <array>

namespace mailward {

namespace {

using S = DetectSettings;

// clang-format off
constexpr std::array kDescriptions{
    SettingDescription{"loudAttempts", &S::loudAttempts, 2, 1000, "attempts in 24 h", "from here on a source counts as loud", "one above fail2ban's default of 5"},
    SettingDescription{"loudAlarmAttempts", &S::loudAlarmAttempts, 2, 10'000, "attempts", "a loud source is an incident of its own", "CSF, Wazuh: 5 to 10"},
    SettingDescription{"bruteForceMinSources", &S::bruteForceMinSources, 1, 10'000, "sources", "fewer loud sources are everyday noise", "tuned on quiet fortnights"},
    SettingDescription{"bruteForceMinAttempts", &S::bruteForceMinAttempts, 1, 1e7, "attempts", "fewer loud attempts are everyday noise", "tuned on quiet fortnights"},
    SettingDescription{"fanInHour", &S::fanInHour, 2, 1000, "strangers in 1 h", "different strangers that fail at one account", "weakforced's example policy: 5"},
    SettingDescription{"fanInDay", &S::fanInDay, 2, 1000, "strangers in 24 h", "the same for slow attacks", "tuned: no false alarm in 7 quiet days"},
    SettingDescription{"fanInHighDay", &S::fanInHighDay, 2, 10'000, "strangers in 24 h", "a single account under this many is a serious attack", "tuned"},
    SettingDescription{"siteBaselineDays", &S::siteBaselineDays, 1, 28, "days", "past that is needed before the site's own rhythm is used", "Javed and Paxson, CCS 2013, shortened"},
    SettingDescription{"siteSigmaFloor", &S::siteSigmaFloor, 0.5, 100, "strangers/h", "least spread that is believed", "tuned"},
    SettingDescription{"siteTargetedFloor", &S::siteTargetedFloor, 0.25, 100, "strangers/h", "the same for strangers at accounts that exist", "tuned"},
    SettingDescription{"siteSlack", &S::siteSlack, 0, 5, "sigma", "CUSUM: excess that is let pass", "Page 1954: half of the shift sought"},
    SettingDescription{"siteAlarm", &S::siteAlarm, 1, 50, "sigma", "CUSUM: alarm above", "Page 1954: 4 to 5"},
    SettingDescription{"siteAbsolute", &S::siteAbsolute, 2, 10'000, "strangers/h", "without a past: new failing strangers that alarm", "tuned"},
    SettingDescription{"blockTail", &S::blockTail, 1e-12, 0.5, "probability", "without a past: beta-binomial tail of a block of 100 attempts", "Javed and Paxson, CCS 2013"},
    SettingDescription{"quietHours", &S::quietHours, 0.25, 48, "h", "silence that ends an attack", "tuned"},
    SettingDescription{"namedFrom", &S::namedFrom, 0.05, 0.999, "probability", "confidence from which a source is named", "even odds"},
    SettingDescription{"minSources", &S::minSources, 2, 10'000, "sources", "fewer quiet participants are no distributed attack above low", "tuned"},
    SettingDescription{"sharedAccounts", &S::sharedAccounts, 2, 1000, "accounts", "from here on a network is shared (office, carrier)", "tuned"},
    SettingDescription{"healMinutes", &S::healMinutes, 1, 1440, "min", "a success after this time makes a failure a mistake", "CrowdSec's ssh-time-based cancels likewise"},
    SettingDescription{"healAccounts", &S::healAccounts, 1, 100, "accounts", "a source that fails at more is not healed by a success", "tuned"},
    SettingDescription{"establishedHours", &S::establishedHours, 1, 720, "h", "between first and last success of a network that is trusted", "tuned"},
    SettingDescription{"sprayAccounts", &S::sprayAccounts, 3, 10'000, "accounts", "that one network fails at", "Elastic, Sentinel: 5 to 15"},
    SettingDescription{"sprayTriesPerAccount", &S::sprayTriesPerAccount, 1, 50, "tries", "more at each account is guessing, not spraying", "Elastic's Entra rules"},
    SettingDescription{"stuffingAccountShare", &S::stuffingAccountShare, 0.1, 1, "accounts/attempt", "leaked pairs are tried once each", "Elastic's Entra rules: users > addresses"},
    SettingDescription{"stuffingUnknownShare", &S::stuffingUnknownShare, 0, 1, "share", "more unknown names is enumeration", "tuned"},
    SettingDescription{"stuffingPerHour", &S::stuffingPerHour, 1, 1e6, "attempts/h", "slower is not called stuffing", "Elastic's Entra rules: 30"},
    SettingDescription{"staleAttempts", &S::staleAttempts, 2, 10'000, "attempts in 24 h", "one wrong password many times is one guess", "Dovecot's auth penalty, weakforced"},
    SettingDescription{"relayRejects", &S::relayRejects, 2, 1e6, "refusals in 24 h", "mail for strangers that one source offers", "tuned"},
    SettingDescription{"backscatterDay", &S::backscatterDay, 2, 1e7, "bounces in 24 h", "for mail that nobody here has sent", "tuned"},
    SettingDescription{"riskNewCountry", &S::riskNewCountry, 0, 100, "points", "a country that the account never came from", "loganom, weakforced"},
    SettingDescription{"riskOrgCountry", &S::riskOrgCountry, 0, 100, "points", "the same, when others of the site come from there", "tuned"},
    SettingDescription{"riskNewNetwork", &S::riskNewNetwork, 0, 100, "points", "mail from a part of the net that the account was never seen in", "tuned"},
    SettingDescription{"riskThreeCountries", &S::riskThreeCountries, 0, 100, "points", "3 or 4 unusual countries in 24 h", "loganom"},
    SettingDescription{"riskFiveCountries", &S::riskFiveCountries, 0, 100, "points", "5 or more unusual countries in 24 h", "loganom"},
    SettingDescription{"riskHop", &S::riskHop, 0, 100, "points", "from one unusual country to another within 3 h", "CrowdSec: 1,000 km in 3 h; countries, as the data has no places"},
    SettingDescription{"riskSubmissionNetworks", &S::riskSubmissionNetworks, 0, 100, "points", "5 networks that send in 1 h", "CSF LF_DISTSMTP"},
    SettingDescription{"riskSendBurst", &S::riskSendBurst, 0, 100, "points", "far more recipients an hour than usual", "Microsoft 365, CSF"},
    SettingDescription{"riskBounces", &S::riskBounces, 0, 100, "points", "a high share of recipients does not exist", "tuned"},
    SettingDescription{"riskBesieged", &S::riskBesieged, 0, 100, "points", "a stranger's log-in while many were guessing at the account", "tuned"},
    SettingDescription{"riskTried", &S::riskTried, 0, 100, "points", "the same, when one or two of an attack tried it", "tuned"},
    SettingDescription{"riskFirstUse", &S::riskFirstUse, 0, 100, "points", "a mailbox that nobody ever used is first used from where an attack comes from", "tuned"},
    SettingDescription{"riskAlert", &S::riskAlert, 1, 200, "points", "from here on the account counts as lost", "tuned"},
    SettingDescription{"sendPerHour", &S::sendPerHour, 1, 1e6, "recipients/h", "less is never a burst", "CSF: 100"},
    SettingDescription{"sendTimesUsual", &S::sendTimesUsual, 1, 1000, "times", "of the account's own busiest hours", "tuned"},
    SettingDescription{"bounceShare", &S::bounceShare, 0.01, 1, "share", "of recipients that were refused", "providers' rule of thumb: 10 %"},
    SettingDescription{"bounceRecipients", &S::bounceRecipients, 1, 1e6, "recipients in 24 h", "fewer say nothing about the share", "tuned"},
    SettingDescription{"runningForMinutes", &S::runningForMinutes, 1, 10'080, "min", "an incident without news for so long is over", "tuned"},
};
// clang-format on

} // namespace

std::span<const SettingDescription> settingDescriptions() { return kDescriptions; }

} // namespace mailward
