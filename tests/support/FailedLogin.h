// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTime>

namespace mailward {

/// Postfix's line of a wrong password on mx1, `second` seconds after midnight (UTC) of 23 Nov 2026.
inline QByteArray failedLogin(int second, const QByteArray& ip, const QByteArray& account, const QByteArray& daemon = "postfix/submission/smtpd")
{
    return "2026-11-23T" + QTime(0, 0).addSecs(second).toString(QStringLiteral("hh:mm:ss")).toLatin1() + "+00:00 mx1 " + daemon + "[7]: warning: unknown[" + ip +
           "]: SASL LOGIN authentication failed: x, sasl_username=" + account + '\n';
}

} // namespace mailward
