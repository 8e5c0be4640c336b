// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/MemberSigns.h"

#include <QCoreApplication>
#include <QStringList>

namespace mailward {

namespace {

const char* englishOf(MemberSign sign)
{
    switch (sign) {
    case MemberSign::Loud: return QT_TRANSLATE_NOOP("mailward", "failed many times in a day");
    case MemberSign::Sprayed: return QT_TRANSLATE_NOOP("mailward", "its network tried a few passwords at many accounts");
    case MemberSign::BusyHours: return QT_TRANSLATE_NOOP("mailward", "came while unusually many strangers failed");
    case MemberSign::Besieged: return QT_TRANSLATE_NOOP("mailward", "tried an account with many strangers at the door");
    case MemberSign::SharedTarget: return QT_TRANSLATE_NOOP("mailward", "tried an account that others of the attack tried");
    case MemberSign::Neighbours: return QT_TRANSLATE_NOOP("mailward", "others of the attack are in its network");
    case MemberSign::Country: return QT_TRANSLATE_NOOP("mailward", "the attack comes from its country far more than people here do");
    case MemberSign::LetIn: return QT_TRANSLATE_NOOP("mailward", "was let in to an account that was being guessed at");
    case MemberSign::Misuse: return QT_TRANSLATE_NOOP("mailward", "used an account that is in wrong hands");
    case MemberSign::Refused: return QT_TRANSLATE_NOOP("mailward", "was refused again and again");
    case MemberSign::OwnerNearby: return QT_TRANSLATE_NOOP("mailward", "but the account's owner comes from around there, too");
    case MemberSign::OwnerElsewhere: return QT_TRANSLATE_NOOP("mailward", "but the account's owner got in elsewhere soon after");
    }
    return "";
}

} // namespace

QString memberSignText(MemberSign sign) { return QCoreApplication::translate("mailward", englishOf(sign)); }

QString memberReason(MemberSigns signs)
{
    QStringList words;
    for (std::size_t i = 0; i < kMemberSigns; ++i) {
        if (const auto sign = static_cast<MemberSign>(i); signs.has(sign)) {
            words << memberSignText(sign);
        }
    }
    return words.join(QStringLiteral("; "));
}

} // namespace mailward
