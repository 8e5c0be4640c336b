// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/HostKey.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

namespace mailward {

namespace {

constexpr int kWidth = 17;
constexpr int kHeight = 9;

QString framed(const QString& label)
{
    const QString inner = QLatin1Char('[') + label.left(kWidth - 2) + QLatin1Char(']');
    const qsizetype left = (kWidth - inner.size()) / 2;
    return QLatin1Char('+') + QString(left, QLatin1Char('-')) + inner +
           QString(kWidth - inner.size() - left, QLatin1Char('-')) + QLatin1Char('+');
}

} // namespace

QString hostKeyStateName(HostKeyState state)
{
    switch (state) {
    case HostKeyState::Known:
        return QStringLiteral("known");
    case HostKeyState::Unknown:
        return QStringLiteral("unknown");
    case HostKeyState::Changed:
        return QStringLiteral("changed");
    case HostKeyState::OtherType:
        return QStringLiteral("other-type");
    case HostKeyState::Revoked:
        return QStringLiteral("revoked");
    case HostKeyState::Error:
        break;
    }
    return QStringLiteral("error");
}

QString sha256Fingerprint(const QByteArray& keyBlob)
{
    const QByteArray hash = QCryptographicHash::hash(keyBlob, QCryptographicHash::Sha256);
    return QStringLiteral("SHA256:") +
           QString::fromLatin1(hash.toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals));
}

QString randomart(const QByteArray& keyBlob, const QString& title)
{
    // The walk of OpenSSH: two bits a step, lowest first; a field counts its visits; S and E mark start and
    // end.
    static constexpr std::string_view kMarks = " .o+=*BOX@%&#/^SE";
    const int last = static_cast<int>(kMarks.size()) - 1;
    std::array<std::array<int, kWidth>, kHeight> field{};
    int x = kWidth / 2;
    int y = kHeight / 2;
    const auto at = [&](int column, int row) -> int& {
        return field[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
    };
    for (const char byte : QCryptographicHash::hash(keyBlob, QCryptographicHash::Sha256)) {
        auto bits = static_cast<unsigned char>(byte);
        for (int step = 0; step < 4; ++step, bits = static_cast<unsigned char>(bits >> 2)) {
            x = std::clamp(x + ((bits & 1) != 0 ? 1 : -1), 0, kWidth - 1);
            y = std::clamp(y + ((bits & 2) != 0 ? 1 : -1), 0, kHeight - 1);
            if (at(x, y) < last - 2) {
                ++at(x, y);
            }
        }
    }
    at(kWidth / 2, kHeight / 2) = last - 1;
    at(x, y) = last;
    QString out = framed(title) + QLatin1Char('\n');
    for (const auto& row : field) {
        out += QLatin1Char('|');
        for (const int visits : row) {
            out += QLatin1Char(kMarks[static_cast<std::size_t>(visits)]);
        }
        out += QLatin1String("|\n");
    }
    return out + framed(QStringLiteral("SHA256"));
}

} // namespace mailward
