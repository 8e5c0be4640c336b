// SPDX-License-Identifier: GPL-3.0-or-later
// A fail2ban filter of any content: an error, or a pack that loads as it says and whose rules take no time without bounds.
#include "models/logs/Fail2banImport.h"
#include "models/logs/RuleBook.h"

#include <cstdint>
#include <cstdlib>

using namespace mailward;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    // What it includes is the same text again: a circle, and one without an end.
    const auto includes = [&](const std::string& name) { return name.size() < 40 ? std::optional(text) : std::nullopt; };
    const auto made = importFail2ban("fuzzed", text, includes);
    if (!made) {
        return 0;
    }
    const std::vector<std::pair<std::string, std::string>> packs{{"fuzzed", made->toml}};
    const auto book = RuleBook::fromTexts(packs, 1);
    if (book->rules().size() != made->rules || !book->problems().empty()) {
        std::abort();
    }
    return 0;
}
