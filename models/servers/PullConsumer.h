// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/PullSink.h"

namespace mailward {

/// Takes the content of one file from an offset on, in any split, and commits its whole lines to the sink,
/// piece by piece. An unfinished last line waits for its end; of a line longer than kMaxLine nothing is kept:
/// it counts as lost.
class PullConsumer
{
public:
    static constexpr qsizetype kMaxLine = 1024 * 1024;
    static constexpr qsizetype kCommitBytes = 1024 * 1024;

    /// `before` are the bytes before file.offset, `head` the first bytes of the file as they are now (none: those that
    /// its fingerprint was made of).
    PullConsumer(PullSink& sink, PulledFile file, QByteArrayView before, QByteArrayView head);

    [[nodiscard]] Result<void> feed(QByteArrayView bytes);
    /// Commits the whole lines that are left, and waits until all of it is stored. Call it when the content ends for now.
    [[nodiscard]] Result<void> flush();

    [[nodiscard]] const PulledFile& file() const { return m_file; }
    [[nodiscard]] bool hasBegun() const { return m_file.id.isValid(); }
    /// The last error was the sink's, not the file's.
    [[nodiscard]] bool hasSinkFailed() const { return m_sinkFailed; }
    [[nodiscard]] std::uint64_t committed() const { return m_committed; }
    [[nodiscard]] std::uint64_t lost() const { return m_lost; }

private:
    [[nodiscard]] Result<void> commitLines();
    [[nodiscard]] Result<void> commit(qsizetype size);
    [[nodiscard]] Result<void> skipTooLong();
    void remember(QByteArrayView bytes);

    PullSink& m_sink;
    PulledFile m_file;
    QByteArray m_buffer; ///< content from m_file.offset on
    QByteArray m_tail;   ///< the last bytes before m_file.offset
    bool m_skipping;     ///< inside a line of which nothing is kept
    bool m_sinkFailed = false;
    std::uint64_t m_committed = 0;
    std::uint64_t m_lost = 0;
};

} // namespace mailward
