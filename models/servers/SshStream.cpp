// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/SshSessionPrivate.h"

#include <algorithm>

namespace mailward {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kSlice{200}; ///< how long a stop request may go unseen
constexpr qsizetype kStdinChunk =
    16 * 1024; ///< between two reads, so that neither side waits for the other for ever
constexpr qsizetype kMaxNoise = 256 * 1024; ///< what banners and start-up files may say before our marker
constexpr int kStderrChunk = 16 * 1024;
constexpr double kLinkRate = 400e6; ///< bytes a second that the window may let through
constexpr qsizetype kLeastWindow = 2 * 1024 * 1024; ///< as ssh itself has it

/// Fills a link of that round trip, and is no larger: the server keeps in its memory what a fast link does not take at once.
qsizetype windowFor(Clock::duration roundTrip)
{
    return std::max(kLeastWindow, static_cast<qsizetype>(std::chrono::duration<double>(roundTrip).count() * kLinkRate));
}

struct ChannelCloser
{
    void operator()(ssh_channel channel) const
    {
        if (ssh_channel_is_open(channel) != 0 && ssh_channel_is_eof(channel) == 0) {
            ssh_channel_request_send_signal(channel, "TERM");
        }
        ssh_channel_close(channel);
        ssh_channel_free(channel);
    }
};
using Channel = std::unique_ptr<std::remove_pointer_t<ssh_channel>, ChannelCloser>;

/// One command on a channel of its own: stdin is fed, stderr drained and stdout read in turns.
class SshStream final : public CommandStream
{
public:
    SshStream(ssh_session session, Channel channel, std::stop_token stop, QString where,
              const RemoteCommand& command, std::string marker, qsizetype window)
        : m_session(session),
          m_channel(std::move(channel)),
          m_stop(std::move(stop)),
          m_where(std::move(where)),
          m_stdin(command.stdinData),
          m_stdinClosed(command.keepStdinOpen),
          m_marker(QByteArray::fromStdString(marker) + '\n'),
          m_maxErr(command.limits.maxErr),
          m_silence(command.timeout),
          m_window(window),
          m_opened(std::min(command.window, window)),
          m_lastWord(Clock::now())
    {
    }

    Result<QByteArray> read(qsizetype maxBytes, milliseconds wait) override;
    Result<void> write(const QByteArray& bytes) override;
    bool atEnd() const override { return m_ended && m_ready.isEmpty(); }
    Result<CommandOutput> finish() override;

private:
    [[nodiscard]] Result<void> feedStdin();
    [[nodiscard]] Result<void> drainStderr();
    [[nodiscard]] Result<void> readSome(qsizetype maxBytes, milliseconds wait);
    [[nodiscard]] Result<void> dropNoise();
    [[nodiscard]] tl::unexpected<Error> broken() const;

    ssh_session m_session;
    Channel m_channel;
    std::stop_token m_stop;
    QString m_where;
    QByteArray m_stdin;
    qsizetype m_sent = 0;
    bool m_stdinClosed; ///< or never to be
    QByteArray m_marker;
    bool m_markerSeen = false;
    qsizetype m_maxErr;
    milliseconds m_silence;
    qsizetype m_window;
    qsizetype m_opened;     ///< the window as we opened it last
    qsizetype m_taken = 0;  ///< of it, since then
    Clock::time_point m_lastWord;
    QByteArray m_buffer; ///< where libssh writes; kept, as it is large
    QByteArray m_ready;  ///< stdout not yet handed out
    QByteArray m_err;
    bool m_ended = false;
};

tl::unexpected<Error> SshStream::broken() const
{
    if (m_stop.stop_requested()) {
        return failure(ErrorCode::Cancelled, QStringLiteral("%1: stopped.").arg(m_where));
    }
    return failure(
        ErrorCode::Network,
        QStringLiteral("The connection to %1 broke: %2.").arg(m_where, serverText(ssh_get_error(m_session))),
        QStringLiteral("It is taken up again where it stopped, once the server can be reached."));
}

Result<void> SshStream::feedStdin()
{
    ssh_channel channel = m_channel.get();
    while (m_sent < m_stdin.size()) {
        const auto room = static_cast<qsizetype>(ssh_channel_window_size(channel));
        const qsizetype count = std::min({kStdinChunk, room, m_stdin.size() - m_sent});
        if (count == 0 || ssh_channel_is_eof(channel) != 0 || ssh_channel_is_closed(channel) != 0) {
            return {};
        }
        const int written =
            ssh_channel_write(channel, m_stdin.constData() + m_sent, static_cast<std::uint32_t>(count));
        if (written < 0) {
            // Denied on a link that stands: the command ended without reading on. Its answer and its status say what came of it.
            if (ssh_get_error_code(m_session) != SSH_REQUEST_DENIED || ssh_is_connected(m_session) == 0) {
                return broken();
            }
            m_stdin.clear();
            m_sent = 0;
            m_stdinClosed = true;
            return {};
        }
        m_sent += written;
        if (ssh_channel_poll(channel, 0) > 0 || ssh_channel_poll(channel, 1) > 0) {
            return {};
        }
    }
    m_stdin.clear();
    m_sent = 0;
    if (!m_stdinClosed) {
        m_stdinClosed = true;
        ssh_channel_send_eof(channel);
    }
    return {};
}

Result<void> SshStream::write(const QByteArray& bytes)
{
    m_stdin += bytes;
    return feedStdin();
}

Result<void> SshStream::drainStderr()
{
    QByteArray part(kStderrChunk, Qt::Uninitialized);
    // In bounds, so that a server that never stops complaining cannot keep us here.
    for (int round = 0; round < 64; ++round) {
        const int count = ssh_channel_read_nonblocking(m_channel.get(), part.data(), kStderrChunk, 1);
        if (count == SSH_ERROR) {
            return broken();
        }
        if (count <= 0) {
            break;
        }
        m_err.append(part.constData(), std::min<qsizetype>(count, m_maxErr + kMaxNoise - m_err.size()));
    }
    return {};
}

Result<void> SshStream::readSome(qsizetype maxBytes, milliseconds wait)
{
    // libssh opens the window to the size of a read that is larger than it, and tells the server each time. A quarter at a time is
    // enough, and half of it can be read without that.
    const qsizetype window = std::min(maxBytes, m_window);
    const bool opens = window > m_opened || m_taken >= window / 4;
    const qsizetype size = opens ? window : std::max<qsizetype>(window / 2, 1);
    if (m_buffer.size() < size) {
        m_buffer = QByteArray(size, Qt::Uninitialized);
    }
    if (opens) {
        m_opened = window;
        m_taken = 0;
    }
    const int count = ssh_channel_read_timeout(m_channel.get(), m_buffer.data(), static_cast<std::uint32_t>(size), 0,
                                               static_cast<int>(wait.count()));
    if (count == SSH_ERROR) {
        return broken();
    }
    if (count > 0) {
        m_taken += count;
        m_ready.append(m_buffer.constData(), count);
        m_lastWord = Clock::now();
        return m_markerSeen ? Result<void>{} : dropNoise();
    }
    if (ssh_channel_is_eof(m_channel.get()) != 0 || ssh_channel_is_closed(m_channel.get()) != 0) {
        m_ended = true;
        if (!m_markerSeen) {
            return failure(
                ErrorCode::Remote,
                QStringLiteral("%1 ran no command: %2.")
                    .arg(m_where, UntrustedText((m_ready + m_err).toStdString()).plain(200).trimmed()),
                QStringLiteral("The account needs a POSIX shell that may run commands."));
        }
        return {};
    }
    if (ssh_is_connected(m_session) == 0) {
        return broken();
    }
    return {};
}

Result<void> SshStream::dropNoise()
{
    const qsizetype found = m_ready.indexOf(m_marker);
    if (found >= 0) {
        m_ready.remove(0, found + m_marker.size());
        m_markerSeen = true;
    } else if (m_ready.size() > kMaxNoise) {
        return failure(ErrorCode::LimitExceeded,
                       QStringLiteral("%1 talks without end before a command runs.").arg(m_where),
                       QStringLiteral("Look at the start-up files of that account's shell."));
    }
    return {};
}

Result<QByteArray> SshStream::read(qsizetype maxBytes, milliseconds wait)
{
    const auto deadline = Clock::now() + wait;
    while (!m_ended && (m_ready.isEmpty() || !m_markerSeen)) {
        if (m_stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, QStringLiteral("%1: stopped.").arg(m_where));
        }
        for (const auto& step : {feedStdin(), drainStderr()}) {
            if (!step) {
                return tl::unexpected(step.error());
            }
        }
        const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
        const milliseconds slice =
            std::clamp(left, milliseconds(0), m_stdin.isEmpty() ? kSlice : milliseconds(10));
        if (const auto some = readSome(maxBytes, slice); !some) {
            return tl::unexpected(some.error());
        }
        if (Clock::now() >= deadline) {
            break;
        }
    }
    if (!m_ended && Clock::now() - m_lastWord > m_silence) {
        return failure(ErrorCode::Timeout,
                       QStringLiteral("%1 fell silent in the middle of a command.").arg(m_where),
                       QStringLiteral("The server may be overloaded; try again later."));
    }
    if (!m_markerSeen) {
        return QByteArray();
    }
    if (m_ready.size() <= maxBytes) {
        return std::exchange(m_ready, {});
    }
    QByteArray part = m_ready.first(maxBytes);
    m_ready.remove(0, maxBytes);
    return part;
}

Result<CommandOutput> SshStream::finish()
{
    if (const auto drained = drainStderr(); !drained) {
        return tl::unexpected(drained.error());
    }
    CommandOutput output;
    output.exitCode = ssh_channel_get_exit_status(m_channel.get());
    const qsizetype found = m_err.indexOf(m_marker);
    output.err = m_err.mid(found >= 0 ? found + m_marker.size() : 0, m_maxErr);
    return output;
}

} // namespace

Result<std::unique_ptr<CommandStream>> startSshStream(ssh_session session, std::stop_token stop,
                                                      const QString& where, const RemoteCommand& command)
{
    const std::string marker = newMarker();
    const auto line = command.shellLine(marker);
    if (!line) {
        return tl::unexpected(line.error());
    }
    const auto failed = [&](const QString& hint) {
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, QStringLiteral("%1: stopped.").arg(where));
        }
        const bool gone = ssh_is_connected(session) == 0;
        return failure(gone ? ErrorCode::Network : ErrorCode::Remote,
                       QStringLiteral("%1 opens no channel for a command: %2.")
                           .arg(where, serverText(ssh_get_error(session))),
                       hint);
    };
    const auto begun = Clock::now();
    Channel channel(ssh_channel_new(session));
    if (channel == nullptr || ssh_channel_open_session(channel.get()) != SSH_OK) {
        return failed(QStringLiteral("Its sshd may limit channels (MaxSessions), or it is overloaded."));
    }
    const auto window = windowFor(Clock::now() - begun);
    if (command.window > 0) {
        // A read that finds nothing tells the server how much it may send: before the command, so that it need not wait for it.
        QByteArray none(std::min(command.window, window), Qt::Uninitialized);
        ssh_channel_read_timeout(channel.get(), none.data(), static_cast<std::uint32_t>(none.size()), 0, 0);
    }
    if (ssh_channel_request_exec(channel.get(), line->c_str()) != SSH_OK) {
        return failed(
            QStringLiteral("The account may be limited to another service (ForceCommand, sftp only)."));
    }
    return std::make_unique<SshStream>(session, std::move(channel), std::move(stop), where, command, marker, window);
}

} // namespace mailward
