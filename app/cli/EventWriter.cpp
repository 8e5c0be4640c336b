// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/EventWriter.h"

#include "app/cli/Command.h"
#include "models/core/UntrustedText.h"

#include <algorithm>
#include <charconv>
#include <array>

namespace mailward::cli {

namespace {

bool isPlain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

void appendText(std::string_view raw, std::string& out)
{
    if (std::all_of(raw.begin(), raw.end(), isPlain)) {
        out += '"';
        out += raw;
        out += '"';
    } else {
        const QByteArray text = jsonString(UntrustedText(raw).json());
        out.append(text.constData(), static_cast<std::size_t>(text.size()));
    }
}

void appendNumber(std::uint64_t number, std::string& out)
{
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void textOrNull(std::string_view key, std::string_view raw, std::string& out)
{
    out += key;
    if (raw.empty()) {
        out += "null";
    } else {
        appendText(raw, out);
    }
}

void textIfThere(std::string_view key, std::string_view raw, std::string& out)
{
    if (!raw.empty()) {
        out += key;
        appendText(raw, out);
    }
}

} // namespace

void appendEventJson(const Event& event, std::string_view file, std::string& out)
{
    out += "{\"line_no\":";
    appendNumber(event.line.number, out);
    if (!file.empty()) {
        out += ",\"file\":";
        out += file;
    }
    out += ",\"time\":\"";
    out += formatRfc3339(event.time);
    out += '"';
    textOrNull(",\"server\":", event.server, out);
    textOrNull(",\"service\":", serviceName(event.service), out);
    textOrNull(",\"program\":", event.program, out);
    textOrNull(",\"kind\":", eventKindName(event.kind), out);
    textOrNull(",\"outcome\":", outcomeName(event.outcome), out);
    textOrNull(",\"ip\":", event.ip ? event.ip->toString() : std::string(), out);
    textOrNull(",\"account\":", event.account, out);
    out += ",\"attempts\":";
    appendNumber(event.attempts, out);
    textOrNull(",\"detail\":", event.detail, out);
    textIfThere(",\"qid\":", event.qid, out);
    textIfThere(",\"from\":", event.from, out);
    textIfThere(",\"to\":", event.to, out);
    textIfThere(",\"status\":", event.status, out);
    textIfThere(",\"dsn\":", event.dsn, out);
    out += "}\n";
}

void appendEventRow(const Event& event, std::string& out)
{
    const auto column = [&](std::string_view text, std::size_t width) {
        out += text;
        out.append(text.size() < width ? width - text.size() : 0, ' ');
        out += ' ';
    };
    column(formatRfc3339(event.time), 27);
    column(serviceName(event.service), 10);
    column(eventKindName(event.kind), 12);
    column(event.ip ? event.ip->toString() : "-", 15);
    column(std::to_string(event.attempts), 3);
    column(event.detail, 16);
    out += UntrustedText(event.account.empty() ? event.to : event.account).plain(60).toStdString();
    out += '\n';
}

} // namespace mailward::cli
