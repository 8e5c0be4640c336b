// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Ids.h"
#include "models/core/Result.h"
#include "models/logs/ParsedBatch.h"
#include "models/store/EventBlock.h"
#include "models/store/Retention.h"

#include <QByteArray>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mailward {

/// One incarnation of a log file on a server, and how far it has been read. `path` is the server's word: never a local
/// path. Identity: device, inode and the hash of the first bytes (as the puller defines it).
struct FileState {
    FileId id; ///< given by registerFile()
    ServerId server;
    std::string path;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::string fingerprint;
    std::uint64_t offset = 0;     ///< bytes consumed: the next pull starts here
    std::uint64_t lineNumber = 0; ///< lines consumed
    std::string tailHash;         ///< hash of the last bytes before `offset`
    std::uint64_t bytesLost = 0;  ///< known to be gone (cut off between two pulls)
    bool closed = false;          ///< rotated away and read to its end
};

/// What one pull of one file brought. `rawBytes` are whole lines, from `startOffset` to `newState.offset`; a commit that
/// does not start where the last one ended is refused, so that nothing is stored twice or skipped unseen.
struct PullCommit {
    FileState newState;
    std::uint64_t startOffset = 0;
    QByteArray rawBytes;
    ParsedBatch batch; ///< events of this file, each with line.offset inside the range; amendments may be of other files;
                       ///< notes are not stored
};

struct EncodedPull;

/// Lines of one program that no rule knew, since the beginning.
struct UnknownCount {
    ServerId server;
    std::string program;
    std::uint64_t count = 0;
    std::string sample;
    LineRef line;
};

/// Totals per server, as `pull` and the Servers page show them.
struct ServerTotals {
    ServerId server;
    std::string name;
    std::uint64_t bytes = 0;
    std::uint64_t lines = 0;
    std::uint64_t events = 0;
    std::uint64_t boring = 0;
    std::uint64_t unknown = 0;
    std::uint64_t bytesLost = 0;
};

/// A raw line with its neighbours. All text is the attacker's.
struct RawLine {
    LineRef ref;
    std::string text;
};

/// Events and raw lines on disk: SQLite, written by blocks. A block is a run of whole lines of one file: their bytes and
/// the events found in them, both compressed and check-summed; the primary key (file, first byte) and the rule that
/// blocks touch make a second copy of a line impossible. One thread owns an object of this class.
class EventDatabase
{
public:
    /// Opens or makes a database; ":memory:" keeps it in memory. A file that is no database, or is damaged, is moved
    /// aside under a new name that the error's hint tells; it is never deleted. Opening again then starts afresh.
    [[nodiscard]] static Result<std::unique_ptr<EventDatabase>> open(const QString& path);
    ~EventDatabase();
    EventDatabase(const EventDatabase&) = delete;
    EventDatabase& operator=(const EventDatabase&) = delete;

    /// The id of a server, made on first sight.
    [[nodiscard]] Result<ServerId> serverId(const std::string& name);
    [[nodiscard]] Result<std::vector<ServerTotals>> servers() const;
    /// All known incarnations of a server's files, newest last.
    [[nodiscard]] Result<std::vector<FileState>> files(ServerId server) const;

    /// Adds an incarnation of a file and gives its id, which parser and events need before the first commit.
    [[nodiscard]] Result<FileState> registerFile(const FileState& state);

    /// Stores events, amendments, raw bytes, counters and the new offset in ONE transaction: all or nothing, also when the
    /// process is killed. Conflict: the range does not start at the stored offset. LimitExceeded: the disk is full; nothing was stored, the same commit can be tried again.
    [[nodiscard]] Result<void> commitPull(const PullCommit& commit);
    /// The same for the pulls of several servers in one transaction, which costs little more than one of them: an answer
    /// for each. One that does not fit leaves the others alone; where the disk fails, none is stored.
    [[nodiscard]] std::vector<Result<void>> commitPulls(std::span<const EncodedPull* const> pulls);

    /// The raw line at `line` (its length is looked up). NotFound when its bytes were dropped by the retention.
    [[nodiscard]] Result<RawLine> rawLine(const LineRef& line) const;
    /// The line with up to `before` and `after` lines around it, within the same file.
    [[nodiscard]] Result<std::vector<RawLine>> rawContext(const LineRef& line, int before, int after) const;
    /// The last bytes stored before the file's offset, whole lines, at most `maxBytes`: what a parser is warmed up with.
    [[nodiscard]] Result<QByteArray> tailBytes(FileId file, std::size_t maxBytes) const;

    /// Hands out everything stored: first all events, a block at a time, then all amendments in order of commit. False
    /// from the sink stops. A damaged block is left out; when there was one, the error at the end says how many.
    using LoadSink = std::function<bool(const EventBlock& block, const std::vector<Amendment>& amendments)>;
    [[nodiscard]] Result<void> loadAll(const LoadSink& sink) const;
    [[nodiscard]] Result<std::vector<UnknownCount>> unknownLines() const;

    /// Small settings by name (last filter, window state ...). Never secrets.
    [[nodiscard]] Result<std::optional<QString>> setting(const QString& name) const;
    [[nodiscard]] Result<void> setSetting(const QString& name, const QString& value);

    /// What is kept, at most; one for all who open this file.
    [[nodiscard]] Result<Retention> retention() const;
    [[nodiscard]] Result<void> setRetention(const Retention& limits);
    /// One sweep goes over the whole store, a step at a time (see RetentionSweep); it must not outlive this object.
    [[nodiscard]] Result<RetentionSweep> sweep(Instant now) const;
    [[nodiscard]] Result<StoreSize> size() const;

    /// A stretch of a file whose raw lines are not kept here, or no longer.
    struct MissingRaw {
        FileState file;
        std::string server;
        std::uint64_t start = 0;
        std::uint64_t end = 0;
    };
    /// The block that the line stands in, when its bytes are missing; nothing when they are here. NotFound: no such line.
    [[nodiscard]] Result<std::optional<MissingRaw>> missingRaw(const LineRef& line) const;
    /// Puts bytes back that were fetched from the server again. InvalidInput: not as many as are missing.
    [[nodiscard]] Result<void> restoreRaw(const MissingRaw& missing, const QByteArray& bytes);

    /// Keeps the file within `pages` (of 4 KiB, never less than it has); what does not fit fails as on a full disk.
    /// Returns the limit in force.
    int limitPages(int pages);

private:
    class Private;
    explicit EventDatabase(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace mailward
