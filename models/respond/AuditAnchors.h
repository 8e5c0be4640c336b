// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/core/Time.h"
#include "models/respond/AuditLog.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace mailward {

class BanBackend;
struct ExecutorTarget;

/// The head of an audit chain that a console once wrote to a server's syslog. Lines of older consoles hold the head alone.
struct AuditAnchor {
    QByteArray head;                ///< 64 hex digits
    AuditIdentity by;               ///< empty in old lines
    std::optional<Instant> written; ///< by the server's clock
};

/// What a server holds, oldest first.
struct HeldAnchors {
    std::vector<AuditAnchor> anchors;
    bool cut = false; ///< there are more, and older ones
};

/// The helper's answer to "anchors". Lines that are none, whatever they hold, come to nothing.
[[nodiscard]] HeldAnchors parseAnchors(const QByteArray& answer);

enum class AnchorFate {
    Found,    ///< an entry of this chain
    Missing,  ///< this chain's, and not in it: it was rewritten, cut or taken back to an older copy
    Replaced, ///< this console's, of another chain: log and key were replaced
    Others,   ///< another console's
    Unsigned  ///< an old line that does not say whose it is, and is not in this chain
};
[[nodiscard]] QString anchorFateName(AnchorFate fate);

struct JudgedAnchor {
    AuditAnchor anchor;
    AnchorFate fate = AnchorFate::Others;
    std::uint64_t entry = 0; ///< with Found: which one
};

/// One server beside the chain.
struct AnchorReport {
    QString server;
    std::optional<Error> error; ///< why it was not compared
    std::vector<JudgedAnchor> anchors;
    bool cut = false;
    QString problem; ///< empty: what it holds and the chain agree
    [[nodiscard]] std::size_t count(AnchorFate fate) const;
};

/// What one server answered, or why there is no answer.
struct AskedAnchors {
    QString server;
    Result<HeldAnchors> held;
};

/// Blocking; for worker threads. Read the chain after it: an anchor that is written meanwhile would seem to be in no chain.
[[nodiscard]] std::vector<AskedAnchors> askAnchors(const std::vector<ExecutorTarget>& targets, const BanBackend& backend, const std::stop_token& stop = {});

/// Pure. Whose an anchor is follows from its ids; whether it is in the chain from its head.
[[nodiscard]] AnchorReport judgeAnchors(const AskedAnchors& asked, const AuditLog::Chain& chain);

/// The first thing that is wrong: with the chain itself, or beside a server. Empty: nothing.
[[nodiscard]] QString auditProblem(const AuditLog::Chain& chain, const std::vector<AnchorReport>& reports);

} // namespace mailward
