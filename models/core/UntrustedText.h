// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>
#include <string_view>

namespace mailward {

/// Bytes that somebody else wrote: a log line, an account name, a server's answer. Identity is the raw bytes; there is
/// no implicit way into a QString and no way at all into a shell command. Each exit below is safe for its sink only.
class UntrustedText
{
public:
    UntrustedText() = default;
    explicit UntrustedText(std::string raw) : m_raw(std::move(raw)) {}
    explicit UntrustedText(std::string_view raw) : m_raw(raw) {}

    [[nodiscard]] const std::string& raw() const { return m_raw; }
    [[nodiscard]] bool isEmpty() const { return m_raw.empty(); }

    /// For plain-text sinks (item models, Qt::PlainText labels): controls, bidi marks, zero-width and unassigned code
    /// points as ⟨U+202E⟩, bytes that are not UTF-8 as \xNN, cut after `maxCharacters` with an ellipsis (0 = whole).
    [[nodiscard]] QString plain(int maxCharacters = 256) const;
    /// plain(), escaped for an HTML text node or a quoted attribute: for tooltips, chart labels and reports.
    [[nodiscard]] QString html(int maxCharacters = 256) const;
    /// One CSV field: RFC 4180 quoting, and an apostrophe before anything that a spreadsheet would take for a formula
    /// (OWASP ASVS 1.2.10).
    [[nodiscard]] QString csv() const;
    /// For JSON values: valid UTF-8 as it is (JSON escapes the controls), other bytes as \xNN text. Never cut.
    [[nodiscard]] QString json() const;

    bool operator==(const UntrustedText&) const = default;

private:
    std::string m_raw;
};

} // namespace mailward
