// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/CommandRunner.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailward {

/// A file as the server describes it.
struct RemoteFileStat
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified = 0; ///< seconds of the server's clock

    bool operator==(const RemoteFileStat&) const = default;
};

struct RemoteFile
{
    std::string name; ///< on the server; never a local path
    RemoteFileStat stat;

    [[nodiscard]] bool isCompressed() const;
    [[nodiscard]] bool isGzip() const { return name.ends_with(".gz"); }
};

/// The files of one log source: rotated ones from the oldest, the live one (called like the source) last.
struct SourceListing
{
    std::vector<RemoteFile> files;
    bool hasLive = false;
};

struct Listing
{
    std::int64_t now = 0;               ///< the server's clock
    QString zone;                       ///< ... and the zone that it shows: IANA name or "+hh:mm"; UTC when it does not tell
    std::vector<SourceListing> sources; ///< in the order of the paths asked for
};

/// Lists the sources and what rotation made of them (.1, .2.gz, -20261123, .old ...). Names that do not look
/// like that, or with odd characters, are not ours. Of a file that is being compressed only the uncompressed
/// one is listed.
[[nodiscard]] Result<Listing> listLogs(CommandRunner& runner, const std::vector<std::string>& paths);

/// What may follow a log's path when rotation renamed it.
[[nodiscard]] bool isRotatedSuffix(std::string_view suffix);

/// A file opened once: everything here comes from that one open file, whatever is renamed meanwhile.
struct OpenedLog
{
    RemoteFileStat stat;
    QByteArray head;          ///< its first min(1024, size) bytes; empty for compressed files
    QByteArray before;        ///< the min(256, offset) bytes before the offset; none when the file is shorter
    std::uint64_t length = 0; ///< bytes of the file that follow in `stream`, as ProvenPieces: uncompressed files only
    bool packed = false;      ///< they come as gzip, to spare a slow link
    std::uint64_t contentSize = 0; ///< gzip: what its trailer says of its content's size (modulo 2^32)
    QByteArray pending;            ///< the first of them, which came along
    std::unique_ptr<CommandStream> stream;

    [[nodiscard]] QByteArray proof() const { return head + before; }
};

/// How much a read of a long file asks for: a large count makes a large window, which fills a link with latency.
inline constexpr qsizetype kLinkFillingCount = 16 * 1024 * 1024;

/// Opens a plain file at `offset`; at most `max` bytes will follow, `packed` by the server's gzip. NotFound, Permission,
/// InvalidInput (no regular file). `window` of it may be under way at once.
[[nodiscard]] Result<OpenedLog> openLog(StreamingRunner& runner, const std::string& name, std::uint64_t offset, std::uint64_t max,
                                        bool packed = false, qsizetype window = kLinkFillingCount);
/// Opens a compressed file: gzip as it is, .xz, .zst and .bz2 unpacked there.
[[nodiscard]] Result<OpenedLog> openCompressed(StreamingRunner& runner, const std::string& name);

/// Rings when something was written to one of the files (or the journal, by its word), and ends by itself when we are gone.
[[nodiscard]] RemoteCommand doorbellCommand(const std::vector<std::string>& paths);

} // namespace mailward
