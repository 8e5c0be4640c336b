// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/Filter.h"

#include "models/store/FilterWords.h"

#include <algorithm>

namespace mailward {

namespace {

char lowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// One step of a pattern: a byte, "any byte" or "any bytes".
struct PatternStep {
    enum Kind { Byte, AnyByte, AnyBytes } kind = Byte;
    char byte = 0;
    std::size_t next = 0; ///< where the step after it begins
};

PatternStep stepAt(std::string_view pattern, std::size_t at)
{
    if (pattern[at] == '*') {
        return {PatternStep::AnyBytes, 0, at + 1};
    }
    if (pattern[at] == '?') {
        return {PatternStep::AnyByte, 0, at + 1};
    }
    if (pattern[at] == '\\' && at + 1 < pattern.size()) {
        return {PatternStep::Byte, pattern[at + 1], at + 2};
    }
    return {PatternStep::Byte, pattern[at], at + 1};
}

} // namespace

std::string escapePattern(std::string_view text)
{
    std::string pattern;
    for (const char c : text) {
        if (c == '*' || c == '?' || c == '\\') {
            pattern += '\\';
        }
        pattern += c;
    }
    return pattern;
}

bool matchesPattern(std::string_view text, std::string_view pattern)
{
    // Greedy with one place to fall back to: linear for one star, never exponential.
    constexpr std::size_t kNowhere = std::string_view::npos;
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t starNext = kNowhere;
    std::size_t starText = 0;
    while (t < text.size()) {
        if (p < pattern.size()) {
            const PatternStep step = stepAt(pattern, p);
            if (step.kind == PatternStep::AnyBytes) {
                starNext = step.next;
                starText = t;
                p = step.next;
                continue;
            }
            if (step.kind == PatternStep::AnyByte || lowerAscii(step.byte) == lowerAscii(text[t])) {
                p = step.next;
                ++t;
                continue;
            }
        }
        if (starNext == kNowhere) {
            return false;
        }
        p = starNext;
        t = ++starText;
    }
    while (p < pattern.size() && pattern[p] == '*') {
        ++p;
    }
    return p == pattern.size();
}

bool containsText(std::string_view text, std::string_view part)
{
    return std::search(text.begin(), text.end(), part.begin(), part.end(),
                       [](char a, char b) { return lowerAscii(a) == lowerAscii(b); })
               != text.end()
           || part.empty();
}

QString filterFieldName(FilterField field)
{
    for (const auto& [known, name] : kFilterFields) {
        if (known == field) {
            return QLatin1String(name.data(), static_cast<qsizetype>(name.size()));
        }
    }
    return {};
}

std::vector<QString> filterFieldNames()
{
    std::vector<QString> names;
    for (const auto& [field, name] : kFilterFields) {
        names.push_back(filterFieldName(field));
    }
    names.push_back(QStringLiteral("after"));
    names.push_back(QStringLiteral("before"));
    return names;
}

QString Filter::toText() const
{
    QStringList words;
    for (const FilterTerm& term : terms) {
        const QString field = filterFieldName(term.field);
        QString word = term.negate ? QStringLiteral("-") : QString();
        if (!field.isEmpty()) {
            word += field + QLatin1Char(':');
        }
        words << word + quotedValue(term.value, field.isEmpty());
    }
    const auto instant = [](Instant at) { return QString::fromStdString(formatRfc3339(at)); };
    if (after) {
        words << QStringLiteral("after:") + instant(*after);
    }
    if (before) {
        words << QStringLiteral("before:") + instant(*before);
    }
    return words.join(QLatin1Char(' '));
}

} // namespace mailward
