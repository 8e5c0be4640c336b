// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/MemberSigns.h"

#include <QStringList>

namespace mailward {

QString memberSignText(MemberSign sign)
{
    switch (sign) {
    case MemberSign::Loud: return QStringLiteral("failed many times in a day");
    case MemberSign::Sprayed: return QStringLiteral("its network tried a few passwords at many accounts");
    case MemberSign::BusyHours: return QStringLiteral("came while unusually many strangers failed");
    case MemberSign::Besieged: return QStringLiteral("tried an account with many strangers at the door");
    case MemberSign::SharedTarget: return QStringLiteral("tried an account that others of the attack tried");
    case MemberSign::Neighbours: return QStringLiteral("others of the attack are in its network");
    case MemberSign::Country: return QStringLiteral("the attack comes from its country far more than people here do");
    case MemberSign::LetIn: return QStringLiteral("was let in to an account that was being guessed at");
    case MemberSign::Misuse: return QStringLiteral("used an account that is in wrong hands");
    case MemberSign::Refused: return QStringLiteral("was refused again and again");
    case MemberSign::OwnerNearby: return QStringLiteral("but the account's owner comes from around there, too");
    case MemberSign::OwnerElsewhere: return QStringLiteral("but the account's owner got in elsewhere soon after");
    }
    return {};
}

QString memberReason(MemberSigns signs)
{
    QStringList words;
    for (std::size_t i = 0; i < kMemberSigns; ++i) {
        if (signs.has(static_cast<MemberSign>(i))) {
            words << memberSignText(static_cast<MemberSign>(i));
        }
    }
    return words.join(QStringLiteral("; "));
}

} // namespace mailward
