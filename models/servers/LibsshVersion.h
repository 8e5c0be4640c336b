// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace mailward {

/// The SSH library that this process runs with, and whether its known holes are closed.
struct LibsshVersion {
    QString text;    ///< "0.10.6 (Debian 0.10.6-0+deb12u3)"
    QString warning; ///< below the floor: what to do; empty when all is well
};

/// Looks at the library and, on Debian, at the package database, whose revision says which fixes were added.
[[nodiscard]] LibsshVersion libsshVersion();

/// The same from `runtime` ("0.10.6/openssl/zlib") and `revision` (of Debian's package; empty: not known).
[[nodiscard]] LibsshVersion judgeLibssh(const QByteArray& runtime, const QByteArray& revision);

/// The revision of an installed package, from the text of /var/lib/dpkg/status.
[[nodiscard]] QByteArray packageRevision(const QByteArray& status, const QByteArray& package);

} // namespace mailward
