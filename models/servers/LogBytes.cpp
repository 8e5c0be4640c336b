// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/LogBytes.h"

#include "models/servers/LogIdentity.h"
#include "models/servers/ProvenPieces.h"
#include "models/servers/RemoteLogs.h"
#include "models/servers/ServerProfile.h"
#include "models/servers/UnpackedContent.h"

#include <algorithm>
#include <optional>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kMaxBytes = 16ULL << 20;
constexpr std::uint64_t kMaxUnpacked = 4ULL << 30;

tl::unexpected<Error> gone(const PulledFile& file)
{
    return failure(ErrorCode::NotFound,
                   QStringLiteral("The server no longer has these lines of %1.").arg(QString::fromStdString(file.path)),
                   QStringLiteral("Rotation has deleted them there. Keep more raw lines here, or more rotated files there."));
}

/// Nothing: it is another file.
Result<std::optional<QByteArray>> fromPlain(StreamingRunner& runner, const std::string& name, const PulledFile& file,
                                            std::uint64_t start, std::uint64_t end, const std::stop_token& stop)
{
    auto opened = openLog(runner, name, start, end - start);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    if (!fingerprintMatches(file.fingerprint, opened->head) || opened->length < end - start) {
        return std::nullopt;
    }
    ProvenPieces pieces(opened->proof(), opened->length);
    pieces.add(opened->pending);
    QByteArray bytes;
    for (;;) {
        const auto piece = pieces.next();
        if (!piece) {
            return std::nullopt;
        }
        bytes += *piece;
        if (!piece->isEmpty()) {
            continue;
        }
        if (pieces.isWhole() || opened->stream->atEnd()) {
            break;
        }
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, QStringLiteral("Fetching the lines was stopped."));
        }
        const auto part = opened->stream->read(kLinkFillingCount, 500ms);
        if (!part) {
            return tl::unexpected(part.error());
        }
        pieces.add(*part);
    }
    return pieces.isWhole() ? std::optional(bytes) : std::nullopt;
}

Result<std::optional<QByteArray>> fromCompressed(StreamingRunner& runner, const RemoteFile& compressed, const PulledFile& file,
                                                 std::uint64_t start, std::uint64_t end)
{
    auto opened = openCompressed(runner, compressed.name);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    UnpackedContent content(compressed, *opened, kMaxUnpacked);
    if (const auto begun = content.fill(static_cast<qsizetype>(kFingerprintBytes)); !begun) {
        return tl::unexpected(begun.error());
    }
    if (!fingerprintMatches(file.fingerprint, content.head())) {
        return std::nullopt;
    }
    if (const auto skipped = content.skip(start); !skipped) {
        return tl::unexpected(skipped.error());
    }
    const auto bytes = content.take(static_cast<qsizetype>(end - start));
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    return static_cast<std::uint64_t>(bytes->size()) == end - start ? std::optional(*bytes) : std::nullopt;
}

} // namespace

Result<QByteArray> fetchLogBytes(StreamingRunner& runner, const PulledFile& file, std::uint64_t start, std::uint64_t end,
                                 const std::stop_token& stop)
{
    if (file.path == LogSource::kJournal) {
        return failure(ErrorCode::NotFound, QStringLiteral("Entries of a journal cannot be fetched again by their place."),
                       QStringLiteral("On the server: journalctl, with the time of the event."));
    }
    if (end <= start || end - start > kMaxBytes) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("That many bytes are not fetched at once."));
    }
    const auto listing = listLogs(runner, {file.path});
    if (!listing) {
        return tl::unexpected(listing.error());
    }
    std::vector<RemoteFile> files = listing->sources.front().files;
    // The inode only says where to look first; what the file is, its first bytes say.
    std::stable_partition(files.begin(), files.end(), [&](const RemoteFile& one) {
        return one.stat.device == file.device && one.stat.inode == file.inode;
    });
    for (const RemoteFile& one : files) {
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, QStringLiteral("Fetching the lines was stopped."));
        }
        auto found = one.isCompressed() ? fromCompressed(runner, one, file, start, end)
                                        : fromPlain(runner, one.name, file, start, end, stop);
        const bool ofLink = !found && (found.error().code == ErrorCode::Network || found.error().code == ErrorCode::Timeout
                                       || found.error().code == ErrorCode::Cancelled);
        if (ofLink) {
            return tl::unexpected(found.error());
        }
        if (found && *found) {
            return **found;
        }
    }
    return gone(file);
}

} // namespace mailward
