// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/Stamp.h"

#include <array>

namespace mailward {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Reads along a text; every take moves only when it succeeds.
class Cursor
{
public:
    explicit Cursor(std::string_view text) : m_text(text) {}

    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    bool take(char c)
    {
        if (peek() != c || m_at >= m_text.size()) {
            return false;
        }
        ++m_at;
        return true;
    }
    bool takeAny(std::string_view set)
    {
        if (m_at >= m_text.size() || set.find(m_text[m_at]) == std::string_view::npos) {
            return false;
        }
        ++m_at;
        return true;
    }
    bool takeWord(std::string_view word)
    {
        if (m_text.substr(m_at, word.size()) != word) {
            return false;
        }
        m_at += word.size();
        return true;
    }
    /// Exactly `digits` decimal digits.
    bool number(int digits, int& value)
    {
        int v = 0;
        for (int i = 0; i < digits; ++i) {
            const char c = peek(static_cast<std::size_t>(i));
            if (!isDigit(c)) {
                return false;
            }
            v = v * 10 + (c - '0');
        }
        m_at += static_cast<std::size_t>(digits);
        value = v;
        return true;
    }
    bool month(int& value)
    {
        static constexpr std::string_view kNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
        if (m_at + 3 > m_text.size()) {
            return false;
        }
        for (std::size_t i = 0; i < 12; ++i) {
            if (m_text[m_at] == kNames[3 * i] && m_text[m_at + 1] == kNames[3 * i + 1] && m_text[m_at + 2] == kNames[3 * i + 2]) {
                m_at += 3;
                value = static_cast<int>(i) + 1;
                return true;
            }
        }
        return false;
    }
    void blanks()
    {
        while (peek() == ' ' || peek() == '\t') {
            ++m_at;
        }
    }
    [[nodiscard]] std::size_t position() const { return m_at; }
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    void moveTo(std::size_t at) { m_at = at; }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

bool clockTime(Cursor& in, Stamp& s)
{
    if (!in.number(2, s.hour) || !in.take(':') || !in.number(2, s.minute) || !in.take(':') || !in.number(2, s.second)) {
        return false;
    }
    return s.hour < 24 && s.minute < 60 && s.second <= 60;
}

/// ".123" or ",123456789", to microseconds.
void fraction(Cursor& in, Stamp& s)
{
    if ((in.peek() != '.' && in.peek() != ',') || !isDigit(in.peek(1))) {
        return;
    }
    in.takeAny(".,");
    int scale = 100000;
    while (isDigit(in.peek())) {
        s.micros += (in.peek() - '0') * scale;
        scale /= 10;
        in.takeAny("0123456789");
    }
}

/// "Z", "+01:00", "+0100", "+01" (also after one blank where `blankAllowed`).
void zone(Cursor& in, Stamp& s, bool blankAllowed)
{
    const std::size_t start = in.position();
    if (blankAllowed) {
        in.take(' ');
    }
    if (in.takeAny("Zz")) {
        s.offsetSeconds = 0;
        return;
    }
    const bool east = in.peek() == '+';
    int hours = 0;
    int minutes = 0;
    if (!in.takeAny("+-") || !in.number(2, hours)) {
        in.moveTo(start);
        return;
    }
    in.take(':');
    in.number(2, minutes);
    if (hours > 15 || minutes > 59) {
        in.moveTo(start);
        return;
    }
    s.offsetSeconds = (east ? 1 : -1) * (hours * 3600 + minutes * 60);
}

bool datePossible(const Stamp& s)
{
    static constexpr std::array<int, 12> kDays{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (s.month < 1 || s.month > 12 || s.day < 1 || s.day > kDays[static_cast<std::size_t>(s.month - 1)]) {
        return false;
    }
    const bool leap = s.year % 4 == 0 && (s.year % 100 != 0 || s.year % 400 == 0);
    return s.year == 0 || leap || s.month != 2 || s.day < 29;
}

/// One or two digits, the first perhaps a blank: "Nov  3", "Nov 3", "Nov 23".
bool dayOfMonth(Cursor& in, int& day)
{
    in.take(' ');
    return in.number(2, day) || in.number(1, day);
}

/// "Nov 23 14:42:34", with a year before or after the time, or a fraction.
bool syslogStamp(Cursor& in, Stamp& s)
{
    if (!in.month(s.month) || !in.take(' ') || !dayOfMonth(in, s.day) || !in.take(' ')) {
        return false;
    }
    if (isDigit(in.peek(2)) && isDigit(in.peek(3)) && in.number(4, s.year) && !in.take(' ')) {
        return false;
    }
    if (!clockTime(in, s)) {
        return false;
    }
    fraction(in, s);
    if (s.year == 0 && in.peek() == ' ' && (in.peek(1) == '1' || in.peek(1) == '2') && isDigit(in.peek(2)) &&
        isDigit(in.peek(3)) && isDigit(in.peek(4)) && (in.peek(5) == ' ' || in.peek(5) == '\0')) {
        in.take(' ');
        in.number(4, s.year);
    }
    return true;
}

/// "2026-11-23T14:42:34.123+01:00", "2026-11-23 14:42:34,123", "2026/11/23 14:42:34".
bool isoStamp(Cursor& in, Stamp& s, bool& withT)
{
    if (!in.number(4, s.year) || !in.takeAny("-/") || !in.number(2, s.month) || !in.takeAny("-/") || !in.number(2, s.day)) {
        return false;
    }
    withT = in.takeAny("Tt");
    if ((!withT && !in.take(' ')) || s.year == 0 || !clockTime(in, s)) {
        return false;
    }
    fraction(in, s);
    zone(in, s, !withT);
    return true;
}

/// "23/Nov/2026:14:42:34 +0000", "23-Nov-2026 14:42:34 +0000".
bool dayFirstStamp(Cursor& in, Stamp& s)
{
    if (!in.number(2, s.day) || !in.takeAny("/-") || !in.month(s.month) || !in.takeAny("/-") || !in.number(4, s.year) ||
        !in.takeAny(": ") || !clockTime(in, s)) {
        return false;
    }
    fraction(in, s);
    zone(in, s, true);
    return s.year != 0;
}

/// "11/23/2026 14:42:34": month first (SquirrelMail).
bool monthFirstStamp(Cursor& in, Stamp& s)
{
    return in.number(2, s.month) && in.take('/') && in.number(2, s.day) && in.take('/') && in.number(4, s.year) && in.take(' ') &&
           clockTime(in, s) && s.year != 0;
}

/// TAI64N label of multilog: "@" and 24 hexadecimal digits.
bool taiStamp(Cursor& in, Stamp& s)
{
    std::uint64_t seconds = 0;
    std::uint64_t nanos = 0;
    if (!in.take('@')) {
        return false;
    }
    for (int i = 0; i < 24; ++i) {
        const char c = in.peek();
        const int digit = isDigit(c) ? c - '0' : (c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1);
        if (digit < 0) {
            return false;
        }
        auto& target = i < 16 ? seconds : nanos;
        target = target * 16 + static_cast<std::uint64_t>(digit);
        in.takeAny("0123456789abcdef");
    }
    constexpr std::uint64_t kEpoch = 0x4000000000000000ULL;
    constexpr std::uint64_t kTaiMinusUtc = 10; // what multilog itself adds: it knows no leap seconds
    constexpr std::uint64_t kLimit = 253402300800ULL; // year 10000
    if (seconds < kEpoch + kTaiMinusUtc || seconds - kEpoch > kLimit) {
        return false;
    }
    const auto micros = static_cast<std::int64_t>((seconds - kEpoch - kTaiMinusUtc) * 1000000ULL + nanos / 1000 % 1000000ULL);
    s.absolute = fromMicros(micros);
    return true;
}

/// "Mon Nov 23 14:42:34 2026", "Mon, 23 ..." is not one.
bool ctimeStamp(Cursor& in, Stamp& s)
{
    static constexpr std::array<std::string_view, 7> kDays{"Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "};
    for (const auto day : kDays) {
        if (in.takeWord(day)) {
            return syslogStamp(in, s) && s.year != 0;
        }
    }
    return false;
}

StampForm anyForm(Cursor& in, Stamp& s)
{
    const char first = in.peek();
    if (isDigit(first)) {
        bool withT = false;
        const std::size_t start = in.position();
        if (isDigit(in.peek(2)) && isoStamp(in, s, withT)) {
            return withT ? StampForm::IsoT : StampForm::OwnFile;
        }
        in.moveTo(start);
        s = {};
        if (dayFirstStamp(in, s)) {
            return StampForm::OwnFile;
        }
        in.moveTo(start);
        s = {};
        return monthFirstStamp(in, s) ? StampForm::OwnFile : StampForm::None;
    }
    if (first == '@') {
        return taiStamp(in, s) ? StampForm::OwnFile : StampForm::None;
    }
    const std::size_t start = in.position();
    if (syslogStamp(in, s)) {
        return StampForm::Syslog;
    }
    in.moveTo(start);
    s = {};
    return ctimeStamp(in, s) ? StampForm::OwnFile : StampForm::None;
}

} // namespace

StampForm takeStamp(std::string_view& text, Stamp& stamp)
{
    stamp = {};
    Cursor in(text);
    const bool bracket = in.take('[');
    const bool field = !bracket && in.takeWord("time=\"");
    StampForm form = anyForm(in, stamp);
    if (form == StampForm::None || (!stamp.absolute && !datePossible(stamp))) {
        return StampForm::None;
    }
    if ((bracket && !in.take(']')) || (field && !in.take('"'))) {
        return StampForm::None;
    }
    if (bracket || field) {
        form = StampForm::OwnFile;
    }
    in.take(':'); // "[23-Nov-2026 14:42:34 +0000]: ..."
    if (!in.atEnd() && in.peek() != ' ' && in.peek() != '\t') {
        return StampForm::None;
    }
    in.blanks();
    text.remove_prefix(in.position());
    return form;
}

} // namespace mailward
