// SPDX-License-Identifier: GPL-3.0-or-later
// One JSON object with the members that journald and container runtimes write.
#include "models/logs/JsonLine.h"

#include <array>
#include <cstdint>

using namespace mailward;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string message;
    std::string log;
    std::array<JsonMember, 2> wanted{{{"MESSAGE", &message}, {"log", &log}}};
    [[maybe_unused]] const bool whole = readJsonLine({reinterpret_cast<const char*>(data), size}, wanted);
    return 0;
}
