// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace mailward {

/// Folders of one run. Passed down from main(); nothing below looks at the environment by itself.
struct DataPaths {
    QString share;  ///< read-only data that we ship: geo/, map/, demo/
    QString config; ///< profiles, known hosts, allow-list, users' rule packs (0700)
    QString state;  ///< database, journal, audit log (0700)

    /// `home` (from --home, empty = the user's XDG folders) holds config/ and state/; `share` is $MAILWARD_SHARE, else
    /// ../share/mailward beside the executable, else /usr/share/mailward. Creates config and state with mode 0700.
    [[nodiscard]] static DataPaths locate(const QString& home = {});
};

} // namespace mailward
