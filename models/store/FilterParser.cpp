// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/CountryCode.h"
#include "models/core/Event.h"
#include "models/core/IpAddress.h"
#include "models/geo/AddressClass.h"
#include "models/store/FilterWords.h"

#include <algorithm>
#include <charconv>

namespace mailward {

namespace {

constexpr std::size_t kMaxTerms = 256;
constexpr std::size_t kMaxWords = 16; ///< each is one bit of a mask (see FilterMask)

/// One word of the text, cut apart but not yet understood.
struct Token {
    QStringView field; ///< before the colon; empty for a bare word
    QString value;
    bool negate = false;
    bool quoted = false;
    qsizetype position = 0;
    qsizetype length = 0;
};

tl::unexpected<FilterError> wrong(const Token& token, const QString& text, const QString& hint)
{
    return tl::unexpected(FilterError{{ErrorCode::InvalidInput, text, hint}, token.position, token.length});
}

bool looksLikeIpv6(QStringView word)
{
    return word.indexOf(QLatin1Char(':')) != word.lastIndexOf(QLatin1Char(':'))
           && std::all_of(word.begin(), word.end(), [](QChar c) {
                  return c == QLatin1Char(':') || c == QLatin1Char('.') || c == QLatin1Char('/')
                         || (c.unicode() < 128 && std::isxdigit(c.unicode()) != 0);
              });
}

/// Reads one token at `at`, which is not a blank. A quote that is not closed is an error.
tl::expected<Token, FilterError> takeToken(QStringView text, qsizetype& at)
{
    Token token;
    token.position = at;
    if (text[at] == QLatin1Char('-')) {
        token.negate = true;
        ++at;
    }
    const qsizetype start = at;
    while (at < text.size() && !text[at].isSpace() && text[at] != QLatin1Char('"')) {
        ++at;
    }
    const QStringView bare = text.sliced(start, at - start);
    const qsizetype colon = looksLikeIpv6(bare) ? -1 : bare.indexOf(QLatin1Char(':'));
    if (colon >= 0) {
        token.field = bare.first(colon);
    }
    token.value = bare.sliced(colon + 1).toString();
    token.quoted = at < text.size() && text[at] == QLatin1Char('"') && token.value.isEmpty();
    bool open = at < text.size() && text[at] == QLatin1Char('"');
    for (at += open ? 1 : 0; open && at < text.size(); ++at) {
        if (text[at] != QLatin1Char('"')) {
            token.value += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == QLatin1Char('"')) {
            token.value += text[at++];
        } else {
            open = false;
        }
    }
    token.length = at - token.position;
    if (open) {
        return wrong(token, QStringLiteral("A quote is opened and not closed."), QStringLiteral("Add a \" at the end."));
    }
    return token;
}

/// The value as raw bytes: \xNN and \c decoded. In a pattern a byte that would be a wildcard then keeps its backslash.
std::string bytesOf(const QString& value, bool pattern)
{
    const std::string text = value.toStdString();
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            bytes += text[i];
            continue;
        }
        unsigned byte = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : '\\';
        std::size_t used = 1;
        if (byte == 'x' && i + 3 < text.size()
            && std::from_chars(&text[i + 2], &text[i + 2] + 2, byte, 16).ptr == &text[i + 2] + 2) {
            used = 3;
        }
        const char decoded = static_cast<char>(byte);
        bytes += pattern ? escapePattern({&decoded, 1}) : std::string(1, decoded);
        i += used;
    }
    return bytes;
}

/// "-6h" as a span of at most 10,000 years.
std::optional<std::chrono::seconds> spanOf(QStringView text)
{
    constexpr std::int64_t kLongest = std::int64_t{10'000} * 366 * 86'400;
    if (text.size() < 3 || text.front() != QLatin1Char('-')) {
        return std::nullopt;
    }
    bool isNumber = false;
    const std::int64_t count = text.sliced(1, text.size() - 2).toInt(&isNumber);
    if (!isNumber || count < 0) {
        return std::nullopt;
    }
    std::int64_t unit = 0;
    switch (text.back().unicode()) {
    case 's': unit = 1; break;
    case 'm': unit = 60; break;
    case 'h': unit = 3600; break;
    case 'd': unit = 86'400; break;
    case 'w': unit = 7 * 86'400; break;
    default: return std::nullopt;
    }
    return std::chrono::seconds(std::min(count * unit, kLongest));
}

std::optional<Instant> instantOf(const QString& text, Instant now)
{
    if (const auto span = spanOf(text)) {
        // Reaching back beyond the year 0 means "everything".
        return std::max(now - *span, *parseRfc3339("0000-01-01T00:00:00Z"));
    }
    const std::string plain = text.toStdString();
    for (const char* rest : {"", "Z", ":00Z", "T00:00:00Z"}) {
        if (const auto at = parseRfc3339(plain + rest)) {
            return at;
        }
    }
    return std::nullopt;
}

bool isAddressClass(std::string_view name)
{
    for (int i = 0; i <= static_cast<int>(AddressClass::Reserved); ++i) {
        if (addressClassName(static_cast<AddressClass>(i)) == name) {
            return true;
        }
    }
    return false;
}

class FilterParser
{
public:
    explicit FilterParser(Instant now) : m_now(now) {}

    [[nodiscard]] tl::expected<void, FilterError> add(const Token& token);
    [[nodiscard]] Filter take() { return std::move(m_filter); }

private:
    [[nodiscard]] tl::expected<void, FilterError> addTime(const Token& token, std::optional<Instant>& slot);
    [[nodiscard]] tl::expected<void, FilterError> addWord(const Token& token);
    [[nodiscard]] tl::expected<std::string, FilterError> valueOf(FilterField field, const Token& token) const;

    Instant m_now;
    Filter m_filter;
    std::size_t m_words = 0;
};

tl::expected<void, FilterError> FilterParser::add(const Token& token)
{
    if (m_filter.terms.size() >= kMaxTerms) {
        return wrong(token, QStringLiteral("The filter has too many conditions."), QStringLiteral("Use a network or a pattern."));
    }
    if (token.field.isNull()) {
        return addWord(token);
    }
    if (token.field == QStringLiteral("after")) {
        return addTime(token, m_filter.after);
    }
    if (token.field == QStringLiteral("before")) {
        return addTime(token, m_filter.before);
    }
    for (const auto& [field, name] : kFilterFields) {
        if (token.field == QLatin1String(name.data(), static_cast<qsizetype>(name.size()))) {
            auto value = valueOf(field, token);
            if (!value) {
                return tl::unexpected(value.error());
            }
            m_filter.terms.push_back({field, std::move(*value), token.negate});
            return {};
        }
    }
    QStringList names;
    for (const QString& name : filterFieldNames()) {
        names << name;
    }
    return wrong(token, QStringLiteral("There is no field \"%1\".").arg(token.field),
                 QStringLiteral("Fields: %1. Put a text with a colon in quotes.").arg(names.join(QStringLiteral(", "))));
}

tl::expected<void, FilterError> FilterParser::addTime(const Token& token, std::optional<Instant>& slot)
{
    const auto at = instantOf(token.value, m_now);
    if (!at || token.negate || slot) {
        return wrong(token,
                     slot ? QStringLiteral("This limit is given twice.") : QStringLiteral("This is no time."),
                     QStringLiteral("Such as after:-6h, after:-2d, before:2026-11-23 or before:2026-11-23T14:42:00Z (UTC)."));
    }
    slot = *at;
    return {};
}

tl::expected<void, FilterError> FilterParser::addWord(const Token& token)
{
    if (!token.quoted) {
        if (const auto prefix = Prefix::parse(token.value.toStdString())) {
            m_filter.terms.push_back({FilterField::Address, prefix->toString(), token.negate});
            return {};
        }
    }
    std::string value = bytesOf(token.value, false);
    if (value.empty() || ++m_words > kMaxWords) {
        return wrong(token, value.empty() ? QStringLiteral("There is nothing to look for here.")
                                          : QStringLiteral("There are more than %1 words to look for.").arg(kMaxWords),
                     QStringLiteral("Write a part of an address or of an account name."));
    }
    m_filter.terms.push_back({FilterField::Word, std::move(value), token.negate});
    return {};
}

tl::expected<std::string, FilterError> FilterParser::valueOf(FilterField field, const Token& token) const
{
    const std::string text = token.value.toStdString();
    const auto named = [&](bool known, const QString& what, const QString& hint) -> tl::expected<std::string, FilterError> {
        if (!known) {
            return wrong(token, QStringLiteral("\"%1\" is no %2.").arg(token.value, what), hint);
        }
        return text;
    };
    switch (field) {
    case FilterField::Address:
    case FilterField::Network: {
        const auto prefix = Prefix::parse(text);
        if (!prefix && !(text.empty() && token.quoted)) {
            return named(false, QStringLiteral("address or network"), QStringLiteral("Such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32."));
        }
        return prefix ? prefix->toString() : std::string();
    }
    case FilterField::Asn: {
        const std::string digits = text.starts_with("AS") || text.starts_with("as") ? text.substr(2) : text;
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error != std::errc{} || end != digits.data() + digits.size()) {
            return named(false, QStringLiteral("network number"), QStringLiteral("Such as asn:4134; asn:0 for unknown."));
        }
        return std::to_string(number);
    }
    case FilterField::Country: {
        const CountryCode code = countryCodeOf(text);
        if (code == kNoCountry && text != "??") {
            return named(false, QStringLiteral("country code"), QStringLiteral("Two letters, such as country:CN; country:?? for unknown."));
        }
        return code == kNoCountry ? text : std::string(countryText(code));
    }
    case FilterField::AddressKind:
        return named(isAddressClass(text),
                     QStringLiteral("class of addresses"), QStringLiteral("Such as public, private, cgnat or documentation."));
    case FilterField::Service:
        return named(serviceFromName(text).has_value(), QStringLiteral("service"),
                     QStringLiteral("One of smtp, submission, imap, pop3, sieve, lmtp, ssh, ftp, web, other."));
    case FilterField::Kind:
        return named(eventKindFromName(text).has_value(), QStringLiteral("kind of event"),
                     QStringLiteral("Such as auth-failure, auth-success, reject, sent or bounced."));
    case FilterField::Outcome:
        return named(text == "failure" || text == "success" || text == "none", QStringLiteral("outcome"),
                     QStringLiteral("One of failure, success, none."));
    case FilterField::Account:
    case FilterField::Server:
    case FilterField::Word:
        break;
    }
    if (text.empty() && !token.quoted) {
        return wrong(token, QStringLiteral("There is no value behind the colon."), QStringLiteral("Use \"\" for events without one."));
    }
    return bytesOf(token.value, true);
}

} // namespace

QString quotedValue(const std::string& value, bool bareWord)
{
    const QString text = QString::fromStdString(value);
    const bool readable = text.toStdString() == value
                          && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint() || c == QLatin1Char(' '); });
    QString written;
    // What cannot be read is written byte by byte.
    for (const QChar c : readable ? text : QString::fromLatin1(value.data(), static_cast<qsizetype>(value.size()))) {
        if (bareWord && c == QLatin1Char('\\')) {
            written += QStringLiteral("\\\\"); // a word is no pattern: here a backslash means itself
        } else if (!readable && (c.unicode() < 0x20 || c.unicode() > 0x7E)) {
            written += QStringLiteral("\\x%1").arg(c.unicode(), 2, 16, QLatin1Char('0'));
        } else {
            written += c;
        }
    }
    const bool quote = bareWord || written.isEmpty()
                       || std::any_of(written.begin(), written.end(),
                                      [](QChar c) { return c.isSpace() || c == QLatin1Char('"'); });
    return quote ? QLatin1Char('"') + written.replace(QStringLiteral("\""), QStringLiteral("\"\"")) + QLatin1Char('"')
                 : written;
}

tl::expected<Filter, FilterError> parseFilter(QStringView text, Instant now)
{
    FilterParser parser(now);
    for (qsizetype at = 0; at < text.size();) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        const auto token = takeToken(text, at);
        if (!token) {
            return tl::unexpected(token.error());
        }
        if (const auto added = parser.add(*token); !added) {
            return tl::unexpected(added.error());
        }
    }
    return parser.take();
}

} // namespace mailward
