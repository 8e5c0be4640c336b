// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/JsonLine.h"

#include <cstdint>
#include <optional>

namespace mailward {

namespace {

void appendUtf8(std::string& out, std::uint32_t c)
{
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0U | (c >> 6));
        put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        put(0xE0U | (c >> 12));
        put(0x80U | ((c >> 6) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    } else {
        put(0xF0U | (c >> 18));
        put(0x80U | ((c >> 12) & 0x3FU));
        put(0x80U | ((c >> 6) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    }
}

class Reader
{
public:
    explicit Reader(std::string_view text) : m_rest(text) {}

    bool object(std::span<JsonMember> wanted)
    {
        blanks();
        if (!take('{')) {
            return false;
        }
        std::string name;
        blanks();
        if (!take('}')) {
            do {
                blanks();
                if (!string(&name)) {
                    return false;
                }
                blanks();
                if (!take(':') || !member(wanted, name)) {
                    return false;
                }
                blanks();
            } while (take(','));
            if (!take('}')) {
                return false;
            }
        }
        blanks();
        return m_rest.empty();
    }

private:
    static constexpr int kDepth = 64;

    bool take(char c)
    {
        if (m_rest.empty() || m_rest.front() != c) {
            return false;
        }
        m_rest.remove_prefix(1);
        return true;
    }
    void blanks()
    {
        while (!m_rest.empty() && (m_rest.front() == ' ' || m_rest.front() == '\t' || m_rest.front() == '\n' || m_rest.front() == '\r')) {
            m_rest.remove_prefix(1);
        }
    }

    bool member(std::span<JsonMember> wanted, const std::string& name)
    {
        blanks();
        for (auto& each : wanted) {
            if (each.name != name) {
                continue;
            }
            if (each.found) {
                break; // the first of two members with one name stands: journald writes repeats after it
            }
            each.value->clear();
            each.found = true;
            if (!m_rest.empty() && m_rest.front() == '"') {
                return string(each.value);
            }
            if (!m_rest.empty() && m_rest.front() == '[') {
                return bytes(*each.value);
            }
            const std::string_view before = m_rest;
            if (!skip(0)) {
                return false;
            }
            each.value->assign(before.substr(0, before.size() - m_rest.size()));
            return true;
        }
        return skip(0);
    }

    std::optional<std::uint32_t> hex4()
    {
        std::uint32_t value = 0;
        if (m_rest.size() < 4) {
            return std::nullopt;
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const char c = m_rest[i];
            std::uint32_t digit = 0;
            if (c >= '0' && c <= '9') {
                digit = static_cast<std::uint32_t>(c - '0');
            } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
                digit = static_cast<std::uint32_t>((c | 0x20) - 'a') + 10;
            } else {
                return std::nullopt;
            }
            value = value * 16 + digit;
        }
        m_rest.remove_prefix(4);
        return value;
    }

    bool escape(std::string* out)
    {
        if (m_rest.empty()) {
            return false;
        }
        const char c = m_rest.front();
        m_rest.remove_prefix(1);
        static constexpr std::string_view kFrom = "\"\\/bfnrt";
        static constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
        if (const auto at = kFrom.find(c); at != std::string_view::npos) {
            if (out != nullptr) {
                *out += kTo[at];
            }
            return true;
        }
        if (c != 'u') {
            return false;
        }
        auto unit = hex4();
        if (!unit) {
            return false;
        }
        std::uint32_t point = *unit;
        if (point >= 0xD800 && point < 0xE000) {
            const std::string_view saved = m_rest;
            std::optional<std::uint32_t> low;
            if (point < 0xDC00 && take('\\') && take('u')) {
                low = hex4();
            }
            if (low && *low >= 0xDC00 && *low < 0xE000) {
                point = 0x10000 + ((point - 0xD800) << 10) + (*low - 0xDC00);
            } else {
                m_rest = saved;
                point = 0xFFFD;
            }
        }
        if (out != nullptr) {
            appendUtf8(*out, point);
        }
        return true;
    }

    bool string(std::string* out)
    {
        if (!take('"')) {
            return false;
        }
        if (out != nullptr) {
            out->clear();
        }
        while (true) {
            const std::size_t stop = m_rest.find_first_of("\"\\");
            if (stop == std::string_view::npos) {
                return false;
            }
            if (out != nullptr) {
                out->append(m_rest.substr(0, stop));
            }
            const bool closed = m_rest[stop] == '"';
            m_rest.remove_prefix(stop + 1);
            if (closed) {
                return true;
            }
            if (!escape(out)) {
                return false;
            }
        }
    }

    /// "[72,101,...]": the bytes. Any other array is skipped and leaves the value empty.
    bool bytes(std::string& out)
    {
        const std::string_view before = m_rest;
        take('[');
        do {
            blanks();
            int value = 0;
            std::size_t digits = 0;
            while (digits < m_rest.size() && digits < 4 && m_rest[digits] >= '0' && m_rest[digits] <= '9') {
                value = value * 10 + (m_rest[digits++] - '0');
            }
            if (digits == 0 || value > 255) {
                out.clear();
                m_rest = before;
                return skip(0);
            }
            m_rest.remove_prefix(digits);
            out += static_cast<char>(static_cast<unsigned char>(value));
            blanks();
        } while (take(','));
        if (take(']')) {
            return true;
        }
        out.clear();
        m_rest = before;
        return skip(0);
    }

    bool skip(int depth)
    {
        blanks();
        if (m_rest.empty() || depth > kDepth) {
            return false;
        }
        const char c = m_rest.front();
        if (c == '"') {
            return string(nullptr);
        }
        if (c == '{' || c == '[') {
            return skipNested(depth);
        }
        const std::size_t end = m_rest.find_first_not_of("+-.0123456789Eeaflnrstu");
        if (end == 0) {
            return false;
        }
        m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end);
        return true;
    }

    bool skipNested(int depth)
    {
        const bool isObject = m_rest.front() == '{';
        const char close = isObject ? '}' : ']';
        m_rest.remove_prefix(1);
        blanks();
        if (take(close)) {
            return true;
        }
        do {
            blanks();
            if (isObject) {
                if (!string(nullptr)) {
                    return false;
                }
                blanks();
                if (!take(':')) {
                    return false;
                }
            }
            if (!skip(depth + 1)) {
                return false;
            }
            blanks();
        } while (take(','));
        return take(close);
    }

    std::string_view m_rest;
};

} // namespace

bool readJsonLine(std::string_view text, std::span<JsonMember> wanted) { return Reader(text).object(wanted); }

} // namespace mailward
