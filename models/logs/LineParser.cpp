// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/LineParser.h"

#include "models/logs/Words.h"

#include <algorithm>
#include <cstring>

namespace mailward {

namespace {

constexpr std::size_t kSampleLength = 512;
constexpr std::size_t kSamplePrograms = 1024; ///< of one block; the rest is counted under "(others)"
constexpr std::uint32_t kMostAttempts = 1'000'000;

/// What names a session or a voice. The same from run to run on the same machine: it lives as long as a reading does.
class Hash
{
public:
    Hash& add(std::string_view text)
    {
        while (text.size() > 8) {
            mix(firstWord(text));
            text.remove_prefix(8);
        }
        mix(firstWord(text) ^ (static_cast<std::uint64_t>(text.size()) << 56U));
        return *this;
    }
    [[nodiscard]] std::uint64_t value() const { return m_value != 0 ? m_value : 1; }
    [[nodiscard]] std::uint32_t folded() const
    {
        const auto v = static_cast<std::uint32_t>(m_value ^ (m_value >> 32U));
        return v != 0 ? v : 1;
    }

private:
    void mix(std::uint64_t word)
    {
        m_value = (m_value ^ word) * 0x9E3779B97F4A7C15ULL;
        m_value ^= m_value >> 29U;
    }

    std::uint64_t m_value = 0xCBF29CE484222325ULL;
};

std::uint32_t times(std::uint32_t attempts, std::uint32_t repeats)
{
    const std::uint64_t product = static_cast<std::uint64_t>(attempts) * repeats;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(product, kMostAttempts));
}

} // namespace

LineParser::LineParser(std::shared_ptr<const RuleBook> rules, bool totalsOnly)
    : m_rules(rules), m_totalsOnly(totalsOnly), m_matcher(std::move(rules)), m_envelopes(*m_rules)
{
}

/// Index of the line's stamp in the block. A line without one has that of the line before.
std::uint32_t LineParser::stampOf(LogBlock& block)
{
    if (m_hasStamp && (!m_isStampKept || block.stamps.empty())) {
        block.stamps.push_back(m_stamp);
        m_isStampKept = true;
    }
    return m_hasStamp ? static_cast<std::uint32_t>(block.stamps.size() - 1) : LogBlock::kNoStamp;
}

void LineParser::addUnknown(const FramedLine& line, LogBlock& block)
{
    ++block.unknown;
    block.limited += m_match.verdict == RuleMatch::Verdict::Limited ? 1U : 0U;
    block.last = LogBlock::Last::Unknown;
    const auto named = [&](std::string_view name) {
        return std::find_if(block.samples.begin(), block.samples.end(), [&](const UnknownSample& s) { return s.program == name; });
    };
    std::string_view program = m_match.program;
    auto found = named(program);
    if (found == block.samples.end() && block.samples.size() >= kSamplePrograms) {
        program = "(others)";
        found = named(program);
    }
    if (found == block.samples.end()) {
        block.samples.push_back({std::string(program), 1, std::string(line.text.substr(0, kSampleLength)),
                                 {{}, line.offset, static_cast<std::uint32_t>(line.length), block.lines}});
    } else {
        ++found->count;
    }
}

void LineParser::addEvent(const LineRef& ref, LogBlock& block)
{
    const Rule& rule = *m_match.rule;
    const std::uint32_t attempts = times(m_match.attempts, m_envelope.repeats);
    block.lastAttempts = attempts;
    if (m_totalsOnly && (rule.outcome == Outcome::None || rule.reporter.empty() || attempts == 0)) {
        block.count(rule.outcome, attempts, stampOf(block));
        block.last = LogBlock::Last::Counted;
        block.lastOutcome = rule.outcome;
        return;
    }
    EventView& event = block.events.emplace_back();
    event.service = m_match.service;
    event.kind = rule.kind;
    event.outcome = rule.outcome;
    event.attempts = attempts;
    event.ip = m_match.ip;
    event.account = m_match[Capture::Account];
    event.server = m_envelope.host;
    event.detail = rule.detail;
    event.session = rule.sessionIsPid ? m_envelope.pid : m_match[Capture::Session];
    event.line = ref;
    LinkView& link = block.links.emplace_back();
    if (!m_totalsOnly) { // else nobody sees them, and mail is of no interest
        event.program = m_match.program;
        event.qid = m_match[Capture::Qid];
        event.from = m_match[Capture::From];
        event.to = m_match[Capture::To];
        event.status = m_match[Capture::Status];
        event.dsn = m_match[Capture::Dsn];
        link.nullSender = m_match.has(Capture::From) && event.from.empty();
        link.newQid = m_match[Capture::NewQid];
    }
    if (!event.session.empty()) {
        // A pid means something on its own host only; a session id is unique as it is. The last bit tells the two apart.
        link.session = rule.sessionIsPid ? Hash().add(event.server).add(rule.pack).add(event.session).value() | 1U
                                         : Hash().add(event.session).value() & ~std::uint64_t{1};
    }
    if (!rule.reporter.empty()) {
        link.voice = Hash().add(rule.reporter).add(m_match[Capture::Reporter]).folded();
        link.passdb = m_match.has(Capture::Reporter);
    }
    block.eventStamps.push_back(stampOf(block));
    block.last = LogBlock::Last::Event;
}

void LineParser::addNote(LogBlock& block)
{
    ++block.boring;
    block.last = LogBlock::Last::Boring;
    if (m_totalsOnly) {
        return;
    }
    const std::string_view from = m_match[Capture::From];
    block.notes.push_back({block.events.size(), {}, m_match[Capture::Qid], from, m_match.has(Capture::From) && from.empty()});
    block.noteStamps.push_back(stampOf(block));
}

/// "last message repeated 3 times".
void LineParser::addRepeat(const FramedLine& line, const LineRef& ref, LogBlock& block)
{
    switch (block.last) {
    case LogBlock::Last::Before: block.repeatsOfBefore.push_back({ref, m_envelope.repeats, stampOf(block), line.text}); break;
    case LogBlock::Last::Unknown: addUnknown(line, block); break;
    case LogBlock::Last::Boring: ++block.boring; break;
    case LogBlock::Last::Counted: block.count(block.lastOutcome, times(block.lastAttempts, m_envelope.repeats), stampOf(block)); break;
    case LogBlock::Last::Event: {
        EventView again = block.events.back();
        again.attempts = times(block.lastAttempts, m_envelope.repeats);
        again.line = ref;
        block.events.push_back(again);
        block.links.push_back(LinkView(block.links.back()));
        block.eventStamps.push_back(stampOf(block));
        break;
    }
    }
}

void LineParser::parse(const FramedLine& line, LogBlock& block)
{
    m_envelopes.parse(line.text, block.texts, m_envelope);
    if (m_envelope.hasStamp && !(m_hasStamp && m_envelope.isSameStamp)) {
        m_stamp = m_envelope.stamp;
        m_hasStamp = true;
        m_isStampKept = false;
    }
    const LineRef ref{{}, line.offset, static_cast<std::uint32_t>(line.length), block.lines};
    if (line.isCut()) {
        ++block.cut;
        m_match.reset(m_envelope.program);
    } else if (m_envelope.repeatsLast) {
        addRepeat(line, ref, block);
        ++block.lines;
        return;
    } else {
        m_matcher.match(m_envelope, m_match);
    }
    switch (m_match.verdict) {
    case RuleMatch::Verdict::Unknown:
    case RuleMatch::Verdict::Limited: addUnknown(line, block); break;
    case RuleMatch::Verdict::Boring:
        block.last = LogBlock::Last::Boring;
        ++block.boring;
        break;
    case RuleMatch::Verdict::Note: addNote(block); break;
    case RuleMatch::Verdict::Event: addEvent(ref, block); break;
    }
    ++block.lines;
}

void LineParser::parseAll(std::string_view bytes, LogBlock& block)
{
    std::string_view rest = bytes;
    std::uint64_t offset = block.offset;
    std::uint64_t hidden = block.skipped;
    m_hasStamp = false; // what this thread read last stood somewhere else
    while (!rest.empty()) {
        const void* found = std::memchr(rest.data(), '\n', rest.size());
        const std::size_t size = found == nullptr ? rest.size() : static_cast<std::size_t>(static_cast<const char*>(found) - rest.data());
        const std::uint64_t length = size + std::exchange(hidden, 0);
        parse(LineFramer::trimmed({rest.substr(0, size), offset, length}), block);
        offset += length + 1;
        rest.remove_prefix(std::min(size + 1, rest.size()));
    }
}

} // namespace mailward
