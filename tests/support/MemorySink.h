// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/PullSink.h"

namespace mailward::test {

/// A sink that keeps lines in memory and is as strict as a database: a chunk that does not start where the
/// last one ended, or that is no whole lines, is refused.
class MemorySink final : public PullSink
{
public:
    Result<std::vector<PulledFile>> known(const std::string& path) override
    {
        std::vector<PulledFile> found;
        for (const PulledFile& one : files) {
            if (one.path == path) {
                found.push_back(one);
            }
        }
        return found;
    }

    Result<PulledFile> begin(const PulledFile& file) override
    {
        PulledFile begun = file;
        begun.id = FileId(static_cast<std::uint32_t>(files.size()));
        files.push_back(begun);
        return begun;
    }

    Result<void> commit(const PullChunk& chunk) override
    {
        if (failAfter >= 0 && failAfter-- == 0) {
            return failure(ErrorCode::LimitExceeded, QStringLiteral("The disk is full."));
        }
        PulledFile& file = files.at(chunk.file.id.value());
        const bool fits =
            file.offset == chunk.startOffset &&
            chunk.file.offset == chunk.startOffset + static_cast<std::uint64_t>(chunk.bytes.size()) &&
            chunk.bytes.endsWith('\n');
        if (!fits) {
            return failure(ErrorCode::Internal, QStringLiteral("A chunk that does not fit."));
        }
        file = chunk.file;
        content += chunk.bytes;
        return {};
    }

    [[nodiscard]] QList<QByteArray> lines() const
    {
        QList<QByteArray> all = content.split('\n');
        all.removeLast();
        return all;
    }

    std::vector<PulledFile> files;
    QByteArray content;
    int failAfter = -1; ///< this many commits work, the next one fails once
};

} // namespace mailward::test
