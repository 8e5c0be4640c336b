// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/EventBuilder.h"

#include <algorithm>

namespace mailward {

namespace {

constexpr std::size_t kSampleLength = 512;
constexpr std::size_t kSamplePrograms = 1024; ///< of one batch; the rest is counted under "(others)"
constexpr std::uint32_t kMostAttempts = 1'000'000;

/// FNV-1a over pieces: what names a session or a voice. Stable from run to run.
class Hash
{
public:
    Hash& add(std::string_view text)
    {
        for (const char c : text) {
            m_value = (m_value ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
        }
        m_value = (m_value ^ 0xFFU) * 0x100000001B3ULL;
        return *this;
    }
    [[nodiscard]] std::uint64_t value() const { return m_value != 0 ? m_value : 1; }
    [[nodiscard]] std::uint32_t folded() const
    {
        const auto v = static_cast<std::uint32_t>(m_value ^ (m_value >> 32));
        return v != 0 ? v : 1;
    }

private:
    std::uint64_t m_value = 0xCBF29CE484222325ULL;
};

std::uint32_t times(std::uint32_t attempts, std::uint32_t repeats)
{
    const std::uint64_t product = static_cast<std::uint64_t>(attempts) * repeats;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(product, kMostAttempts));
}

} // namespace

void parseLine(RuleMatcher& matcher, Scratch& scratch, ParsedLine& line)
{
    parseEnvelope(line.text, matcher.rules(), scratch, line.envelope);
    if (line.isCut) {
        line.match.reset(line.envelope.program);
        return;
    }
    matcher.match(line.envelope, line.match);
}

EventBuilder::EventBuilder(const StreamOptions& options, FileId file)
    : m_options(options), m_file(file), m_times(options.timezone, options.fileTime, options.year)
{
}

void EventBuilder::addUnknown(const ParsedLine& line, ParsedBatch& out)
{
    ++out.unknown;
    out.limited += line.match.verdict == RuleMatch::Verdict::Limited ? 1U : 0U;
    const auto named = [&](std::string_view name) {
        return std::find_if(out.samples.begin(), out.samples.end(), [&](const UnknownSample& s) { return s.program == name; });
    };
    std::string_view program = line.match.program;
    auto found = named(program);
    if (found == out.samples.end() && out.samples.size() >= kSamplePrograms) {
        program = "(others)";
        found = named(program);
    }
    if (found == out.samples.end()) {
        out.samples.push_back({std::string(program), 1, std::string(line.text.substr(0, kSampleLength)), line.ref});
    } else {
        ++found->count;
    }
}

void EventBuilder::fill(const ParsedLine& line, Instant at, Event& event, Link& link) const
{
    const RuleMatch& match = line.match;
    const Rule& rule = *match.rule;
    event.time = at;
    event.service = match.service;
    event.kind = rule.kind;
    event.outcome = rule.outcome;
    event.attempts = times(match.attempts, line.envelope.repeats);
    event.ip = match.ip;
    event.account = match[Capture::Account];
    event.server = m_options.server.empty() ? line.envelope.host : std::string_view(m_options.server);
    event.program = match.program;
    event.detail = rule.detail;
    event.qid = match[Capture::Qid];
    event.from = match[Capture::From];
    event.to = match[Capture::To];
    event.status = match[Capture::Status];
    event.dsn = match[Capture::Dsn];
    event.session = rule.sessionIsPid ? line.envelope.pid : match[Capture::Session];
    event.line = line.ref;
    link.nullSender = match.has(Capture::From) && event.from.empty();
    link.newQid = match[Capture::NewQid];
    if (!event.session.empty()) {
        // A pid means something on its own host only; a session id is unique as it is. The last bit tells the two apart.
        link.session = rule.sessionIsPid ? Hash().add(event.server).add(rule.pack).add(event.session).value() | 1U
                                         : Hash().add(event.session).value() & ~std::uint64_t{1};
    } else {
        link.session = 0;
    }
    link.voice = 0;
    link.passdb = false;
    if (!rule.reporter.empty()) {
        link.voice = Hash().add(rule.reporter).add(match[Capture::Reporter]).folded();
        link.passdb = match.has(Capture::Reporter);
    }
}

void EventBuilder::addRepeatOfLast(const ParsedLine& line, Instant at, ParsedBatch& out)
{
    if (m_last == Last::Nothing) {
        addUnknown(line, out);
        return;
    }
    if (m_last == Last::Boring) {
        ++out.boring;
        return;
    }
    Event event = m_sinceBatch > 0 ? out.events.back() : m_lastEvent;
    Link link = m_sinceBatch > 0 ? out.links.back() : m_lastLink;
    event.time = at;
    event.attempts = times(event.attempts, line.envelope.repeats);
    event.line = line.ref;
    out.events.push_back(std::move(event));
    out.links.push_back(std::move(link));
    ++m_sinceBatch;
}

void EventBuilder::addBoring(std::uint64_t count, ParsedBatch& out)
{
    if (count > 0) {
        out.lines += count;
        out.boring += count;
        m_last = Last::Boring;
    }
}

void EventBuilder::endBatch(const ParsedBatch& out)
{
    if (m_last == Last::Event && m_sinceBatch > 0) {
        m_lastEvent = out.events.back();
        m_lastLink = out.links.back();
    }
    m_sinceBatch = 0;
}

void EventBuilder::add(const ParsedLine& line, ParsedBatch& out)
{
    addBoring(line.boringBefore, out);
    ++out.lines;
    out.cut += line.isCut ? 1U : 0U;
    const Instant at = line.envelope.hasStamp ? m_times.resolve(line.envelope.stamp) : m_times.lastTime();
    if (line.envelope.repeatsLast) {
        addRepeatOfLast(line, at, out);
        return;
    }
    switch (line.match.verdict) {
    case RuleMatch::Verdict::Unknown:
    case RuleMatch::Verdict::Limited:
        m_last = Last::Nothing;
        addUnknown(line, out);
        return;
    case RuleMatch::Verdict::Boring:
        m_last = Last::Boring;
        ++out.boring;
        return;
    case RuleMatch::Verdict::Note: {
        m_last = Last::Boring;
        ++out.boring;
        Note note;
        note.before = out.events.size();
        fill(line, at, note.fact, note.link);
        out.notes.push_back(std::move(note));
        return;
    }
    case RuleMatch::Verdict::Event: break;
    }
    m_last = Last::Event;
    ++m_sinceBatch;
    out.future += m_times.isFuture(at) ? 1U : 0U;
    fill(line, at, out.events.emplace_back(), out.links.emplace_back());
}

} // namespace mailward
