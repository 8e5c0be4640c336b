// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/LogPuller.h"

namespace mailward {

/// The systemd journal of a server in one round: what its mail and log-in facilities wrote since the last cursor. To the
/// sink it is one endless file named "journal": its lines are the JSON objects of `journalctl -o json`, its offset counts
/// their bytes, and in place of a hash of its tail it has the cursor of the last entry, so that cursor and events are
/// stored in one transaction. When the journal no longer holds that entry, the report says so.
class JournalPull
{
public:
    struct Limits
    {
        std::int64_t since = 0;           ///< seconds of the server's clock: where the first pull begins
        std::uint64_t bytesPerRound = 0;  ///< more is left for the next round
    };

    JournalPull(StreamingRunner& runner, PullSink& sink, QString user, Limits limits);

    /// Errors of the whole server (link, cancelled, sink) come back; the journal's own stand in the report.
    [[nodiscard]] Result<SourceReport> run();

private:
    [[nodiscard]] Result<void> read(CommandStream& stream);
    [[nodiscard]] Result<void> take(const QByteArray& part);
    [[nodiscard]] Result<void> commit(qsizetype size);
    void dropFirst();
    void dropTooLong();
    [[nodiscard]] Result<void> judgeEnd(CommandStream& stream);

    StreamingRunner& m_runner;
    PullSink& m_sink;
    QString m_user;
    Limits m_limits;
    PulledFile m_file;
    SourceReport m_report;
    QByteArray m_buffer;
    bool m_first = false;    ///< the entry of the stored cursor comes first, once more
    bool m_skipping = false; ///< inside an entry too long to keep
    bool m_sinkFailed = false;
};

} // namespace mailward
