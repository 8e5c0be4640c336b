// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace mailward {

/// A password, passphrase or code: kept in memory that is not swapped or dumped where the system allows it,
/// wiped at the end, moved but never copied. There is no way into a QString.
class Secret
{
public:
    Secret() = default;
    /// Copies the bytes in; the caller wipes its own.
    explicit Secret(std::string_view bytes);
    /// Copies the bytes in and wipes the source.
    [[nodiscard]] static Secret takeFrom(char* bytes, std::size_t size);
    ~Secret();
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    /// NUL-terminated, for C libraries; valid while the Secret lives and is not moved from.
    [[nodiscard]] const char* data() const { return m_data != nullptr ? m_data : ""; }

private:
    void release() noexcept;

    char* m_data = nullptr; ///< whole pages of our own
    std::size_t m_size = 0;
};

} // namespace mailward
