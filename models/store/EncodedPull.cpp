// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/EncodedPull.h"

#include "models/store/Compression.h"

namespace mailward {

namespace {

/// Refuses what would leave a gap unseen, or give events to the wrong file.
Result<void> check(const PullCommit& commit)
{
    const FileState& state = commit.newState;
    const bool rawFits = commit.rawBytes.isEmpty() || static_cast<std::uint64_t>(commit.rawBytes.size()) == state.offset - commit.startOffset;
    if (state.offset < commit.startOffset || !rawFits) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("A pull's bytes do not fit its offsets."));
    }
    std::uint64_t least = commit.startOffset;
    for (const Event& event : commit.batch.events) {
        if (event.line.file != state.id || event.line.offset < least || event.line.offset >= state.offset) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("A pull's events are not in the order of its lines, or lie outside of them."));
        }
        least = event.line.offset + 1;
    }
    return {};
}

} // namespace

Result<EncodedPull> encodePull(const PullCommit& commit)
{
    if (const auto checked = check(commit); !checked) {
        return tl::unexpected(checked.error());
    }
    EncodedPull pull;
    pull.newState = commit.newState;
    pull.startOffset = commit.startOffset;
    pull.rawBytes = commit.rawBytes;
    if (!commit.rawBytes.isEmpty()) {
        pull.raw = compressBytes({commit.rawBytes.constData(), static_cast<std::size_t>(commit.rawBytes.size())});
    }
    EventBlockBuilder builder;
    for (const Event& event : commit.batch.events) {
        builder.add(event);
    }
    pull.block = builder.take();
    pull.events = encodeBlock(pull.block);
    pull.amendments = commit.batch.amendments;
    if (!pull.amendments.empty()) {
        pull.encodedAmendments = encodeAmendments(pull.amendments);
    }
    pull.samples = commit.batch.samples;
    pull.lines = commit.batch.lines;
    pull.boring = commit.batch.boring;
    pull.unknown = commit.batch.unknown;
    return pull;
}

} // namespace mailward
