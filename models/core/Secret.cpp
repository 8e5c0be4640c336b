// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/Secret.h"

#include <cstring>
#include <new>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace mailward {

namespace {

/// Room for `size` bytes and a NUL, in whole pages.
std::size_t pagesFor(std::size_t size)
{
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return (size / page + 1) * page;
}

char* allocate(std::size_t size)
{
    const std::size_t length = pagesFor(size);
    void* memory = mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        throw std::bad_alloc();
    }
    // Both may be refused (limits, containers); wiping still holds then.
    mlock(memory, length);
    madvise(memory, length, MADV_DONTDUMP);
    return static_cast<char*>(memory);
}

} // namespace

Secret::Secret(std::string_view bytes)
{
    if (!bytes.empty()) {
        m_data = allocate(bytes.size());
        m_size = bytes.size();
        std::memcpy(m_data, bytes.data(), m_size);
    }
}

Secret Secret::takeFrom(char* bytes, std::size_t size)
{
    Secret secret(std::string_view(bytes, size));
    explicit_bzero(bytes, size);
    return secret;
}

Secret::~Secret()
{
    release();
}

Secret::Secret(Secret&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)),
      m_size(std::exchange(other.m_size, 0))
{
}

Secret& Secret::operator=(Secret&& other) noexcept
{
    if (this != &other) {
        release();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

void Secret::release() noexcept
{
    if (m_data != nullptr) {
        explicit_bzero(m_data, m_size);
        munmap(m_data, pagesFor(m_size));
        m_data = nullptr;
        m_size = 0;
    }
}

} // namespace mailward
