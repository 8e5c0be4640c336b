// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/IncidentWords.h"

#include <QLocale>
#include <cmath>

namespace mailward::detect {

QString addressesText(std::uint64_t count) { return counted(count, tr("%1 address"), tr("%1 addresses")); }

QString accountsText(std::uint64_t count) { return counted(count, tr("%1 account"), tr("%1 accounts")); }

QString kindText(IncidentKind kind)
{
    switch (kind) {
    case IncidentKind::BruteForce: return tr("Brute force");
    case IncidentKind::DistributedGuessing: return tr("Distributed guessing");
    case IncidentKind::PasswordSpray: return tr("Password spray");
    case IncidentKind::CredentialStuffing: return tr("Leaked passwords tried");
    case IncidentKind::UserEnumeration: return tr("Search for account names");
    case IncidentKind::AccountCompromise: return tr("Account in wrong hands");
    case IncidentKind::OutboundSpam: return tr("Spam through accounts");
    case IncidentKind::Backscatter: return tr("Bounces for mail that nobody here sent");
    case IncidentKind::StalePassword: return tr("Old password in a device");
    case IncidentKind::SshBruteForce: return tr("SSH brute force");
    case IncidentKind::RelayProbe: return tr("Relay attempts");
    }
    return {};
}

QString triesText(double perSource)
{
    return perSource < 1.05 ? tr("one try each") : tr("%1 tries each").arg(QLocale().toString(perSource, 'f', perSource < 10 ? 1 : 0));
}

QString usualText(std::optional<double> perHour)
{
    if (!perHour) {
        return tr("the log is too young to tell what is usual");
    }
    const auto expected = std::llround(*perHour);
    return expected == 0 ? tr("at such hours next to none is usual") : expected == 1 ? tr("at such hours about one is usual") : tr("at such hours about %1 are usual").arg(expected);
}

QString durationText(std::chrono::microseconds length)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length).count();
    if (seconds < 60) {
        return tr("%1 s").arg(seconds);
    }
    if (seconds < 3600) {
        return tr("%1 min").arg(seconds / 60);
    }
    if (seconds < 86'400) {
        return tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
    }
    return tr("%1 d %2 h").arg(seconds / 86'400).arg(seconds % 86'400 / 3600);
}

} // namespace mailward::detect
