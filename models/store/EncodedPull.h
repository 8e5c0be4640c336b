// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/LogBlock.h"
#include "models/store/EventDatabase.h"

namespace mailward {

/// A pull in the form in which it is stored. Encoding and compressing are most of the work of a commit: they are done in
/// the thread of whoever pulled, so that the store's one thread only writes.
struct EncodedPull {
    FileState newState;
    std::uint64_t startOffset = 0;
    QByteArray rawBytes; ///< as they came; shared with the PullCommit, not copied
    QByteArray raw;      ///< compressed; empty when no bytes are kept
    EventBlock block;
    QByteArray events; ///< the block as bytes for the disk
    std::vector<Amendment> amendments;
    QByteArray encodedAmendments; ///< empty when there are none
    std::vector<UnknownSample> samples;
    std::uint64_t lines = 0;
    std::uint64_t boring = 0;
    std::uint64_t unknown = 0;

    [[nodiscard]] std::uint64_t length() const { return newState.offset - startOffset; }
};

/// Gathers a pull from the parsed blocks of its lines, in their order: events need not be copied on their way.
class PullGatherer
{
public:
    /// The events of the block, and its figures.
    void add(const LogBlock& block);
    /// The same of a batch, with its amendments: those of its own events the batch has in it.
    void add(const ParsedBatch& batch);
    /// What later lines say of events of this pull changes them; the rest is kept for those of other pulls.
    void amend(std::vector<Amendment> amendments);
    /// InvalidInput: bytes or events do not fit the offsets.
    [[nodiscard]] Result<EncodedPull> take(FileState newState, std::uint64_t startOffset, QByteArray rawBytes);

private:
    EncodedPull m_pull;
    EventBlockBuilder m_events;
};

/// Compresses what is gathered.
void seal(EncodedPull& pull, Compressor& compressor);

/// Both at once. InvalidInput: bytes or events do not fit the commit's offsets. Any thread.
[[nodiscard]] Result<EncodedPull> encodePull(const PullCommit& commit);

} // namespace mailward
