// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AuditAnchors.h"

#include "models/respond/Executor.h"

#include <algorithm>
#include <map>

namespace mailward {

namespace {

constexpr std::size_t kMostAnchors = 1000;
constexpr qint64 kLatest = 99'999'999'999;

bool isHex(const QByteArray& text, qsizetype digits)
{
    return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::optional<AuditAnchor> anchorOf(const QByteArray& line)
{
    const auto words = line.split(' ');
    if ((words.size() != 2 && words.size() != 5) || words[0] != "anchor" || !isHex(words[1], 64)) {
        return std::nullopt;
    }
    AuditAnchor anchor{words[1], {}, {}};
    if (words.size() == 5) {
        bool isNumber = false;
        const qint64 seconds = words[4].toLongLong(&isNumber);
        if (!isHex(words[2], 16) || !isHex(words[3], 16) || !isNumber || seconds <= 0 || seconds > kLatest) {
            return std::nullopt;
        }
        anchor.by = {words[2], words[3]};
        anchor.written = Instant{std::chrono::seconds(seconds)};
    }
    return anchor;
}

AnchorFate fateOf(const AuditAnchor& anchor, const AuditIdentity& ours)
{
    if (anchor.by.chain.isEmpty()) {
        return AnchorFate::Unsigned;
    }
    if (anchor.by.chain == ours.chain) {
        return AnchorFate::Missing;
    }
    return anchor.by.console == ours.console ? AnchorFate::Replaced : AnchorFate::Others;
}

QString anchorsText(std::size_t count)
{
    return count == 1 ? QStringLiteral("1 anchor") : QStringLiteral("%1 anchors").arg(count);
}

/// In a sentence, what the anchors say against the chain. The server's clock may be off: "younger" is only said beyond an hour.
QString problemOf(const AnchorReport& report, const AuditLog::Chain& chain)
{
    if (const auto replaced = report.count(AnchorFate::Replaced); replaced > 0) {
        return QStringLiteral("%1 holds %2 of another log that this console once had: the log and its key were replaced.").arg(report.server, anchorsText(replaced));
    }
    const auto missing = report.count(AnchorFate::Missing);
    if (missing == 0) {
        return {};
    }
    const auto last = std::find_if(report.anchors.rbegin(), report.anchors.rend(), [](const JudgedAnchor& one) { return one.fate == AnchorFate::Missing; });
    const auto found = std::any_of(report.anchors.rbegin(), last, [](const JudgedAnchor& one) { return one.fate == AnchorFate::Found; });
    const QString when = last->anchor.written ? QString::fromStdString(formatRfc3339(*last->anchor.written)) : QString();
    const bool younger = !found && last->anchor.written && (chain.entries.empty() || *last->anchor.written > chain.entries.back().time + std::chrono::hours(1));
    if (younger) {
        return QStringLiteral("%1 holds %2 that this log lacks, the newest of %3, after its last entry: it was taken back to an older copy or replaced.").arg(report.server, anchorsText(missing), when);
    }
    return QStringLiteral("%1 holds %2 that this log lacks, the newest of %3: it was rewritten, replaced or taken back to an older copy.").arg(report.server, anchorsText(missing), when);
}

} // namespace

HeldAnchors parseAnchors(const QByteArray& answer)
{
    HeldAnchors held;
    for (const auto& line : answer.split('\n')) {
        held.cut = held.cut || line == "ok cut";
        if (auto anchor = anchorOf(line); anchor && held.anchors.size() < kMostAnchors) {
            held.anchors.push_back(std::move(*anchor));
        }
    }
    return held;
}

QString anchorFateName(AnchorFate fate)
{
    switch (fate) {
    case AnchorFate::Found: return QStringLiteral("found");
    case AnchorFate::Missing: return QStringLiteral("missing");
    case AnchorFate::Replaced: return QStringLiteral("replaced");
    case AnchorFate::Others: return QStringLiteral("others");
    case AnchorFate::Unsigned: return QStringLiteral("unsigned");
    }
    return {};
}

std::size_t AnchorReport::count(AnchorFate fate) const
{
    return std::size_t(std::count_if(anchors.begin(), anchors.end(), [&](const JudgedAnchor& one) { return one.fate == fate; }));
}

std::vector<AskedAnchors> askAnchors(const std::vector<ExecutorTarget>& targets, const BanBackend& backend, const std::stop_token& stop)
{
    std::vector<AskedAnchors> asked;
    for (const auto& target : targets) {
        if (stop.stop_requested()) {
            break;
        }
        auto runner = target.connect();
        asked.push_back({target.server, runner ? GateClient(**runner, target.access, backend).anchors() : Result<HeldAnchors>(tl::unexpected(runner.error()))});
    }
    return asked;
}

AnchorReport judgeAnchors(const AskedAnchors& asked, const AuditLog::Chain& chain)
{
    AnchorReport report;
    report.server = asked.server;
    if (!asked.held) {
        report.error = asked.held.error();
        return report;
    }
    std::map<QByteArray, std::uint64_t> entries;
    for (const auto& entry : chain.entries) {
        entries.emplace(entry.mac, entry.sequence);
    }
    report.cut = asked.held->cut;
    for (const auto& anchor : asked.held->anchors) {
        const auto entry = entries.find(anchor.head);
        const bool found = entry != entries.end();
        report.anchors.push_back({anchor, found ? AnchorFate::Found : fateOf(anchor, chain.identity), found ? entry->second : 0});
    }
    report.problem = problemOf(report, chain);
    return report;
}

QString auditProblem(const AuditLog::Chain& chain, const std::vector<AnchorReport>& reports)
{
    if (!chain.verification.sound) {
        return chain.verification.problem;
    }
    const auto bad = std::find_if(reports.begin(), reports.end(), [](const AnchorReport& report) { return !report.problem.isEmpty(); });
    return bad == reports.end() ? QString() : bad->problem;
}

} // namespace mailward
