// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/LogIdentity.h"

#include <QCryptographicHash>

#include <algorithm>
#include <charconv>

namespace mailward {

namespace {

std::string sha256(QByteArrayView bytes)
{
    return QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256).toHex().toStdString();
}

} // namespace

std::string fingerprintOf(QByteArrayView head)
{
    const QByteArrayView first = head.first(std::min<qsizetype>(head.size(), kFingerprintBytes));
    return std::to_string(first.size()) + ':' + sha256(first);
}

bool fingerprintMatches(const std::string& fingerprint, QByteArrayView head)
{
    qsizetype length = 0;
    const char* const end = fingerprint.data() + fingerprint.size();
    const auto [colon, error] = std::from_chars(fingerprint.data(), end, length);
    if (error != std::errc{} || colon == end || *colon != ':' || length <= 0 || length > head.size()) {
        return false;
    }
    return fingerprint == fingerprintOf(head.first(length));
}

std::string tailHashOf(QByteArrayView bytes)
{
    return sha256(bytes.last(std::min<qsizetype>(bytes.size(), kTailBytes)));
}

} // namespace mailward
