// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/logs/Words.h"

#include <cstdint>
#include <cstring>
#include <random>
#include <string_view>
#include <vector>

namespace mailward {

/// Finds the number of a thing that stands elsewhere: a table of numbers in one piece of memory, which costs a visit to one
/// place of it instead of three. Whoever writes the log chooses the names, so the hash has a secret of its own.
class FlatIndex
{
public:
    [[nodiscard]] std::uint64_t hashOf(std::string_view text) const
    {
        std::uint64_t hash = m_secret ^ text.size();
        for (; text.size() > 8; text.remove_prefix(8)) {
            hash = mix(hash ^ firstWord(text), kOdd);
        }
        return mix(hash ^ firstWord(text), kOdd ^ m_secret);
    }
    [[nodiscard]] std::uint64_t hashOf(const IpAddress& ip) const
    {
        const auto& bytes = ip.bytes();
        return hashOf({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    }

    /// The number whose thing `isSame`, else `next`, which is filed under the hash.
    template <class IsSame>
    [[nodiscard]] std::uint32_t idOf(std::uint64_t hash, std::uint32_t next, IsSame&& isSame)
    {
        if (m_used * 2 >= m_slots.size()) {
            grow();
        }
        const auto tag = static_cast<std::uint32_t>(hash >> 32U) | 1U; // 0: an empty place
        for (std::size_t at = hash & m_mask;; at = (at + 1) & m_mask) {
            Slot& slot = m_slots[at];
            if (slot.tag == 0) {
                slot = {tag, next, static_cast<std::uint32_t>(hash)};
                ++m_used;
                return next;
            }
            if (slot.tag == tag && isSame(slot.id)) {
                return slot.id;
            }
        }
    }

private:
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t id = 0;
        std::uint32_t place = 0; ///< low half of the hash
    };

    static constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL;

    /// Both halves of the product, one upon the other.
    static std::uint64_t mix(std::uint64_t a, std::uint64_t b)
    {
        __extension__ using Wide = unsigned __int128;
        const Wide product = static_cast<Wide>(a) * b;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
    }
    static std::uint64_t newSecret()
    {
        std::random_device source;
        return (std::uint64_t{source()} << 32U | source()) | 1U;
    }
    void grow()
    {
        std::vector<Slot> small(m_slots.empty() ? 64 : m_slots.size() * 2);
        small.swap(m_slots);
        m_mask = m_slots.size() - 1;
        for (const Slot& slot : small) {
            if (slot.tag != 0) {
                std::size_t at = slot.place & m_mask;
                while (m_slots[at].tag != 0) {
                    at = (at + 1) & m_mask;
                }
                m_slots[at] = slot;
            }
        }
    }

    std::uint64_t m_secret = newSecret();
    std::vector<Slot> m_slots;
    std::size_t m_used = 0;
    std::size_t m_mask = 0;
};

} // namespace mailward
