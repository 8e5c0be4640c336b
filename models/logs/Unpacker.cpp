// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/LogInput.h"

#include <array>
#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

namespace mailward {

/// One packed format. `take` moves what it can of `in` to `out` (whose size says how much room there is; it is set to what
/// was written) and says how the stream stands.
struct Unpacker::Codec {
    enum class State { More, StreamEnd, Bad };

    virtual ~Codec() = default;
    virtual State take(std::string_view& in, char* out, std::size_t room, std::size_t& written) = 0;
    /// Ready for a further stream.
    virtual void restart() = 0;
    bool isInStream = false; ///< bytes of a stream were read that did not end
};

struct Unpacker::Gzip final : Unpacker::Codec {
    Gzip() { inflateInit2(&z, 15 + 32); }
    ~Gzip() override { inflateEnd(&z); }
    State take(std::string_view& in, char* out, std::size_t room, std::size_t& written) override
    {
        z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
        z.avail_in = static_cast<uInt>(in.size());
        z.next_out = reinterpret_cast<Bytef*>(out);
        z.avail_out = static_cast<uInt>(room);
        const int result = inflate(&z, Z_NO_FLUSH);
        in.remove_prefix(in.size() - z.avail_in);
        written = room - z.avail_out;
        return result == Z_STREAM_END                          ? State::StreamEnd
               : result == Z_OK || result == Z_BUF_ERROR ? State::More
                                                         : State::Bad;
    }
    void restart() override { inflateReset(&z); }
    z_stream z{};
};

struct Unpacker::Xz final : Unpacker::Codec {
    Xz() { begin(); }
    ~Xz() override { lzma_end(&z); }
    void begin() { isReady = lzma_stream_decoder(&z, 256ULL << 20, 0) == LZMA_OK; }
    State take(std::string_view& in, char* out, std::size_t room, std::size_t& written) override
    {
        if (!isReady) {
            return State::Bad;
        }
        z.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
        z.avail_in = in.size();
        z.next_out = reinterpret_cast<std::uint8_t*>(out);
        z.avail_out = room;
        const lzma_ret result = lzma_code(&z, LZMA_RUN);
        in.remove_prefix(in.size() - z.avail_in);
        written = room - z.avail_out;
        return result == LZMA_STREAM_END                         ? State::StreamEnd
               : result == LZMA_OK || result == LZMA_BUF_ERROR ? State::More
                                                               : State::Bad;
    }
    void restart() override { begin(); }
    lzma_stream z = LZMA_STREAM_INIT;
    bool isReady = false;
};

struct Unpacker::Bzip2 final : Unpacker::Codec {
    Bzip2() { BZ2_bzDecompressInit(&z, 0, 0); }
    ~Bzip2() override { BZ2_bzDecompressEnd(&z); }
    State take(std::string_view& in, char* out, std::size_t room, std::size_t& written) override
    {
        z.next_in = const_cast<char*>(in.data());
        z.avail_in = static_cast<unsigned>(in.size());
        z.next_out = out;
        z.avail_out = static_cast<unsigned>(room);
        const int result = BZ2_bzDecompress(&z);
        in.remove_prefix(in.size() - z.avail_in);
        written = room - z.avail_out;
        return result == BZ_STREAM_END ? State::StreamEnd : result == BZ_OK ? State::More : State::Bad;
    }
    void restart() override
    {
        BZ2_bzDecompressEnd(&z);
        z = {};
        BZ2_bzDecompressInit(&z, 0, 0);
    }
    bz_stream z{};
};

struct Unpacker::Zstd final : Unpacker::Codec {
    ~Zstd() override { ZSTD_freeDStream(z); }
    State take(std::string_view& in, char* out, std::size_t room, std::size_t& written) override
    {
        ZSTD_inBuffer from{in.data(), in.size(), 0};
        ZSTD_outBuffer to{out, room, 0};
        const std::size_t result = ZSTD_decompressStream(z, &to, &from);
        in.remove_prefix(from.pos);
        written = to.pos;
        return ZSTD_isError(result) != 0 ? State::Bad : result == 0 ? State::StreamEnd : State::More;
    }
    void restart() override { ZSTD_initDStream(z); }
    ZSTD_DStream* z = ZSTD_createDStream();
};

Unpacker::Unpacker() = default;
Unpacker::~Unpacker() = default;
Unpacker::Unpacker(Unpacker&&) noexcept = default;
Unpacker& Unpacker::operator=(Unpacker&&) noexcept = default;

Result<void> Unpacker::check(std::size_t grown)
{
    m_out += grown;
    const bool isBomb = m_out > kRatioFrom && m_out / std::max<std::uint64_t>(m_in, 1) > kMostRatio;
    if (m_out <= kMostOutput && !isBomb) {
        return {};
    }
    return failure(ErrorCode::LimitExceeded,
                   isBomb ? QStringLiteral("unpacks to more than %1 times its size, which no log does.").arg(kMostRatio)
                          : QStringLiteral("holds more than 1 GiB when unpacked."),
                   QStringLiteral("if it is a log, unpack it and name the plain file"));
}

Result<void> Unpacker::feed(std::string_view packed, ByteBuffer& out)
{
    constexpr std::size_t kHead = 6;
    m_in += packed.size();
    std::string joined;
    if (!m_decided) {
        m_head.append(packed);
        if (m_head.size() < kHead && !packed.empty()) {
            return {};
        }
        m_decided = true;
        if (m_head.starts_with("\x1F\x8B")) {
            m_codec = std::make_unique<Gzip>();
        } else if (m_head.starts_with(std::string_view("\xFD" "7zXZ\0", 6))) {
            m_codec = std::make_unique<Xz>();
        } else if (m_head.starts_with("BZh")) {
            m_codec = std::make_unique<Bzip2>();
        } else if (m_head.starts_with("\x28\xB5\x2F\xFD")) {
            m_codec = std::make_unique<Zstd>();
        }
        joined = std::move(m_head);
        packed = joined;
    }
    if (!m_codec) {
        out.append(packed);
        return {};
    }
    constexpr std::size_t kRoom = 256 * 1024;
    while (true) {
        const std::size_t had = packed.size();
        std::size_t written = 0;
        m_codec->isInStream = m_codec->isInStream || !packed.empty();
        const auto state = m_codec->take(packed, out.room(kRoom), kRoom, written);
        out.commit(written);
        if (auto within = check(written); !within) {
            return within;
        }
        if (state == Codec::State::Bad) {
            return failure(ErrorCode::Corrupt, QStringLiteral("is damaged; what comes after was not read."));
        }
        if (state == Codec::State::StreamEnd) {
            m_codec->restart();
            m_codec->isInStream = false;
            while (packed.starts_with('\0')) { // padding after a stream
                packed.remove_prefix(1);
            }
            if (packed.empty()) {
                return {};
            }
            continue;
        }
        const bool isStuck = written == 0 && packed.size() == had;
        if ((packed.empty() && written < kRoom) || isStuck) {
            return {};
        }
    }
}

Result<void> Unpacker::finish(ByteBuffer& out)
{
    if (!m_decided) {
        if (auto fed = feed({}, out); !fed) {
            return fed;
        }
    }
    if (m_codec && m_codec->isInStream) {
        return failure(ErrorCode::Corrupt, QStringLiteral("ends in the middle of its packed stream; what was there has been read."));
    }
    return {};
}

} // namespace mailward
