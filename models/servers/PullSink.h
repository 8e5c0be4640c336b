// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Ids.h"
#include "models/core/Result.h"

#include <QByteArray>

#include <cstdint>
#include <string>
#include <vector>

namespace mailward {

/// One incarnation of a log file, as the sink remembers it: what it is known by, and how far it was read. A
/// file keeps its incarnation when it is renamed, copied or compressed, because its content says who it is.
struct PulledFile
{
    FileId id;        ///< given by PullSink::begin()
    std::string path; ///< the log source that it belongs to, as in the profile, whatever it is called now
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::string fingerprint; ///< "<n>:<SHA-256 of the first n bytes>", n <= 1024; grows with a short file
    std::uint64_t offset =
        0;                ///< bytes of its (uncompressed) content that were committed; just after a line end
    std::string tailHash; ///< SHA-256 of the min(256, offset) bytes before `offset`
    std::uint64_t bytesLost =
        0; ///< bytes that were there and can no longer be read, or belong to a line too long to keep
};

/// Whole lines of one file.
struct PullChunk
{
    PulledFile file;               ///< its state once this chunk is committed
    std::uint64_t startOffset = 0; ///< of the first byte; where the last commit of this incarnation ended
    QByteArray bytes;
};

/// Takes what a LogPuller reads. Called in the puller's thread.
class PullSink
{
public:
    virtual ~PullSink() = default;
    /// The zone that the server's clock shows, as it was told before anything is committed.
    virtual void setServerZone(const QString& /*zone*/) {}
    /// All incarnations of a log source that were ever begun.
    [[nodiscard]] virtual Result<std::vector<PulledFile>> known(const std::string& path) = 0;
    /// A new incarnation (its offset may be above 0 after a gap). Gives it an id.
    [[nodiscard]] virtual Result<PulledFile> begin(const PulledFile& file) = 0;
    /// Stores the events of the chunk and the file's new state in ONE transaction. May return while that is under way: an
    /// error of one chunk then comes back from the next call. After an error nothing of the chunk is stored, and what is,
    /// known() says.
    [[nodiscard]] virtual Result<void> commit(const PullChunk& chunk) = 0;
    /// Waits until everything that was committed is stored.
    [[nodiscard]] virtual Result<void> settle() { return {}; }
};

} // namespace mailward
