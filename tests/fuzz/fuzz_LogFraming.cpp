// SPDX-License-Identifier: GPL-3.0-or-later
// Lines must be the same in any split, and account for every byte.
#include "models/logs/LineFramer.h"

#include <cstdlib>
#include <vector>

using namespace mailward;

namespace {

std::vector<FramedLine> frame(std::string_view bytes, std::size_t piece, std::vector<std::string>& texts)
{
    std::vector<FramedLine> lines;
    LineFramer framer;
    const auto sink = [&](const FramedLine& line) {
        lines.push_back(line);
        texts.emplace_back(line.text);
    };
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        framer.feed(bytes.substr(at, piece), sink);
    }
    framer.finish(sink);
    if (framer.consumed() != bytes.size()) {
        std::abort();
    }
    return lines;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    std::vector<std::string> whole;
    std::vector<std::string> split;
    const auto a = frame(bytes, bytes.size(), whole);
    const auto b = frame(bytes, 1 + data[0] % 17U, split);
    if (whole != split || a.size() != b.size()) {
        std::abort();
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i].offset != b[i].offset || a[i].length != b[i].length) {
            std::abort();
        }
    }
    return 0;
}
