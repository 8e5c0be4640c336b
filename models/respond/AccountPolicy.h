// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/UntrustedText.h"

#include <QString>

#include <vector>

namespace mailward {

/// A setting as the server has it, e.g. {"dovecot.auth_failure_delay", "2 secs"}, {"login.defs.PASS_MAX_DAYS", "90"}.
struct PolicyFact {
    QString name;
    UntrustedText value;
};

/// What a server enforces about passwords today, against NIST SP 800-63B-4 (2025): length and a block-list, no composition
/// rules, no forced rotation, change on evidence of compromise.
struct PolicyFinding {
    enum class Verdict { Pass, Warn, Fail, Unknown };
    QString id;             ///< stable: "minimum-length"
    Verdict verdict = Verdict::Unknown;
    QString title;          ///< "Passwords need 8 characters"
    UntrustedText evidence; ///< the setting, as the server has it
    QString remedy;         ///< exact settings to change; "" when it passes
};
/// "pass", "warn", "fail", "unknown"
[[nodiscard]] QString policyVerdictName(PolicyFinding::Verdict verdict);

/// Pure. Worst first.
[[nodiscard]] std::vector<PolicyFinding> judgePolicy(const std::vector<PolicyFact>& facts);

} // namespace mailward
