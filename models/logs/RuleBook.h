// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/logs/Rule.h"

#include <QString>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace mailward {

class RuleMatcher;

/// A rule or a pack that did not load, in words for the user.
struct RuleProblem {
    std::string pack;
    std::string rule; ///< empty: the whole pack
    std::string text;
};

/// All rules of this run: the embedded packs and the user's own (which come first). Immutable once loaded, so that every
/// thread may share it. The format of a pack is described in resources/rules/README.md.
class RuleBook
{
public:
    /// Reads the embedded packs and every `*.toml` of `userFolder` (empty: none). A rule that has no samples, or gets one
    /// wrong, is left out and named in problems(); fails only when the embedded packs cannot be read at all.
    [[nodiscard]] static Result<std::shared_ptr<const RuleBook>> load(const QString& userFolder = {});
    /// What a book is for: rules that read a few lines only are not worth their translation into machine code.
    enum class Use : std::uint8_t { Reading, OnceOrTwice };
    /// From pack texts (name, TOML), in order of preference; the first `userPacks` are the user's and may take lines from the others.
    [[nodiscard]] static std::shared_ptr<const RuleBook> fromTexts(std::span<const std::pair<std::string, std::string>> packs,
                                                                   std::size_t userPacks = 0, Use use = Use::Reading);

    [[nodiscard]] const std::vector<Rule>& rules() const { return m_rules; }
    [[nodiscard]] const std::vector<RuleProblem>& problems() const { return m_problems; }
    [[nodiscard]] std::size_t sampleCount() const { return m_sampleCount; }
    /// Indices into rules() of those that apply to a program tag, in order of preference. "" is a line without a tag.
    [[nodiscard]] std::vector<std::uint32_t> rulesFor(std::string_view program) const;
    /// Whether any rule names this program (and so a word that looks like a tag is one).
    [[nodiscard]] bool knows(std::string_view program) const;

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    /// What the rules call their programs: only globs with a star are tried one by one.
    struct Names {
        std::unordered_map<std::string, std::vector<std::uint32_t>, TextHash, std::equal_to<>> plain;
        std::vector<std::pair<std::string, std::vector<std::uint32_t>>> globs;
        std::unordered_set<std::string, TextHash, std::equal_to<>> families; ///< what stands before a '/' in a name
    };

    void indexNames();
    void keepIf(const std::vector<bool>& good);
    void refuseCatchAlls(RuleMatcher& matcher);
    void checkSamples(RuleMatcher& matcher);

    std::vector<Rule> m_rules;
    Names m_names;
    std::vector<RuleProblem> m_problems;
    std::size_t m_sampleCount = 0;
};

} // namespace mailward
