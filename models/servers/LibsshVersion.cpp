// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/LibsshVersion.h"

#include <QFile>
#include <QVersionNumber>
#include <libssh/libssh.h>

namespace mailward {

namespace {

constexpr const char* kPackage = "libssh-4";
constexpr const char* kUpdate = "Update libssh: apt-get install --only-upgrade libssh-4";

/// Debian 12 added the fixes of 2026 (CVE-2026-0964 to 0968, 3731, 59843 to 59850) to 0.10.6 with its third update.
bool lacksFixes(const QVersionNumber& version, const QByteArray& revision)
{
    const qsizetype update = revision.indexOf("+deb12u");
    return version == QVersionNumber(0, 10, 6) && !revision.isEmpty() && (update < 0 || revision.mid(update + 7).toInt() < 3);
}

} // namespace

QByteArray packageRevision(const QByteArray& status, const QByteArray& package)
{
    const qsizetype begin = ('\n' + status).indexOf("\nPackage: " + package + '\n');
    if (begin < 0) {
        return {};
    }
    const qsizetype end = status.indexOf("\n\n", begin);
    for (const QByteArray& line : status.mid(begin, end < 0 ? -1 : end - begin).split('\n')) {
        if (line.startsWith("Version: ")) {
            return line.mid(9).trimmed();
        }
    }
    return {};
}

LibsshVersion judgeLibssh(const QByteArray& runtime, const QByteArray& revision)
{
    const QByteArray number = runtime.left(std::max<qsizetype>(runtime.indexOf('/'), 0));
    const QVersionNumber version = QVersionNumber::fromString(QString::fromLatin1(number));
    LibsshVersion judged;
    judged.text = QString::fromLatin1(number);
    if (!revision.isEmpty()) {
        judged.text += QStringLiteral(" (Debian %1)").arg(QString::fromLatin1(revision));
    }
    if (version < QVersionNumber(0, 10, 6)) {
        judged.warning = QStringLiteral("This libssh has known holes. %1").arg(QLatin1String(kUpdate));
    } else if (lacksFixes(version, revision)) {
        judged.warning = QStringLiteral("This libssh lacks the security fixes of 2026. %1").arg(QLatin1String(kUpdate));
    }
    return judged;
}

LibsshVersion libsshVersion()
{
    QFile status(QStringLiteral("/var/lib/dpkg/status"));
    const QByteArray text = status.open(QIODevice::ReadOnly) ? status.readAll() : QByteArray();
    return judgeLibssh(ssh_version(0), packageRevision(text, kPackage));
}

} // namespace mailward
