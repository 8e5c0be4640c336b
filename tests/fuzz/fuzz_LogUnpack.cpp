// SPDX-License-Identifier: GPL-3.0-or-later
// Packed input of any kind, whole or cut: an error or text, and never more than the cap.
#include "models/logs/LogInput.h"

#include <cstdlib>

using namespace mailward;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 1) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t piece = 1 + static_cast<std::size_t>(data[0]) * 8;
    Unpacker unpacker;
    ByteBuffer out;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        if (!unpacker.feed(bytes.substr(at, piece), out)) {
            return 0;
        }
        if (out.size() > Unpacker::kRatioFrom * 2) {
            std::abort();
        }
    }
    [[maybe_unused]] const auto ended = unpacker.finish(out);
    return 0;
}
