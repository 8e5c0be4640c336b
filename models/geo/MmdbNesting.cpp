// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/geo/MmdbNesting.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace mailward {

namespace {

constexpr std::size_t kMaxDepth = 32;

enum Type : unsigned { Pointer = 1, Map = 7, Array = 11, Boolean = 14, Last = 15 };

struct Header {
    unsigned type = 0;
    std::size_t size = 0;   ///< as the control bytes say: bytes, pairs or items
    std::size_t length = 0; ///< of the control bytes
};

/// The control bytes of one value (MaxMind DB format 2.0, "Data Field Format").
std::optional<Header> readHeader(std::span<const std::uint8_t> at)
{
    Header header;
    const unsigned control = at[0];
    header.type = control >> 5;
    header.length = 1;
    if (header.type == Pointer) {
        header.size = ((control >> 3) & 3U) + 1;
        return header;
    }
    if (header.type == 0) {
        if (at.size() < 2) {
            return std::nullopt;
        }
        header.type = at[1] + 7U;
        header.length = 2;
    }
    header.size = control & 0x1FU;
    const std::size_t extra = header.size < 29 ? 0 : header.size - 28;
    if (extra > 0) {
        if (at.size() < header.length + extra) {
            return std::nullopt;
        }
        std::size_t value = 0;
        for (std::size_t i = 0; i < extra; ++i) {
            value = (value << 8) | at[header.length + i];
        }
        constexpr std::size_t kBase[] = {0, 29, 285, 65821};
        header.size = kBase[extra] + value;
        header.length += extra;
    }
    return header.type <= Last ? std::optional(header) : std::nullopt;
}

} // namespace

bool mmdbNestingIsSane(std::span<const std::uint8_t> section)
{
    std::vector<std::size_t> open; // values still to come in each container that we are in
    while (!section.empty()) {
        const auto header = readHeader(section);
        if (!header) {
            return false;
        }
        const bool container = header->type == Map || header->type == Array;
        const std::size_t payload = container || header->type == Boolean ? 0 : header->size;
        if (section.size() < header->length + payload) {
            return false;
        }
        section = section.subspan(header->length + payload);
        if (!open.empty()) {
            --open.back();
        }
        if (container) {
            open.push_back(header->type == Map ? header->size * 2 : header->size);
        }
        while (!open.empty() && open.back() == 0) {
            open.pop_back();
        }
        if (open.size() > kMaxDepth) {
            return false;
        }
    }
    return true;
}

} // namespace mailward
