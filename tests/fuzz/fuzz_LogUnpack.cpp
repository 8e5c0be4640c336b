// SPDX-License-Identifier: GPL-3.0-or-later
// Packed input of any kind, whole or cut: an error or text, and never more than the cap.
#include "models/logs/LogInput.h"
#include "tests/fuzz/Bounded.h"

#include <cstdlib>

using namespace mailward;

namespace {

constexpr std::size_t kMostKept = 1 << 20;
constexpr std::size_t kWindow = 10; ///< times as long, since a sanitizer marks every byte of the window of up to 128 MiB that a stream may ask for

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 1) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t piece = 1 + static_cast<std::size_t>(data[0]) * 8;
    static ByteBuffer out; // its room stays: fresh memory costs more than the unpacking
    const auto take = [&] {
        Unpacker unpacker;
        out.clear();
        out.shrinkTo(kMostKept);
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            if (!unpacker.feed(bytes.substr(at, piece), out)) {
                return;
            }
            if (out.size() > Unpacker::kRatioFrom * 2) {
                std::abort();
            }
        }
        [[maybe_unused]] const auto ended = unpacker.finish(out);
    };
    return fuzz::bounded(take, [] { return kWindow + (out.size() >> 20); }); // and for each MiB
}
