// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/UnpackedContent.h"

#include "models/core/UntrustedText.h"
#include "models/servers/LogIdentity.h"

#include <algorithm>
#include <utility>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype kUnpackStep = 64 * 1024; ///< of packed bytes at a time: what they unfold to has to fit in memory
constexpr qsizetype kFeedStep = 512 * 1024;

} // namespace

Result<void> feedInSteps(PullConsumer& consumer, QByteArrayView bytes, const std::stop_token& stop)
{
    while (!bytes.isEmpty()) {
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, QStringLiteral("Reading the logs was stopped."));
        }
        const qsizetype step = std::min(bytes.size(), kFeedStep);
        if (const auto fed = consumer.feed(bytes.first(step)); !fed) {
            return fed;
        }
        bytes = bytes.sliced(step);
    }
    return {};
}

UnpackedContent::UnpackedContent(const RemoteFile& file, OpenedLog& opened, std::uint64_t maxSize)
    : m_file(file), m_opened(opened), m_inflater(maxSize), m_left(maxSize), m_raw(std::move(opened.pending))
{
}

Result<void> UnpackedContent::fill(qsizetype count)
{
    while (m_waiting.size() < count && !m_over) {
        if (const auto more = readMore(); !more) {
            return more;
        }
    }
    return {};
}

QByteArray UnpackedContent::head() const
{
    return m_waiting.first(std::min<qsizetype>(m_waiting.size(), kFingerprintBytes));
}

Result<QByteArray> UnpackedContent::skip(std::uint64_t offset)
{
    QByteArray before;
    while (m_position < offset) {
        if (const auto filled = fill(1); !filled) {
            return tl::unexpected(filled.error());
        }
        if (m_waiting.isEmpty()) {
            break;
        }
        const auto count = static_cast<qsizetype>(
            std::min<std::uint64_t>(offset - m_position, static_cast<std::uint64_t>(m_waiting.size())));
        before = (before + m_waiting.first(count)).right(kTailBytes);
        m_waiting.remove(0, count);
        m_position += static_cast<std::uint64_t>(count);
    }
    return before;
}

Result<QByteArray> UnpackedContent::take(qsizetype count)
{
    if (const auto filled = fill(count); !filled) {
        return tl::unexpected(filled.error());
    }
    QByteArray part = m_waiting.first(std::min(count, m_waiting.size()));
    m_waiting.remove(0, part.size());
    m_position += static_cast<std::uint64_t>(part.size());
    return part;
}

Result<void> UnpackedContent::feedRest(PullConsumer& consumer, const std::stop_token& stop)
{
    for (;;) {
        if (const auto fed = feedInSteps(consumer, std::exchange(m_waiting, {}), stop); !fed) {
            return fed;
        }
        if (m_over) {
            return consumer.flush();
        }
        if (const auto more = readMore(); !more) {
            return more;
        }
    }
}

Result<void> UnpackedContent::readMore()
{
    if (m_raw.isEmpty()) {
        auto next = m_opened.stream->read(kLinkFillingCount, 500ms);
        if (!next) {
            return tl::unexpected(next.error());
        }
        m_raw = std::move(*next);
        m_used = 0;
    }
    const QByteArrayView step = QByteArrayView(m_raw).sliced(m_used).first(std::min(kUnpackStep, m_raw.size() - m_used));
    auto content = m_file.isGzip() ? m_inflater.feed(step) : Result<QByteArray>(step.toByteArray());
    m_used += step.size();
    if (!content) {
        return tl::unexpected(content.error());
    }
    if (static_cast<std::uint64_t>(content->size()) > m_left) {
        return failure(ErrorCode::LimitExceeded,
                       QStringLiteral("%1 unfolds to far more than a log would.").arg(QString::fromStdString(m_file.name)));
    }
    m_left -= static_cast<std::uint64_t>(content->size());
    m_any = m_any || !content->isEmpty();
    m_waiting += *content;
    if (m_used == m_raw.size()) {
        m_raw.clear();
    }
    m_over = m_raw.isEmpty() && m_opened.stream->atEnd();
    return m_over ? checkEnd() : Result<void>{};
}

Result<void> UnpackedContent::checkEnd()
{
    if (m_file.isGzip() ? m_inflater.isComplete() : m_any) {
        return {};
    }
    const auto output = m_opened.stream->finish();
    const QString said = output ? UntrustedText(output->err.toStdString()).plain(200).trimmed() : output.error().text;
    return failure(ErrorCode::Corrupt,
                   QStringLiteral("%1 cannot be unpacked to its end. %2").arg(QString::fromStdString(m_file.name), said));
}

} // namespace mailward
