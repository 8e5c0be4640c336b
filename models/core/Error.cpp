// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/Result.h"

namespace mailward {

QString Error::toString() const
{
    return hint.isEmpty() ? text : text + QStringLiteral(" (") + hint + QLatin1Char(')');
}

QString errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput: return QStringLiteral("invalid-input");
    case ErrorCode::NotFound: return QStringLiteral("not-found");
    case ErrorCode::Permission: return QStringLiteral("permission");
    case ErrorCode::Io: return QStringLiteral("io");
    case ErrorCode::Corrupt: return QStringLiteral("corrupt");
    case ErrorCode::LimitExceeded: return QStringLiteral("limit-exceeded");
    case ErrorCode::Timeout: return QStringLiteral("timeout");
    case ErrorCode::Network: return QStringLiteral("network");
    case ErrorCode::HostKeyUnknown: return QStringLiteral("host-key-unknown");
    case ErrorCode::HostKeyChanged: return QStringLiteral("host-key-changed");
    case ErrorCode::AuthRefused: return QStringLiteral("auth-refused");
    case ErrorCode::Refused: return QStringLiteral("refused");
    case ErrorCode::Conflict: return QStringLiteral("conflict");
    case ErrorCode::Remote: return QStringLiteral("remote");
    case ErrorCode::Cancelled: return QStringLiteral("cancelled");
    case ErrorCode::Internal: return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

} // namespace mailward
