// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/Time.h"

#include <algorithm>

namespace mailward {

namespace {

/// Takes exactly `digits` decimal digits from the front of `text`.
std::optional<int> takeDigits(std::string_view& text, std::size_t digits)
{
    if (text.size() < digits) {
        return std::nullopt;
    }
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        const char c = text[i];
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool takeChar(std::string_view& text, std::string_view oneOf)
{
    if (text.empty() || oneOf.find(text.front()) == std::string_view::npos) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

/// The decimals after the dot, as microseconds; at least one digit, at most nine.
std::optional<int> takeFraction(std::string_view& text)
{
    int micros = 0;
    std::size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (digits < 6) {
            micros = micros * 10 + (text.front() - '0');
        }
        ++digits;
        text.remove_prefix(1);
    }
    if (digits == 0 || digits > 9) {
        return std::nullopt;
    }
    for (; digits < 6; ++digits) {
        micros *= 10;
    }
    return micros;
}

/// "Z" or "+hh:mm" / "+hhmm", as minutes east of UTC.
std::optional<int> takeOffset(std::string_view& text)
{
    if (takeChar(text, "Zz")) {
        return 0;
    }
    if (text.empty() || (text.front() != '+' && text.front() != '-')) {
        return std::nullopt;
    }
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto hours = takeDigits(text, 2);
    takeChar(text, ":");
    const auto minutes = takeDigits(text, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) {
        return std::nullopt;
    }
    return sign * (*hours * 60 + *minutes);
}

} // namespace

std::string formatRfc3339(Instant at)
{
    using namespace std::chrono;
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss clock{at - day};
    std::string out(27, 'Z');
    char* next = out.data();
    const auto put = [&](long long number, int digits, char after) { // snprintf takes most of the time of a long list
        for (int i = digits; i-- > 0; number /= 10) {
            next[i] = static_cast<char>('0' + number % 10);
        }
        next[digits] = after;
        next += digits + 1;
    };
    put(std::clamp(static_cast<int>(date.year()), 0, 9999), 4, '-');
    put(static_cast<unsigned>(date.month()), 2, '-');
    put(static_cast<unsigned>(date.day()), 2, 'T');
    put(clock.hours().count(), 2, ':');
    put(clock.minutes().count(), 2, ':');
    put(clock.seconds().count(), 2, '.');
    put(clock.subseconds().count(), 6, 'Z');
    return out;
}

std::optional<Instant> parseRfc3339(std::string_view text)
{
    using namespace std::chrono;
    const auto y = takeDigits(text, 4);
    const bool dash1 = takeChar(text, "-");
    const auto m = takeDigits(text, 2);
    const bool dash2 = takeChar(text, "-");
    const auto d = takeDigits(text, 2);
    const bool separator = takeChar(text, "Tt ");
    const auto hour = takeDigits(text, 2);
    const bool colon1 = takeChar(text, ":");
    const auto minute = takeDigits(text, 2);
    const bool colon2 = takeChar(text, ":");
    const auto second = takeDigits(text, 2);
    if (!y || !dash1 || !m || !dash2 || !d || !separator || !hour || !colon1 || !minute || !colon2 || !second) {
        return std::nullopt;
    }
    int micros = 0;
    if (takeChar(text, ".,")) {
        const auto fraction = takeFraction(text);
        if (!fraction) {
            return std::nullopt;
        }
        micros = *fraction;
    }
    const auto offset = takeOffset(text);
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    if (!offset || !text.empty() || !date.ok() || *hour > 23 || *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    return sys_days{date} + hours{*hour} + minutes{*minute - *offset} + seconds{*second} + microseconds{micros};
}

} // namespace mailward
