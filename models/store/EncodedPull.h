// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// InvalidInput: bytes or events do not fit the commit's offsets. Any thread.
[[nodiscard]] Result<EncodedPull> encodePull(const PullCommit& commit);

} // namespace mailward
