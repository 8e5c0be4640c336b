// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/core/Time.h"
#include "models/logs/ByteBuffer.h"

#include <QString>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mailward {

/// Unpacks one stream (gzip, xz, bzip2, zstd, told by its first bytes) or passes it through. Several packed streams one after
/// the other are one text, as the tools have it. Output is capped, because 79 bytes can become 64 MiB.
class Unpacker
{
public:
    static constexpr std::uint64_t kMostOutput = 1ULL << 30;
    static constexpr std::uint64_t kRatioFrom = 64ULL << 20; ///< above this much output, kMostRatio is an alarm
    static constexpr std::uint64_t kMostRatio = 1000;

    Unpacker();
    ~Unpacker();
    Unpacker(Unpacker&&) noexcept;
    Unpacker& operator=(Unpacker&&) noexcept;

    /// Appends what `packed` gives to `out`. Errors: Corrupt, LimitExceeded.
    [[nodiscard]] Result<void> feed(std::string_view packed, ByteBuffer& out);
    /// No more input. Error: Corrupt, when a packed stream was cut short (what came before has been given).
    [[nodiscard]] Result<void> finish(ByteBuffer& out);
    /// The input was seen to be plain text: what is fed comes out as it is.
    [[nodiscard]] bool isPlain() const { return m_decided && !m_codec; }

private:
    struct Codec;
    struct Gzip;
    struct Xz;
    struct Bzip2;
    struct Zstd;

    [[nodiscard]] Result<void> check(std::size_t grown);

    std::unique_ptr<Codec> m_codec;
    std::string m_head; ///< first bytes, until they tell the format
    bool m_decided = false;
    std::uint64_t m_in = 0;
    std::uint64_t m_out = 0;
};

/// A log file, or standard input ("-"), as plain bytes.
class LogInput
{
public:
    /// Error: NotFound, Permission, Io.
    [[nodiscard]] static Result<LogInput> open(const QString& path);
    ~LogInput();
    LogInput(LogInput&&) noexcept;
    LogInput& operator=(LogInput&&) noexcept;

    /// Appends the next piece (at most a few MiB) to `out`; false at the end. Error: Io, Corrupt, LimitExceeded.
    [[nodiscard]] Result<bool> read(ByteBuffer& out);
    [[nodiscard]] Result<bool> read(std::string& out);
    [[nodiscard]] const QString& name() const { return m_name; }
    /// When the file was last written; nothing for standard input.
    [[nodiscard]] std::optional<Instant> modified() const { return m_modified; }

private:
    struct File;
    LogInput(QString name, std::unique_ptr<File> file);

    QString m_name;
    std::unique_ptr<File> m_file;
    Unpacker m_unpacker;
    std::optional<Instant> m_modified;
    bool m_ended = false;
};

} // namespace mailward
