// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace mailward {

/// A wanted member of a JSON object, and where its value goes. A string value is decoded; an array of byte numbers (journald's
/// form for text that is not UTF-8) becomes those bytes; numbers and literals are kept as their text.
struct JsonMember {
    std::string_view name;
    std::string* value;
    bool found = false;
};

/// Reads one JSON object (RFC 8259) and fills the wanted top-level members; nested values are skipped, to a depth of 64.
/// False when the text is not one whole object. Escapes of surrogate pairs become UTF-8, lone ones U+FFFD.
[[nodiscard]] bool readJsonLine(std::string_view text, std::span<JsonMember> wanted);

} // namespace mailward
