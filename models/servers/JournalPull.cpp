// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/JournalPull.h"

#include "models/core/UntrustedText.h"
#include "models/servers/PullConsumer.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr int kMissing = 41;
constexpr int kUnreadable = 42;
constexpr qsizetype kJournalReadCount = 8 * 1024 * 1024;

// The facilities mail, auth and authpriv, and daemons of mail servers that write to the journal without one. From the
// stored entry on, itself included: that it comes again proves that nothing between was vacuumed.
constexpr std::string_view kJournalScript = R"sh(cursor=$1 since=$2
command -v journalctl >/dev/null 2>&1 || exit 41
there='' ok=''
for f in /var/log/journal/*/system.journal /run/log/journal/*/system.journal; do
  [ -e "$f" ] && there=1
  [ -r "$f" ] && ok=1
done
for d in /var/log/journal/* /run/log/journal/*; do [ -d "$d" ] && [ ! -x "$d" ] && there=1; done
[ -z "$there" ] || [ -n "$ok" ] || exit 42
set -- --no-pager -q -a -o json SYSLOG_FACILITY=2 SYSLOG_FACILITY=4 SYSLOG_FACILITY=10 + SYSLOG_IDENTIFIER=dovecot + SYSLOG_IDENTIFIER=fail2ban-server + SYSLOG_IDENTIFIER=exim
if journalctl --help | grep -q -e --output-fields; then
  set -- --output-fields=MESSAGE,SYSLOG_IDENTIFIER,SYSLOG_PID,_COMM,_PID,_HOSTNAME,_SOURCE_REALTIME_TIMESTAMP "$@"
fi
if [ -n "$cursor" ]; then exec journalctl --cursor="$cursor" "$@"; fi
exec journalctl --since=@"$since" "$@")sh";

std::string cursorOf(const QByteArray& line)
{
    static const QRegularExpression kCursor(QRegularExpression::anchoredPattern(QStringLiteral("[A-Za-z0-9=;._-]{1,512}")));
    const QString cursor = QJsonDocument::fromJson(line).object().value(QStringLiteral("__CURSOR")).toString();
    return kCursor.match(cursor).hasMatch() ? cursor.toStdString() : std::string();
}

} // namespace

JournalPull::JournalPull(StreamingRunner& runner, PullSink& sink, QString user, Limits limits)
    : m_runner(runner), m_sink(sink), m_user(std::move(user)), m_limits(limits)
{
    m_report.path = LogSource::kJournal;
}

Result<SourceReport> JournalPull::run()
{
    const auto known = m_sink.known(LogSource::kJournal);
    if (!known) {
        return tl::unexpected(known.error());
    }
    if (known->empty()) {
        m_file.path = LogSource::kJournal;
        m_file.fingerprint = LogSource::kJournal;
    } else {
        m_file = known->back();
        m_first = !m_file.tailHash.empty();
    }
    m_report.offset = m_file.offset;
    auto command = RemoteCommand::script(kJournalScript, {m_file.tailHash, std::to_string(m_limits.since)});
    auto stream = m_runner.start(command);
    if (!stream) {
        return tl::unexpected(stream.error());
    }
    const auto done = read(**stream);
    if (const auto settled = m_sink.settle(); !settled) {
        return tl::unexpected(settled.error());
    }
    if (!done) {
        const ErrorCode code = done.error().code;
        const bool ofJournal = code == ErrorCode::NotFound || code == ErrorCode::Permission || code == ErrorCode::Corrupt || code == ErrorCode::Remote;
        if (m_sinkFailed || !ofJournal) {
            return tl::unexpected(done.error());
        }
        m_report.error = done.error();
    }
    return std::move(m_report);
}

Result<void> JournalPull::read(CommandStream& stream)
{
    while (!stream.atEnd()) {
        if (m_report.bytes >= m_limits.bytesPerRound) {
            m_report.behind = 1;
            return {};
        }
        const auto part = stream.read(kJournalReadCount, 500ms);
        if (!part) {
            return tl::unexpected(part.error());
        }
        if (const auto taken = take(*part); !taken) {
            return taken;
        }
    }
    if (const qsizetype end = m_buffer.lastIndexOf('\n') + 1; end > 0) {
        if (const auto stored = commit(end); !stored) {
            return stored;
        }
    }
    return judgeEnd(stream);
}

Result<void> JournalPull::take(const QByteArray& part)
{
    m_buffer += part;
    if (m_skipping) {
        dropTooLong();
    }
    if (m_first) {
        dropFirst();
    }
    qsizetype end = m_buffer.lastIndexOf('\n') + 1;
    if (!m_first && (end >= PullConsumer::kCommitBytes || (end > 0 && m_buffer.size() - end > PullConsumer::kMaxLine))) {
        if (const auto stored = commit(end); !stored) {
            return stored;
        }
        end = 0;
    }
    if (end == 0 && m_buffer.size() > PullConsumer::kMaxLine) {
        m_first = false;
        m_skipping = true;
        dropTooLong();
    }
    return {};
}

void JournalPull::dropFirst()
{
    const qsizetype end = m_buffer.indexOf('\n') + 1;
    if (end == 0) {
        return;
    }
    m_first = false;
    if (cursorOf(m_buffer.first(end)) == m_file.tailHash) {
        m_buffer.remove(0, end);
    } else {
        m_report.notes.push_back(QStringLiteral("The journal no longer holds the entry that was read last: what stood between it and the oldest "
                                                "one kept is gone. journald.conf's SystemMaxUse and MaxRetentionSec decide that."));
    }
}

void JournalPull::dropTooLong()
{
    const qsizetype end = m_buffer.indexOf('\n') + 1;
    const qsizetype gone = end > 0 ? end : m_buffer.size();
    m_report.bytesLost += static_cast<std::uint64_t>(gone);
    m_file.bytesLost += static_cast<std::uint64_t>(gone);
    m_buffer.remove(0, gone);
    m_skipping = end == 0;
}

Result<void> JournalPull::commit(qsizetype size)
{
    const qsizetype last = size > 1 ? m_buffer.lastIndexOf('\n', size - 2) + 1 : 0;
    const std::string cursor = cursorOf(m_buffer.mid(last, size - last));
    if (cursor.empty()) {
        return failure(ErrorCode::Corrupt, QStringLiteral("The journal's output is not what journalctl -o json writes."),
                       QStringLiteral("Run `journalctl -o json -n 1` there and look at it."));
    }
    if (!m_file.id.isValid()) {
        const auto begun = m_sink.begin(m_file);
        if (!begun) {
            m_sinkFailed = true;
            return tl::unexpected(begun.error());
        }
        m_file.id = begun->id;
    }
    PullChunk chunk{m_file, m_file.offset, m_buffer.first(size)};
    chunk.file.offset += static_cast<std::uint64_t>(size);
    chunk.file.tailHash = cursor;
    if (const auto stored = m_sink.commit(chunk); !stored) {
        m_sinkFailed = true;
        return stored;
    }
    m_file = chunk.file;
    m_report.bytes += static_cast<std::uint64_t>(size);
    m_report.offset = m_file.offset;
    m_buffer.remove(0, size);
    return {};
}

Result<void> JournalPull::judgeEnd(CommandStream& stream)
{
    const auto output = stream.finish();
    if (!output) {
        return tl::unexpected(output.error());
    }
    if (output->exitCode == kMissing) {
        return failure(ErrorCode::NotFound, QStringLiteral("There is no systemd journal."), QStringLiteral("Name the log files instead: --log /var/log/mail.log"));
    }
    if (output->exitCode == kUnreadable) {
        return failure(ErrorCode::Permission, QStringLiteral("The systemd journal may not be read by %1.").arg(m_user),
                       QStringLiteral("On the server, as root: usermod -aG systemd-journal %1, then connect again.").arg(m_user));
    }
    // No entry at all is an exit code of its own in some versions, with nothing said.
    const QString said = UntrustedText(output->err.toStdString()).plain(200).trimmed();
    if (output->exitCode != 0 && !said.isEmpty()) {
        return failure(ErrorCode::Remote, QStringLiteral("The systemd journal cannot be read: %1").arg(said), QStringLiteral("Run `journalctl --verify` there."));
    }
    return {};
}

} // namespace mailward
