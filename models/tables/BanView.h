// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/core/Time.h"
#include "models/core/UntrustedText.h"
#include "models/tables/Target.h"

#include <QString>
#include <QStringList>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace mailward {

/// One server on the page Bans: what enforces there, and whether it is what was wanted.
struct BanServerView {
    QString name;
    QString backend;      ///< "nftables", "ipset" ...; empty: the server did not answer, `problem` says why
    QStringList beside;   ///< others who write rules there
    QStringList noEffect; ///< services that the back end cannot close
    std::uint64_t ours = 0;
    std::uint64_t others = 0;
    std::optional<std::uint64_t> packets{0}; ///< dropped by our rules since they were last written; nothing: not counted there
    std::uint64_t bytes = 0;
    std::uint64_t room = 0;    ///< how many more bans it takes
    std::uint64_t missing = 0; ///< confirmed by us, not there
    std::uint64_t foreign = 0; ///< in our table, from somebody else
    bool rulesChanged = false;
    std::optional<bool> survivesReboot;
    UntrustedText problem;

    [[nodiscard]] bool hasDrifted() const { return rulesChanged || missing > 0 || foreign > 0; }
};

/// The answer to "who banned this, and why?".
struct BanAnswer {
    QString text; ///< sentences of our own; foreign words in it are escaped for display
    Meaning meaning = Meaning::Plain;
};

/// Bans of a list or of a country, before they become a plan.
struct BanListView {
    QString name;                      ///< "list.txt", "China (CN)"
    std::vector<Prefix> prefixes;
    std::uint64_t unreadable = 0;      ///< lines of the list that were left out
    std::uint64_t firstUnreadable = 0; ///< 1-based
    QString problem;                   ///< why there are none
};

/// What a list is banned for and where.
struct BanListTerms {
    std::vector<std::uint16_t> ports; ///< empty: all
    std::chrono::seconds ttl{0};
    QStringList servers;
};

} // namespace mailward
