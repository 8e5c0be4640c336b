// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/SourcePull.h"

#include "models/core/UntrustedText.h"
#include "models/servers/Inflater.h"
#include "models/servers/LogIdentity.h"
#include "models/servers/UnpackedContent.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype kUnpackStep = 64 * 1024; ///< of packed bytes at a time: what they unfold to has to fit in memory
constexpr std::int64_t kSettleSeconds =
    2; ///< a rotated file that was written to this lately may still be half a copy
constexpr std::uint64_t kTelling = 3ULL << 20; ///< less says more about the round trip than about the link
constexpr qsizetype kTrialWindow =
    4 * 1024 * 1024; ///< what is under way when a link turns out to be slow has come in vain
constexpr int kMaxAttempts = 8;
constexpr int kMaxListings = 8; ///< of one source in one round

/// Errors that say nothing about the other sources.
bool isOfOneFile(const Error& error)
{
    switch (error.code) {
    case ErrorCode::NotFound:
    case ErrorCode::Permission:
    case ErrorCode::InvalidInput:
    case ErrorCode::Corrupt:
    case ErrorCode::LimitExceeded:
    case ErrorCode::Conflict:
    case ErrorCode::Remote:
        return true;
    default:
        return false;
    }
}

QString shown(const std::string& name)
{
    return QString::fromStdString(name);
}

} // namespace

SourcePull::SourcePull(LogPuller& puller, const std::string& path, SourceListing listing, std::int64_t now)
    : m_puller(puller),
      m_path(path),
      m_listing(std::move(listing)),
      m_now(now),
      m_budget(puller.m_options.bytesPerRound)
{
    m_report.path = path;
}

Result<SourceReport> SourcePull::run()
{
    auto known = m_puller.m_sink.known(m_path);
    if (!known) {
        return tl::unexpected(known.error());
    }
    m_known = std::move(*known);
    // Rotation renames files while we read others: what is no longer where it was listed is looked for at once, since it may
    // be gone for good a few rotations later.
    for (int listings = 1;; ++listings) {
        m_takesAny = listings == kMaxListings;
        const auto current = readListed();
        if (!current) {
            return tl::unexpected(current.error());
        }
        if (*current || m_puller.m_stop.stop_requested()) {
            break;
        }
        auto fresh = listLogs(m_puller.m_runner, {m_path});
        if (!fresh) {
            return tl::unexpected(fresh.error());
        }
        m_listing = std::move(fresh->sources.front());
        m_now = fresh->now;
    }
    if (m_listing.files.empty() && !m_report.error) {
        m_report.error =
            Error{ErrorCode::NotFound,
                  QStringLiteral("%1 is not there, or its folder may not be read.").arg(shown(m_path)),
                  QStringLiteral("Check the path; `ls -l /var/log` on the server shows what there is.")};
    }
    return std::move(m_report);
}

/// Oldest file first, so that events keep their order. False: rotation has overtaken the listing.
Result<bool> SourcePull::readListed()
{
    m_report.settling = false;
    for (const RemoteFile& file : m_listing.files) {
        const auto seen = m_puller.m_seen.find(LogPuller::keyOf(m_path, file.stat));
        if (seen != m_puller.m_seen.end() && seen->second.stat == file.stat) {
            continue;
        }
        const auto step = pullFile(file, file.name == m_path);
        if (!step) {
            return tl::unexpected(step.error());
        }
        if (*step == Step::Moved) {
            m_report.settling = true;
            if (!m_takesAny) {
                return false;
            }
            continue; // a name that leads nowhere all the time does not hold up the others
        }
        if (*step == Step::Wait) {
            m_report.settling = true;
            break;
        }
        if (*step == Step::More) {
            m_report.behind = std::max<std::uint64_t>(m_report.behind, 1);
            break;
        }
    }
    return true;
}

Result<SourcePull::Step> SourcePull::pullFile(const RemoteFile& file, bool live)
{
    auto step = file.isCompressed() ? pullCompressed(file) : pullPlain(file, live);
    if (step || m_sinkFailed || !isOfOneFile(step.error())) {
        return step;
    }
    const ErrorCode code = step.error().code;
    if (code == ErrorCode::NotFound || code == ErrorCode::Conflict) {
        return Step::Moved; // it was renamed or cut short since it was listed: the next listing knows more
    }
    if (!m_report.error) {
        m_report.error = withHint(step.error());
    }
    return Step::Done;
}

Error SourcePull::withHint(Error error) const
{
    if (error.code == ErrorCode::Permission) {
        error.hint = QStringLiteral("On the server, as root: usermod -aG adm %1 (the group that may read "
                                    "logs on Debian), then connect again.")
                         .arg(m_puller.m_user);
    } else if (error.code == ErrorCode::Corrupt || error.code == ErrorCode::LimitExceeded) {
        error.hint = QStringLiteral("That file is left out; the others are read.");
    }
    return error;
}

PulledFile SourcePull::freshFile(const RemoteFileStat& stat) const
{
    PulledFile file;
    file.path = m_path;
    file.device = stat.device;
    file.inode = stat.inode;
    return file;
}

/// Does the name lead to another file by now? Rather than out of its order it is read after a new listing; but where rotation
/// is faster than we are, whatever can be read is taken, and the next round knows more.
bool SourcePull::hasMoved(const RemoteFile& file, const RemoteFileStat& opened)
{
    const bool same = LogPuller::keyOf(m_path, file.stat) == LogPuller::keyOf(m_path, opened);
    m_report.settling = m_report.settling || !same;
    return !same && !m_takesAny;
}

std::optional<PulledFile> SourcePull::guess(const RemoteFile& file) const
{
    const auto seen = m_puller.m_seen.find(LogPuller::keyOf(m_path, file.stat));
    const auto fits = [&](const PulledFile& one) {
        return one.device == file.stat.device && one.inode == file.stat.inode &&
               (seen == m_puller.m_seen.end() || !seen->second.id.isValid() || one.id == seen->second.id);
    };
    const auto found = std::find_if(m_known.rbegin(), m_known.rend(), fits);
    return found == m_known.rend() ? std::nullopt : std::optional(*found);
}

std::optional<PulledFile> SourcePull::nextMatch(QByteArrayView head, const std::set<FileId>& tried) const
{
    std::optional<PulledFile> best;
    for (const PulledFile& one : m_known) {
        if (!tried.contains(one.id) && fingerprintMatches(one.fingerprint, head) &&
            (!best || one.offset > best->offset)) {
            best = one;
        }
    }
    return best;
}

bool SourcePull::mayBegin(const RemoteFileStat& stat, bool live)
{
    m_waits = false;
    if (live) {
        return true;
    }
    if (stat.modified < m_now - m_puller.m_backfillSeconds) {
        return false;
    }
    m_waits = stat.modified > m_now - kSettleSeconds;
    return !m_waits;
}

Result<SourcePull::Step> SourcePull::pullPlain(const RemoteFile& file, bool live)
{
    auto attempt = guess(file);
    std::set<FileId> tried;
    std::optional<PulledFile> longer;
    for (int i = 0; i < kMaxAttempts; ++i) {
        auto opened = openPlain(file.name, attempt ? attempt->offset : 0);
        if (!opened) {
            return tl::unexpected(opened.error());
        }
        if (hasMoved(file, opened->stat)) {
            return Step::Moved;
        }
        if (attempt && fingerprintMatches(attempt->fingerprint, opened->head)) {
            if (opened->stat.size < attempt->offset) {
                longer = attempt;
            } else if (tailHashOf(opened->before) == attempt->tailHash) {
                return consume(file, *opened, *attempt);
            }
        }
        if (attempt) {
            tried.insert(attempt->id);
        }
        if (auto next = nextMatch(opened->head, tried)) {
            attempt = std::move(next);
        } else if (longer) {
            return shortened(file, live, *opened, *longer);
        } else if (!attempt || attempt->offset == 0) {
            if (!mayBegin(opened->stat, live)) {
                if (m_waits) {
                    return Step::Wait;
                }
                m_puller.m_seen[LogPuller::keyOf(m_path, opened->stat)] = {opened->stat, FileId()};
                return Step::Done;
            }
            return consume(file, *opened, freshFile(opened->stat));
        } else {
            attempt.reset();
        }
    }
    return failure(ErrorCode::Conflict,
                   QStringLiteral("%1 changes faster than it can be read.").arg(shown(file.name)));
}

Result<SourcePull::Step> SourcePull::shortened(const RemoteFile& file, bool live, OpenedLog& opened,
                                               const PulledFile& longer)
{
    if (!live) {
        // A copy: still being made, or made before the last lines that we read from the original.
        const bool settled = opened.stat.modified <= m_now - kSettleSeconds;
        if (settled) {
            m_puller.m_seen[LogPuller::keyOf(m_path, opened.stat)] = {opened.stat, longer.id};
        }
        return settled ? Step::Done : Step::Wait;
    }
    // The same beginning, but less of it: what is left was read before. It goes on from its new end.
    auto again = openPlain(file.name, opened.stat.size);
    if (!again) {
        return tl::unexpected(again.error());
    }
    if (again->stat.size < opened.stat.size || !fingerprintMatches(longer.fingerprint, again->head)) {
        return Step::Wait;
    }
    m_report.notes.push_back(
        QStringLiteral("%1 got shorter by %2 bytes that were read before; it goes on from there.")
            .arg(shown(file.name))
            .arg(longer.offset - opened.stat.size));
    PulledFile state = freshFile(again->stat);
    state.offset = opened.stat.size;
    PullConsumer consumer(m_puller.m_sink, state, again->before, again->head);
    const auto begun = m_puller.m_sink.begin(consumer.file());
    if (!begun) {
        m_sinkFailed = true;
        return tl::unexpected(begun.error());
    }
    state = consumer.file();
    state.id = begun->id;
    m_known.push_back(state);
    return consume(file, *again, state);
}

/// On a slow link the server packs; how slow it is, the first megabytes of a long read tell.
Result<OpenedLog> SourcePull::openPlain(const std::string& name, std::uint64_t offset)
{
    const bool packed = m_puller.m_linkSpeed && *m_puller.m_linkSpeed < m_puller.m_options.slowLink;
    return openLog(m_puller.m_runner, name, offset, m_budget, packed, m_puller.m_linkSpeed ? kLinkFillingCount : kTrialWindow);
}

Result<void> SourcePull::readInto(PullConsumer& consumer, OpenedLog& opened, std::uint64_t& received)
{
    ProvenPieces pieces(opened.proof(), opened.length);
    std::optional<Inflater> inflater;
    if (opened.packed) {
        inflater.emplace(ProvenPieces::carried(opened.length, opened.proof().size()));
    }
    std::chrono::steady_clock::duration waited{};
    QByteArray part = std::move(opened.pending);
    for (;;) {
        for (QByteArrayView rest = part; !rest.isEmpty();) {
            const QByteArrayView step = rest.first(inflater ? std::min(rest.size(), kUnpackStep) : rest.size());
            rest = rest.sliced(step.size());
            const auto content = inflater ? inflater->feed(step) : Result<QByteArray>(QByteArray());
            if (!content) {
                return tl::unexpected(content.error());
            }
            pieces.add(inflater ? QByteArrayView(*content) : step);
            if (const auto fed = feedProven(consumer, pieces, received); !fed) {
                return fed;
            }
        }
        if (opened.stream->atEnd() || pieces.isWhole()) {
            break;
        }
        const bool isTrial = !opened.packed && !m_puller.m_linkSpeed;
        if (isTrial && received >= m_puller.m_options.trialBytes) {
            noteSpeed(received, waited);
            if (*m_puller.m_linkSpeed < m_puller.m_options.slowLink) {
                break; // the next round has the rest packed
            }
        }
        const auto asked = std::chrono::steady_clock::now();
        auto next = opened.stream->read(m_puller.m_linkSpeed ? kLinkFillingCount : kTrialWindow, 500ms);
        if (!next) {
            return tl::unexpected(next.error());
        }
        waited += std::chrono::steady_clock::now() - asked;
        part = std::move(*next);
    }
    if (!opened.packed && received >= kTelling) {
        noteSpeed(received, waited);
    }
    return consumer.flush();
}

void SourcePull::noteSpeed(std::uint64_t received, std::chrono::steady_clock::duration waited)
{
    m_puller.m_linkSpeed = static_cast<double>(received) / std::max(1e-6, std::chrono::duration<double>(waited).count());
}

/// What is proved goes on. When the file turns out to be another one, what came before that is kept.
Result<void> SourcePull::feedProven(PullConsumer& consumer, ProvenPieces& pieces, std::uint64_t& received)
{
    for (;;) {
        const auto piece = pieces.next();
        if (!piece) {
            const auto flushed = consumer.flush();
            return flushed ? tl::unexpected(piece.error()) : flushed;
        }
        if (piece->isEmpty()) {
            return {};
        }
        received += static_cast<std::uint64_t>(piece->size());
        if (const auto fed = feedInSteps(consumer, *piece, m_puller.m_stop); !fed) {
            return fed;
        }
    }
}

Result<void> SourcePull::settle(PullConsumer& consumer, const Result<void>& outcome)
{
    m_sinkFailed = m_sinkFailed || consumer.hasSinkFailed();
    m_report.bytes += consumer.committed();
    m_report.bytesLost += consumer.lost();
    m_budget -= std::min(m_budget, consumer.committed() + consumer.lost());
    if (consumer.lost() > 0 && !consumer.hasBegun()) {
        // What comes after the gap needs a place to start from.
        const auto begun = m_puller.m_sink.begin(consumer.file());
        if (!begun) {
            m_sinkFailed = true;
            return tl::unexpected(begun.error());
        }
        m_known.push_back(*begun);
    } else if (consumer.hasBegun()) {
        const auto found = std::find_if(m_known.begin(), m_known.end(),
                                        [&](const PulledFile& one) { return one.id == consumer.file().id; });
        if (found != m_known.end()) {
            *found = consumer.file();
        } else {
            m_known.push_back(consumer.file());
        }
    }
    return outcome;
}

Result<SourcePull::Step> SourcePull::consume(const RemoteFile& file, OpenedLog& opened, PulledFile state)
{
    const std::uint64_t start = state.offset;
    state.device = opened.stat.device;
    state.inode = opened.stat.inode;
    PullConsumer consumer(m_puller.m_sink, std::move(state), opened.before, opened.head);
    std::uint64_t received = 0;
    const auto read = settle(consumer, readInto(consumer, opened, received));
    m_report.offset = consumer.file().offset;
    if (!read) {
        return tl::unexpected(read.error());
    }
    const bool whole = received == opened.length && start + received == opened.stat.size;
    if (whole) {
        m_puller.m_seen[LogPuller::keyOf(m_path, opened.stat)] = {opened.stat, consumer.file().id};
        if (file.name == m_path) {
            m_puller.m_whole[m_path] = consumer.file().id;
        }
        return Step::Done;
    }
    m_report.behind += opened.stat.size - std::min(opened.stat.size, start + received);
    return Step::More;
}

Result<SourcePull::Step> SourcePull::pullCompressed(const RemoteFile& file)
{
    if (m_known.empty() && file.stat.modified < m_now - m_puller.m_backfillSeconds) {
        m_puller.m_seen[LogPuller::keyOf(m_path, file.stat)] = {file.stat, FileId()};
        return Step::Done;
    }
    auto opened = openCompressed(m_puller.m_runner, file.name);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    if (hasMoved(file, opened->stat)) {
        return Step::Moved;
    }
    auto step = unpack(file, *opened);
    if ((step && *step == Step::Done) || (!step && !m_sinkFailed && isOfOneFile(step.error()))) {
        m_puller.m_seen[LogPuller::keyOf(m_path, opened->stat)] = {opened->stat, FileId()};
    }
    return step;
}

Result<SourcePull::Step> SourcePull::unpack(const RemoteFile& file, OpenedLog& opened)
{
    UnpackedContent content(file, opened, m_puller.m_options.maxInflated);
    if (const auto begun = content.fill(static_cast<qsizetype>(kFingerprintBytes)); !begun) {
        return tl::unexpected(begun.error());
    }
    const QByteArray head = content.head();
    const auto match = nextMatch(head, {});
    if (!match && !mayBegin(opened.stat, false)) {
        return m_waits ? Step::Wait : Step::Done;
    }
    if (match && file.isGzip() && (match->offset & 0xFFFFFFFFULL) == opened.contentSize) {
        return Step::Done; // read to its end while it was not compressed yet
    }
    const auto before = content.skip(match ? match->offset : 0);
    if (!before) {
        return tl::unexpected(before.error());
    }
    if (match && content.position() < match->offset) {
        return Step::Done; // a copy made before the last lines that we read from the original
    }
    if (match && tailHashOf(*before) != match->tailHash) {
        return failure(
            ErrorCode::Corrupt,
            QStringLiteral("%1 is not what was read before it was compressed.").arg(shown(file.name)));
    }
    PullConsumer consumer(m_puller.m_sink, match ? *match : freshFile(opened.stat), *before, head);
    if (const auto done = settle(consumer, content.feedRest(consumer, m_puller.m_stop)); !done) {
        return tl::unexpected(done.error());
    }
    return Step::Done;
}

} // namespace mailward
