// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/core/Time.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <string>
#include <vector>

namespace mailward {

/// Something that an attacker would try, and what to call it. `text` may hold %n (the name before the @), %N (its first letter
/// in upper case), %d (the domain without its last part), %D (its first letter in upper case), %% (a percent sign).
struct WeakCandidate {
    QString kind; ///< "default", "name", "domain", "season", "common", "keyboard"
    std::string text;

    bool operator==(const WeakCandidate&) const = default;
};

inline constexpr std::size_t kMostCandidates = 200;

/// The company's own defaults first, then variants of name and domain, seasons and years around `now`, and what leads every
/// leaked list; without repeats, at most `most`. InvalidInput: a default that has control characters or more than 128 bytes.
[[nodiscard]] Result<std::vector<WeakCandidate>> weakCandidates(const QStringList& companyDefaults, Instant now, std::size_t most = 50);
/// "the company's default password", for the kind of a candidate.
[[nodiscard]] QString weakKindText(const QString& kind);

/// What a test costs on a server, by scheme.
struct AuditCost {
    struct Scheme {
        QString name;           ///< "SHA512-CRYPT"
        unsigned cost = 0;
        std::size_t accounts = 0;
        double msPerTry = 0;    ///< measured there just now
        bool testable = true;   ///< false: the server's perl does not know it; those accounts are not tested
    };
    std::vector<Scheme> schemes;
    std::size_t candidates = 0;
    [[nodiscard]] std::size_t accounts() const;
    [[nodiscard]] std::chrono::seconds duration() const; ///< of one core
    /// More than six minutes of one core: ask before it starts.
    [[nodiscard]] bool isCostly() const;
    /// At the lowest priority, so longer on a busy server. "2,500 accounts x 50 candidates: at least 2 h 43 min of one core (BLF-CRYPT 12: 4.7 s an account)."
    [[nodiscard]] QString text() const;
};

/// What came back: names and kinds, nothing else.
struct WeakFinding {
    std::string account;
    QString backend;
    QString kind;

    bool operator==(const WeakFinding&) const = default;
};

struct WeakAudit {
    std::vector<WeakFinding> findings; ///< sorted by account
    std::size_t tested = 0;
    std::size_t total = 0;
    std::size_t untestable = 0;        ///< scheme unknown to the server's perl
    QStringList unread;                ///< back ends that could not be read whole: nobody in them was tested
    bool complete = false;             ///< false: cap, stop, or a back end that could not be read
};

} // namespace mailward
