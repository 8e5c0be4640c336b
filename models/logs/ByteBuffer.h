// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace mailward {

/// Bytes that grow at the end. Unlike a std::string it does not write zeros where a read is going to write.
class ByteBuffer
{
public:
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] std::string_view view() const { return {m_bytes.get(), m_size}; }

    /// Room for `count` bytes after the end; commit() says how many of them were written.
    [[nodiscard]] char* room(std::size_t count)
    {
        if (m_size + count > m_capacity) {
            const std::size_t capacity = std::max(m_size + count, m_capacity * 2);
            auto grown = std::make_unique_for_overwrite<char[]>(capacity);
            if (m_size > 0) {
                std::memcpy(grown.get(), m_bytes.get(), m_size);
            }
            m_bytes = std::move(grown);
            m_capacity = capacity;
        }
        return m_bytes.get() + m_size;
    }
    void commit(std::size_t count) { m_size += count; }
    void append(std::string_view text)
    {
        if (!text.empty()) {
            std::memcpy(room(text.size()), text.data(), text.size());
            m_size += text.size();
        }
    }
    void truncate(std::size_t size) { m_size = std::min(m_size, size); }
    void clear() { m_size = 0; }
    /// Gives back the memory of a line that was much longer than others are.
    void shrinkTo(std::size_t capacity)
    {
        if (m_size == 0 && m_capacity > capacity) {
            m_bytes.reset();
            m_capacity = 0;
        }
    }

private:
    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

} // namespace mailward
