// SPDX-License-Identifier: GPL-3.0-or-later
// Messages of one family of packs (MAILWARD_PACKS): the first byte chooses the program, the rest is what it says. However the message
// looks, its line counts once, and an address that comes out stands in it as a literal.
#include "models/logs/LineParser.h"
#include "tests/fuzz/Bounded.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string_view>

using namespace mailward;

namespace {

bool isOfFamily(std::string_view pack)
{
    constexpr std::string_view kPacks = "," MAILWARD_PACKS ",";
    return kPacks.find("," + std::string(pack) + ",") != std::string_view::npos;
}

/// The tags that the family's rules apply to; a star becomes nothing.
std::vector<std::string> tagsOf(const RuleBook& book)
{
    std::set<std::string> tags;
    for (const auto& rule : book.rules()) {
        for (std::string program : isOfFamily(rule.pack) ? rule.programs : std::vector<std::string>()) {
            program.erase(std::remove(program.begin(), program.end(), '*'), program.end());
            const bool isDovecot = program.starts_with("dovecot/");
            tags.insert(isDovecot ? "dovecot: " + program.substr(8) + ": " : program.empty() ? "" : program + "[7]: ");
        }
    }
    return {tags.begin(), tags.end()};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto kBook = RuleBook::load().value();
    static const auto kTags = tagsOf(*kBook);
    if (size < 1) {
        return 0;
    }
    static LineParser parser(kBook); // learns programs once: making it costs a thousand lines
    static LogBlock block;
    static std::string message;
    static std::string line;
    return fuzz::bounded([&] {
        message.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
        std::replace(message.begin(), message.end(), '\n', ' ');
        const std::string& tag = kTags[data[0] % kTags.size()];
        line = (tag.empty() ? "2026-11-23 14:42:34 " : "Nov 23 14:42:34 mx1 ") + tag + message;
        block.clear();
        parser.parse(LineFramer::trimmed({line, 0, line.size()}), block);
        if (block.lines != 1 || block.events.size() + block.boring + block.unknown + block.repeatsOfBefore.size() != 1) {
            std::abort();
        }
        for (const auto& event : block.events) {
            if (event.ip && event.ip->isV4() && message.find(event.ip->toString()) == std::string::npos &&
                message.find(':') == std::string::npos) { // an address in hexadecimal groups may be an IPv4 one
                std::abort();
            }
        }
    });
}
