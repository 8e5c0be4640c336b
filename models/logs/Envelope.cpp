// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/Envelope.h"

#include "models/logs/EnvelopeParts.h"
#include "models/logs/JsonLine.h"
#include "models/logs/RuleBook.h"
#include "models/logs/Words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace mailward {

namespace {

/// The word up to the next blank; the blanks after it are removed too.
std::string_view takeWord(std::string_view& text)
{
    const std::size_t end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(word.size());
    trimLeft(text);
    return word;
}

/// "<22>": at most three digits.
void skipPriority(std::string_view& text)
{
    if (text.size() < 3 || text.front() != '<') {
        return;
    }
    std::size_t at = 1;
    while (at < text.size() && at < 4 && isDigit(text[at])) {
        ++at;
    }
    if (at > 1 && at < text.size() && text[at] == '>') {
        text.remove_prefix(at + 1);
    }
}

bool isFacility(std::string_view word)
{
    static constexpr std::array<std::string_view, 24> kFacilities{
        "auth",   "authpriv", "cron",   "daemon", "ftp",    "kern",   "local0", "local1", "local2", "local3", "local4", "local5",
        "local6", "local7",   "lpr",    "mail",   "news",   "syslog", "user",   "uucp",   "audit",  "console", "ntp",   "security"};
    const std::size_t dot = word.find('.');
    if (dot == std::string_view::npos) {
        return false;
    }
    const std::string_view name = word.substr(0, dot);
    return std::find(kFacilities.begin(), kFacilities.end(), name) != kFacilities.end();
}

constexpr std::size_t kPlainStamp = 16; // "Nov 23 14:42:34 "

constexpr CharSet kHostChars(".-_:/@%");

bool isHostWord(std::string_view word) { return !word.empty() && word.back() != ':' && kHostChars.holds(word); }

struct Tag {
    std::string_view program;
    std::string_view pid;
    bool hasColon = false;
    bool hasPid = false;
};

/// "postfix/smtpd[12]:", "dovecot:", "sshd[12]", "sshd(pam_unix)[12]:". Nothing for a word that can be no tag.
std::optional<Tag> tagOf(std::string_view word)
{
    Tag tag;
    if (!word.empty() && word.back() == ':') {
        tag.hasColon = true;
        word.remove_suffix(1);
    }
    if (!word.empty() && word.back() == ']') {
        const std::size_t open = word.rfind('[');
        if (open == std::string_view::npos) {
            return std::nullopt;
        }
        tag.pid = word.substr(open + 1, word.size() - open - 2);
        tag.hasPid = true;
        const bool plain = std::all_of(tag.pid.begin(), tag.pid.end(), [](char c) { return isDigit(c) || c == '.' || c == '-'; });
        if (!plain) {
            return std::nullopt;
        }
        word = word.substr(0, open);
    }
    const bool fits = !word.empty() && word.size() <= 96 && kTagChars.holds(word);
    if (!fits) {
        return std::nullopt;
    }
    if (word.front() == '/') {
        word.remove_prefix(word.rfind('/') + 1);
    }
    tag.program = word;
    return tag;
}

void useTag(Envelope& out, const Tag& tag, std::string_view message)
{
    out.program = tag.program;
    out.pid = tag.pid;
    out.message = message;
}

/// The tag of a header whose host is gone, or whose host may be missing. `strict`: only what the rules know, or what has
/// a pid, counts as a tag (daemons' own files).
bool takeTag(std::string_view text, const RuleBook& rules, bool strict, Envelope& out)
{
    std::string_view rest = text;
    const auto tag = tagOf(takeWord(rest));
    if (!tag) {
        return false;
    }
    if (tag->hasColon ? (!strict || tag->hasPid || rules.knows(tag->program)) : tag->hasPid) {
        useTag(out, *tag, rest);
        return true;
    }
    if (tag->hasColon) {
        return false;
    }
    if (rest.starts_with('[')) { // "sogod [1234]: ..."
        std::string_view after = rest;
        const std::string_view pid = takeWord(after);
        if (pid.size() > 3 && pid.ends_with("]:") && std::all_of(pid.begin() + 1, pid.end() - 2, isDigit)) {
            useTag(out, {tag->program, pid.substr(1, pid.size() - 3), true, true}, after);
            return true;
        }
    }
    return false;
}

/// "mx1 postfix/smtpd[12]: message", as nearly every line has it.
bool takePlainHeader(std::string_view first, std::string_view rest, Envelope& out)
{
    if (first.empty() || first.back() == ':' || first.back() == ']' || !isHostWord(first) || isFacility(first)) {
        return false;
    }
    const auto tag = tagOf(takeWord(rest));
    if (!tag || !tag->hasColon) {
        return false;
    }
    out.host = first;
    useTag(out, *tag, rest);
    return true;
}

/// Host, tag and message after a syslog stamp: "mx1 postfix/smtpd[12]: ...", "dovecot: ...", "<mail.info> mx1 ...",
/// "mx1 mail.info tag: ...", "mx1 last message repeated 2 times".
void parseHeader(std::string_view text, const RuleBook& rules, bool strict, Envelope& out)
{
    if (text.starts_with('<')) { // BSD: "<mail.info> "
        const std::size_t end = text.find("> ");
        if (end != std::string_view::npos && isFacility(text.substr(1, end - 1))) {
            text.remove_prefix(end + 2);
        }
    }
    if (!strict && text.starts_with("last message repeated ")) {
        out.message = text;
        return;
    }
    std::string_view rest = text;
    const std::string_view first = takeWord(rest);
    if (!strict && takePlainHeader(first, rest, out)) {
        return;
    }
    if (isFacility(first) && !takeTag(text, rules, true, out)) { // BusyBox without a host
        text = rest;
        if (takeTag(text, rules, false, out)) {
            return;
        }
    }
    // A first word with a colon or a pid is the tag: there is no host.
    const auto tag = tagOf(first);
    if (tag && (tag->hasColon || tag->hasPid) && takeTag(text, rules, strict, out)) {
        return;
    }
    if (strict && takeTag(text, rules, true, out)) { // "fail2ban.actions [123]: ..."
        return;
    }
    if (isHostWord(first)) {
        std::string_view afterHost = rest;
        if (isFacility(afterHost.substr(0, afterHost.find(' ')))) {
            takeWord(afterHost);
        }
        if (takeTag(afterHost, rules, strict, out)) {
            out.host = first;
            return;
        }
        std::string_view message = afterHost;
        const std::string_view word = takeWord(message);
        const auto bare = tagOf(word);
        if (!strict && bare && !bare->hasColon && rules.knows(bare->program)) { // no colon after the tag
            out.host = first;
            useTag(out, *bare, message);
            return;
        }
        if (!strict && (afterHost.starts_with("last message repeated ") || afterHost.starts_with("--- last message"))) {
            out.host = first;
            out.message = afterHost;
            return;
        }
    }
    if (!strict && tag && rules.knows(tag->program)) {
        useTag(out, *tag, rest);
        return;
    }
    out.message = text;
}

/// After "<PRI>1 ": stamp, host, app, procid, msgid, structured data, message; "-" is nothing.
bool parseRfc5424(std::string_view text, Envelope& out)
{
    if (!takePrefix(text, "1 ")) {
        return false;
    }
    if (!takePrefix(text, "- ")) {
        out.hasStamp = takeStamp(text, out.stamp) == StampForm::IsoT;
        if (!out.hasStamp) {
            return false;
        }
    }
    const auto field = [&] {
        const std::string_view word = takeWord(text);
        return word == "-" ? std::string_view{} : word;
    };
    out.host = field();
    out.program = field();
    out.pid = field();
    takeWord(text); // message id
    if (text.starts_with('[')) {
        bool quoted = false;
        std::size_t at = 0;
        for (; at < text.size(); ++at) {
            const char c = text[at];
            if (quoted && c == '\\') {
                ++at;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ']' && !quoted && (at + 1 >= text.size() || text[at + 1] == ' ')) {
                break;
            }
        }
        text.remove_prefix(std::min(at + 1, text.size()));
    } else {
        takePrefix(text, "-");
    }
    takePrefix(text, " ");
    takePrefix(text, "\xEF\xBB\xBF");
    out.message = text;
    return true;
}

std::optional<Instant> epochMicros(const std::string& text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    constexpr std::int64_t kYear10000 = 253402300800LL * 1000000LL;
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0 || value >= kYear10000) {
        return std::nullopt;
    }
    return fromMicros(value);
}

void parseText(std::string_view line, const RuleBook& rules, Envelope& out, bool nested = false);

/// journald's export as JSON, and container runtimes' lines ("log" and "time") around a line that may have its own envelope.
bool parseJson(std::string_view line, const RuleBook& rules, Scratch& scratch, Envelope& out)
{
    std::string& message = scratch.next();
    std::string& log = scratch.next();
    std::string& identifier = scratch.next();
    std::string& host = scratch.next();
    std::string& pid = scratch.next();
    std::string& source = scratch.next();
    std::string& realtime = scratch.next();
    std::string& time = scratch.next();
    std::string& command = scratch.next();
    std::array<JsonMember, 10> wanted{{{"MESSAGE", &message}, {"log", &log}, {"SYSLOG_IDENTIFIER", &identifier}, {"_HOSTNAME", &host},
        {"SYSLOG_PID", &pid}, {"_SOURCE_REALTIME_TIMESTAMP", &source}, {"__REALTIME_TIMESTAMP", &realtime}, {"time", &time},
        {"_COMM", &command}, {"_PID", &scratch.next()}}};
    if (!readJsonLine(line, wanted) || (!wanted[0].found && !wanted[1].found)) {
        return false;
    }
    if (!wanted[0].found) {
        std::string_view inner = log;
        while (inner.ends_with('\n') || inner.ends_with('\r')) {
            inner.remove_suffix(1);
        }
        parseText(inner, rules, out, true);
        std::string_view stamp = time;
        if (!out.hasStamp && wanted[7].found) {
            out.hasStamp = takeStamp(stamp, out.stamp) != StampForm::None;
        }
        return true;
    }
    out.host = host;
    out.program = wanted[2].found ? std::string_view(identifier) : std::string_view(command);
    out.pid = wanted[4].found ? pid : *wanted[9].value;
    out.message = message;
    auto at = epochMicros(source);
    if (!at) {
        at = epochMicros(realtime);
    }
    out.stamp.absolute = at;
    out.hasStamp = at.has_value();
    finishMessage(out);
    return true;
}

/// "2026-11-23T14:42:34.123456789Z stdout F message": what a container runtime writes around a line.
bool takeContainerPrefix(std::string_view& text)
{
    std::string_view rest = text;
    if (!takePrefix(rest, "stdout ") && !takePrefix(rest, "stderr ")) {
        return false;
    }
    if (!takePrefix(rest, "F ") && !takePrefix(rest, "P ")) {
        return false;
    }
    text = rest;
    return true;
}

void parseText(std::string_view line, const RuleBook& rules, Envelope& out, bool nested)
{
    std::string_view text = line;
    takePrefix(text, "\xEF\xBB\xBF");
    const std::size_t before = text.size();
    skipPriority(text);
    if (text.size() != before && parseRfc5424(text, out)) {
        finishMessage(out);
        return;
    }
    const StampForm form = takeStamp(text, out.stamp);
    out.hasStamp = form != StampForm::None;
    if (!nested && form == StampForm::IsoT && takeContainerPrefix(text)) {
        Envelope inner;
        parseText(text, rules, inner, true);
        if (!inner.hasStamp) {
            inner.stamp = out.stamp;
            inner.hasStamp = true;
        }
        out = inner;
        return;
    }
    out.message = text;
    // A process word of Dovecot right after the stamp: its own file, which names no host.
    if (splitDovecot(out)) {
        splitRepeats(out);
        return;
    }
    parseHeader(text, rules, form != StampForm::Syslog && form != StampForm::IsoT, out);
    finishMessage(out);
}

} // namespace

/// Whether a line has the date of the one before, and both are of the commonest form, "Nov 23 14:42:34 ".
bool EnvelopeParser::isSameDay(std::string_view line) const
{
    return m_form == StampForm::Syslog && m_stampText.size() == kPlainStamp && line.size() > kPlainStamp &&
           m_stampText[9] == ':' && m_stampText[12] == ':' && line[15] == ' ' && sameBytes(line.data(), m_stampText.data(), 7);
}

/// The time of day of such a line, whose date is known.
bool EnvelopeParser::takeClock(std::string_view line, Stamp& stamp) const
{
    const auto number = [&](std::size_t at) { return (line[at] - '0') * 10 + line[at + 1] - '0'; };
    const bool isClock = isDigit(line[7]) && isDigit(line[8]) && line[9] == ':' && isDigit(line[10]) && isDigit(line[11]) && line[12] == ':' &&
                         isDigit(line[13]) && isDigit(line[14]);
    stamp = m_stamp;
    stamp.hour = number(7);
    stamp.minute = number(10);
    stamp.second = number(13);
    return isClock && stamp.hour < 24 && stamp.minute < 60 && stamp.second <= 60;
}

/// "Nov 23 14:42:34 mx1 postfix/smtpd[12]: message" where form and host are those of the line before: what parseText() makes of it,
/// in one pass.
bool EnvelopeParser::parseLikeLast(std::string_view line, Envelope& out)
{
    if (m_hostText.empty()) {
        return false;
    }
    std::string_view text = line;
    out.isSameStamp = startsWith(line, m_stampText);
    if (out.isSameStamp) {
        text.remove_prefix(m_stampText.size());
    } else if (isSameDay(line)) {
        if (!takeClock(line, out.stamp)) {
            return false;
        }
        text.remove_prefix(kPlainStamp);
    } else if (takeStamp(text, out.stamp) != m_form) {
        return false;
    }
    if (!startsWith(text, m_hostText)) {
        return false;
    }
    if (!out.isSameStamp) {
        m_stampText.assign(line.substr(0, line.size() - text.size()));
        m_stamp = out.stamp;
    }
    out.host = text.substr(0, m_hostText.size() - 1);
    text.remove_prefix(m_hostText.size());
    const std::size_t end = kTagChars.firstOther(text, 96);
    if (end == 0 || end == text.size() || text.front() == '/') {
        return false;
    }
    std::size_t at = end;
    std::string_view pid;
    if (text[at] == '[') {
        ++at;
        while (at < text.size() && (isDigit(text[at]) || text[at] == '.' || text[at] == '-')) {
            ++at;
        }
        if (at + 1 >= text.size() || text[at] != ']') {
            return false;
        }
        pid = text.substr(end + 1, at - end - 1);
        ++at;
    }
    out.pid = pid;
    if (text[at] != ':' || at + 1 >= text.size() || text[at + 1] != ' ') {
        return false;
    }
    out.program = text.substr(0, end);
    out.process = {};
    out.message = text.substr(at + 2);
    trimLeft(out.message);
    out.hasStamp = true;
    out.repeats = 1;
    out.repeatsLast = false;
    finishMessage(out);
    return true;
}

/// Only a form that needs no second look is remembered: stamp, host, tag with a colon.
void EnvelopeParser::remember(std::string_view line, const Envelope& envelope)
{
    m_hostText.clear();
    const std::string_view host = envelope.host;
    const bool isPlain = !line.empty() && (isLetter(line.front()) || isDigit(line.front()));
    // A host that begins with a digit could be taken for the year after a stamp.
    if (!isPlain || !envelope.hasStamp || host.empty() || !isLetter(host.front()) || host == "last" || host == "stdout" || host == "stderr") {
        return;
    }
    std::string_view text = line;
    m_form = takeStamp(text, m_stamp);
    const bool isUsual = (m_form == StampForm::Syslog || m_form == StampForm::IsoT) && text.starts_with(host) && text.substr(host.size()).starts_with(' ');
    Envelope again;
    if (!isUsual || !takePlainHeader(host, text.substr(host.size() + 1), again)) {
        return;
    }
    m_stampText.assign(line.substr(0, line.size() - text.size()));
    m_hostText.assign(text.substr(0, host.size() + 1));
}

void EnvelopeParser::parse(std::string_view line, Scratch& scratch, Envelope& out)
{
    if (parseLikeLast(line, out)) {
        return;
    }
    parseEnvelope(line, m_rules, scratch, out); // from the start
    remember(line, out);
}

void parseEnvelope(std::string_view line, const RuleBook& rules, Scratch& scratch, Envelope& out)
{
    out = {};
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string_view::npos && line[first] == '{' && parseJson(line, rules, scratch, out)) {
        return;
    }
    parseText(line, rules, out);
}

} // namespace mailward
