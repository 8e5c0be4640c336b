// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/EncodedPull.h"

#include <algorithm>
#include <iterator>

namespace mailward {

namespace {

/// Refuses what would leave a gap unseen, or give events to the wrong file.
Result<void> check(const EncodedPull& pull)
{
    const FileState& state = pull.newState;
    const bool rawFits = pull.rawBytes.isEmpty() || static_cast<std::uint64_t>(pull.rawBytes.size()) == state.offset - pull.startOffset;
    if (state.offset < pull.startOffset || !rawFits) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("A pull's bytes do not fit its offsets."));
    }
    std::uint64_t least = pull.startOffset;
    for (std::size_t row = 0; row < pull.block.size(); ++row) {
        const std::uint64_t offset = pull.block.offset[row];
        if (pull.block.file[row] != state.id.value() || offset < least || offset >= state.offset) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("A pull's events are not in the order of its lines, or lie outside of them."));
        }
        least = offset + 1;
    }
    return {};
}

} // namespace

void PullGatherer::add(const LogBlock& block)
{
    for (const EventView& event : block.events) {
        m_events.add(event);
    }
    m_pull.samples.insert(m_pull.samples.end(), block.samples.begin(), block.samples.end());
    m_pull.lines += block.lines;
    m_pull.boring += block.boring;
    m_pull.unknown += block.unknown;
}

void PullGatherer::add(const ParsedBatch& batch)
{
    for (const Event& event : batch.events) {
        m_events.add(event);
    }
    m_pull.amendments.insert(m_pull.amendments.end(), batch.amendments.begin(), batch.amendments.end());
    m_pull.samples.insert(m_pull.samples.end(), batch.samples.begin(), batch.samples.end());
    m_pull.lines += batch.lines;
    m_pull.boring += batch.boring;
    m_pull.unknown += batch.unknown;
}

void PullGatherer::amend(std::vector<Amendment> amendments)
{
    std::copy_if(std::move_iterator(amendments.begin()), std::move_iterator(amendments.end()), std::back_inserter(m_pull.amendments),
                 [this](const Amendment& one) { return !m_events.amend(one); });
}

Result<EncodedPull> PullGatherer::take(FileState newState, std::uint64_t startOffset, QByteArray rawBytes)
{
    m_pull.newState = std::move(newState);
    m_pull.startOffset = startOffset;
    m_pull.rawBytes = std::move(rawBytes);
    m_pull.block = m_events.take();
    if (const auto checked = check(m_pull); !checked) {
        return tl::unexpected(checked.error());
    }
    return std::move(m_pull);
}

void seal(EncodedPull& pull, Compressor& compressor)
{
    if (!pull.rawBytes.isEmpty()) {
        pull.raw = compressor.compress(viewOf(pull.rawBytes));
    }
    pull.events = encodeBlock(pull.block, compressor);
    if (!pull.amendments.empty()) {
        pull.encodedAmendments = encodeAmendments(pull.amendments, compressor);
    }
}

Result<EncodedPull> encodePull(const PullCommit& commit)
{
    PullGatherer gatherer;
    gatherer.add(commit.batch);
    auto pull = gatherer.take(commit.newState, commit.startOffset, commit.rawBytes);
    if (pull) {
        Compressor compressor;
        seal(*pull, compressor);
    }
    return pull;
}

} // namespace mailward
