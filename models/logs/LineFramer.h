// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace mailward {

/// One line of a stream. `text` lives until the next call of the framer.
struct FramedLine {
    std::string_view text;    ///< without its end (LF or CR LF); at most LineFramer::kKeep bytes
    std::uint64_t offset = 0; ///< of its first byte in the stream
    std::uint64_t length = 0; ///< of the whole line without its end, also where `text` was cut
    [[nodiscard]] bool isCut() const { return text.size() < length; }
};

/// Bytes in any split into lines. Of a line longer than kKeep the rest is counted and dropped, so that memory stays flat.
class LineFramer
{
public:
    static constexpr std::size_t kKeep = 64 * 1024;

    explicit LineFramer(std::uint64_t startOffset = 0) : m_lineStart(startOffset) {}

    /// Calls `sink(const FramedLine&)` for every line that `bytes` completes.
    template <class Sink>
    void feed(std::string_view bytes, Sink&& sink)
    {
        while (!bytes.empty()) {
            const void* end = std::memchr(bytes.data(), '\n', bytes.size());
            if (end == nullptr) {
                keep(bytes);
                return;
            }
            const auto size = static_cast<std::size_t>(static_cast<const char*>(end) - bytes.data());
            if (m_length == 0) {
                give(bytes.substr(0, size), size, sink);
            } else {
                keep(bytes.substr(0, size));
                give(m_kept, m_length, sink);
                m_kept.clear();
                m_length = 0;
            }
            m_lineStart += 1;
            bytes.remove_prefix(size + 1);
        }
    }

    /// The stream is over: what is left is a line too.
    template <class Sink>
    void finish(Sink&& sink)
    {
        if (m_length > 0) {
            give(m_kept, m_length, sink);
            m_kept.clear();
            m_length = 0;
        }
    }

    /// Without the CR of a CR LF, and cut to kKeep.
    [[nodiscard]] static FramedLine trimmed(FramedLine line)
    {
        if (line.text.size() == line.length && !line.text.empty() && line.text.back() == '\r') {
            line.text.remove_suffix(1);
            --line.length;
        }
        line.text = line.text.substr(0, kKeep);
        return line;
    }

    /// Somebody else read these whole lines. Only where no line is open.
    void skip(std::size_t bytes) { m_lineStart += bytes; }
    [[nodiscard]] bool isInLine() const { return m_length > 0; }

    /// Offset of the first byte that belongs to no complete line yet.
    [[nodiscard]] std::uint64_t consumed() const { return m_lineStart; }

private:
    void keep(std::string_view part)
    {
        m_length += part.size();
        // One byte more than a line may have, so that a CR at the very end is not taken for text.
        m_kept.append(part.substr(0, kKeep + 1 - std::min(m_kept.size(), kKeep + 1)));
    }

    template <class Sink>
    void give(std::string_view text, std::uint64_t length, Sink&& sink)
    {
        const FramedLine line = trimmed({text, m_lineStart, length});
        m_lineStart += length;
        sink(line);
    }

    std::uint64_t m_lineStart;
    std::uint64_t m_length = 0; ///< bytes of the open line so far
    std::string m_kept;
};

} // namespace mailward
