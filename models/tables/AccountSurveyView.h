// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/UntrustedText.h"
#include "models/tables/Target.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace mailward {

/// What a person wants to have tested.
struct WeakAuditForm {
    QStringList servers;
    QStringList defaults; ///< what the company gave out
    QStringList kinds;    ///< kinds of candidates: "default", "name", "domain", "season", "common", "keyboard"
    int candidates = 50;  ///< at most
    bool whateverItCosts = false; ///< go on beyond a tenth of a core's hour

    bool operator==(const WeakAuditForm&) const = default;
};

struct WeakKind {
    QString key;
    QString text;
};

/// One server of the audit.
struct WeakAuditServer {
    QString name;
    QString words; ///< cost, then progress, then the result
    bool costly = false;
    bool failed = false;
    bool partial = false; ///< some of its accounts were not tested
};

/// One account whose password is one that anybody would try: name and kind, nothing else.
struct WeakFindingRow {
    UntrustedText account;
    QString server;
    QString kind;
};

enum class WeakAuditStage : std::uint8_t { Form, Estimating, Estimated, Working, Done };

struct WeakAuditView {
    WeakAuditStage stage = WeakAuditStage::Form;
    std::vector<WeakKind> kinds; ///< that can be chosen
    std::vector<WeakAuditServer> servers;
    std::vector<WeakFindingRow> findings;
    std::uint64_t done = 0, total = 0;
    bool costly = false;
    QString words; ///< what it comes to
};

/// One thing that a server enforces, or does not.
struct PolicyRow {
    Meaning meaning = Meaning::Muted;
    QString verdict; ///< "good", "weak", "missing", "not known"
    QString title;
    UntrustedText evidence;
    QString remedy;
};

struct PolicyServer {
    QString name;
    std::vector<PolicyRow> rows;
    QString problem; ///< why nothing was read
};

} // namespace mailward
