// SPDX-License-Identifier: GPL-3.0-or-later
// A fail2ban filter of any content: an error, or a pack that loads as it says and whose rules take no time without bounds.
#include "models/logs/Fail2banImport.h"
#include "models/logs/RuleBook.h"
#include "tests/fuzz/Bounded.h"

#include <cstdint>
#include <cstdlib>

using namespace mailward;

namespace {

constexpr std::size_t kSanitized = 10; ///< times as long: texts are put together again and again, which costs most where each is watched

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    // What it includes is the same text again: a circle, and one without an end.
    const auto includes = [&](const std::string& name) { return name.size() < 40 ? std::optional(text) : std::nullopt; };
    std::size_t rules = 0;
    const auto take = [&] {
        const auto made = importFail2ban("fuzzed", text, includes);
        if (!made) {
            return;
        }
        const std::vector<std::pair<std::string, std::string>> packs{{"fuzzed", made->toml}};
        const auto book = RuleBook::fromTexts(packs, 1);
        if (book->rules().size() != made->rules || !book->problems().empty()) {
            std::abort();
        }
        rules = made->rules;
    };
    return fuzz::bounded(take, [&] { return kSanitized + rules; }); // and for each rule that compiles
}
