// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/EnvelopeParts.h"

#include "models/logs/Words.h"

#include <charconv>

namespace mailward {

namespace {

bool isDovecotProcess(std::string_view word)
{
    static constexpr std::array<std::string_view, 27> kWords{
        "log", "lda", "auth", "imap", "pop3", "lmtp", "dict", "anvil", "stats", "master", "config", "doveadm", "indexer", "director",
        "pop3-login", "imap-login", "replicator", "submission", "auth-worker", "managesieve", "imap-urlauth", "doveadm-server",
        "imap-hibernate", "indexer-worker", "submission-login", "managesieve-login", "imap-urlauth-login"};
    for (const auto known : kWords) { // shortest first: lengths tell nearly all of them apart
        if (known.size() >= word.size()) {
            if (known.size() > word.size()) {
                return false;
            }
            if (isSameText(known, word)) {
                return true;
            }
        }
    }
    return false;
}

constexpr CharSet kProcessChars("-");

/// The part of a word that Dovecot's process names are made of.
std::string_view processWord(std::string_view text) { return text.substr(0, kProcessChars.firstOther(text, 24)); }

void skipLevel(std::string_view& text)
{
    static constexpr std::array<std::string_view, 6> kLevels{"Info: ", "Warning: ", "Error: ", "Fatal: ", "Panic: ", "Debug: "};
    if (text.empty() || text.front() < 'D' || text.front() > 'W') {
        return;
    }
    for (const auto level : kLevels) {
        if (text.front() == level.front() && takePrefix(text, level)) {
            return;
        }
    }
}

} // namespace

bool splitDovecot(Envelope& out)
{
    std::string_view rest = out.message;
    skipLevel(rest); // "dovecot: Info: imap-login: ..." of version 1
    const std::string_view word = processWord(rest);
    rest.remove_prefix(word.size());
    if (rest.empty() || (rest.front() != ':' && rest.front() != '(' && rest.front() != '<') || !isDovecotProcess(word)) {
        return false;
    }
    if (rest.starts_with('(')) {
        std::size_t at = 1;
        while (at < rest.size() && isDigit(rest[at])) {
            ++at;
        }
        if (at > 1 && rest.substr(at, 2) == "):") {
            out.pid = rest.substr(1, at - 1);
            rest.remove_prefix(at + 1);
        } else if (rest.starts_with("(default):")) {
            rest.remove_prefix(9);
        }
    }
    if (takePrefix(rest, ":")) {
        trimLeft(rest);
        skipLevel(rest);
    } else if (!rest.starts_with('(') && !rest.starts_with('<')) {
        return false;
    }
    out.program = "dovecot";
    out.process = word;
    out.message = rest;
    return true;
}

void splitRepeats(Envelope& out)
{
    std::string_view rest = out.message;
    takePrefix(rest, "--- ");
    const bool last = takePrefix(rest, "last ");
    if (!takePrefix(rest, "message repeated ")) {
        return;
    }
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + std::min<std::size_t>(rest.size(), 7), count);
    if (error != std::errc{} || count == 0) {
        return;
    }
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (last && (rest == " times" || rest == " time" || rest == " times ---" || rest == " time ---")) {
        out.repeatsLast = true;
        out.repeats = count;
        return;
    }
    if (!last && (takePrefix(rest, " times: [") || takePrefix(rest, " time: ["))) {
        trimLeft(rest);
        if (rest.ends_with(']')) {
            rest.remove_suffix(1);
        }
        out.message = rest;
        out.repeats = count;
    }
}

void finishMessage(Envelope& out)
{
    if (out.message.starts_with('[') && out.message.starts_with("[ID ")) { // Solaris: "[ID 197553 mail.info] "
        const std::size_t end = out.message.find("] ");
        if (end != std::string_view::npos && end < 48) {
            out.message.remove_prefix(end + 2);
        }
    }
    const char first = out.message.empty() ? '\0' : out.message.front();
    if (first == 'm' || first == 'l' || first == '-') {
        splitRepeats(out);
    }
    if (out.program == "dovecot" || out.program == "dovecot-auth") {
        splitDovecot(out);
    }
}

} // namespace mailward
