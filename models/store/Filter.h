// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/core/Time.h"

#include <QString>
#include <optional>
#include <string>
#include <vector>

namespace mailward {

/// What a term of the filter language looks at. Word = a bare word: part of an address or of an account name.
enum class FilterField { Word, Address, Network, Asn, Country, AddressKind, Account, Service, Server, Kind, Outcome };

/// One condition. `value` holds raw bytes: a pattern with * ? and \ for Account and Server (empty: events without one), the
/// text to look for for Word, else canonical text: an address or prefix, "CN" or "??", a number, a name.
struct FilterTerm {
    FilterField field = FilterField::Word;
    std::string value;
    bool negate = false;
    bool operator==(const FilterTerm&) const = default;
};

/// Terms of one field are alternatives (country:CN country:RU), fields narrow each other down, a negated term always
/// excludes, and so does each bare word that is not found. An empty filter lets everything through.
struct Filter {
    std::optional<Instant> after;  ///< inclusive
    std::optional<Instant> before; ///< exclusive
    std::vector<FilterTerm> terms;

    bool operator==(const Filter&) const = default;
    [[nodiscard]] bool isEmpty() const { return !after && !before && terms.empty(); }
    /// The filter as text that parseFilter() reads back to an equal filter. Times are absolute.
    [[nodiscard]] QString toText() const;
};

/// Why a filter text was not understood, and which part of it to underline (UTF-16 units).
struct FilterError {
    Error error;
    qsizetype position = 0;
    qsizetype length = 0;
};

/// Reads the filter language: `country:CN outcome:failure account:bob* ip:203.0.113.0/24 service:imap after:-6h
/// -server:mx2 "two words"`. Relative times (-90s -15m -6h -2d -1w) count back from `now`; absolute ones are RFC 3339 or
/// a UTC date. \\xNN in a value stands for a byte that is not text, "" inside quotes for a quote. Fields: ip, net, asn, country (?? = unknown), class, account, service, server, kind, outcome, after, before.
[[nodiscard]] tl::expected<Filter, FilterError> parseFilter(QStringView text, Instant now);

/// Names of the fields as written before the colon, for completion.
[[nodiscard]] std::vector<QString> filterFieldNames();
/// The name of one field; "" for a bare word.
[[nodiscard]] QString filterFieldName(FilterField field);

/// `text` as a pattern that matches nothing but itself: for "show this account only".
[[nodiscard]] std::string escapePattern(std::string_view text);
/// Does `text` match `pattern`, where * stands for any bytes and ? for one, \ takes the next byte as it is, and ASCII case
/// does not count?
[[nodiscard]] bool matchesPattern(std::string_view text, std::string_view pattern);

} // namespace mailward
