// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/Inflater.h"

#include <zlib.h>

namespace mailward {

namespace {

constexpr std::uint64_t kMaxRatio = 200;
constexpr std::uint64_t kRatioFrom = 10ULL << 20;
constexpr qsizetype kOutputStep = 256 * 1024;
constexpr int kGzipOnly = 16 + MAX_WBITS;

} // namespace

struct Inflater::Stream
{
    z_stream z{};
    Stream() { inflateInit2(&z, kGzipOnly); }
    ~Stream() { inflateEnd(&z); }
};

Inflater::Inflater(std::uint64_t maxOutput) : m_stream(std::make_unique<Stream>()), m_maxOutput(maxOutput) {}

Inflater::~Inflater() = default;

bool Inflater::isComplete() const
{
    return m_complete;
}

Result<QByteArray> Inflater::feed(QByteArrayView bytes)
{
    z_stream& z = m_stream->z;
    // zlib does not write through next_in; its type only lacks the const.
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    z.avail_in = static_cast<uInt>(bytes.size());
    m_in += static_cast<std::uint64_t>(bytes.size());
    QByteArray out;
    bool full = false;
    while (z.avail_in > 0 || full) {
        if (m_complete) {
            inflateReset(&z);
            m_complete = false;
        }
        const qsizetype before = out.size();
        out.resize(before + kOutputStep);
        z.next_out = reinterpret_cast<Bytef*>(out.data() + before);
        z.avail_out = static_cast<uInt>(kOutputStep);
        const int answer = inflate(&z, Z_NO_FLUSH);
        full = z.avail_out == 0;
        out.resize(before + kOutputStep - static_cast<qsizetype>(z.avail_out));
        m_out += static_cast<std::uint64_t>(out.size() - before);
        if (answer != Z_OK && answer != Z_STREAM_END && answer != Z_BUF_ERROR) {
            return failure(ErrorCode::Corrupt, QStringLiteral("It is not whole gzip data."));
        }
        if (m_out > m_maxOutput || (m_out > kRatioFrom && m_out / kMaxRatio > m_in)) {
            return failure(ErrorCode::LimitExceeded,
                           QStringLiteral("It unfolds to far more than a log would."));
        }
        m_complete = answer == Z_STREAM_END;
        full = full && !m_complete;
    }
    return out;
}

} // namespace mailward
