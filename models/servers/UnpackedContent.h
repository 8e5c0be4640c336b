// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/Inflater.h"
#include "models/servers/PullConsumer.h"
#include "models/servers/RemoteLogs.h"

#include <stop_token>

namespace mailward {

/// Hands bytes to a consumer piece by piece, so that a stop request (Cancelled) need not wait for all of them.
[[nodiscard]] Result<void> feedInSteps(PullConsumer& consumer, QByteArrayView bytes, const std::stop_token& stop);

/// The content of a compressed file, piece by piece, in bounds. `file` and `opened` outlive it.
class UnpackedContent
{
public:
    /// LimitExceeded beyond `maxSize` bytes of content.
    UnpackedContent(const RemoteFile& file, OpenedLog& opened, std::uint64_t maxSize);

    /// Reads until at least `count` bytes wait, or the content ends.
    [[nodiscard]] Result<void> fill(qsizetype count);
    /// The first bytes, as many as a fingerprint takes; after fill(), before skip().
    [[nodiscard]] QByteArray head() const;
    [[nodiscard]] std::uint64_t position() const { return m_position; }
    /// Drops content up to `offset` (or its end); gives the last bytes dropped.
    [[nodiscard]] Result<QByteArray> skip(std::uint64_t offset);
    /// The next bytes, `count` or what is left.
    [[nodiscard]] Result<QByteArray> take(qsizetype count);
    [[nodiscard]] Result<void> feedRest(PullConsumer& consumer, const std::stop_token& stop);

private:
    [[nodiscard]] Result<void> readMore();
    [[nodiscard]] Result<void> checkEnd();

    const RemoteFile& m_file;
    OpenedLog& m_opened;
    Inflater m_inflater;
    std::uint64_t m_left;
    QByteArray m_raw;     ///< as it came; used up to m_used
    qsizetype m_used = 0;
    QByteArray m_waiting; ///< content from m_position on
    std::uint64_t m_position = 0;
    bool m_any = false;
    bool m_over = false;
};

} // namespace mailward
