// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/LiveReader.h"

#include "models/servers/LogIdentity.h"
#include "models/servers/PullConsumer.h"

#include <optional>

namespace mailward {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kPatience = 5s;
constexpr qsizetype kReadCount = 4 * 1024 * 1024;

// Opened once as 3. A request is an offset (1 is the first byte) and a word that nobody else knows, which ends the answer.
// It comes over stdin, so that no list of processes shows it.
constexpr std::string_view kScript = R"sh(p=$1
[ -f "$p" ] && exec 3<"$p" || exit 41
while read -r from marker; do
  if [ /dev/fd/3 -ef "$p" ]; then echo same; else echo moved; fi
  tail -c +"$from" /dev/fd/3
  printf '\n%s\n' "$marker"
done)sh";

} // namespace

/// One answer on its way: its first line, the bytes before the offset, what is new, the marker.
class LiveReader::Answer
{
public:
    Answer(PullSink& sink, PulledFile& file, const QByteArray& marker)
        : m_sink(sink), m_file(file), m_before(static_cast<qsizetype>(std::min(file.offset, kTailBytes))), m_end('\n' + marker + '\n')
    {
    }

    /// False: these are not the bytes of the file that we know.
    [[nodiscard]] Result<bool> feed(const QByteArray& part)
    {
        m_text += part;
        m_over = m_text.endsWith(m_end);
        // What may be the marker is held back.
        const qsizetype sure = m_text.size() - std::min(m_text.size(), m_end.size());
        if (!m_consumer) {
            const qsizetype line = m_text.indexOf('\n') + 1;
            if (line == 0 || sure < line + m_before) {
                return !m_over;
            }
            const QByteArray before = m_text.mid(line, m_before);
            if (tailHashOf(before) != m_file.tailHash) {
                return false;
            }
            m_moved = !m_text.startsWith("same\n");
            m_consumer.emplace(m_sink, m_file, before, QByteArrayView());
            m_text.remove(0, line + m_before);
            return feed({});
        }
        if (const auto fed = m_consumer->feed(QByteArrayView(m_text).first(sure)); !fed) {
            return tl::unexpected(fed.error());
        }
        m_text.remove(0, sure);
        return true;
    }

    /// Commits the rest; also after an error, so that file and report say what is stored.
    [[nodiscard]] Result<Outcome> settle(SourceReport& report)
    {
        auto flushed = m_consumer->flush();
        if (flushed && m_consumer->lost() > 0 && !m_consumer->hasBegun()) {
            // What comes after the gap needs a place to start from.
            if (const auto begun = m_sink.begin(m_consumer->file()); !begun) {
                flushed = tl::unexpected(begun.error());
            }
        }
        report.bytes += m_consumer->committed();
        report.bytesLost += m_consumer->lost();
        report.offset = m_consumer->file().offset;
        const bool gap = m_consumer->lost() > 0;
        m_file = m_consumer->file();
        if (!flushed) {
            return tl::unexpected(flushed.error());
        }
        return m_moved || gap ? Outcome::Moved : Outcome::Same;
    }

    [[nodiscard]] bool isOver() const { return m_over; }
    [[nodiscard]] bool isRight() const { return m_consumer.has_value(); }

private:
    PullSink& m_sink;
    PulledFile& m_file;
    qsizetype m_before;
    QByteArray m_end;
    QByteArray m_text;
    std::optional<PullConsumer> m_consumer; ///< once the bytes before the offset proved right
    bool m_moved = false;
    bool m_over = false;
};

Result<std::unique_ptr<LiveReader>> LiveReader::start(StreamingRunner& runner, const std::string& path)
{
    auto command = RemoteCommand::script(kScript, {path});
    command.keepStdinOpen = true;
    command.timeout = std::chrono::hours(24 * 365);
    auto stream = runner.start(command);
    if (!stream) {
        return tl::unexpected(stream.error());
    }
    return std::unique_ptr<LiveReader>(new LiveReader(std::move(*stream)));
}

bool LiveReader::isFit(const PulledFile& file)
{
    return file.id.isValid() && file.offset >= kTailBytes && file.fingerprint.starts_with(std::to_string(kFingerprintBytes) + ':');
}

Result<LiveReader::Outcome> LiveReader::read(PullSink& sink, PulledFile& file, SourceReport& report)
{
    const QByteArray marker = QByteArray::fromStdString(newMarker());
    Answer answer(sink, file, marker);
    const std::uint64_t from = file.offset - std::min(file.offset, kTailBytes) + 1;
    if (const auto asked = m_stream->write(QByteArray::number(static_cast<qulonglong>(from)) + ' ' + marker + '\n'); !asked) {
        return tl::unexpected(asked.error());
    }
    const auto taken = take(answer);
    if (!answer.isRight()) {
        return taken;
    }
    const auto settled = answer.settle(report);
    return taken ? settled : taken;
}

Result<LiveReader::Outcome> LiveReader::take(Answer& answer)
{
    auto deadline = Clock::now() + kPatience;
    while (!answer.isOver()) {
        const auto part = m_stream->read(kReadCount, 500ms);
        if (!part) {
            return tl::unexpected(part.error());
        }
        if (part->isEmpty() && (m_stream->atEnd() || Clock::now() > deadline)) {
            const bool ended = m_stream->atEnd();
            return failure(ended ? ErrorCode::Remote : ErrorCode::Timeout, QStringLiteral("The log is no longer read as it grows."));
        }
        if (!part->isEmpty()) {
            deadline = Clock::now() + kPatience;
        }
        const auto right = answer.feed(*part);
        if (!right) {
            return tl::unexpected(right.error());
        }
        if (!*right) {
            return Outcome::Moved;
        }
    }
    return answer.isRight() ? Outcome::Same : Outcome::Moved;
}

} // namespace mailward
