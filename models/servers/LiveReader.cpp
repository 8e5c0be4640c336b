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
constexpr qsizetype kReadCount = 4 * 1024 * 1024; ///< of new bytes in one answer; as the script has it
constexpr qsizetype kMaxAnswer = kReadCount + 4096;

// Opened once as 3. A request is the offset of the known bytes (1 is the first byte) and a word that nobody else knows, which
// ends the answer. It comes over stdin, so that no list of processes shows it. The known bytes stand before the new ones and
// come once more after them: what was read between two equal proofs is of one file.
constexpr std::string_view kScript = R"sh(p=$1
[ -f "$p" ] && exec 3<"$p" || exit 41
while read -r from marker; do
  if [ /dev/fd/3 -ef "$p" ]; then echo same; else echo moved; fi
  tail -c +"$from" /dev/fd/3 | head -c 4194560
  printf '\n%s again\n' "$marker"
  tail -c +"$from" /dev/fd/3 | head -c 256
  printf '\n%s\n' "$marker"
done)sh";
static_assert(kReadCount + static_cast<qsizetype>(kTailBytes) == 4194560 && kTailBytes == 256);

/// The bytes that end with the file's known ones are that file's.
bool isProof(QByteArrayView bytes, const PulledFile& file)
{
    return tailHashOf(bytes.toByteArray()) == file.tailHash;
}

} // namespace

/// One answer on its way: its first line, the known bytes, what is new, a marker, the known bytes again, the last marker.
class LiveReader::Answer
{
public:
    explicit Answer(const QByteArray& marker) : m_again('\n' + marker + " again\n"), m_end('\n' + marker + '\n') {}

    void add(const QByteArray& part) { m_text += part; }
    [[nodiscard]] bool isOver() const { return m_text.endsWith(m_end); }
    [[nodiscard]] bool isTooLong() const { return m_text.size() > kMaxAnswer; }
    [[nodiscard]] bool hasMoved() const { return !m_text.startsWith("same\n"); }

    [[nodiscard]] QByteArrayView before() const { return QByteArrayView(m_text).sliced(lineEnd(), kTail); }
    /// The new bytes; nothing: these are not the bytes of the file that we know.
    [[nodiscard]] std::optional<QByteArrayView> news(const PulledFile& file) const
    {
        const qsizetype tail = m_again.size() + kTail + m_end.size();
        const qsizetype size = m_text.size() - lineEnd() - kTail - tail;
        if (size < 0) {
            return std::nullopt;
        }
        const QByteArrayView all = m_text;
        const QByteArrayView after = all.last(tail);
        const bool proved = after.startsWith(m_again) && isProof(before(), file) && after.sliced(m_again.size(), kTail) == before();
        return proved ? std::optional(all.sliced(lineEnd() + kTail, size)) : std::nullopt;
    }

private:
    static constexpr auto kTail = static_cast<qsizetype>(kTailBytes);
    [[nodiscard]] qsizetype lineEnd() const { return m_text.indexOf('\n') + 1; }

    QByteArray m_again;
    QByteArray m_end;
    QByteArray m_text;
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
    for (;;) {
        qsizetype count = 0;
        const auto outcome = readOnce(sink, file, report, count);
        if (!outcome || *outcome == Outcome::Moved || count < kReadCount) {
            return outcome;
        }
    }
}

Result<LiveReader::Outcome> LiveReader::readOnce(PullSink& sink, PulledFile& file, SourceReport& report, qsizetype& count)
{
    const QByteArray marker = QByteArray::fromStdString(newMarker());
    if (const auto asked = m_stream->write(QByteArray::number(static_cast<qulonglong>(file.offset - kTailBytes + 1)) + ' ' + marker + '\n'); !asked) {
        return tl::unexpected(asked.error());
    }
    Answer answer(marker);
    if (const auto taken = take(answer); !taken) {
        return tl::unexpected(taken.error());
    }
    const auto news = answer.isOver() ? answer.news(file) : std::nullopt;
    if (!news) {
        return Outcome::Moved;
    }
    count = news->size();
    PullConsumer consumer(sink, file, answer.before(), QByteArrayView());
    const auto fed = consumer.feed(*news);
    const auto settled = settle(consumer, sink, file, report);
    if (!fed || !settled) {
        return tl::unexpected(fed ? settled.error() : fed.error());
    }
    return answer.hasMoved() || consumer.lost() > 0 ? Outcome::Moved : Outcome::Same;
}

/// Commits the rest; also after an error, so that file and report say what is stored.
Result<void> LiveReader::settle(PullConsumer& consumer, PullSink& sink, PulledFile& file, SourceReport& report)
{
    Result<void> flushed = consumer.flush();
    if (flushed && consumer.lost() > 0 && !consumer.hasBegun()) {
        // What comes after the gap needs a place to start from.
        if (const auto begun = sink.begin(consumer.file()); !begun) {
            flushed = tl::unexpected(begun.error());
        }
    }
    report.bytes += consumer.committed();
    report.bytesLost += consumer.lost();
    report.offset = consumer.file().offset;
    file = consumer.file();
    return flushed;
}

/// Until the answer is over, or too long to be one.
Result<void> LiveReader::take(Answer& answer)
{
    auto deadline = Clock::now() + kPatience;
    while (!answer.isOver() && !answer.isTooLong()) {
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
        answer.add(*part);
    }
    return {};
}

} // namespace mailward
